#!/bin/sh
# A first meeting of a small network: eight people, six entries. `fr` or `en`, the folder it runs in, is its language.
set -eu
f=${FACILITATOR:-facilitator}
d=2026-11-10
case $(basename "$PWD") in fr) t() { printf %s "$1"; } ;; *) t() { printf %s "$2"; } ;; esac
$f start agenda.yaml --at "$d 14:02"
for who in "Amélie Roux" "Bastien Chevalier" "Chloé Mercier" "Djamila Saïdi" "Étienne Poyet" "Farida Meziane" "Gaël Rousset" "Hélène Vacher"; do
  $f attend "$who" --at "$d 14:02"
done
$f add note "$(t "La permanence du jeudi a reçu 140 personnes depuis septembre ; la moitié revient." "The Thursday drop-in has received 140 people since September; half of them come back.")" --at "$d 14:08"
$f next --at "$d 14:20"
$f add question "$(t "Que répondre à une personne qui demande qu’on garde son mot de passe ?" "What do we say to someone who asks us to keep their password?")" --by "Bastien Chevalier" --theme "$(t droits rights)" --at "$d 14:22"
$f answer Q1 "$(t "Jamais nous : on lui propose un carnet qu’elle garde chez elle, ou un gestionnaire sur son propre téléphone." "Never us: offer a notebook that they keep at home, or a password manager on their own telephone.")" --by "Farida Meziane" --at "$d 14:27"
$f add question "$(t "Qui connaît un interprète en langue des signes pour les ateliers ?" "Who knows a sign-language interpreter for the workshops?")" --by "Hélène Vacher" --theme "$(t accessibilité accessibility)" --at "$d 14:30"
$f send Q2 newsletter --at "$d 14:31"
$f add need "$(t "Deux ordinateurs portables pour les ateliers de décembre" "Two laptops for the December workshops")" --by "Gaël Rousset" --theme "$(t matériel equipment)" --at "$d 14:34"
$f next --at "$d 14:45"
$f add decision "$(t "Le réseau se réunit un mardi sur deux mois, dans une commune différente à chaque fois." "The network meets every other month on a Tuesday, in a different town each time.")" --consensus --at "$d 15:10"
$f add action "$(t "Écrire aux mairies de Feurs et de Balbigny pour la salle de janvier" "Write to the town halls of Feurs and Balbigny about a room in January")" --owner "Chloé Mercier" --due 2026-11-27 --at "$d 15:14"
$f next --at "$d 15:25"
$f close --at "$d 15:31" --summary "$(t "Huit conseillères et conseillers du Forez se sont donné un rythme : un mardi tous les deux mois, de commune en commune." "Eight advisers of the Forez have set themselves a rhythm: a Tuesday every other month, from town to town.")"
