#!/bin/sh
# A meeting without a screen, noted on paper and entered the next day from the sheets. `fr` or `en`, the folder it runs in, is its language.
set -eu
f=${FACILITATOR:-facilitator}
d=2026-11-19
case $(basename "$PWD") in fr) t() { printf %s "$1"; } ;; *) t() { printf %s "$2"; } ;; esac
# The sheet of names, then what each sheet of notes says, at the time that stands in its margin.
$f start agenda.yaml --at "$d 09:40"
for who in "Ines Vidal" "Jonas Beraud" "Katia Lopez" "Malik Touré" "Noémie Astier" "Oscar Ferrand" "Paula Reis" "Quentin Durieu" "Rose Imbert" "Samuel Gay" "Tania Kovac"; do
  $f attend "$who" --at "$d 09:40"
done
$f attend "Ursule Bonin ($(t "conseil départemental" "département council"))" --at "$d 09:40"
$f attend "Victor Leclerc" --excused --at "$d 09:40"
$f add note "$(t "Visite du tiers-lieu : un atelier de réparation le samedi, un coin télétravail à 5 € la journée." "Visit of the shared workshop: repairs on Saturdays, a desk to work at for 5 € a day.")" --at "$d 09:50"
$f add note "$(t "Les personnes viennent pour réparer un grille-pain et restent pour l’ordinateur." "People come to mend a toaster and stay for the computer.")" --at "$d 09:55"
$f next --at "$d 10:00"
$f add news "$(t "AAP « Mobilité solidaire »" "Call “Shared mobility”")" --type call --deadline 2026-12-11 --level departement --link "https://example.org/mobilite" --at "$d 10:05"
$f add news "$(t "Les conventions Conseiller numérique sont prolongées jusqu’à fin 2027" "The agreements of the digital advisers run on until the end of 2027")" --type scheme --level national --at "$d 10:08"
$f next --at "$d 10:15"
$f add question "$(t "Peut-on facturer les impressions aux personnes qu’on accompagne ?" "May we charge the people we help for printing?")" --by "Jonas Beraud" --at "$d 10:17"
$f answer Q1 "$(t "Oui si la structure l’a délibéré, avec un tarif affiché ; la plupart offrent les dix premières pages." "Yes if the employer has voted it, at a posted price; most give the first ten pages.")" --by "Ursule Bonin" --at "$d 10:21"
$f add question "$(t "Comment déclarer une démarche faite par téléphone dans la Coop ?" "How is help given by telephone recorded in the Coop?")" --by "Rose Imbert" --theme "$(t "suivi d’activité" "activity records")" --at "$d 10:24"
$f send Q2 mattermost --due 2026-11-27 --owner "Paula Reis" --at "$d 10:25"
$f add question "$(t "Qui remplace un conseiller en arrêt long ?" "Who replaces an adviser on long sick leave?")" --by "Katia Lopez" --at "$d 10:28"
$f send Q3 relay --at "$d 10:29"
$f add need "$(t "Quelqu’un pour coanimer l’atelier parents et écrans du 9 décembre" "Somebody to lead the parents and screens workshop of 9 December together")" --by "Tania Kovac" --theme "$(t parentalité parents)" --at "$d 10:32"
$f add need "$(t "Une journée d’observation au tiers-lieu, pour qui veut" "A day to watch at the shared workshop, for whoever wants it")" --by "Ines Vidal" --offer --at "$d 10:35"
$f next --at "$d 10:45"
$f add note "$(t "Deux règles suffisent : la personne parle d’abord, on ne touche pas la souris." "Two rules are enough: the person speaks first, and we do not touch the mouse.")" --at "$d 10:55"
$f add resource "$(t "Fiche « dix minutes pour préparer son rendez-vous »" "Sheet “ten minutes to prepare an appointment”")" --link "https://example.org/rendez-vous" --at "$d 11:05"
$f add decision "$(t "La fiche « préparer son rendez-vous » est distribuée à tous les accueils en janvier." "The sheet to prepare an appointment goes to every front desk in January.")" --for 9 --abstain 2 --at "$d 11:20"
$f add action "$(t "Faire imprimer 500 fiches" "Have 500 sheets printed")" --owner "Malik Touré" --due 2026-12-18 --at "$d 11:24"
$f add action "$(t "Trouver une salle pour la rencontre de février" "Find a room for the February meeting")" --at "$d 11:26"
$f next --at "$d 11:35"
$f close --at "$d 11:45" --reread "Noémie Astier" --summary "$(t "Une fiche pour préparer son rendez-vous sera dans tous les accueils en janvier." "A sheet to prepare an appointment will be at every front desk in January.")"
