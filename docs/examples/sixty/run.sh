#!/bin/sh
# A full morning of a large network: twenty-five people, sixty entries. `fr` or `en`, the folder it runs in, is its language.
set -eu
f=${FACILITATOR:-facilitator}
d=2026-11-24
case $(basename "$PWD") in fr) t() { printf %s "$1"; } ;; *) t() { printf %s "$2"; } ;; esac
note() { at=$1; shift; $f add note "$(t "$@")" --at "$d $at"; }
$f start agenda.yaml --at "$d 09:34"
for who in "Adèle Vial" "Boris Lacroix" "Camille Néron" "Damien Fay" "Elsa Pinto" "Fabrice Oger" "Ghislaine Roy" "Hamid Belkacem" "Irène Sabot" "Jules Amiot" "Kenza Larbi" "Louise Chaux" "Maxime Peyron" "Nadège Collet" "Olivier Rey" "Pia Morelli" "Rémy Tixier" "Sabrina Hadj" "Tom Garel" "Ulysse Faye" "Valérie Bost" "Yann Kermarec" "Zoé Blein"; do
  $f attend "$who" --at "$d 09:34"
done
$f attend "Lydie Besson ($(t "Conseil départemental" "Département council"))" --at "$d 09:34"
$f attend "Marco Sorel ($(t "hub numérique" "digital hub"))" --at "$d 09:34"
$f attend "Gérard Plat" --excused --at "$d 09:34"
note 09:40 "La médiathèque ouvre le dimanche matin depuis octobre : 60 personnes en moyenne." "The library has opened on Sunday mornings since October: 60 people on average."
note 09:44 "Une table basse avec trois tablettes, à côté des journaux : personne n’y est tout seul." "A low table with three tablets beside the newspapers: nobody is alone there."
note 09:48 "Les bénévoles portent un badge « je peux vous aider »." "Volunteers wear a badge, “I can help you”."
$f next --at "$d 09:55"
i() { $f add news "$(t "$2" "$3")" --at "$d $1" ${4:+--type $4} ${5:+--level $5} ${6:+--deadline $6} ${7:+--link $7}; }
i 09:57 "Baromètre du numérique 2026" "2026 barometer of digital life" report national "" https://example.org/barometre
i 09:59 "AAP « Lieux inclusifs »" "Call “Inclusive places”" call region 2026-12-11 https://example.org/lieux
i 10:01 "AMI « Aidants de demain »" "Expression of interest “Helpers of tomorrow”" call national 2027-01-15 https://example.org/aidants
i 10:03 "Fonds d’équipement du Département" "Equipment fund of the Département" funding departement 2026-12-04 https://example.org/fonds
i 10:05 "La Coop change d’écran de saisie en janvier" "The Coop has a new entry screen in January" scheme national
$f add news "$(t "Journée départementale de la médiation numérique" "Département day of digital mediation")" --type event --when "2026-12-03 09:00" --level departement --link https://example.org/journee --at "$d 10:07"
$f add news "$(t "Webinaire « France Identité au guichet »" "Webinar “France Identité at the desk”")" --type event --when "2026-12-09 14:00" --level national --link https://example.org/webinaire --at "$d 10:09"
$f add news "$(t "Deux postes de conseiller numérique à pourvoir à Montbrison" "Two posts of digital adviser open in Montbrison")" --at "$d 10:11"
note 10:13 "Le Baromètre est présenté en entier à la rencontre de janvier." "The barometer is presented in full at the January meeting."
$f next --at "$d 10:15"
q() { n=${n:-0}; n=$((n + 1)); $f add question "$(t "$2" "$3")" --by "$4" ${5:+--theme "$5"} --at "$d $1"; }
a() { $f answer Q$n "$(t "$2" "$3")" ${4:+--by "$4"} --at "$d $1"; }
s() { at=$1; shift; $f send Q$n "$@" --at "$d $at"; }
droits=$(t droits rights); materiel=$(t matériel equipment); outils=$(t outils tools); coop=$(t coop coop)
q 10:16 "Peut-on aider à une déclaration d’impôts sans mandat ?" "May we help with a tax return without a mandate?" "Boris Lacroix" "$droits"
a 10:18 "Oui tant que la personne tape elle-même ; dès qu’on tape à sa place, il faut le mandat." "Yes as long as the person types; as soon as we type for them, the mandate is needed." "Valérie Bost"
q 10:19 "Que faire quand FranceConnect refuse un nom d’usage ?" "What is to be done when FranceConnect refuses a married name?" "Elsa Pinto" "$droits"
a 10:20 "Prendre le nom de naissance tel qu’il est sur la carte, accents compris." "Use the birth name as it stands on the card, accents included." "Hamid Belkacem"
q 10:21 "Où envoyer une personne victime d’une arnaque au faux conseiller bancaire ?" "Where do we send a victim of a false bank adviser?" "Irène Sabot" "$droits"
a 10:22 "D’abord sa banque pour bloquer, puis un dépôt de plainte en ligne :
- garder les SMS et le numéro ;
- le [parcours officiel](https://example.org/victime) dit le reste." "First their bank, to block, then a complaint online:
- keep the messages and the number;
- the [official path](https://example.org/victime) says the rest." "Marco Sorel"
$f same Q3 --at "$d 10:22"; $f same Q3 --at "$d 10:22"; $f same Q3 --at "$d 10:22"
q 10:23 "Quel lecteur d’écran libre recommander ?" "Which free screen reader can we recommend?" "Zoé Blein" "$outils"
a 10:24 "NVDA, avec deux séances de prise en main." "NVDA, with two sessions to learn it." "Pia Morelli"
q 10:25 "Peut-on récupérer les ordinateurs réformés de la mairie ?" "Can we have the town hall’s old computers?" "Tom Garel" "$materiel"
s 10:26 next --owner "Olivier Rey"
q 10:26 "Quelle imprimante résiste à un usage quotidien ?" "Which printer stands daily use?" "Damien Fay" "$materiel"
s 10:27 mattermost --due 2026-12-01
q 10:27 "Comment expliquer la double authentification à quelqu’un sans téléphone ?" "How do we explain two-step sign-in to somebody without a telephone?" "Kenza Larbi" "$outils"
s 10:28 mattermost --due 2026-12-01 --owner "Rémy Tixier"
$f same Q7 --at "$d 10:28"
q 10:28 "Existe-t-il un modèle d’affiche pour annoncer une permanence ?" "Is there a poster to announce a drop-in?" "Nadège Collet"
s 10:29 newsletter
q 10:29 "Qui a déjà animé un atelier sur l’intelligence artificielle avec des seniors ?" "Who has led a workshop on artificial intelligence with older people?" "Louise Chaux" "$outils"
s 10:30 newsletter
q 10:30 "Quels cours de français en ligne sont gratuits et sans inscription ?" "Which French courses online are free and need no account?" "Sabrina Hadj"
s 10:31 newsletter
q 10:31 "Qui financera les postes après 2027 ?" "Who will pay for the posts after 2027?" "Maxime Peyron"
s 10:32 relay
q 10:32 "Les heures de trajet comptent-elles dans le temps de travail ?" "Does travel count as working time?" "Ulysse Faye"
s 10:33 relay
q 10:33 "Une permanence dans la gare est-elle possible ?" "Could there be a drop-in at the station?" "Yann Kermarec"
s 10:34 drop
q 10:34 "Comment saisir un atelier collectif de deux structures dans la Coop ?" "How is a workshop of two employers recorded in the Coop?" "Camille Néron" "$coop"
a 10:35 "Chacune saisit ses propres participants ; l’autre est nommée en partenaire." "Each records its own people; the other is named as partner." "Lydie Besson"
b() { who=$4; at=$1; fr=$2; en=$3; shift 4; $f add need "$(t "$fr" "$en")" --by "$who" --at "$d $at" "$@"; }
b 10:35 "Un vidéoprojecteur, une semaine en janvier" "A projector, for a week in January" "Ghislaine Roy" --theme "$materiel"
b 10:36 "Des parcours tout prêts pour grands débutants" "Ready-made courses for absolute beginners" "Fabrice Oger"
$f same B2 --at "$d 10:36"; $f same B2 --at "$d 10:36"; $f same B2 --at "$d 10:36"; $f same B2 --at "$d 10:36"
b 10:37 "Une formation aux gestes qui apaisent, face à l’agressivité" "Training in how to calm people down" "Adèle Vial"
$f same B3 --at "$d 10:37"; $f same B3 --at "$d 10:37"
b 10:38 "Un binôme pour la tournée du bus numérique" "A partner for the rounds of the digital bus" "Jules Amiot"
b 10:39 "Une salle au rez-de-chaussée à Saint-Galmier le mercredi" "A ground-floor room in Saint-Galmier on Wednesdays" "Nadège Collet"
b 10:40 "Prêter huit souris à grosses touches" "Eight mice with large buttons, on loan" "Zoé Blein" --offer --theme "$materiel"
b 10:41 "Relire les supports pour les rendre lisibles (FALC)" "Reading your handouts over to make them easy to read" "Pia Morelli" --offer
b 10:41 "Un modèle de convention pour accueillir un stagiaire" "A model agreement to take a trainee" "Kenza Larbi"
b 10:42 "Ouvrir les ateliers du mardi aux autres communes" "Tuesday workshops open to people of other towns" "Irène Sabot" --offer
$f next --at "$d 10:46"
$f next --at "$d 10:56"
note 10:58 "On a tous vu la même scène : quelqu’un tend sa carte et son téléphone, sans un mot." "We have all seen it: somebody holds out a card and a telephone without a word."
note 11:00 "Dire d’abord ce qu’on ne fera pas :
- payer avec sa carte ;
- garder un mot de passe ;
- répondre à un SMS à sa place." "Say first what we will not do:
- pay with their card;
- keep a password;
- answer a message for them."
note 11:04 "Un papier avec trois cases à cocher aide à finir l’entretien." "A paper with three boxes helps to end the conversation."
note 11:08 "Ce qui marche : *montrer sur son propre écran*, puis rendre la main." "What works: *show on your own screen*, then hand over."
$f add resource "$(t "Charte d’accueil du Pays d’Ambert" "Welcome charter of the Pays d’Ambert")" --link https://example.org/charte --at "$d 11:10"
$f add resource "$(t "Jeu de rôle « le guichet »" "Role play “the desk”")" --link https://example.org/guichet --at "$d 11:12"
$f next --at "$d 11:22"
note 11:24 "On garde le papier à trois cases, et on se le prête d’un lieu à l’autre." "We keep the paper with three boxes, and lend it from place to place."
note 11:26 "Trois phrases suffisent à l’accueil ; les autres sont pour l’équipe." "Three sentences are enough at the desk; the others are for the team."
$f add resource "$(t "Le papier à trois cases, à imprimer" "The paper with three boxes, to print")" --link https://example.org/trois-cases --at "$d 11:28"
note 11:29 "On ne met pas de logo sur le papier : il doit servir partout." "No logo on the paper: it is to serve everywhere."
note 11:29 "Le bilan se fait en février, avec deux personnes accompagnées." "The review is in February, with two of the people we help."
$f add decision "$(t "Chaque lieu affiche les trois choses qu’on ne fait pas à la place des gens." "Every place posts the three things we do not do for people.")" --consensus --at "$d 11:30"
$f add decision "$(t "Le papier à trois cases est essayé dans six lieux jusqu’en février." "The paper with three boxes is tried in six places until February.")" --for 19 --against 1 --abstain 3 --at "$d 11:33"
$f add decision "$(t "Les rencontres passent au quatrième mardi du mois." "Meetings move to the fourth Tuesday of the month.")" --for 15 --against 4 --abstain 4 --at "$d 11:36"
$f add decision "$(t "On partage un agenda des ateliers sur la carte du Département." "Workshops are shared on the map of the Département.")" --at "$d 11:38"
act() { fr=$2; en=$3; at=$1; shift 3; $f add action "$(t "$fr" "$en")" --at "$d $at" "$@"; }
act 11:39 "Mettre en page l’affiche des trois choses" "Lay out the poster of the three things" --owner "Nadège Collet" --due 2026-12-04
act 11:40 "Imprimer 200 papiers à trois cases" "Print 200 papers with three boxes" --owner "Damien Fay" --due 2026-12-11
act 11:41 "Recenser les six lieux qui essaient" "List the six places that try" --owner "Valérie Bost" --owner "Tom Garel" --due 2026-12-01
act 11:42 "Demander à la mairie la liste des ordinateurs réformés" "Ask the town hall for its list of old computers" --owner "Olivier Rey" --due 2026-12-15
act 11:43 "Réserver le bus numérique pour mars" "Book the digital bus for March"
act 11:44 "Envoyer le lien de la carte à tout le monde" "Send everybody the link of the map" --owner "Camille Néron"
$f done A6 --at "$d 11:45"
act 11:46 "Préparer l’atelier de décembre sur l’intelligence artificielle" "Prepare the December workshop on artificial intelligence" --owner "Louise Chaux" --owner "Rémy Tixier" --due 2026-12-15
act 11:47 "Prévenir les six lieux de la date du bilan" "Tell the six places when the review is" --owner "Valérie Bost" --due 2027-01-08
$f add aside "$(t "Une charte commune avec les secrétaires de mairie" "A charter shared with the town clerks")" --by "Hamid Belkacem" --at "$d 11:48"
$f add aside "$(t "Un pot de fin d’année" "A drink at the end of the year")" --by "Sabrina Hadj" --at "$d 11:49"
$f next --at "$d 11:50"
$f close --at "$d 12:02" --summary "$(t "Chaque lieu affichera les trois choses qu’on ne fait pas à la place des gens, et six lieux essaient le papier à trois cases." "Every place will post the three things we do not do for people, and six places try the paper with three boxes.")"
