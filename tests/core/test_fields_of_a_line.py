"""What a line is taken apart into: a run of fields at its very end, known people at its head, and all else word for word."""

from __future__ import annotations

import datetime
import itertools
import string

import pytest
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import UNSET

from facilitator.core.capture import MAX_PEOPLE, LineRead, read_line, read_vote
from facilitator.core.said import Fields, Vote
from facilitator.core.text import MAX_NAME
from facilitator.core.vocabulary import KINDS

SAID = datetime.date(2026, 11, 24)  # a Tuesday
MEMBERS = ["Awa S.", "Karim B.", "Léa M.", "Nora T.", "Élodie P.", "Jean-Marc V."]


def line(kind, text):
    return read_line(text, kind=kind, members=MEMBERS, today=SAID, next_meeting=datetime.date(2026, 12, 15))


def read(kind, text):
    """The text, and what was given beside it."""
    fields = line(kind, text).fields
    given = {name: getattr(fields, name) for name in ("by", "owners", "due", "theme", "link")}
    return fields.text, {name: value for name, value in given.items() if value is not UNSET}


@pytest.mark.parametrize(
    ("kind", "text", "kept", "given"),
    [
        ("action", "Écrire @Nora for friday", "Écrire", {"owners": ("Nora T.",), "due": datetime.date(2026, 11, 27)}),
        ("action", "Écrire @Karim demain", "Écrire", {"owners": ("Karim B.",), "due": datetime.date(2026, 11, 25)}),
        ("action", "Écrire @Nora T. lundi prochain #droits", "Écrire", {"due": datetime.date(2026, 11, 30)}),
        ("action", "Voir avec @Karim demain", "Voir avec @Karim demain", {}),
        ("action", "Book the hall for two weeks", "Book the hall for two weeks", {}),
        ("decision", "Charte adoptée, 5 pour 1 contre", "Charte adoptée", {"vote": Vote(5, 1, 0)}),
        ("decision", "Charte adoptée (18 pour)", "Charte adoptée", {"vote": Vote(18)}),
        ("decision", "Adopted: 5 for, 1 against, 2 abstentions @Nora", "Adopted", {"vote": Vote(5, 1, 2)}),
        ("decision", "Adopté à l’unanimité", "Adopté à l’unanimité", {"consensus": True}),
        ("decision", "On garde 5 pour 3", "On garde 5 pour 3", {}),
        ("decision", "Budget 2026", "Budget 2026", {}),
        ("news", "Journée le 15 janvier 2027 à 9h", "Journée", {"when": datetime.datetime(2027, 1, 15, 9)}),
        ("news", "AMI jusqu’au 10 décembre", "AMI", {"deadline": datetime.date(2026, 12, 10)}),
        ("news", "La réunion de 14h", "La réunion de 14h", {}),
    ],
)
def test_what_people_say_of_a_day_and_of_a_vote_at_the_end_of_a_line(kind, text, kept, given) -> None:
    fields = line(kind, text).fields
    assert fields.text == kept
    named = {name: getattr(fields, name) for name in ("due", "vote", "consensus", "when", "deadline")}
    found = {name: value for name, value in named.items() if value is not UNSET}
    assert found == {name: value for name, value in given.items() if name != "owners"}
    assert fields.owners == given.get("owners", fields.owners)


def test_a_vote_is_read_in_words_and_in_figures() -> None:
    assert [read_vote(said) for said in ("18/2/3", "5 pour, 1 contre et 2 abstentions", "7")] == [
        Vote(18, 2, 3),
        Vote(5, 1, 2),
        Vote(7),
    ]
    assert [read_vote(said) for said in ("2 contre", "5 pour 6 pour", "beaucoup", "5 pour et un peu")] == [None] * 4


def test_a_name_of_several_is_no_stranger() -> None:
    two = [*MEMBERS, "Nora Z."]
    found = read_line("Écrire @nora", kind="action", members=two, today=SAID)
    assert (found.several, found.unknown) == (("nora",), ())
    assert read_line("Écrire @zoé", kind="action", members=two, today=SAID).unknown == ("zoé",)
    assert read_line("Écrire @nora z.", kind="action", members=two, today=SAID).several == ()


# A run at the very end


@pytest.mark.parametrize(
    ("text", "kept", "given"),
    [
        ("Faut-il un mandat ? @Nora #droits", "Faut-il un mandat ?", {"by": "Nora T.", "theme": "droits"}),
        ("Faut-il un mandat ? #droits @Nora", "Faut-il un mandat ?", {"by": "Nora T.", "theme": "droits"}),
        ("Faut-il un mandat ? @Nora et @Karim", "Faut-il un mandat ?", {"by": "Nora T., Karim B."}),
        ("Faut-il un mandat ? @Nora, @Karim et @Awa", "Faut-il un mandat ?", {"by": "Nora T., Karim B., Awa S."}),
        ("Do we need one? @Nora and @Karim", "Do we need one?", {"by": "Nora T., Karim B."}),
        (
            "Do we need one? @Nora, and @Karim & @Awa + @Zoé",
            "Do we need one?",
            {"by": "Nora T., Karim B., Awa S., Zoé"},
        ),
        (
            "Faut-il un mandat ? @Nora #droits @Karim",
            "Faut-il un mandat ?",
            {"by": "Nora T., Karim B.", "theme": "droits"},
        ),
        ("Faut-il un mandat ? @Nora @Nora", "Faut-il un mandat ?", {"by": "Nora T."}),
        ("Faut-il un mandat ? @Nora T. et @Karim B.", "Faut-il un mandat ?", {"by": "Nora T., Karim B."}),
        ("Faut-il un mandat ? @nora t", "Faut-il un mandat ?", {"by": "Nora T."}),
        ("Faut-il un mandat ? @Zoé", "Faut-il un mandat ?", {"by": "Zoé"}),
        ("Faut-il un mandat ?\n@Nora\n#droits", "Faut-il un mandat ?", {"by": "Nora T.", "theme": "droits"}),
        ("Faut-il un mandat, @Nora", "Faut-il un mandat", {"by": "Nora T."}),
        ("Faut-il un mandat ? — @Nora", "Faut-il un mandat ?", {"by": "Nora T."}),
        ("Voir @Karim : il a le mandat ? @Nora", "Voir @Karim : il a le mandat ?", {"by": "Nora T."}),
    ],
)
def test_of_a_question_the_fields_at_the_end_say_who_asked_and_its_theme(text, kept, given):
    assert read("question", text) == (kept, given)


def test_an_action_takes_its_fields_in_any_order():
    fields = {"@Nora et @Karim": "owners", "-> 10/12": "due", "#droits": "theme", "https://example.org/a": "link"}
    expected = {
        "owners": ("Nora T.", "Karim B."),
        "due": datetime.date(2026, 12, 10),
        "theme": "droits",
        "link": "https://example.org/a",
    }
    for several in range(1, 5):
        for run in itertools.permutations(fields, several):
            names = {fields[field] for field in run}
            given = {name: value for name, value in expected.items() if name in names}
            assert read("action", " ".join(["Écrire au maire", *run])) == ("Écrire au maire", given), run


def test_who_is_not_known_is_taken_at_the_end_and_said():
    assert line("question", "Une ? @Nora et @Zoé").unknown == ("Zoé",)
    assert line("action", "Une chose @Max @Zoé #droits").unknown == ("Max", "Zoé")


def test_a_sentence_that_ends_with_its_day_keeps_its_full_stop_and_its_people():
    due = {"due": datetime.date(2026, 12, 10)}
    assert read("action", "Écrire au maire avant le 10/12.") == ("Écrire au maire.", due)
    assert read("action", "please ask @manu by 10 December.") == ("please ask @manu.", due)
    assert read("action", "Écrire au maire ! Avant le 10 déc.") == ("Écrire au maire !", due)
    assert read("action", "Écrire au maire (Roanne) avant le 10/12. @Nora") == (
        "Écrire au maire (Roanne).",
        due | {"owners": ("Nora T.",)},
    )


# All else is text


TEXTS = """
please merge it @manu.
merge it @manu please
Is @manu here?
Qui a vu @Nora ?
Qui a vu @Nora?
« Bonjour @Nora »
Demander à Nora (@Nora)
Demander à "@Nora"
@Nora: qui paie ?
@Nora, qui paie ?
@Nora ? Qui paie ?
@Nora et Karim proposent un atelier
@Zoé propose un atelier
@Nora et @Zoé proposent un atelier
#droits : qui les connaît ?
Question de @Karim pour @Awa
Voir avec @Karim
Demander à @Nora et @Karim
Karim et @Nora
@Nora et Karim
Ask @manu
Un atelier sur #droits
Le compte est @reseau
écrire à a@b.fr
C# ou F#
le n° #1
Le ticket #42
Un @ seul @
Un # seul #
@
#
@Nora
@Nora #droits
@Nora et @Karim
#droits
Nora T. et Karim B.
Faut-il un mandat ? #droits.
Faut-il un mandat ? #droits !
Faut-il un mandat ? @Nora :
Faut-il un mandat ? @-Nora
Faut-il un mandat ? @3 fois
Faut-il un mandat ? @Nora demain, dit-on
Faut-il un mandat ? @Nora's
L’adhésion est à 10 €, #1 et @2
"""


@pytest.mark.parametrize("text", TEXTS.strip().splitlines())
@pytest.mark.parametrize("kind", ["question", "action", "note", "resource"])
def test_what_is_no_field_at_the_end_stays_word_for_word(kind, text):
    assert line(kind, text) == LineRead(kind, Fields(text=text))


def test_of_people_who_would_make_too_long_a_name_none_is_taken_half():
    long = ["@" + letter * 50 for letter in "ab"]
    assert read("question", f"Une ? {long[0]} et {long[1]}")[0] == f"Une ? {long[0]} et {long[1]}"
    assert read("action", f"Réserver {long[0]} et {long[1]}")[1] == {"owners": ("a" * 50, "b" * 50)}
    for word in ("@" + "a" * (MAX_NAME + 1), "#" + "a" * (MAX_NAME + 1)):
        assert read("question", f"Une ? {word}") == (f"Une ? {word}", {})


ENDS = [
    "ok.",
    "@manu.",
    "« @Nora »",
    "(#droits)",
    "@Nora !",
    "#1",
    "vendredi !",
    "pour 3 personnes",
    "fin",
    "pour la 2.7",
    "avec @Nora",
]
WORDS = [
    *"@Nora @Zoé #droits #1 -> pour avant vendredi 10/12 et and , . : ( ) — « » ? by in dans 15 jours".split(),
    "mot",
    "\n",
    "  ",
]


@settings(max_examples=examples(30), deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=8), st.sampled_from(ENDS), st.sampled_from(list(KINDS)))
def test_a_text_without_a_run_of_fields_at_an_end_comes_back_word_for_word(words, end, kind):
    text = " ".join(["Voici", *words, end])
    assert line(kind, text) == LineRead(kind, Fields(text=text))


@settings(max_examples=examples(30), deadline=None)
@given(
    st.text(string.ascii_letters + string.digits + "éà’'-.,;:!?()«»@# \n", max_size=40),
    st.permutations(["@Nora et @Karim", "#droits", "-> 10/12"]),
)
def test_whatever_the_text_the_run_after_it_is_taken_and_no_word_of_it(body, run):
    body = " ".join(f"Voici {body} mot".split())
    assert read("action", " ".join([body, *run])) == (
        body,
        {"owners": ("Nora T.", "Karim B."), "theme": "droits", "due": datetime.date(2026, 12, 10)},
    )


# Known people at the head


@pytest.mark.parametrize(
    ("text", "kept", "given"),
    [
        ("@Awa demande l’avis de @Zoé", "demande l’avis de @Zoé", {"by": "Awa S."}),
        ("@Awa S. demande un avis", "demande un avis", {"by": "Awa S."}),
        ("@nora et @karim qui paie ?", "qui paie ?", {"by": "Nora T., Karim B."}),
        ("@Nora, @Karim 3 tablettes ?", "3 tablettes ?", {"by": "Nora T., Karim B."}),
        ("@Nora qui paie ? @Karim #droits", "qui paie ?", {"by": "Nora T., Karim B.", "theme": "droits"}),
        ("@Nora\nqui paie ?", "qui paie ?", {"by": "Nora T."}),
    ],
)
def test_people_who_are_known_are_taken_at_the_head(text, kept, given):
    assert read("question", text) == (kept, given)


def test_an_action_that_begins_with_its_owner():
    assert read("action", "@Karim réserver la salle -> vendredi") == (
        "réserver la salle",
        {"owners": ("Karim B.",), "due": datetime.date(2026, 11, 27)},
    )


def test_a_page_of_people_at_the_head_is_text():
    text = "@Nora " * (MAX_PEOPLE + 1) + "qui paie ?"
    assert read("question", text) == (text, {})


# Addresses


PAGE = "https://example.org/guide"


@pytest.mark.parametrize(
    "text",
    [
        f"{PAGE} Guide du réseau",
        f"Guide du réseau {PAGE}",
        f"Guide du réseau : {PAGE}",
        f"Guide du réseau: {PAGE}",
        f"Guide du réseau, {PAGE}",
        f"Guide du réseau - {PAGE}",
        f"Guide du réseau — {PAGE}",
        f"Guide du réseau -> {PAGE}",
        f"Guide du réseau ({PAGE})",
        f"Guide du réseau : <{PAGE}>",
        f"Guide du réseau\n{PAGE}",
        f"{PAGE}\nGuide du réseau",
        f"{PAGE} : Guide du réseau",
        f"{PAGE}, Guide du réseau",
        f"{PAGE} - Guide du réseau",
        f"{PAGE} (Guide du réseau)",
        f"<{PAGE}> Guide du réseau",
        f"({PAGE}) Guide du réseau",
        f"[Guide du réseau]({PAGE})",
    ],
)
def test_a_resource_given_as_an_address_and_a_title_keeps_each_for_itself(text):
    assert read("resource", text) == ("Guide du réseau", {"link": PAGE})
    assert read("resource", f"{text} #outils @Nora") == (
        "Guide du réseau",
        {"link": PAGE, "theme": "outils", "by": "Nora T."},
    )


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (f"Le rapport : {PAGE}", "Le rapport"),
        (f"Le rapport, {PAGE}", "Le rapport"),
        (f"Le rapport ({PAGE})", "Le rapport"),
        (f"Le rapport – {PAGE} #droits", "Le rapport"),
        (f"Le rapport, {PAGE}, #droits", "Le rapport"),
        (f"Le rapport (de 2025), {PAGE}", "Le rapport (de 2025)"),
        (f"Le rapport est sorti ! {PAGE}", "Le rapport est sorti !"),
    ],
)
def test_an_address_taken_out_leaves_no_mark_behind(text, kept):
    for kind in ("news", "note", "question", "action", "resource"):
        fields = line(kind, text).fields
        assert (fields.text, fields.link) == (kept, PAGE)


@pytest.mark.parametrize(
    "text",
    [
        f"Le guide {PAGE} est à jour",
        f"Le guide {PAGE}, à jour",
        f"Le guide est sur {PAGE}",
        f"Le guide est là ({PAGE}).",
        f"Lire {PAGE}.",
        f"Lire « {PAGE} »",
        f'Lire "{PAGE}"',
        f"Qui a lu {PAGE} ?",
        f"Voir {PAGE}",
        f"Lire [le guide]({PAGE}) avant",
        f"Lire [le guide]({PAGE})",
        f"Lire {PAGE} et https://example.org/b",
        f"Lire (le guide, {PAGE})",
    ],
)
def test_an_address_within_a_sentence_stays_and_is_the_link(text):
    for kind in ("news", "note", "question", "action", "resource"):
        assert read(kind, text) == (text, {"link": PAGE})


def test_outside_a_resource_a_text_after_an_address_is_a_sentence():
    for text in (f"{PAGE} est en panne", f"[Guide]({PAGE})"):
        assert read("note", text) == (text, {"link": PAGE})


@pytest.mark.parametrize(
    ("typed", "link"),
    [
        ("https://example.org/a.", "https://example.org/a"),
        ("https://example.org/a, puis", "https://example.org/a"),
        ("https://example.org/a) puis", "https://example.org/a"),
        ("https://example.org/a… puis", "https://example.org/a"),
        ("https://example.org/a?! puis", "https://example.org/a"),
        ("https://example.org/a?b=1&c=(d) puis", "https://example.org/a?b=1&c=(d)"),
        ("https://fr.wikipedia.org/wiki/Roanne_(Loire) puis", "https://fr.wikipedia.org/wiki/Roanne_(Loire)"),
        ("(https://fr.wikipedia.org/wiki/Roanne_(Loire)) puis", "https://fr.wikipedia.org/wiki/Roanne_(Loire)"),
        ("(voir https://fr.wikipedia.org/wiki/Roanne_(Loire)).", "https://fr.wikipedia.org/wiki/Roanne_(Loire)"),
        ("**https://example.org/a** puis", "https://example.org/a"),
        ("« https://example.org/a» puis", "https://example.org/a"),
        ("[ici](https://example.org/a_(b)), puis", "https://example.org/a_(b)"),
        ("lien:https://example.org/a puis", "https://example.org/a"),
    ],
)
def test_what_ends_a_sentence_is_no_part_of_an_address_and_balanced_parentheses_are(typed, link):
    assert read("note", f"Lire {typed}") == (f"Lire {typed}", {"link": link})


@pytest.mark.parametrize(
    "text",
    ["https:// puis", "web.archive.org/https://example.org/a", "xhttps://example.org", "www.example.org", "http"],
)
def test_what_is_no_address_is_no_link(text):
    assert read("resource", text) == (text, {})


@pytest.mark.parametrize("text", [PAGE, f"<{PAGE}>", f"({PAGE})", f"{PAGE}."])
def test_an_address_alone_proposes_a_resource(text):
    for kind in KINDS:
        found = line(kind, text)
        assert (found.kind, found.fields) == ("resource" if kind == "note" else kind, Fields(text=PAGE, link=PAGE))
    assert line("note", f"{text} #outils @Nora") == LineRead(
        "resource", Fields(text=PAGE, link=PAGE, theme="outils", by="Nora T.")
    )


def test_a_resource_of_an_address_and_no_words_is_its_address():
    assert read("resource", f"{PAGE} ?") == (f"{PAGE} ?", {"link": PAGE})


@pytest.mark.parametrize(
    "text",
    [
        "Je propose une salle",
        "je propose : une salle @Nora",
        "On propose de prêter",
        "I offer: a room",
        "We offer help",
    ],
)
def test_a_need_that_begins_as_people_offer_is_an_offer_with_its_words(text):
    found = line("need", text).fields
    assert found.offer is True and found.text == text.removesuffix(" @Nora")
    assert line("question", text).fields.offer is UNSET and line("individual", text).fields.offer is UNSET


@pytest.mark.parametrize("text", ["Je proposerais bien", "Une salle, je propose", "Une trame", "Offered rooms"])
def test_any_other_need_is_one(text):
    assert line("need", text).fields.offer is UNSET
