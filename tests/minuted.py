"""What people write in minutes, chats and pads, and what a facilitator expects of each line: invented people, written for the tests.

All are said on Tuesday 24 November 2026 among `MEMBERS`.
"""

from __future__ import annotations

from typing import Any

MEMBERS = (
    "Awa S.", "Karim B.", "Léa M.", "Nora T.", "Élodie P.", "Jean-Marc V.", "Maëlys Le Goff", "Inès d\u2019Aubigny",
    "Anne-Sophie de La Tour", "Seán O'Brien",
)  # fmt: skip

# Nothing is taken out of these, whatever the kind; the conversation keeps each as a note.
SENTENCES = r"""
Compte rendu de la réunion du 10 novembre 2026
Présents : Awa, Karim, Nora
Présents : @Nora, @Karim
Présents : @Nora, @Karim et @Awa
Excusés : @Léa
Secrétaire : @Karim
Contact : @Nora
Référente : @Élodie
Personne à contacter : @Karim
Scribe: @Nora
Chair: @Karim
Owner: @Nora
Merci @Nora
Merci @Nora et @Karim
Merci à @Nora
Merci beaucoup @Nora !
Un grand merci à @Nora et @Karim
Bravo @Karim
Bravo à @Karim !
Bienvenue @Léa
Bonjour @Nora
Bonjour @Nora, comment ça va ?
Salut @Karim
Thanks @Nora
Thank you @Nora
Thanks to @Nora
Welcome @Léa
Hi @Nora
Hello @Karim
Hey @Nora, any news?
cc @Nora
cc: @Nora
Cc @Nora et @Karim
Contacter @Nora
Appeler @Karim
Rappeler @Karim
Relancer @Karim
Prévenir @Nora et @Karim
Inviter @Léa
Remercier @Nora
Féliciter @Karim
Informer @Nora
Consulter @Karim
Rencontrer @Léa
Remplacer @Karim
Aider @Nora
Attendre @Karim
Call @Nora
Contact @Nora
Thank @Karim
Invite @Léa
Remind @Karim
Ping @Nora
Email @Nora
Tell @Nora
Appeler @Karim demain
Relancer @Nora lundi prochain
Call @Karim tomorrow
Il faut rappeler @Karim
Penser à relancer @Nora
On attend @Karim
J'ai vu @Nora
Nous remercions @Karim
We should invite @Léa
Please welcome @Léa
Il y a @Nora
C'est @Nora
Ce sera @Nora
On a élu @Nora
selon @Karim
D'après @Karim
Grâce à @Nora
Sauf @Karim
Tout le monde est là sauf @Karim
Tous sauf @Karim et @Nora
Réunion dans 5 min @all
Rendez-vous à 14h @here
Le pad est ouvert @channel
Pensez à signer la feuille @everyone
La salle est ouverte @room
Pensez à signer la feuille @tous
Pensez à signer la feuille @toutes et @tous
@all le pad est ouvert
@here on commence
@channel: on commence
@tous : merci de relire
@everyone please mute
demande de @nora.t@example.org
@nora@social.example a répondu
Le compte est @reseau@social.example
Le compte Matrix : @nora:example.org
Écrire à @nora:example.org
mail : nora@example.org
Écrire à nora@example.org
Écrire à <nora@example.org>
Écrire à contact+reseau@example.org, svp
Inscription par mailto:nora@example.org?subject=atelier
Rejoindre le canal #general
Rejoindre le salon #reseau
Rejoindre #reseau:example.org
On en parle dans #atelier
Le canal est #reseau
Le hashtag est #inclusion
Utiliser le hashtag #inclusion
Utiliser le mot-dièse #inclusion
Use the hashtag #inclusion
Join the channel #general
Join #general
See the channel #help
Mot-clé : #inclusion
Hashtag: #inclusion
Thèmes : #droits, #logement
Mots-clés : #droits #logement
#droits #logement
#droits, #logement et #santé
#topic Review of last actions
#action Karim to write to the mayor
#agreed on the charter
#info the hall is free
#startmeeting Monthly call
#link https://example.org/agenda
Le ticket #42
Voir le ticket #42.
Closes #128
Fix #12, #13 and #14
PR #7 mergée
MR !12 en revue
Voir la question #Q3
Doublon de #Q3
Suite de l'action #A12
Salle #3
La couleur est #c0ffee
Le bleu #1f6feb
Prendre le bleu #a1b2c3
Le fond en #fff
Apprendre le C#
Un atelier C# et F#
Un accord en fa# mineur
Le mot dièse#collé
Note #1 : la salle est froide
L'ordre : Nora -> Karim -> Léa
Flux : besoin → atelier → bilan
Du papier → au numérique
Framadate -> Framaforms
A → B → C
Karim → Nora
Karim -> 10 tablettes
Passage de 10 -> 12 postes
=> à revoir
⇒ reporté
Voir ci-dessous ↓
La salle → étage 2
Prix : 10 € -> 12 €
De 9h → 12h
Nora ← Karim
Version 2.7
Passer à la version 2.7
Mise à jour v1.4.2-rc1
Passer de Debian 12 à Debian 13
Python 3.11+ requis
Node >= 20
Firefox 115 ESR → 128 ESR
Windows 10 : fin de support
Support jusqu'à la 3.2
Tester la 2.0 avant la 2.1
Release 24.04 LTS
IPv6 2001:db8::1
ISO 8601
RFC 3339, section 5.6
AG, CA, BE, CNFS, ANCT, DINUM
L'ANCT et l'AMI « inclusion » : AAP en cours
CN, MN, CS, MJC, EPN
Le CCAS de St-Just-St-Rambert
M. Le Goff et Mme d’Aubigny
Mme O'Brien, Dr. N'Diaye et le Pr. Ben-Saïd
Anne-Sophie de La Tour arrive à 10h
Jean-Marc V. (MJC) prend la parole
Maëlys Le Goff > Karim B.
Jean d'Arc-en-Barrois
L’équipe de l’EPN
l'équipe d'aujourd'hui
aujourd’hui, on a parlé d’accès
Qu'est-ce qu'on fait ?
Qu’est-ce qu’on fait ?
C'est l'« accueil » qu'on a choisi
« Oui » ou « non » ?
« Oui »
„unten“ und »schräg«
"un" et "deux"
Il a dit : "on verra"
Nora dit « oui », Karim dit « non »
2 × 3 m
5 µm ± 2 %
≈ 30 personnes
≥ 5 inscrits
< 10 places
> 10 places ?
10 € par an
10,50 € TTC
Budget : 12 k€
$25 per head
CHF 30.–
100 % des inscrits
3/4 des présents
1/2 journée
7e édition
1er atelier
2nd floor
3rd party
XXIe siècle
14 h 30
de 14h à 16h
10h → 12h
from 2pm to 4pm
2 p.m.
lundi 10h
mardi et jeudi
du 10 au 12 décembre
10-12 décembre
entre le 10 et le 12
le 10 ou le 12
10/12 ou 11/12
Nov 10
nov. 2026
T1 2027
Q1 2027
semaine 48
À Nora : merci
À bientôt !
D'accord pour le mardi
+1 pour Karim
👍 pour le mardi
🎉 Bravo à toutes et tous 🎉
❤️ merci
👩‍👩‍👧‍👦 accueil des familles
🏳️‍🌈 stand
✅ fait
❌ refusé
⚠️ attention à la marche
➡️ suite
➜ suite
1️⃣ premier point
:+1: pour moi
Et donc... rien
N.B. : la salle ferme à 18h
NB la salle ferme
P.-S. : merci
p. ex. une fiche
c.-à-d. demain
cf. le guide
cf https://example.org/guide
- un point
- [ ] Réserver la salle
- [ ] Réserver la salle (@Karim)
- [x] Envoyer le mail
- [X] Envoyer le mail @ Karim
* un point
+ un point
1. un point
1) un point
a) un point
i. un point
• un point
◦ un point
– un point
— un point
→ un point
> cité
>> cité deux fois
> @Nora a dit non
# Titre
## Présents
### 3. Vie du réseau
#### Divers
| Nom | Structure |
| Nora | MJC |
| Nora | MJC | @Karim |
Nom, Structure, Présent
Nom	Structure	Présent
**Date :** 10 novembre
**Présents :** Awa, Karim
**Décision** : on garde le mardi
*en italique*
_en italique_
__en gras__
$ git commit -m "x"
./run.sh --plain
snake_case et camelCase
<!-- caché -->
&amp; et &lt;
{% if %}
%s et %d
[[Page du wiki]]
[[Page du wiki|le titre]]
[1]: https://example.org/a
![image](https://example.org/a.png)
[^1]: une note
<https://example.org/a> et <https://example.org/b>
Voir https://example.org/a.
Voir https://example.org/a, puis https://example.org/b.
Voir (https://example.org/a).
(cf. https://example.org/a)
Voir « https://example.org/a ».
Voir "https://example.org/a".
Voir https://example.org/a?b=1&c=2#d et dites-moi
Voir https://example.org/wiki/Roanne_(Loire) pour le plan
Voir https://example.org/a!
Voir https://example.org/a ?
Voir https://example.org/a…
Voir https://example.org/a;
Le site https://example.org est en panne
Le site (https://example.org) est en panne
Lire https://example.org/a
Relire https://example.org/pad
Compléter https://example.org/form
Ouvrir https://example.org/a
Remplir https://example.org/form
Visiter https://example.org/a
Lire et commenter https://example.org/pad
Read https://example.org/a
Fill in https://example.org/form
Check https://example.org/a
Le formulaire se trouve https://example.org/form
C'est ici https://example.org/a
C'est là : https://example.org/a
Deux liens : https://example.org/a https://example.org/b
https://example.org/a et https://example.org/b
https://example.org/a https://example.org/b
ftp://example.org/a
Le site example.org
webcal://example.org/a.ics
ISBN 978-2-00-000000-0
SIRET 000 000 000 00000
IBAN FR00 0000
Code : 1234#
Digicode 12A34
Wifi : reseau / motdepasse@2026
mot de passe : p@ssw0rd
@ Nora
@ 14h
Rendez-vous @ la MJC
@Nora: oui
@Nora : oui
@Nora, tu peux relire ?
@Nora - tu peux relire ?
@Nora peut-elle relire?
Est-ce que @Nora peut relire ?
Tu peux relire @Nora ?
Tu peux relire, @Nora ?
Qui a vu @Nora?
Peut-on demander à @Nora ou @Karim ?
@Nora ou @Karim
@Nora & @Karim
@Nora vs @Karim
« @Nora »
demande faite (@Nora, @Karim)
demande faite [@Nora]
la salle d'@Nora
la demande de l'@equipe
l'atelier de @Nora
l’atelier de @Nora
le bureau d’@Élodie
chez @Karim
avec @Nora, @Karim et @Awa
entre @Nora et @Karim
pour @Nora
par @Nora
via @Nora
vu avec @Nora
vue par @Karim
en binôme avec @Léa
ni @Nora ni @Karim
et @Nora
ou @Karim
@Nora's laptop
@Nora’s laptop is here
the laptop is @Nora's
Is it @Nora's?
assigned to @Nora
handled by @Karim
ask @Nora
with @Nora and @Karim
for @Nora
@media print
Question de la salle : quand ?
Adopté par 12 voix pour, 3 contre
Quorum : 12/20
Vote : 5 pour, 3 contre
Pour : 5
5 pour
Contre : 2, abstention : 1
On garde 5 pour 3
Trois pour deux
Le bureau décide par consensus
Les décisions se prennent par consensus
Nous fonctionnons par consensus
We work by consensus
We always decide by consensus
Réunion le 15 janvier 2027 de 9h à 12h
Réunion le 15 janvier 2027 à 9h ou 10h
Le 15 janvier à 9h, réunion
On en reparle avant la fin
Rien avant lundi ?
Il est parti pour de bon
En attente pour l'instant
C'est tout pour aujourd'hui
C'est bon pour demain ?
That's all for today
That is all for this week
Nothing for next week
Rien de prévu pour demain
Il n'y a rien pour vendredi
Merci pour aujourd'hui
Je suis absent pour 15 jours
Je suis absente jusqu'à vendredi
On est prêts pour vendredi
La salle est libre pour vendredi
Ouverture de la séance à 10h05 par Claire
La séance est levée à 12 h 40
Fin de la réunion : 12h15
Prochaine réunion le mardi 12 janvier à 10h à Roanne
Prochaine rencontre : 12/01, 10h, MJC
Lieu : MJC de Roanne, 12 rue de l’Église
Ordre du jour : accueil, nouvelles, atelier
Étaient présents : Mmes Aubry et Le Goff, M. N’Diaye
Excusée : Léa M. (pouvoir à Nora T.)
Nora T. (MJC), Karim B. (CCAS), Awa S. — arrivée à 10h20
Karim quitte la réunion à 11h30
Nora : on garde le mardi ?
Karim : oui, mais pas le 24
Karim B. : « On verra en janvier »
@Karim : oui, mais pas le 24
@Karim> oui
[Karim] oui
Karim | oui
<karim> @Nora : tu confirmes ?
<karim> @nora tu peux relire https://example.org/pad stp
10:12 <karim> merci @nora
10:12 < nora> @karim: ok pour vendredi
10:12 -!- awa has joined #reseau
[10:12] <nora> see #reseau
2026-11-10 10:12 karim on commence
karim: nora: tu as le lien ?
nora, karim: on y va
nora → karim : merci
***nora changed topic to "AG 2026"***
nora set the channel topic: #reseau
You have joined #reseau
:white_check_mark: fait par @nora
👍 @Karim
D'accord avec @Nora
Pas d'accord avec @Karim
Comme dit @Nora
Comme le dit @Karim
Réponse de @Nora : oui
Idée de @Karim
Proposition de @Karim, soutenue par @Nora
Proposition @Karim / @Nora
Relecture par @Nora puis @Karim
Tour : @Nora, @Karim puis @Awa
La parole est à @Léa
C'est au tour de @Léa
Animé par @Nora, noté par @Karim
Animatrice : @Nora ; scribe : @Karim
Binôme @Nora/@Karim
Binôme : @Nora + @Karim
Trio @Nora-@Karim-@Awa
Présidente : @Léa
Vice-président : @Karim
Trésorière @Nora
Membres : @Nora, @Karim, @Léa et @Awa
Qui : @Nora
Quoi : réserver la salle
Quand : vendredi
Où : MJC
Avec qui : @Nora
Pour qui : @Karim
Par qui : @Nora
Reste : @Karim
À voir avec @Nora
A voir avec @Nora
À confirmer avec @Karim
À confirmer par @Karim
À définir avec @Nora et @Karim
À contacter : @Nora
À inviter : @Karim, @Léa
Absents : @Awa
Pouvoirs : @Awa à @Nora
Pouvoir de @Awa à @Nora
Élue : @Nora
On a remercié @Nora
On avait prévenu @Karim
Je vois @Nora
On en parle à @Nora
On ne connaît que @Nora
On a parlé de @Nora
On a besoin de @Nora
Personne sauf @Nora
Seule @Nora
Avec l'aide de @Karim
Grâce aux efforts de @Karim
Sous la houlette de @Nora
En présence de @Léa
En l'absence de @Nora
À la place de @Karim
À l'attention de @Nora
À l'initiative de @Karim
De la part de @Léa
En lien avec @Nora
En copie @Nora
En copie : @Nora
Copie à @Nora
We thanked @Nora
We have elected @Nora
Let's welcome @Léa
Please ping @Nora
Please ask @Karim
Can someone call @Nora
You should email @Karim
I met @Karim
I saw @Nora
I spoke with @Nora
Talk to @Karim
Reach out to @Nora
Big thanks to @Nora
Many thanks @Nora
Thanks a lot @Nora
Thank you so much @Karim
Congrats @Léa
Congratulations to @Léa
Kudos @Karim
Sorry @Nora
Dear @Nora
Hello @Nora and @Karim
Attendees: @Nora, @Karim
Present: @Nora
Regrets: @Awa
Lead: @Nora
Assignee: @Karim
Assigned: @Karim
Reviewer: @Nora
Reviewers: @Nora @Karim
Facilitator: @Nora
Next scribe: @Karim
Motion by @Karim, second by @Nora
Moved: @Karim; seconded: @Nora
Approved by @Nora
Suggested by @Karim and @Nora
As @Nora
Just like @Karim
Same as @Nora
Instead of @Karim
On behalf of @Nora
According to @Karim
#action @karim to write to the mayor
ACTION @karim: write to the mayor
**ACTION** @karim write to the mayor
- **Action** : Karim écrit au maire
- @Karim : écrire au maire
- @Nora, @Karim : relire
- [ ] @Karim : écrire au maire
- [ ] @Nora écrit au maire
- [x] ~~@Karim~~ @Nora : écrire
1. @Nora
   - @Karim
| Action | Qui | Quand |
| Réserver la salle | @Karim | 10/12 |
| Relire le pad | @Nora et @Karim | fin novembre |
Réserver la salle | Karim | 10/12
Réserver la salle ; Karim ; 10/12
Réserver la salle (Karim, 10/12)
Réserver la salle (pour le 10/12)
Réserver la salle [Karim]
Réserver la salle – Karim
Réserver la salle / Karim
Karim réserve la salle
Karim : réserver la salle
Le 10/12, Karim réserve la salle
Vote : 12 pour, 3 contre, 2 abstentions
Résultat du vote : 12 pour, 3 contre
Pour : 12 ; contre : 3
12 pour
12 voix pour
À l'unanimité
À l'unanimité des présents
Par consensus
Pas de consensus
Faute de consensus
Sans opposition
Montant : 1 200 €
Subvention : 3 000 € (50 % en janvier, 50 % en juin)
Cotisation : 10 € → 12 € en 2027
Cotisations 2026 : 42 × 10 € = 420 €
12 € / pers.
TVA 20 %
À 10 % près
Le 1er
Le 1er, le 2 et le 3
Les 10, 11 et 12
Du 10 au 12
De 10 à 12
10 à 12 personnes
10/15 personnes
9 h-12 h / 14 h-17 h
De 9 h à 12 h puis de 14 h à 17 h
Mar. 10 h-12 h
Du lundi au vendredi, 9h-17h
Tous les 15 jours
Un mardi sur deux
Chaque 1er mardi du mois
Le dernier vendredi du mois
Pendant 15 jours
Depuis 15 jours
Il y a 15 jours
D'il y a 15 jours
Pour 15 jours
Durée : 15 jours
Délai : 15 jours
Sous 48h c'est impossible
Fin avril c'est trop tard
Avant vendredi ce serait bien
Mi-mars, on verra
Après le 10/12
À partir du 10/12
Dès le 10/12
Jusqu’au 10/12
Jusqu'à fin avril
Le compte rendu du 10/12
Le CR de la réunion de mi-novembre
La facture de fin octobre
L'atelier de la semaine prochaine
Le mail de demain
Les vacances d'avril
Rentrée le 1er septembre
Soirée du 31 décembre
Bilan 2026 / perspectives 2027
En 2027
Fin 2027
Début 2027
Depuis mi-mars
Au 1er janvier
Au 31/12
RN7, sortie 12
Bus 12, arrêt Mairie
Ligne A / ligne B
Salle A
Salle B2
Bâtiment C, 2e étage
Groupe A, groupe B
Plan A : la MJC
Niveau A1, A2 et B1
Format A4 recto
Papier A3
Questionnaire Q3
Article L. 311-1
Art. R*123
Annexe B
Point 3.2
3.2 Vie du réseau
III. Divers
A. Accueil
A – Accueil
B) Besoins
N° 3
PS : merci
PJ : 2
P. 12
p. 12-14
i.e. demain
e.g. a sheet
e. g. a sheet
a.k.a. Nora
c.f. le guide
x.org est lent
q&a session
b2b et b2c
a11y et i18n
t'es sûr ?
j'ai fini
s'il te plaît
n'oublie pas
l’an prochain
d’abord on vote
c’est fini
y a-t-il un quorum ?
va-t-on voter ?
« Qui ? »
« Qui ? », demande Karim
Il dit « @Nora »
Il dit « #droits »
Il a écrit : « voir https://example.org/a »
Elle cite “https://example.org/a”
Le titre est *Le Numérique pour tous*
**Important** : https://example.org/a à lire
`https://example.org/a`
`@Nora`, `#droits` et `->`
Taper `@Nora` puis Entrée
Taper "#droits"
Touche # puis étoile
Tapez #31#
Composer *#06#
Code #1234
Code : #1234
Étage -1
Étage -> sous-sol
-> sous-sol
→ sous-sol
--> suite
<- retour
<3 merci
if (a && b || c) { return; }
f(x) = 2x
100% d'accord
(1/3) La suite
[à compléter]
TBC : la salle
XXX à revoir
??? à revoir
(?) la salle
!! urgent
!! la salle ferme
¡Hola! ¿Qué tal?
Grüße aus Köln
Привет всем
مرحبا بالجميع
שלום לכולם
नमस्ते सभी
Œuvre, cœur, œdème, Æsir
ÉTÉ, À CÔTÉ, ÇA
naïveté, Noël, Saint-Étienne, Bourg-lès-Valence
ﬁn de séance
A B C
trop   d'espaces   ici
fin de ligne avec points . . .
point-virgule ; deux-points :
Acheter 10 kits pour 15 jours
Prolonger le prêt pour un mois
Louer la salle pour une semaine
Prêter les tablettes pour deux mois
Prêter les tablettes pour 15 jours à Karim
Le bail court sur 3 ans
Trouver quelqu'un pour mardi et jeudi
Assurer la permanence pour les mardis
Décaler l'atelier pour cause de grève le 10 décembre
Décaler l'atelier avant Noël
Rendre les clés avant midi
Rendre les clés avant 18h vendredi
Rendre les clés avant la fermeture vendredi
Relire avant la réunion de vendredi
Relire avant l'atelier du 10 décembre
Demander un devis pour l'atelier du 10 décembre
Écrire l'article pour la lettre de décembre
Écrire l'article pour la lettre de fin décembre
Voir si Karim est libre pour vendredi
Vérifier que tout est prêt pour vendredi
Lister les absents pour aujourd'hui
Mettre à jour avant la fin du support fin 2026
Tester la v2 en décembre
Tester la v2 en fin de semaine
Livrer en 15 jours
Finir en une semaine
Répondre en 48 h
Répondre sous 48 h ouvrées
Répondre sous 8 jours ouvrés
Revoir dans le mois
Revoir dans l'année
Revoir dans les prochaines semaines
Revoir dans quelques jours
Revoir d'ici là
Revoir d'ici peu
Revoir avant tout
Revoir avant
Revoir le 10
Revoir au printemps
Revoir pour la Saint-Jean
Revoir pour l'Épiphanie le 6 janvier
Anniversaire de Karim le 6 janvier
Report to the board on Friday
Send it before the Friday call
Send it in the Friday mail
Send it in time
Send it in 2027
Send it in March
Send it in week 48
Send it in Q1
Put it in the next letter
Discuss in the next meeting
Discuss at the next meeting
Plan for the next meeting
Plan for next week
Plan for next year
Prepare slides for Friday's call
Prepare slides for the Friday call
Prepare slides for 10 people
Book the hall for 3 days
Book the hall for the whole week
Book the hall for the week
Work by Friday Group
Written by Karim
Written by May
Ask for Friday off
Wait for Friday
Vote for Karim
Close for the holidays
Close for two weeks
Run the script within the week
Run within 5 minutes
Keep it within budget
Fix it before it breaks
Fix before 2.0
Do it before long
Do it before the end
Do it by then
Do it by noon
Stand by
Passer -> 12
Score passé de 9/12 -> 10/12
Lien A -> B demain
Passage de témoin Karim -> Nora
Changer lundi -> mardi
Déplacer mardi -> jeudi
Déplacer l'atelier du 10 -> 12 décembre
Déplacer l'atelier du 3/12 -> 10/12
Permuter vendredi → samedi
Report du 10/12 → 17/12
Horaires 9h -> 12h
Réserver avant vendredi et écrire au maire avant lundi
Réserver la salle pour vendredi, le bus pour le 10/12
Salle pour le 10/12, bus pour le 12/12
Reserve by Friday, confirm by Monday
@sarah — proposal by Friday | @tom — compatibility check by Wednesday
Nora : proposition pour vendredi ; Karim : relecture pour lundi
Action items: @Nora
Action items: @Nora owns the charter, @Karim the room
- discussion lead: @Nora
- [ ] (@Nora) Écrire au maire (pour le 10/12)
- [ ] (@2026-12-10) Écrire au maire
@Nora → @Karim : parler au maire
Will follow up with @Karim though.
going to follow up with @karim, and meanwhile look for more
Should follow up with @karim on the room, just ping him
Finish the scheduler section by EOW Dec 3
Suivre le compte @reseau
Le compte Mastodon : @reseau
Le profil @reseau
Follow the account @reseau
Voir avec ma collègue @Nora
Ma collègue @Nora
Notre voisin @Karim
Mme @Nora
M. @Karim
Dr @Nora
Madame @Nora
Monsieur @Karim
Merci, @Nora
Merci beaucoup, @Nora et @Karim
Bonne année @Nora
Bon courage @Karim
Bon anniversaire @Léa
Joyeux anniversaire @Léa
Bon retour @Awa
Bonne idée @Nora
Good luck @Nora
Good idea @Karim
Happy birthday @Léa
Well done @Karim
Great work @Nora
Bien joué @Karim
Bien vu @Nora
À toi @Nora
À vous @Karim
À demain @Nora
À bientôt @Karim
See you @Nora
Over to you @Nora
Your turn @Karim
À ton tour @Karim
Vas-y @Karim
Go @Nora
Super @Nora
Top @Karim
Attention @Nora
Please @Nora
S'il te plaît @Nora
Stp @Karim
Le salon s'appelle #reseau
Le salon nommé #reseau
The channel is called #general
Dans la rubrique #aide
Dans la catégorie #droits
Sujet : #droits
Sous l'étiquette #droits
Avec les étiquettes #droits et #logement
Étiquettes #droits et #logement
Bonjour à tous, merci @Nora
On peut remercier @Nora
Nous devons relancer @Karim
Je dois rappeler @Nora
Tu peux appeler @Karim
Il faudrait inviter @Léa
Il va remplacer @Nora
On va élire @Léa
Pour joindre @Nora
Afin de soutenir @Karim
Sans attendre @Nora
Avant de consulter @Karim
Ne pas oublier @Nora
On a oublié @Karim
N'oubliez pas @Nora
Ne pas déranger @Karim
Don't forget @Nora
We missed @Nora
I agree with @Nora
I'm replacing @Karim
Replacing @Karim
Thanking @Nora
Welcoming @Léa
Waiting for @Karim
Waiting on @Karim
Pending @Karim
En attente de @Karim
En attente @Karim
Bloqué par @Nora
Blocked by @Nora
Depends on @Karim
Reviewed by @Nora
Vu par @Nora
Signé : @Nora
Signé @Nora
Signed @Nora
-- @Nora
— @Nora
Source : @Karim
D'après : @Karim
Crédit photo @Nora
Crédits : @Nora et @Karim
Texte de @Nora, photos de @Karim
Avec : @Nora, @Karim
Pour @Nora : relire
Co-animation @Nora / @Karim
Co-animation : @Nora / @Karim
Animation : @Nora (relève : @Karim)
@Nora (animation), @Karim (notes)
@Nora animation, @Karim notes
@Nora & @Karim : co-animation
@Nora absente
@Nora : absente
@Nora excusée, @Karim en retard
Absente : @Nora ; en retard : @Karim
""".strip("\n").split("\n")

# Nor of these, which say nothing alone: a word, a sign, a number. The conversation refuses them, with the way to write them down.
ALONE = r"""
mailto:nora@example.org
#endmeeting
n°#4
mi#bémol
droits#logement
a#b#c
192.0.2.1
'simple'
"double"
1 250,00 €
£1,200.50
50%
24/7
9/10
12/30
14h
14h30
14:30
14h-16h
9h30–12h
9:30 - 12:00
midi-14h
lundi-vendredi
2026-12-10/2026-12-12
2026-11-10T14:00:00Z
S48
A+
Ok.
d'accord
👍
:tada:
:-)
;)
^^
¯\_(ツ)_/¯
(╯°□°)╯
…
Bon…
etc.
etc...
Titre
=====
---
***
___
|-----|-----------|
Nom;Structure;Présent
~~barré~~
==surligné==
`code`
```
```python
C:\Users\nora\Documents
\\serveur\partage
/home/nora/notes.md
~/notes.md
file.txt
a_b_c
<b>gras</b>
<br>
&nbsp;
{{modèle}}
${variable}
[lien][1]
![](image.png)
[^1]
www.example.org
example.org/a
tel:+33600000000
geo:45.9,4.07
sip:nora@example.org
xmpp:salon@example.org
matrix.to/#/#reseau:example.org
doi:10.1000/182
06 00 00 00 00
+33 6 00 00 00 00
P@ris
user@host
git@example.org:reseau/notes.git
@
@14h
@Nora
@Nora ?
@Nora !
@Nora/@Karim
@Nora+@Karim
(@Nora)
[@Nora]
*@Nora*
**@Nora**
`@Nora`
~@Nora
-@Nora
/@Nora
@override
@import
a@b
@@Nora
@-Nora
@_nora
@3
👍 2 ❤️ 1
|:--|:-:|--:|
Unanimité
< 5 €
5–10 €
2026-2027
§ 3
N.B.
n.c.
s.o.
l.12
d.f.
k8s
d3.js
o’clock
m'enfin !
qu’est-ce ?
<->
</div>
1 + 1 = 2
2^10 = 1024
50/50
n°1/3
(suite)
(sic)
[sic]
[…]
[TODO]
TBD
你好大家
こんにちは
1 000 000
l'€
tout.est.collé
ToutEstCollé
""".strip("\n").split("\n")

Row = tuple[str, str, str, dict[str, Any]]
# The kind, the line, the text that is kept, and what is taken beside it.
FIELDS: list[Row] = [
    ("question", "Faut-il un mandat ? @Nora", "Faut-il un mandat ?", {"by": "Nora T."}),
    (
        "question",
        "Qui relance la mairie ? @Karim #partenaires",
        "Qui relance la mairie ?",
        {"by": "Karim B.", "theme": "partenaires"},
    ),
    (
        "question",
        "Comment contacter la CAF ? @Nora et @Karim",
        "Comment contacter la CAF ?",
        {"by": "Nora T., Karim B."},
    ),
    ("question", "Peut-on inviter la presse ? @Élodie", "Peut-on inviter la presse ?", {"by": "Élodie P."}),
    (
        "question",
        "Who pays for the room? @Karim #budget",
        "Who pays for the room?",
        {"by": "Karim B.", "theme": "budget"},
    ),
    ("question", "@Nora Faut-il un mandat ?", "Faut-il un mandat ?", {"by": "Nora T."}),
    ("question", "@Karim et @Léa qui paie ?", "qui paie ?", {"by": "Karim B., Léa M."}),
    ("question", "@Jean-Marc quel budget ?", "quel budget ?", {"by": "Jean-Marc V."}),
    ("question", "@Jean-Marc V. quel budget ?", "quel budget ?", {"by": "Jean-Marc V."}),
    ("question", "quel budget ? @jean-marc", "quel budget ?", {"by": "Jean-Marc V."}),
    ("question", "quel budget ? @elodie", "quel budget ?", {"by": "Élodie P."}),
    ("question", "quel budget ? @Maëlys Le Goff", "quel budget ?", {"by": "Maëlys Le Goff"}),
    ("question", "quel budget ? @maelys le goff", "quel budget ?", {"by": "Maëlys Le Goff"}),
    ("question", "quel budget ? @Inès d’Aubigny", "quel budget ?", {"by": "Inès d’Aubigny"}),
    ("question", "quel budget ? @Anne-Sophie de La Tour", "quel budget ?", {"by": "Anne-Sophie de La Tour"}),
    ("question", "quel budget ? @Seán O'Brien #argent", "quel budget ?", {"by": "Seán O'Brien", "theme": "argent"}),
    ("question", "quel budget ? @O'Brien", "quel budget ?", {"by": "Seán O'Brien"}),
    ("question", "Quel budget ? @Nora T., @Karim B.", "Quel budget ?", {"by": "Nora T., Karim B."}),
    ("need", "Une trame de charte @Nora", "Une trame de charte", {"by": "Nora T."}),
    (
        "need",
        "Une formation à Linux #formation @Karim",
        "Une formation à Linux",
        {"by": "Karim B.", "theme": "formation"},
    ),
    ("need", "Je propose une salle le mardi @Léa", "Je propose une salle le mardi", {"by": "Léa M.", "offer": True}),
    ("need", "Besoin d'aide @Nora", "Besoin d'aide", {"by": "Nora T."}),
    (
        "need",
        "De l'aide pour remplir les dossiers @Nora #droits",
        "De l'aide pour remplir les dossiers",
        {"by": "Nora T.", "theme": "droits"},
    ),
    ("need", "Un contact à la CAF @Karim", "Un contact à la CAF", {"by": "Karim B."}),
    ("need", "Une liste de contacts @Karim", "Une liste de contacts", {"by": "Karim B."}),
    ("decision", "On garde le mardi @Nora", "On garde le mardi", {"by": "Nora T."}),
    ("decision", "On garde le mardi #calendrier", "On garde le mardi", {"theme": "calendrier"}),
    ("decision", "Charte adoptée par consensus", "Charte adoptée", {"consensus": True}),
    ("decision", "Le mardi est retenu, par consensus", "Le mardi est retenu", {"consensus": True}),
    ("decision", "On garde le mardi (par consensus)", "On garde le mardi (par consensus)", {}),
    ("decision", "On garde le mardi, par consensus", "On garde le mardi", {"consensus": True}),
    ("decision", "Charter adopted by consensus", "Charter adopted", {"consensus": True}),
    ("decision", "Le budget est voté à l’unanimité", "Le budget est voté à l’unanimité", {"consensus": True}),
    ("decision", "Budget voté : 12 pour, 1 contre", "Budget voté", {"vote": "12/1/0"}),
    ("action", "Réserver la salle @Karim", "Réserver la salle", {"owners": ("Karim B.",)}),
    (
        "action",
        "Réserver la salle @Karim -> 10/12",
        "Réserver la salle",
        {"owners": ("Karim B.",), "due": "2026-12-10"},
    ),
    (
        "action",
        "Réserver la salle pour vendredi @Karim",
        "Réserver la salle",
        {"owners": ("Karim B.",), "due": "2026-11-27"},
    ),
    (
        "action",
        "Réserver la salle @Karim et @Nora avant le 10/12 #logistique",
        "Réserver la salle",
        {"owners": ("Karim B.", "Nora T."), "due": "2026-12-10", "theme": "logistique"},
    ),
    ("action", "Réserver la salle : @Karim", "Réserver la salle", {"owners": ("Karim B.",)}),
    ("action", "Réserver la salle, @Karim", "Réserver la salle", {"owners": ("Karim B.",)}),
    ("action", "Réserver la salle — @Karim", "Réserver la salle", {"owners": ("Karim B.",)}),
    ("action", "Réserver la salle → @Karim", "Réserver la salle", {"owners": ("Karim B.",)}),
    ("action", "Réserver la salle @Karim demain", "Réserver la salle", {"owners": ("Karim B.",), "due": "2026-11-25"}),
    ("action", "Relancer la mairie @Karim", "Relancer la mairie", {"owners": ("Karim B.",)}),
    ("action", "Mairie à relancer @Karim", "Mairie à relancer", {"owners": ("Karim B.",)}),
    (
        "action",
        "La CAF à contacter @Nora pour vendredi",
        "La CAF à contacter",
        {"owners": ("Nora T.",), "due": "2026-11-27"},
    ),
    ("action", "Les inviter @Nora", "Les inviter", {"owners": ("Nora T.",)}),
    ("action", "Il faut la rappeler @Karim", "Il faut la rappeler", {"owners": ("Karim B.",)}),
    ("action", "Relance des absents @Nora", "Relance des absents", {"owners": ("Nora T.",)}),
    ("action", "Faire une relance @Nora", "Faire une relance", {"owners": ("Nora T.",)}),
    ("action", "Envoyer l'invitation @Nora", "Envoyer l'invitation", {"owners": ("Nora T.",)}),
    ("action", "Écrire @Nora", "Écrire", {"owners": ("Nora T.",)}),
    ("action", "Call the mayor @Karim", "Call the mayor", {"owners": ("Karim B.",)}),
    ("action", "Prepare the call @Karim", "Prepare the call", {"owners": ("Karim B.",)}),
    ("action", "Send the email @Nora by Friday", "Send the email", {"owners": ("Nora T.",), "due": "2026-11-27"}),
    ("action", "Fix the contact @Nora", "Fix the contact", {"owners": ("Nora T.",)}),
    ("action", "Ask for help @Nora", "Ask for help", {"owners": ("Nora T.",)}),
    ("action", "Book the next meeting @Nora", "Book the next meeting", {"owners": ("Nora T.",)}),
    ("action", "@Karim réserve la salle", "réserve la salle", {"owners": ("Karim B.",)}),
    (
        "action",
        "@Karim please book the room by Friday",
        "please book the room",
        {"owners": ("Karim B.",), "due": "2026-11-27"},
    ),
    (
        "action",
        "@Nora et @Karim relisent la charte -> fin novembre",
        "relisent la charte",
        {"owners": ("Nora T.", "Karim B."), "due": "2026-11-30"},
    ),
    ("action", "Choisir la salle A @Karim", "Choisir la salle A", {"owners": ("Karim B.",)}),
    ("action", "Préparer le plan B @Karim", "Préparer le plan B", {"owners": ("Karim B.",)}),
    ("action", "Créer le canal @Karim", "Créer le canal", {"owners": ("Karim B.",)}),
    ("action", "Faire la fiche contact @Nora", "Faire la fiche contact", {"owners": ("Nora T.",)}),
    ("action", "Rédiger les remerciements @Nora", "Rédiger les remerciements", {"owners": ("Nora T.",)}),
    ("action", "Finir le vote @Nora", "Finir le vote", {"owners": ("Nora T.",)}),
    ("action", "Trouver un lieu pour vendredi", "Trouver un lieu", {"due": "2026-11-27"}),
    ("action", "Écrire au maire @Zoé", "Écrire au maire", {"owners": ("Zoé",)}),
    ("action", "Écrire au maire @Zoé et @Nora", "Écrire au maire", {"owners": ("Zoé", "Nora T.")}),
    ("action", "Écrire au maire @Jean-Luc", "Écrire au maire", {"owners": ("Jean-Luc",)}),
    ("action", "Écrire au maire @zoe.d", "Écrire au maire", {"owners": ("zoe.d",)}),
    ("action", "Écrire au maire @zoe_d", "Écrire au maire", {"owners": ("zoe_d",)}),
    (
        "action",
        "Relire https://example.org/pad @Nora",
        "Relire https://example.org/pad",
        {"owners": ("Nora T.",), "link": "https://example.org/pad"},
    ),
    (
        "action",
        "Relire le pad https://example.org/pad @Nora",
        "Relire le pad",
        {"owners": ("Nora T.",), "link": "https://example.org/pad"},
    ),
    ("action", "Compléter la fiche @tous", "Compléter la fiche @tous", {}),
    ("action", "Préparer le planning pour le mois prochain", "Préparer le planning", {"due": "2026-12-31"}),
    ("action", "Faire le programme pour la semaine prochaine", "Faire le programme", {"due": "2026-12-04"}),
    ("action", "Faire un point dans 15 jours", "Faire un point", {"due": "2026-12-08"}),
    ("action", "Prévoir un bilan dans un an", "Prévoir un bilan", {"due": "2027-11-24"}),
    ("action", "Fixer la date avant la prochaine réunion", "Fixer la date", {"due": "2026-12-15"}),
    ("action", "Réserver deux salles pour le 10", "Réserver deux salles", {"due": "2026-12-10"}),
    ("action", "Réserver deux salles pour le 10 décembre", "Réserver deux salles", {"due": "2026-12-10"}),
    ("action", "Acheter du café pour demain", "Acheter du café", {"due": "2026-11-25"}),
    ("action", "Renouveler le bail dans 3 ans", "Renouveler le bail", {"due": "2029-11-24"}),
    ("action", "Trouver un remplaçant pour mardi", "Trouver un remplaçant", {"due": "2026-12-01"}),
    ("action", "Trouver un remplaçant pour mardi soir", "Trouver un remplaçant", {"due": "2026-12-01"}),
    ("action", "Demander qui vient pour vendredi", "Demander qui vient", {"due": "2026-11-27"}),
    ("action", "Compter les inscrits pour vendredi", "Compter les inscrits", {"due": "2026-11-27"}),
    ("action", "Passer de 10 à 12 avant le 15", "Passer de 10 à 12", {"due": "2026-12-15"}),
    ("action", "Passer en 5.0 avant le 15/12", "Passer en 5.0", {"due": "2026-12-15"}),
    ("action", "Passer la version 3.11 avant fin mars", "Passer la version 3.11", {"due": "2027-03-31"}),
    ("action", "Fêter les 20 ans pour le 6 janvier", "Fêter les 20 ans", {"due": "2027-01-06"}),
    ("action", "Look for a room for Monday", "Look for a room", {"due": "2026-11-30"}),
    ("action", "Close the office for the end of the year", "Close the office", {"due": "2026-12-31"}),
    ("action", "Follow up in two weeks", "Follow up", {"due": "2026-12-08"}),
    ("action", "Check back in a month", "Check back", {"due": "2026-12-24"}),
    ("action", "Meet in a week", "Meet", {"due": "2026-12-01"}),
    ("action", "Lire le chapitre 3 -> 10/12", "Lire le chapitre 3", {"due": "2026-12-10"}),
    ("action", "Réserver la salle B2 -> vendredi", "Réserver la salle B2", {"due": "2026-11-27"}),
    ("action", "Finir pour de bon avant vendredi", "Finir pour de bon", {"due": "2026-11-27"}),
    (
        "action",
        "Écrire à la CAF pour Karim avant lundi @Nora",
        "Écrire à la CAF pour Karim",
        {"owners": ("Nora T.",), "due": "2026-11-30"},
    ),
    (
        "action",
        "Préparer le mot pour la lettre de décembre avant fin novembre",
        "Préparer le mot pour la lettre de décembre",
        {"due": "2026-11-30"},
    ),
    ("action", "Créer le compte @Karim", "Créer le compte", {"owners": ("Karim B.",)}),
    ("action", "Valider les comptes @Nora", "Valider les comptes", {"owners": ("Nora T.",)}),
    ("action", "Animer l'équipe @Karim", "Animer l'équipe", {"owners": ("Karim B.",)}),
    ("action", "Ne pas l'oublier @Karim", "Ne pas l'oublier", {"owners": ("Karim B.",)}),
    ("action", "Prepare the meeting @Karim", "Prepare the meeting", {"owners": ("Karim B.",)}),
    ("action", "Choisir les photos @Nora", "Choisir les photos", {"owners": ("Nora T.",)}),
    ("note", "La salle est trop petite, super @Nora", "La salle est trop petite, super", {"by": "Nora T."}),
    ("need", "Aide @Karim #illettrisme", "Aide", {"by": "Karim B.", "theme": "illettrisme"}),
    ("action", "Relance @Nora", "Relance", {"owners": ("Nora T.",)}),
    ("action", "Écoute @Nora", "Écoute", {"owners": ("Nora T.",)}),
    ("note", "Animation : @Nora", "Animation : @Nora", {}),
    ("action", "Animation : @Nora", "Animation", {"owners": ("Nora T.",)}),
    ("note", "Minutes: @Nora", "Minutes: @Nora", {}),
    ("action", "Minutes: @Nora", "Minutes", {"owners": ("Nora T.",)}),
    ("note", "Notes: @Karim", "Notes: @Karim", {}),
    ("action", "Notes: @Karim", "Notes", {"owners": ("Karim B.",)}),
    ("note", "Photo : @Nora", "Photo : @Nora", {}),
    ("action", "Photo : @Nora", "Photo", {"owners": ("Nora T.",)}),
    ("note", "Animation @Nora", "Animation @Nora", {}),
    ("action", "Animation @Nora", "Animation", {"owners": ("Nora T.",)}),
    ("action", "Photos @Karim", "Photos", {"owners": ("Karim B.",)}),
    ("news", "Le rapport est sorti https://example.org/r", "Le rapport est sorti", {"link": "https://example.org/r"}),
    (
        "news",
        "Le rapport : https://example.org/r #rapports",
        "Le rapport",
        {"link": "https://example.org/r", "theme": "rapports"},
    ),
    ("news", "Forum le 15 janvier 2027 à 9h @Nora", "Forum", {"by": "Nora T.", "when": "2027-01-15 09:00:00"}),
    ("news", "AAP inclusion jusqu’au 10 décembre", "AAP inclusion", {"deadline": "2026-12-10"}),
    ("news", "La MJC est fermée jusqu’au 10 décembre", "La MJC est fermée jusqu’au 10 décembre", {}),
    ("news", "Karim est en congé jusqu’au 10 décembre", "Karim est en congé jusqu’au 10 décembre", {}),
    ("resource", "Le guide ⇒ https://example.org/a", "Le guide", {"link": "https://example.org/a"}),
    ("resource", "Le guide = https://example.org/a", "Le guide", {"link": "https://example.org/a"}),
    ("resource", "Le guide => https://example.org/a", "Le guide", {"link": "https://example.org/a"}),
    ("resource", "https://example.org/a => Le guide", "Le guide", {"link": "https://example.org/a"}),
    (
        "resource",
        "https://example.org/a ➜ Le guide #outils",
        "Le guide",
        {"link": "https://example.org/a", "theme": "outils"},
    ),
    ("resource", "📄 https://example.org/a", "📄 https://example.org/a", {"link": "https://example.org/a"}),
    ("resource", "https://example.org/a 📄", "https://example.org/a 📄", {"link": "https://example.org/a"}),
    ("resource", "Le guide (PDF) : https://example.org/a", "Le guide (PDF)", {"link": "https://example.org/a"}),
    (
        "resource",
        "[Le guide (2026)](https://example.org/a_(b)) @Nora",
        "Le guide (2026)",
        {"link": "https://example.org/a_(b)", "by": "Nora T."},
    ),
    ("note", "Vu avec la mairie @Karim", "Vu avec la mairie", {"by": "Karim B."}),
    ("note", "Le canal est ouvert #outils", "Le canal est ouvert", {"theme": "outils"}),
    ("note", "Merci à toutes et tous #bilan", "Merci à toutes et tous", {"theme": "bilan"}),
    ("note", "Tour de table terminé #l'accueil", "Tour de table terminé", {"theme": "l'accueil"}),
    ("note", "On reste à deux pas #mi-parcours", "On reste à deux pas", {"theme": "mi-parcours"}),
    ("note", "@Awa la salle est froide", "la salle est froide", {"by": "Awa S."}),
    (
        "news",
        "Le forum aura lieu le 15 janvier 2027 à 9h",
        "Le forum aura lieu le 15 janvier 2027 à 9h",
        {"when": "2027-01-15 09:00:00"},
    ),
    (
        "news",
        "La réunion se tiendra le 15 janvier 2027 à 14h",
        "La réunion se tiendra le 15 janvier 2027 à 14h",
        {"when": "2027-01-15 14:00:00"},
    ),
    (
        "news",
        "La rencontre est fixée au 15 janvier 2027 à 14h",
        "La rencontre est fixée au 15 janvier 2027 à 14h",
        {"when": "2027-01-15 14:00:00"},
    ),
    (
        "news",
        "L'atelier commence le 15 janvier 2027 à 14h",
        "L'atelier commence le 15 janvier 2027 à 14h",
        {"when": "2027-01-15 14:00:00"},
    ),
    (
        "news",
        "The call starts on 15 January 2027 at 2pm",
        "The call starts on 15 January 2027 at 2pm",
        {"when": "2027-01-15 14:00:00"},
    ),
    (
        "news",
        "The meeting will be on 15 January 2027 at 2pm",
        "The meeting will be on 15 January 2027 at 2pm",
        {"when": "2027-01-15 14:00:00"},
    ),
]
