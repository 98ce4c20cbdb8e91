"""The days that people say: more than a hundred ways in each language, and what looks like a day and is none.

All are said on Tuesday 24 November 2026, the next meeting being on 15 December, unless a test says otherwise.
"""

from __future__ import annotations

import datetime

import pytest
from msgspec import UNSET

from facilitator.core.capture import read_line
from facilitator.core.dates import DAY_WITHIN, due_at_end, due_within, ends_with_day, read_due

SAID = datetime.date(2026, 11, 24)  # a Tuesday
NEXT_MEETING = datetime.date(2026, 12, 15)

FRENCH = """
2026-11-24: aujourd'hui | aujourd’hui | ce soir | cet après-midi | ce soir au plus tard | fin de journée | dans la journée
2026-11-25: demain | demain matin | demain soir au plus tard | Demain | dans un jour | sous 24 h | sous 24h
2026-11-26: après-demain | apres demain | dans deux jours | sous 48 h | sous 48 heures | sous 48h | d'ici 2 jours | jeudi soir
2026-11-27: vendredi | ce vendredi | vendredi prochain | le vendredi 27 | vendredi 27 novembre | vendredi 27/11 | ven. 27/11
2026-11-27: d'ici vendredi | d’ici à vendredi | avant vendredi | vendredi au plus tard | vendredi matin | sous trois jours | sous 72 h
2026-11-27: cette semaine | → vendredi | le prochain vendredi | fin de semaine | la fin de semaine | avant la fin de la semaine | vendredi de cette semaine
2026-11-30: lundi | lundi prochain | début de semaine prochaine | fin du mois | fin de mois | la fin du mois | d'ici la fin du mois
2026-11-30: fin novembre | fin nov. | ce mois-ci | lundi 30 | le 30 du mois | le 30 de ce mois | lundi de la semaine prochaine
2026-12-01: mardi | mardi prochain | dans une semaine | d'ici une semaine | sous huitaine | sous 8 jours | dans huit jours
2026-12-01: le 1er décembre | le 1er déc. | le premier décembre | 1er décembre 2026 | le 1er du mois prochain | le 1/12 | pour le 1er | le 1er/12
2026-12-02: mercredi de la semaine prochaine
2026-12-03: jeudi de la semaine prochaine
2026-12-04: la semaine prochaine | semaine prochaine | d'ici la semaine prochaine | dans le courant de la semaine prochaine
2026-12-04: fin de semaine prochaine | la fin de la semaine prochaine | vendredi en huit | vendredi semaine prochaine | dans 10 jours
2026-12-04: la semaine qui vient | pour vendredi 4 | vendredi 4 décembre 2026
2026-12-05: début décembre | début du mois prochain | en début décembre
2026-12-07: lundi en huit
2026-12-08: dans 15 jours | dans quinze jours | sous quinzaine | d'ici quinze jours | dans deux semaines | sous 2 semaines | dans une quinzaine
2026-12-08: dans une quinzaine de jours | sous les 15 jours | dans les quinze prochains jours | mardi 8 décembre | dans 14 jours
2026-12-10: 10/12 | le 10/12 | 10/12/2026 | 10/12/26 | 10.12.2026 | 10-12-2026 | 2026-12-10 | le jeudi 10 | le jeudi 10 décembre | jeudi 10/12 | d'ici au 10 décembre | d'ici au 10
2026-12-10: le 10 | le 10 décembre | 10 décembre 2026 | 10 déc | au plus tard le 10/12 | le 10/12 au plus tard | pour le 10/12, dernier délai
2026-12-11: vendredi en quinze
2026-12-15: prochaine rencontre | la prochaine rencontre | notre prochaine rencontre | la prochaine réunion | la prochaine fois | mi-décembre
2026-12-15: mi décembre | la mi-décembre | d'ici la mi-décembre | la fois prochaine | dans trois semaines | le 15 du mois prochain
2026-12-24: dans un mois | d'ici un mois | sous 1 mois | dans 30 jours
2026-12-31: fin décembre | fin d'année | la fin de l'année | fin du mois prochain | fin 2026 | le mois prochain | avant fin décembre
2027-01-04: le lundi 4 janvier
2027-01-12: au plus tard le 12/1 | le 12/01/2027
2027-01-15: mi-janvier
2027-01-24: dans deux mois | d'ici 2 mois
2027-01-31: fin janvier | fin janvier 2027
2027-02-28: fin février | fin févr.
2027-03-03: le 3 mars | 3 mars 2027 | le 3 mars prochain
2027-03-15: mi-mars | d'ici mi-mars | mi-mars au plus tard
2027-04-30: fin avril | fin avril prochain | pour fin avril | à la fin avril | d'ici à fin avril | fin du mois d'avril
2027-05-24: dans six mois
2027-06-05: début juin | début juin 2027
2027-06-24: dans sept mois
2027-11-24: dans un an
2027-12-31: fin 2027 | fin d'année prochaine
2026-11-24: aujourd'hui même | d'ici la fin de la journée | aujourd'hui en fin de journée | aujourd'hui avant midi
2026-11-25: demain midi | demain fin de journée | demain en fin de journée | demain dans la journée | dans la journée de demain
2026-11-25: demain sans faute | sous vingt-quatre heures | demain avant midi | demain, à la première heure
2026-11-26: jeudi au soir | 26.11.26 | sous quarante-huit heures | sous 48 heures max | dans les deux jours qui viennent | jeudi dans l'après-midi
2026-11-27: avant vendredi fin de journée | pas plus tard que vendredi | ce vendredi 27 | ce vendredi 27 novembre | vendredi inclus
2026-11-27: vendredi, fin de journée | vendredi 27 au soir | d'ici la fin de la semaine en cours | à la fin de la semaine
2026-11-30: au début de la semaine prochaine | le dernier jour du mois | dernier jour de novembre | fin du mois en cours
2026-12-01: le premier du mois prochain | sous 8 jours maximum
2026-12-04: au cours de la semaine prochaine | d'ici une dizaine de jours | sous une dizaine
2026-12-08: dans les deux semaines à venir | dans 2 sem. | dans un délai de 15 jours | sous un délai de deux semaines
2026-12-10: 10 / 12 | le 10 déc au soir
2026-12-15: le milieu du mois de décembre | au milieu du mois prochain
2026-12-24: d'ici un mois maximum | dans un délai d'un mois
2026-12-31: la fin de l'année 2026 | fin d'année 2026 | fin T4 | la fin du trimestre | fin du 4e trimestre | fin de l'année civile | fin du trimestre en cours
2027-01-03: sous quarante jours
2027-01-23: sous soixante jours
2027-03-31: fin T1 | la fin du T1 2027 | la fin du premier trimestre 2027 | fin du 1er trimestre | fin du trimestre prochain
2027-06-30: fin T2 | fin du deuxième trimestre 2027 | fin du 2e trimestre | fin du 2ème trimestre 2027
2027-09-30: fin du troisième trimestre
2028-05-24: dans dix-huit mois
"""

ENGLISH = """
2026-11-24: today | tonight | this evening | this afternoon | end of day | the end of the day | by EOD | close of business | by COB
2026-11-25: tomorrow | by tomorrow | tomorrow night | tomorrow morning | by tomorrow evening | in a day | within 24 hours | by end of day tomorrow
2026-11-26: the day after tomorrow | in two days | within 48 hours | within 48h | Thursday | by thu | on Thursday evening
2026-11-27: Friday | by Friday | on Friday | this Friday | by Fri | before Friday | this week | end of the week | by the end of the week
2026-11-27: by end of week | for Friday | this coming Friday | Friday 27 | Friday the 27th | Friday 27 November | Fri 27 Nov | Friday, 27 November
2026-11-27: by COB Friday | Friday at the latest | no later than Friday | in three days | due by Friday | EOW | Friday afternoon
2026-11-30: Monday | next Monday | the end of the month | by end of month | month end | by the end of this month | this month | EOM
2026-11-30: end of November | the 30th of the month | early next week | start of next week | Monday next week | by the 30th | the 30th of this month
2026-12-01: in a week | within a week | in one week | in 7 days | next Tuesday | December 1st | 1 December | the first of December
2026-12-01: a week from today | in a week's time | the 1st of next month | by the 1st | 1 Dec. 2026
2026-12-02: mid next week | middle of next week | Wednesday of next week
2026-12-04: next week | by next week | in the course of next week | end of next week | late next week | by the end of next week | Friday week | a week on Friday
2026-12-04: Friday next week | Friday of next week | next week Friday | a week from Friday | December 4 | Dec 4th | Friday, December 4
2026-12-04: in ten days | December 4, 2026 | by the 4th | the 4th of December | 4th December
2026-12-05: early December | start of December | the beginning of December
2026-12-08: in two weeks | in 2 weeks | within two weeks | in a fortnight | within a fortnight | in two weeks' time | two weeks from now
2026-12-08: in a couple of weeks | in 14 days | in the next two weeks | within the next fortnight | Tuesday 8 December | Tue 8 Dec
2026-12-09: in 15 days
2026-12-10: 10/12 | 10/12/2026 | 2026-12-10 | by 10 December | 10th of December 2026 | by the 10th | Thursday the 10th | Thursday, December 10th
2026-12-15: mid-December | mid December | the middle of December | next meeting | by the next meeting | our next meeting | next time
2026-12-15: in three weeks | the 15th of next month
2026-12-24: in a month | in one month | within a month | in 30 days
2026-12-31: end of December | the end of the year | end of year | year end | by the end of next month | next month | end of 2026
2027-01-24: in two months
2027-01-31: end of January | by the end of January 2027
2027-03-15: mid-March | by mid-March | the middle of March
2027-03-03: 3 March | March 3rd | March the 3rd
2027-04-30: end of April | by end of April | the end of April | by the end of April at the latest | late April
2027-06-05: early June | start of June | beginning of June 2027
2027-06-30: end of June | by end of June | end June | June 30 | June 30, 2027
2027-11-24: in a year | in 12 months
2028-11-24: in two years
2027-12-31: end of next year | the end of 2027
2026-11-24: by the end of today | end of day today | today EOD | by close of play | later today | before the close of business today
2026-11-25: by tomorrow EOD | by the end of tomorrow | Weds | first thing tomorrow | tomorrow by noon | by noon tomorrow | tomorrow by COB | within 24hrs
2026-11-26: in the next couple of days | within 48 hrs | by close of play Thursday | by noon on Thursday | Thursday in the afternoon
2026-11-27: not later than Friday | Friday EOD | by Friday at the very latest | Friday latest | later this week | by week's end | before the week's end
2026-11-27: due Friday | due on Friday | on or before 27 November | by the end of Friday | by end of day Friday 27 November | by Friday lunchtime
2026-11-27: on the 27th | at the end of the week | by end of the day Friday
2026-11-30: at the start of next week | the last day of the month | on the last day of November | by the end of the current month
2026-12-01: a week today | the first of next month
2026-12-02: a week tomorrow | tomorrow week | a week from tomorrow | the second of December
2026-12-03: December third | the third of December
2026-12-04: later next week | the Friday of next week | during next week | sometime next week | a week this Friday | the fourth of December
2026-12-05: early in December | the fifth of December
2026-12-08: in a fortnight's time | a fortnight today | in 2 wks | in the coming two weeks
2026-12-11: a fortnight on Friday | a fortnight from Friday | December eleventh
2026-12-12: by the twelfth of December
2026-12-15: our next session | in time for the next meeting | at the next meeting | three weeks today | in mid-December
2026-12-31: end of the calendar year | EOY | end of the quarter | by quarter end | by the end of this quarter | by end of year 2026 | at year end
2027-01-05: early in January
2027-01-03: in forty days
2027-01-23: in sixty days
2027-03-31: end of next quarter | by the last day of March
2028-05-24: in eighteen months
"""


def table(text):
    rows = [row.split(":", 1) for row in text.strip().splitlines()]
    return [(said.strip(), datetime.date.fromisoformat(day)) for day, ways in rows for said in ways.split("|")]


def said(words, on=SAID, next_meeting=NEXT_MEETING):
    return read_due(words, on, next_meeting)


# None of these names a day by which: the text of an action that ends so stays as it was typed.
NONE = """
Passer à la version 2.7
Corriger pour la version 2.7
Migrer pour la 2.7
Publier avant 10.12
Relire pour le 7 février 2023
Relire pour le 20 novembre
Relire pour le 20/11/2026
Relire le compte rendu de fin octobre
Relire pour fin octobre
Relire pour mi-novembre
Finish the tests by stage 3
Finish by 3
Finish by 2027
Publier les 12 places restantes
Compter pour 12
Remplir avant 10/10 personnes
Réserver pour 3 personnes
Réserver une salle pour 15
Réserver la salle pour la 15
Réserver un bus pour les 15
Réserver la salle pour 15 jours
Réserver la salle pour 2 semaines
Préparer les tablettes pour les vacances
Préparer les tablettes pour la rentrée
Préparer un atelier pour Noël
Relancer avant vendredi 17h
Relancer pour vendredi 15
Relancer avant mardi 27 novembre
Relancer avant le 31 novembre
Relancer avant le 31/11
Relancer avant le 29 février
Relancer avant le 31/02/2027
Relancer avant le 99/99
Relancer avant le 0/12
Relancer pour le week-end
Relancer pour mars
Call back by May
Call back by March
Call back by next Friday
Call back before lunch
Call back by 5pm
Call back by hand
Ask for a room by the river
Ouvrir une permanence dans le 15
Ouvrir une permanence dans la semaine
Revenir dans 5 minutes
Revenir dans 2 heures
Revenir dans 0 jours
Finish in 3 working days
Meet in 2 or 3 weeks
Écrire à la mairie vendredi
Écrire à la mairie demain
Écrire à la mairie après la prochaine rencontre
Avancer pour de bon
Avancer pour le premier
Avancer pour mar 15
Compter un avant-dernier pour un
Book the hall for two weeks
Wait until Friday
Déplacer vendredi pour jeudi ?
Appeler avant vendredi !
Appeler (avant vendredi)
Appeler « avant vendredi »
Appeler avant vendredi, si possible
Finir avant le 10/12 ou le 11/12
Finir pour le 10 ou 11 décembre
Finir pour le 10-11 décembre
Finir avant la réunion du 10 décembre
Finir dès que possible
Finir sous peu
Finir pour début d'année
Finir avant le premier
Report due on time
Finir pour ce jour
Send it by end of Q2
Envoyer un rappel 48h avant la prochaine rencontre
Envoyer l'ordre du jour une semaine avant la prochaine rencontre
Envoyer l'ordre du jour quelques jours avant la prochaine rencontre
Ouvrir la salle 30 minutes avant la prochaine rencontre
Relancer la semaine avant la prochaine rencontre
Relancer juste avant vendredi
Appeler la mairie deux jours avant vendredi
Send the agenda two days before the next meeting
Send the agenda the day before the next meeting
Open the room an hour before the next meeting
Ring round just before Friday
Ne pas publier avant vendredi
@Karim : ne rien publier avant vendredi
N’envoyer aucun courriel avant lundi
Do not publish before Friday
Don’t publish before Friday
Publish, but not before Friday
Aucune annonce avant le 10/12
Ring round well before the next meeting
Publier, mais jamais avant vendredi
Appeler avant lundi ou pour mardi
Close every day except for Friday
Appeler vendredi dans la journée
Passer pour le 20 novembre dans la journée
Call back on Friday by noon tomorrow or by Monday
Passer avant le 20 novembre au plus tard
Ouvrir une antenne pour le 15e
Chercher une salle pour le mercredi
Chercher un bénévole pour le samedi matin
Find a host for the Saturday
Revenir dans deux-trois semaines
Migrer avant la 24.12.26
Réserver une table pour 3/4
Cut the fees by 1/3
Set up a line for 24/7
Ouvrir pour 7/7
Contester la somme due le 10 décembre
Increase it by a third
Draw a line by the second
Louer une sono pour la soirée
Passer dans l'après-midi
Call in the morning
Finish early in the morning
Finir pour fin T5
Finir pour début T1
Finir pour le T1
Finir dans la semaine
Finish within the week
Send it by the end
Pour vendredi
-> vendredi
"""


@pytest.mark.parametrize("ways", [FRENCH, ENGLISH], ids=["fr", "en"])
def test_more_than_a_hundred_ways_to_say_a_day_are_understood(ways):
    said_so = table(ways)
    assert len(dict(said_so)) == len(said_so) > 100
    understood = {words: said(words) for words, _ in said_so}
    assert understood == dict(said_so)


@pytest.mark.parametrize("ways", [FRENCH, ENGLISH], ids=["fr", "en"])
def test_each_is_read_at_the_end_of_an_action_too(ways):
    for words, day in table(ways):
        read = read_line(
            f"Écrire à la mairie -> {words}", kind="action", today=SAID, next_meeting=NEXT_MEETING, members=()
        )
        assert (read.fields.text, read.fields.due) == ("Écrire à la mairie", day), words


def test_what_is_no_day_stays_text_word_for_word():
    texts = NONE.strip().splitlines()
    read = [read_line(text, kind="action", today=SAID, next_meeting=NEXT_MEETING, members=()).fields for text in texts]
    assert [(one.text, one.due) for one in read] == [(text, UNSET) for text in texts]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Publier l'ordre du jour avant vendredi", "Publier l'ordre du jour"),
        ("Mettre le site à jour avant vendredi", "Mettre le site à jour"),
        ("Relire la lettre de la semaine avant vendredi", "Relire la lettre de la semaine"),
        ("Pick the word of the day before Friday", "Pick the word of the day"),
        ("Ne pas oublier d'appeler la mairie avant vendredi", "Ne pas oublier d'appeler la mairie"),
        ("Relancer qui n'a pas répondu avant vendredi", "Relancer qui n'a pas répondu"),
        ("Ne rien laisser pour vendredi", "Ne rien laisser"),
        ("Rendre les clés pour vendredi dans la journée", "Rendre les clés"),
        ("Report due Friday", "Report"),
        ("Send it in time for Friday", "Send it"),
        ("Send it at the latest by Friday", "Send it"),
        ("Send it on or before Friday", "Send it"),
        ("Send it not later than Friday.", "Send it."),
        ("Finir pas plus tard que vendredi", "Finir"),
    ],
)
def test_what_stands_before_a_day_tells_whether_it_is_a_due_date(text, kept):
    read = read_line(text, kind="action", today=SAID, members=())
    assert (read.fields.text, read.fields.due) == (kept, datetime.date(2026, 11, 27))


@pytest.mark.parametrize(
    "text",
    [
        "Envoyer avant la fin du mois de décembre 2026, imprimer pour vendredi",
        "Envoyer d'ici la fin de la semaine, imprimer pour le 10/12",
        "Send it by the end of the month, print it by Friday",
    ],
)
def test_what_is_due_at_two_days_is_due_at_none_however_many_words_the_first_is_said_in(text):
    read = read_line(text, kind="action", today=SAID, members=())
    assert (read.fields.text, read.fields.due) == (text, UNSET)


def test_of_a_page_only_the_end_says_that_something_is_due_at_another_day():
    assert due_within("Réserver pour vendredi, " + "a" * DAY_WITHIN, SAID)
    assert not due_within("Réserver pour vendredi, " + "a" * 2 * DAY_WITHIN, SAID)


def test_a_number_is_a_day_from_which_an_arrow_leads_when_a_word_says_so():
    texts = ("Déplacer du 10", "le 10", "Move it from 10", "the 10th", "10", "Chapitre 10", "")
    assert [ends_with_day(text) for text in texts] == [True] * 4 + [False] * 3


def test_the_full_stop_of_an_abbreviated_month_is_part_of_it():
    for text in ("Écrire pour mi-déc.", "Écrire dans 2 sem.", "Écrire pour le 10 déc."):
        read = read_line(text, kind="action", today=SAID, members=())
        assert read.fields.text == "Écrire"
        assert read.fields.due is not UNSET


@pytest.mark.parametrize(
    "words",
    "vendredi 17h | bientôt | 12 | 2.7 | stage 3 | la rentrée | 31/04 | 31 avril | mardi 9 décembre | next Friday | 10 places | 15 jours"
    " | le week-end | lundi ou mardi | 24 | | - | à | pour | le | 10-12 | S+1".split(" | "),
)
def test_what_is_no_day_names_none(words):
    assert said(words) is None


@pytest.mark.parametrize(
    ("on", "words", "day"),
    [
        ("2026-12-28", "le 5 janvier", "2027-01-05"),
        ("2026-12-28", "fin janvier", "2027-01-31"),
        ("2026-12-28", "la semaine prochaine", "2027-01-08"),
        ("2026-12-28", "dans 15 jours", "2027-01-11"),
        ("2026-12-28", "fin d'année", "2026-12-31"),
        ("2026-12-28", "fin du mois prochain", "2027-01-31"),
        ("2026-12-31", "fin du premier trimestre", "2027-03-31"),
        ("2027-01-05", "fin T4", None),
        ("2027-07-14", "fin du trimestre", "2027-09-30"),
        ("2028-02-29", "end of the quarter", "2028-03-31"),
        ("2028-02-29", "a week tomorrow", "2028-03-08"),
        ("2026-12-31", "EOY", "2026-12-31"),
        ("2026-11-24", "ce lundi", "2026-11-30"),
        ("2026-11-24", "le 24 de ce mois", "2026-11-24"),
        ("2026-11-24", "le 15 de ce mois", None),
        ("2026-11-24", "début de ce mois", None),
        ("2026-11-24", "le 23 novembre", None),
        ("2026-12-01", "fin octobre", None),  # 31 days ago
        ("2026-12-02", "fin octobre", "2027-10-31"),
        ("2027-01-31", "le 30", "2027-03-30"),  # there is no 30 February
        ("2026-12-31", "demain", "2027-01-01"),
        ("2026-12-31", "fin du mois", "2026-12-31"),
        ("2026-12-31", "le 12", "2027-01-12"),
        ("2027-01-05", "fin décembre", None),  # it ended five days ago
        ("2027-01-05", "20 décembre", None),
        ("2026-11-27", "vendredi", "2026-12-04"),  # a Friday
        ("2026-11-27", "vendredi prochain", "2026-12-04"),
        ("2026-11-27", "ce vendredi", "2026-11-27"),
        ("2026-11-26", "vendredi prochain", None),  # tomorrow, or a week later
        ("2026-11-26", "vendredi", "2026-11-27"),
        ("2026-11-27", "next Friday", "2026-12-04"),
        ("2026-11-27", "fin de semaine", "2026-11-27"),
        ("2026-11-27", "vendredi en huit", None),  # today in a week, or the Friday after
        ("2026-11-28", "fin de semaine", None),  # a Saturday
        ("2026-11-28", "cette semaine", None),
        ("2026-11-29", "next week", "2026-12-04"),  # a Sunday
        ("2026-11-29", "demain", "2026-11-30"),
        ("2026-12-10", "10/12", "2026-12-10"),
        ("2026-12-10", "le 10", None),  # today, or in a month
        ("2027-01-12", "vendredi 15", "2027-01-15"),
        ("2026-11-24", "vendredi 15", None),  # 15 December is a Tuesday
        ("2027-02-10", "mardi 30", "2027-03-30"),  # there is no 30 February
        ("2028-02-01", "le 29 février", "2028-02-29"),
        ("2028-02-01", "fin février", "2028-02-29"),
        ("2028-01-31", "dans un mois", "2028-02-29"),
        ("2028-02-29", "dans un an", "2029-02-28"),
        ("2026-04-10", "le 31", "2026-05-31"),
        ("2026-04-10", "le 31 avril", None),
        ("2026-06-03", "début juin", "2026-06-05"),
        ("2026-06-06", "début juin", None),
        ("2026-06-16", "mi-juin", None),
        ("2026-04-30", "fin avril", "2026-04-30"),
        ("2026-04-30", "EOY", "2026-12-31"),
        ("2026-04-30", "fin du trimestre", "2026-06-30"),
        ("2026-03-28", "dans 24 heures", "2026-03-29"),  # the night when the clocks change
        ("2026-11-24", "le 7 février 2023", "2023-02-07"),  # said with its year: a past day is a day
    ],
)
def test_days_at_the_turns_of_the_calendar(on, words, day):
    assert said(words, datetime.date.fromisoformat(on)) == (day and datetime.date.fromisoformat(day))


def test_each_word_for_a_day_a_month_and_a_number_is_known():
    alone = "mon 30/11 | tues 1/12 | wed 25/11 | thurs 26/11 | saturday 28/11 | sunday 29/11".split(" | ")
    for one in [*alone, *"lun 30/11 | mer 25/11 | jeu 26/11 | sat 28/11 | sun 29/11".split(" | ")]:
        weekday, date = one.split()
        assert said(one) == said(date) is not None
        assert said(weekday) == (said(date) if one in alone else None)
    for month, name in enumerate("jan feb mar apr may jun jul aug sep oct".split(), 1):
        assert said(f"5 {name}") == said(f"5 {name} 2027") == datetime.date(2027, month, 5)
    counted = {4: "four", 5: "five", 7: "seven", 8: "eight", 9: "nine", 11: "eleven", 12: "twelve", 14: "fourteen"}
    for count, word in (counted | {15: "fifteen", 20: "twenty", 30: "thirty"}).items():
        assert said(f"in {word} days") == SAID + datetime.timedelta(count)
    ordinals = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
    assert [said(f"{one} of December") for one in ordinals] == [datetime.date(2026, 12, day) for day in range(1, 13)]


def test_what_may_stand_in_a_text_and_what_is_asked_for_have_their_lengths():
    assert said("fin avril".ljust(160)) == datetime.date(2027, 4, 30)
    assert said("fin avril".ljust(161)) is None
    assert due_at_end(f"Écrire pour{'vendredi':>76}", SAID) is not None
    assert due_at_end(f"Écrire pour{'vendredi':>77}", SAID) is None


def test_a_page_names_no_day():
    assert said("fin avril " * 100) is None
    assert read_line("fin avril " * 100, kind="action", today=SAID).fields.due is UNSET


def test_the_next_meeting_is_a_day_only_when_it_is_known_and_to_come():
    for words in ("la prochaine rencontre", "next meeting", "next time"):
        assert said(words) == NEXT_MEETING
        assert said(words, next_meeting=None) is None
        assert said(words, next_meeting=SAID) is None


def test_at_the_ends_of_the_calendar_a_day_is_one_or_none():
    for words, _ in table(FRENCH) + table(ENGLISH):
        for day in (datetime.date.min, datetime.date.max):
            assert isinstance(said(words, day), datetime.date | None)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Réserver la salle le 10/12 au plus tard", "Réserver la salle"),
        ("Réserver la salle vendredi, dernier délai.", "Réserver la salle"),
        ("Book the room Friday at the latest", "Book the room"),
        ("Réserver la salle le 10/12", "Réserver la salle le 10/12"),
        ("pour vendredi", ""),
        ("Vendredi au plus tard", ""),
    ],
)
def test_what_says_at_the_end_that_it_is_the_latest_is_a_day_without_a_word_before_it(text, kept):
    found = due_at_end(text, datetime.date(2026, 11, 24))
    assert (text[: found.start].rstrip() if found else text) == kept
