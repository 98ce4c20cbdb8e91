"""The meeting that the example of the design describes: invented people, as the writer takes it."""

from __future__ import annotations

import datetime
from typing import Any

from facilitator.core.said import Vote
from facilitator.core.vocabulary import Kind
from facilitator.documents.minutes.entry import MinutesEntry, MinutesToWrite, Person, StepToWrite


def day(month: int, number: int, year: int = 2026) -> datetime.date:
    return datetime.date(year, month, number)


def said(kind: Kind, number: int, text: str, **fields: Any) -> MinutesEntry:
    return MinutesEntry(kind=kind, number=number, text=text, **fields)


LETTER = day(12, 31)
PRESENT = (
    "Awa Diallo, Karim Benali, Léa Moreau, Nora Lefèvre, Élodie Perrin, Fatou Sarr, Hugo Blanc, Samira Haddad, Théo Garnier, "
    "Inès Marchand, Paul Rivière, Yasmine Kaci, Lucas Petit, Chloé Bonnet, Marc Duvernay, Sarah Cohen, Antoine Girard, Manon Faure, "
    "Bruno Chazal, Julie Roche, Clément Dufour, Jean-Marc Vial, Pauline Simon"
).split(", ")
STEPS = (
    StepToWrite(1, "welcome", "Accueil et visite de la médiathèque", 20, 22, ("Karim Benali",)),
    StepToWrite(2, "news", "Actualités", 20, 20, ("Claire Dumas",)),
    StepToWrite(3, "needs", "Besoins et questions", 25, 28, ("Nora Lefèvre",)),
    StepToWrite(4, "break", "Pause", 10, 10),
    StepToWrite(
        5,
        "workshop",
        "Accompagner sans faire à la place",
        50,
        54,
        ("Fatou Sarr",),
        ("Tour des pratiques", "Ce qu’on garde"),
    ),
    StepToWrite(6, "free", "Semaine du numérique de février", 10, None),
    StepToWrite(7, "closing", "Clôture", 10, 12),
)
# The example points from a sequence to D1, D2 and A2 only: the others were said elsewhere and moved to theirs.
ENTRIES = (
    said("note", 0, "L’espace numérique ouvre le mercredi et le samedi : 12 postes, 2 imprimantes.", step=1),
    said("note", 0, "Le mercredi, atelier « mes photos » : 8 personnes, toujours complet.", step=1),
    said("note", 0, "Un coin sans écran pour l’accueil : on commence par parler.", step=1),
    said("news", 1, "Rapport sur l’illectronisme en milieu rural", link="https://example.org/rapport", level="national", step=2),
    said("news", 2, "AMI « Inclusion numérique des aînés »", link="https://example.org/ami-aines", type="call", deadline=day(12, 15), level="region", step=2),
    said("news", 3, "AAP « Tiers-lieux nourriciers »", link="https://example.org/aap-tiers-lieux", type="call", deadline=day(12, 4), step=2),
    said("news", 4, "Webinaire « Sécuriser les comptes des usagers »", link="https://example.org/webinaire", type="event", when=datetime.datetime(2026, 11, 19, 14), step=2),
    said("news", 5, "La Coop change de page d’accueil le 1er décembre", type="scheme", level="national", step=2),
    said("question", 1, "Qui paie l’habilitation Aidants Connect ?", theme="droits", step=3, outcome="answered", answer_by="Karim Benali",
         answer="Personne : elle est gratuite. La structure signe une convention, et chaque aidant suit une journée de formation."),
    said("question", 2, "Quel outil pour signer un PDF sans compte ?", theme="outils", step=3, outcome="newsletter", due=LETTER),
    said("question", 3, "Faut-il un mandat écrit pour faire une démarche à la place de quelqu’un ?", same=3, theme="droits", step=3, outcome="answered",
         answer="Oui, sauf par Aidants Connect, qui en tient lieu :\n- un mandat par démarche, signé, gardé par la structure ;\n- jamais de mot de passe noté.", answer_by="Fatou Sarr"),
    said("question", 4, "Quel budget 2027 pour nos postes ?", step=3, outcome="relay"),
    said("question", 5, "Peut-on prêter du matériel entre structures, et qui assure ?", theme="matériel", step=3, outcome="next", due=day(12, 8), owners=("Karim Benali",)),
    said("question", 6, "Comment aider quelqu’un qui a perdu son accès à FranceConnect et n’a plus de téléphone ?", theme="droits", step=3, outcome="mattermost", due=day(11, 20)),
    said("question", 8, "Où trouver des tablettes reconditionnées à moins de 100 € ?", theme="matériel", step=3, outcome="answered",
         answer="À la recyclerie de Roanne, 70 à 90 €, garanties un an.", answer_by="Samira Haddad"),
    said("question", 9, "Aidants Connect : qui est habilité dans le Roannais ?", theme="droits", step=3, outcome="mattermost", due=day(11, 20), owners=("Awa Diallo",)),
    said("question", 10, "Faut-il saisir les ateliers collectifs dans la Coop ?", theme="suivi-d’activité", step=3, outcome="answered",
         answer="Oui, une saisie par atelier avec le nombre de participants."),
    said("question", 12, "Peut-on avoir une machine à café à Castel ?", step=3, outcome="drop"),
    said("need", 1, "Une trame commune d’atelier smartphone", by="Awa Diallo", same=5, theme="ateliers", step=3),
    said("need", 2, "Un vidéoprojecteur, deux jours en janvier", by="Inès Marchand", theme="matériel", step=3),
    said("need", 3, "Prêter six tablettes de la médiathèque, hors vacances scolaires", by="Karim Benali", theme="matériel", offer=True, step=3),
    said("need", 4, "Une demi-journée sur les arnaques en ligne", by="Paul Rivière", same=2, step=3),
    said("decision", 2, "Les rencontres ont lieu le deuxième mardi du mois, de 9 h 30 à 12 h.", vote=Vote(18, 2, 3), step=3),
    said("action", 2, "Réserver la salle de Castel pour janvier", step=3),
    said("action", 3, "Demander à la préfecture la date des prochaines conventions", owners=("Claire Dumas",), due=day(11, 20), step=3, told=False),
    said("question", 11, "Existe-t-il une affiche « on ne fait pas à votre place » ?", step=5, outcome="newsletter", due=LETTER),
    said("note", 0, "On garde les mains dans le dos ; la souris reste à la personne.", step=5, phase=0),
    said("note", 0, "« Je vous montre une fois, vous refaites deux fois » (Samira).", step=5, phase=0),
    said("note", 0, "Trois situations où l’on fait quand même à la place :\n- l’urgence sociale, un droit qui tombe le soir même ;\n- le handicap, si rien n’est accessible ;\n- un mandat signé.", step=5, phase=0),
    said("resource", 2, "La grille « faire, faire avec, faire faire »", link="https://example.org/grille", step=5, phase=0),
    said("note", 0, "Une phrase d’accueil commune, affichée au bureau.", step=5, phase=1),
    said("decision", 1, "Le réseau adopte une charte « faire avec, pas à la place ».", consensus=True, step=5, phase=1),
    said("note", 0, "Dire dès le début combien de temps on a.", step=5, phase=1),
    said("resource", 1, "Modèle de mandat", link="https://example.org/mandat", step=5, phase=1),
    said("resource", 3, "Wiki du réseau", link="https://example.org/wiki", step=5, phase=1),
    said("action", 1, "Rédiger la première version de la charte", owners=("Nora Lefèvre", "Fatou Sarr"), due=day(12, 4), step=5, told=False),
    said("action", 4, "Déposer les supports « smartphone » sur le wiki", owners=("Hugo Blanc",), due=day(11, 30), step=5, told=False),
    said("action", 5, "Envoyer le lien du wiki sur Mattermost", owners=("Léa Moreau",), done=True, step=5, told=False),
    said("decision", 3, "Les supports d’ateliers sont mutualisés sur le wiki, un dossier par thème.", step=5, told=False),
    said("aside", 1, "Tenir une permanence commune à Mably", by="Bruno Chazal"),
)  # fmt: skip
MEETING = MinutesToWrite(
    meeting="2026-11-10-roannais",
    title="Rencontre du réseau — Roannais",
    day=day(11, 10),
    zone="Europe/Paris",
    language="fr",
    steps=STEPS,
    entries=ENTRIES,
    scale="epci",
    place="médiathèque de Riorges",
    host="Karim Benali",
    facilitator="Claire Dumas",
    scribe="Léa Moreau",
    coordinator="Claire Dumas",
    started=datetime.time(9, 34),
    ended=datetime.time(12),
    summary="Le réseau se donne une charte « faire avec, pas à la place », et un rythme : le deuxième mardi du mois.",
    month="2026-12",
    next_meeting=day(12, 8),
    next_start=datetime.time(9, 30),
    next_place="France services de Renaison",
    present=tuple(PRESENT),
    visitors=(Person("Odile Perret", "Conseil départemental"), Person("Rémi Fontaine", "Zoomacom")),
    excused=("Nadia Brun", "Kevin Morel"),
)
