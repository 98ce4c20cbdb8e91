"""Lines as people type, paste and log them, and what each asks for. The people and the sentences are invented.

A row is a line and what comes of it: `kind: text` is captured, `keep` is kept as a note word for word, `refused` writes
nothing; anything else is the name of the act that is asked for, or `told` where the line only asks to be told something.
"""

from __future__ import annotations

KEPT_FR = """\
À bientôt !
A bientôt
Au revoir à tous
I. Ordre du jour
Il faut un mandat
Individual efforts…
D'accord pour la charte
D’après Nora, oui
L'idée est de Karim
L’ordre du jour est adopté
N'importe quoi
Besoin de salles plus grandes
Besoins exprimés par le réseau
Question de Karim sur les droits
Questions diverses
Décisions du bureau
Décision reportée
Décision à prendre en décembre
Action sociale et numérique
Actions de la rentrée
Info du réseau
Information importante
Note de cadrage
Lien avec la région
Ressource à partager
Pause déjeuner
Pause à 10 h 30 environ
Retour sur l'atelier d'hier
Suite à la réunion de mardi
Tour de table
Temps calme
Lettre ouverte à la région
Liste des présents
Plus de salles, moins de bruit
Même remarque que Nora
Fait à Roanne, le 10 novembre
Clôture prévue à midi
Présents : Awa, Karim, Nora
Excusée : Fatou
Date : 12 mars
Lieu : la médiathèque
Rédaction : Awa
Ordre du jour :
Points abordés aujourd'hui :
c est fini
c est la fin de la réunion
u n peu
e mail pour Karim demain
s il vous plaît
p as du tout
t as raison Karim
o n verra bien
r ien à ajouter
j ai une remarque
h eureusement que oui
m erci à tous
g rand merci
f ait par Nora
à bientôt tout le monde
être présent en décembre
le prochain rendez-vous
on en reparle
pause de dix minutes
reprendre le dossier de Karim
suite de la discussion hier
retour de la région attendu
temps de parole à revoir
liste des membres à jour
plus de temps pour les questions
moins de bruit, merci
lever la main avant de parler
clore le dossier
tour de table des structures
annuler la réunion de mardi
fait par Nora hier
répondre à la région avant mardi
envoyer Karim à la réunion
présents hier à la médiathèque
aide aux familles
lettre à la région
action sociale de proximité
question de principe
besoin de temps
note de frais
info ou intox
ajouter une chaise
modifier la charte
déplacer la réunion
même chose pour nous
Merci beaucoup Nora
Bonjour tout le monde
Quorum atteint (12 présents)
Q1 est reportée
Q1 : Nora répond
A1 et A2 sont faites
La séance est levée à 12 h
« Faut-il un mandat ? » demande Karim
« Oui »
(rires dans la salle)
… et la suite demain
12 présents, 3 excusés
10 h 30 reprise
9h00 accueil
n° 12 du journal
3 personnes sans réponse
c'est fini
j'ajoute un point
s'il vous plaît
n'oubliez pas la clé
à bientôt
l'heure tourne
Zut !! déjà midi
p Awa est en retard
p Nora et Karim sont là
s Q est une lettre
r Q est une lettre
Étape suivante
Prochaine étape
"""
KEPT_EN = """\
I think so
I think we need a charter
I agree
A number of people asked
A reminder to all
An action for Karl
Is there a quorum?
Information only
Individual membership fees
Need to leave early
Needs of the network
News from Roanne
Action needed from the board
Actions of last time
Decision making is hard
Decisions of the board
Question time is over
Questions from the floor
Note that Karl is away
Notes by Nora
Resource sharing agreement
Aside from that, all is well
Link to the draft below
next week we meet
next time, please
Next week we meet
Next item on the agenda
Back in ten minutes
back to the agenda
Pause for coffee
pause for ten minutes
resume after lunch
Resume the discussion of item 4
more chairs are needed
less noise please
undo the damage done
Redo the poster for December
people wanting to speak
People wanting to help: see Nora
list of members to update
time flies when we talk
help is needed on Friday
leave the keys at the desk
add more chairs to the room
Add the logo to the poster
answer the region by Friday
Answers are due on Friday
send the minutes to all
Send Karl the draft
done for today folks
Done with item 3
edit the draft before Friday
move on to the next subject
move A to the end
same here for us
round of introductions
Round table of the members
close the door please
Close of the meeting: 12:00
start at nine sharp
Start of the meeting
status of the project
minutes of last time
Minutes taken by Nora
gap in the budget
handover to the new team
attend the training in May
agenda of next time
entries are open until May
who is there today
needs of the members
brief summary of the day
figures of last year
need more time
news from the region today
action speaks louder than words
question everything you hear
note that we moved
aside from the budget
resource planning is late
decision making takes time
it was moved and seconded
so ordered by the chair
Q1 goes to the region
A1 is late
Present: Awa, Karl, Nora
Regrets: Fatou
Chair: Nora
Scribe: Karl
Topic: the charter
Meeting: the network
Subject: Re: minutes
On Monday, Nora wrote:
Dear all, please find the minutes
See you in December!
LGTM, thanks!
+1 for that
-1 for me, sorry
5 in favour, 2 against
10:30 coffee break
2.7 of the charter
k, thanks
q.e.d. as they say
b) the second point
a) the first point
a. the first point
i) first, the charter
(laughter in the room)
"yes" said Nora, "no" said Karl
next, please Karl
undo? really no
edit last paragraph of the charter
remove last line of the poster
next: Karl speaks
d: a charter
Decision no. 2: a charter
Question 3 : comment ?
Besoin de Karim : une trame
"""
KEPT_MARKS = """\
**Date :** 10 novembre
**Date :**suite
**Décision :** une charte
**Important**: read this
*italic words* in a line
*Personne* n'a répondu
* a bullet
* une puce
* [ ] a task
* item
- item
- une puce
- [ ] Réserver la salle (Karim)
- [x] done already
- ACTION: Karl writes
- Décision : une charte
+ a bullet too
+ un point de plus
> quoted
> cité par Nora
>> quoted twice
> > quoted twice
> next week we meet
>> > and thrice
> q Faut-il un mandat ?
# heading
# Compte rendu
## Décisions
### 3. Questions
#action Karl to write
| table |
| Nom | Structure |
| next |
1. list
1. Liste des présents
2) second
12. Questions diverses
!!! note
!!! très important
!! attention à la marche
?? vraiment ?
?! vraiment non
??? what is this
?? what
?, dit-il
[lien](https://example.org/a)
<!-- un commentaire -->
<p>Bonjour à tous</p>
```python is here
~~rayé par Nora~~
_souligné ici_
: suite de la définition
; un commentaire
// un commentaire
/me waves at Nora
/msg Karl hello
@Nora est en retard
@Karim : d'accord
&amp; the rest
$ facilitator next
$ git commit -m minutes
> $ next
=> Karim rappelle
-> Nora écrit
→ voir la charte
--> a visitor left
<-- Karl has quit
*** Nora has joined #reseau
--- Karl sets mode +o
-!- Nora has joined
== Compte rendu ==
-- Nora
— Karim, mardi
– premier point
• une puce
· un point
☐ Réserver la salle
✅ c'est fait
>50 % des votants
>5 people came
>= 5 personnes
>.< oh non
*) voir plus bas
*, **, *** : les notes
* * * fin
\\* une étoile
-5 °C dehors
+33 6 12 34 56 78 appelle Nora
-- next
> ACTION: Karl writes
"""
# What begins as a command does and goes on as a sentence.
KEPT_NEARLY = """\
Add notes to the wiki
Add actions to the tracker
Add decisions to the minutes
Add news to the letter
add note to the wiki page
Add note about the hall
add question to the agenda
Ajouter question à l'ordre du jour
Ajouter note de frais
Ajouter besoin de Karim
ajouter info sur le site
Ajouter liens vers le pad
Ajouter actions au tableau
Send A4 sheets to all
send B2 and B3 to Karim
Send Q1 figures to the treasurer
Envoyer Q1 au trésorier
done A1 yesterday by Karim
Fait A1 hier par Karim
done B12 of the form
same Q1 as last month
Same B2 as before
Même A4 que la dernière fois
même B2 que Karim
j A1 et A2
move A4 sheets to the shelf
Move B12 to the end of the row
Déplacer A4 sur l'étagère
Answer Q1 of the survey
Answer Q1 by mail
Répondre A4 recto verso
Répondre Q1 par mail
Modifier A1 pour le 10
modifier A1 avec Karim
Edit A1 and send it
edit A1 with Karim
Attend Forum Roanne
Attend Paris Conference
Handover Notes
Handover Zoé
"""
KEPT_LOGS = """\
14:03 <nora> next week we meet
14:03 <nora> next
14:03 <nora> q Faut-il un mandat ?
14:04 < karl> a number of people asked
14:05 <@karl> +1
14:06 -!- karl [~karl@host.example] has joined #reseau
14:07 * nora nods
<nora> ACTION: Karl to write
<karl> next
<karl> c est fini
[10:12] Karim: oui
[10:12] Karim: q Faut-il un mandat ?
[10:12:45] <awa> u n peu
[2026-11-10 10:12] Nora : d'accord
2026-11-10T10:12:00Z nora: fin
10:12 Karim pause
nora: I will do it
karl: next
karl: +1
Karim: q Faut-il un mandat ?
Nora> je m'en occupe
nora | on y va
(10:12) awa: merci
10 nov. 10:12 - Awa: à demain
Le mar. 10 nov. 2026 à 10:12, Nora a écrit :
On Tue, Nov 10, 2026 at 10:12 AM Nora wrote:
From: Nora <nora@example.org>
To: reseau@example.org
Objet : compte rendu
Cc: karl@example.org
Envoyé de mon téléphone
-- Nora, 06 00 00 00 00
-----Message d'origine-----  Nora
> Le 10 nov., Karim a écrit :
> > next
>> - next
* Topic: charter
Topic 3: charter
Zakim, who is here?
RRSAgent, draft minutes
scribe+ nora
present+ Karl, Nora
i/next/Topic: the charter
q+ to ask about the charter
q+ nora
q- nora
ack karl please
<karl> s/before/after/
14:10 <karl> s/before/after/
"""

CAPTURED = [
    # Keys: lower case, one space, a text.
    ("q Faut-il un mandat ?", "question: Faut-il un mandat ?"),
    ("b une trame", "need: une trame"),
    ("x un secret", "individual: un secret"),
    ("d une charte", "decision: une charte"),
    ("a l'écrire", "action: l'écrire"),
    ("i un rapport", "news: un rapport"),
    ("l une fiche", "resource: une fiche"),
    ("k un sujet", "aside: un sujet"),
    ("n vu", "note: vu"),
    ("q next", "question: next"),
    ("x : un secret", "individual: : un secret"),
    ("n s/a/b/", "note: s/a/b/"),
    ("n --text X", "note: --text X"),
    ("q À bientôt ?", "question: À bientôt ?"),
    ("  q Faut-il un mandat ?  ", "question: Faut-il un mandat ?"),
    ("q\u00a0Faut-il un mandat\u00a0?", "question: Faut-il un mandat ?"),
    ("\ufeffq Faut-il un mandat ?", "question: Faut-il un mandat ?"),
    ("q\tFaut-il un mandat ?", "question: Faut-il un mandat ?"),
    ("n importe quoi", "note: importe quoi"),
    ("a bientôt", "action: bientôt"),
    ("d Question : oui", "decision: Question : oui"),
    ("n # un titre", "note: # un titre"),
    ("n > cité", "note: > cité"),
    ("d - une puce", "decision: - une puce"),
    # Signs: ? and ! may be followed by a space, * and > may not.
    ("? Faut-il un mandat", "question: Faut-il un mandat"),
    ("?Faut-il", "question: Faut-il"),
    ("! une charte", "decision: une charte"),
    ("!une charte", "decision: une charte"),
    ("! « Oui » à tout", "decision: « Oui » à tout"),
    ("*une trame", "need: une trame"),
    ("*Une trame de charte", "need: Une trame de charte"),
    (">l'écrire", "action: l'écrire"),
    (">Écrire au maire", "action: Écrire au maire"),
    ("?« Oui » ou non", "question: « Oui » ou non"),
    ("?5 ou 6", "question: 5 ou 6"),
    ("!5 euros", "decision: 5 euros"),
    # What scribes write before a colon.
    ("Question : comment ?", "question: comment ?"),
    ("Question: comment ?", "question: comment ?"),
    ("QUESTION : comment ?", "question: comment ?"),
    ("question : comment ?", "question: comment ?"),
    ("Question\u00a0: comment ?", "question: comment ?"),
    ("Question:comment ?", "question: comment ?"),
    ("ACTION: Karl écrit au maire", "action: Karl écrit au maire"),
    ("Action : Karl écrit au maire", "action: Karl écrit au maire"),
    ("action: Karl writes", "action: Karl writes"),
    ("À faire : écrire au maire", "action: écrire au maire"),
    ("TODO: write to the mayor", "action: write to the mayor"),
    ("Décision : une charte", "decision: une charte"),
    ("DÉCISION : une charte", "decision: une charte"),
    ("Decision: a charter", "decision: a charter"),
    ("RESOLUTION: a charter", "decision: a charter"),
    ("Info : un rapport", "news: un rapport"),
    ("INFO: a report", "news: a report"),
    ("Information : un rapport", "news: un rapport"),
    ("News: a report", "news: a report"),
    ("Actu : un rapport", "news: un rapport"),
    ("Besoin : une trame", "need: une trame"),
    ("Need: a template", "need: a template"),
    ("Note : c'est vu", "note: c'est vu"),
    ("Lien : une fiche", "resource: une fiche"),
    ("Resource: a sheet", "resource: a sheet"),
    ("De côté : un sujet", "aside: un sujet"),
    ("Mis de côté : un sujet", "aside: un sujet"),
    ("Aside: a subject", "aside: a subject"),
    ("Individuel : un secret", "individual: un secret"),
    ("Besoin individuel : un secret", "individual: un secret"),
    ("Question : Note : comment ?", "question: Note : comment ?"),
    # Quotation marks round the whole, in pairs only.
    ('q "Faut-il un mandat ?"', "question: Faut-il un mandat ?"),
    ('"q Faut-il un mandat ?"', "question: Faut-il un mandat ?"),
    ('n "oui" et "non"', 'note: "oui" et "non"'),
    ('n dire "oui"', 'note: dire "oui"'),
    ('n "oui', 'note: "oui'),
    ('n oui"', 'note: oui"'),
    ('n ""', 'note: ""'),
    (r"n dire \"oui\" ici", 'note: dire "oui" ici'),
    (r'n "dire \"oui\" ici"', 'note: dire "oui" ici'),
    ("n 'une chose'", "note: 'une chose'"),
    ("n « une chose »", "note: « une chose »"),
    ("n “une chose”", "note: “une chose”"),
    ('? "Faut-il un mandat"', "question: Faut-il un mandat"),
    ('Question : "comment ?"', "question: comment ?"),
    ('"Merci à tous"', "note: Merci à tous"),
    (r'"Merci à \"tous\""', 'note: Merci à "tous"'),
    (r"Nora dit \"oui\" à tout", 'note: Nora dit "oui" à tout'),
    ('add note "une chose"', "note: une chose"),
    (r'add note "dire \"oui\""', 'note: dire "oui"'),
    ('add note dire "oui"', 'note: dire "oui"'),
    ('add question "Faut-il ?" --by Nora', "question: Faut-il ?"),
    ("add question Faut-il un mandat ? --by Nora", "question: Faut-il un mandat ?"),
    ("add décision une charte", "decision: une charte"),
    ("Add besoin une trame", "need: une trame"),
    ("ajouter de côté un sujet", "aside: un sujet"),
    ("add note oui -- non", "note: oui -- non"),
    ("Lien : https://example.org/fiche", "resource: https://example.org/fiche"),
    ("https://example.org/fiche", "resource: https://example.org/fiche"),
]

ACTS = [
    ("next", "Next"),
    ("Next", "Next"),
    ("NEXT", "Next"),
    ("  next  ", "Next"),
    ("next --step", "Next"),
    ("suivant", "Next"),
    ("Suivante", "Next"),
    ("back", "Back"),
    ("retour", "Back"),
    ("précédent", "Back"),
    ("precedent", "Back"),
    ("pause", "Pause"),
    ("pause --at 23:59", "Pause"),
    ("resume", "Resume"),
    ("reprendre", "Resume"),
    ("start", "Start"),
    ("commencer", "Start"),
    ("+", "Adjust"),
    ("+ 5", "Adjust"),
    ("+5", "Adjust"),
    ("-", "Adjust"),
    ("- 5", "Adjust"),
    ("-5", "Adjust"),
    ("plus 5", "Adjust"),
    ("moins", "Adjust"),
    ("more 5", "Adjust"),
    ("u", "Undo"),
    ("undo", "Undo"),
    ("annuler", "Undo"),
    ("redo", "Redo"),
    ("rétablir", "Redo"),
    ("c", "Adjourn"),
    ("lever", "Adjourn"),
    ("terminer", "Adjourn"),
    ("adjourn", "Adjourn"),
    ("p Awa", "Attend"),
    ("p aw", "Attend"),
    ("p karim --late", "Attend"),
    ("p Nora T.", "Attend"),
    ("présents Awa", "Attend"),
    ("attend awa", "Attend"),
    ("attend Zoé", "Attend"),
    ("attend Zoé de la Tour --late", "Attend"),
    ('attend "la voisine"', "Attend"),
    ("handover Awa", "HandOver"),
    ("Handover Awa", "HandOver"),
    ("handover Zoé", "HandOver"),
    ("Attend Awa", "Attend"),
    ("r Q1 par mail", "Answer"),
    ("answer Q1 by mail", "Answer"),
    ("Répondre Q1 Oui, par mail", "Answer"),
    ("Répondre Q1 : par mail", "Answer"),
    ("e A1 pour le 10", "Edit"),
    ("Modifier A1 Écrire pour le 10", "Edit"),
    ("Envoyer Q1 à la prochaine rencontre", "keep"),
    ("Envoyer Q1 prochaine rencontre", "Send"),
    ("Send q1 newsletter --public", "Send"),
    ("Suite Q1 2", "Send"),
    ("add question à qui le tour ?", "keep"),
    ("q à qui le tour ?", "question: à qui le tour ?"),
    ("s Q1 newsletter", "Send"),
    ("s Q1 2", "Send"),
    ("s q1 sans suite", "Send"),
    ("send Q1 newsletter", "Send"),
    ("Send Q1 newsletter", "Send"),
    ("envoyer Q1 à la prochaine rencontre", "refused"),
    ("envoyer Q1 prochaine rencontre", "Send"),
    ("suite Q1 lettre", "Send"),
    ("r Q1", "StartAnswer"),
    ("r Q1 Oui, d'accord", "Answer"),
    ("r Q1 --link https://example.org Oui", "Answer"),
    ("répondre Q1 oui", "Answer"),
    ("answer Q1 Oui -- sauf Nora", "Answer"),
    ("answer Q1 C'est oui --link https://example.org", "Answer"),
    ("j Q1", "Support"),
    ("same Q1", "Support"),
    ("même Q1", "Support"),
    ("done A1", "Finish"),
    ("fait A1", "Finish"),
    ("Fait A1", "Finish"),
    ("done A1 --open", "Finish"),
    ("DONE: A1", "Finish"),
    ("Fait : A1", "Finish"),
    ("FAIT: a1", "Finish"),
    ("e Q1 Une autre ?", "Edit"),
    ("edit Q1 --text Une autre", "Edit"),
    ("modifier Q1 Une autre ?", "Edit"),
    ("move Q1 2", "Relocate"),
    ("déplacer Q1 2", "Relocate"),
    ("o start", "StartRound"),
    ("tour start", "StartRound"),
    ("round start --seconds 30", "StartRound"),
    ("edit last --text Une autre", "Edit"),
    ("edit last --kind action", "Edit"),
    ("edit last", "refused"),
    ("edit last week's minutes", "keep"),
    ("e Q1 --kind décision", "Edit"),
    ("edit Q1 --kind décision --for 18 --against 2 --consensus", "Edit"),
    ("kind Q1 action", "Edit"),
    ("kind q1 Décision", "Edit"),
    ("kind last de côté", "Edit"),
    ("kind Q1 individuel", "Edit"),
    ("kind Q1 baleine", "keep"),
    ("kind of a problem here", "keep"),
    ("kind", "refused"),
    ("remove Q1", "Remove"),
    ("Remove q1", "Remove"),
    ("retirer Q1", "Remove"),
    ("supprimer A1", "Remove"),
    ("remove last", "Remove"),
    ("remove Q1 from the list", "keep"),
    ("remove last week", "keep"),
    ("supprimer les doublons du fichier", "keep"),
    ("remove", "refused"),
    ("add decision Le mardi --for 18 --against 2 --abstain 3 --consensus", "decision: Le mardi"),
    ('add news Forum --when "24/12 14h"', "news: Forum"),
    ('edit I1 --when "24/12 14h"', "refused"),
    ("attend awa --absent", "Attend"),
    ("p awa --absent", "Attend"),
    ("r Q1 Oui, sauf le dimanche. @Nora", "Answer"),
    ("answer Q1 Oui --by Nora", "Answer"),
    ("send Q1 newsletter --public", "Send"),
    ("close --reread Nora", "Close"),
    ("s/trame/charte/", "Edit"),
    ("s/trame/charte", "Edit"),
    ("s/e/é/g", "Edit"),
    ("", "told"),
    ("h", "told"),
    ("Aide", "told"),
    ("g", "told"),
    ("agenda", "told"),
    ("f", "told"),
    ("liste", "told"),
    ("s", "told"),
    ("p", "told"),
    ("présents", "told"),
    ("t", "told"),
    ("temps", "told"),
    ("status", "told"),
    ("statut", "told"),
    ("status --json", "told"),
    ("entries", "told"),
    ("entries questions", "told"),
    ("followups", "told"),
    ("who #droits", "told"),
    ("who #droits --answered", "told"),
    ("rhythm", "told"),
    ("brief", "told"),
]

REFUSED = """\
bidule
d'accord
*Nora*
![plan](plan.png)
<b>Decision</b>
X et Y sont voisines
comencer
bonjour
Merci !
Merci!
Oui
OK
ok…
Quorum
Bonjour.
Q1
A1
Q99
12
10:30
10/12
---
***
===
___
- - -
* * *
```
|---|---|
...
…
?!
!!
--
/
\\
:-)
👍
>
*
"
'
""
«»
()
I
A
À
é
Q
next!
next ?
next step
Next.
pause café
back here
undo this
p eux
p Zoé
p inconnu
p Zoé Durand
people there
u toto
c fini
h toi
g rien
m oui
t inquiète
e mail
e Q
r Q
r rien
s ici
j ai
o secours
+ beaucoup
+ 1 2 3
- 1 2 3
send Karim
answer Nora
done deal
same here
close door
question ouverte
action nulle
r
e
j
q
?
!
d
X un secret
X : un secret
x  un secret
x: un secret
individuel un secret
individual secrets here
q  deux espaces
n   trois espaces
Question :
Décision:
ACTION:
question
décision
besoin
add
answer
send
add --individual
s/absent du texte/x/
s/trame/
s//x/
s/a
"""


def kept(*texts: str) -> list[tuple[str, str]]:
    """Each line of these texts, kept as a note word for word."""
    return [(line, "keep") for text in texts for line in text.splitlines()]


ROWS = [
    *kept(KEPT_FR, KEPT_EN, KEPT_MARKS, KEPT_NEARLY, KEPT_LOGS),
    *CAPTURED,
    *ACTS,
    *((line, "refused") for line in REFUSED.splitlines()),
]
