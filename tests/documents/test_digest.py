"""Digests: written as the example of the format, and read back whatever people and formatters did to them."""

from __future__ import annotations

import datetime

import mdformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from facilitator.core.cycle.levels import (
    Ask,
    Digest,
    LevelMeeting,
    Passed,
    Reply,
    Returning,
    meeting_meant,
    origin_of,
    short_name,
)
from facilitator.core.said import Origin
from facilitator.core.text import normalise
from facilitator.documents.digest import UnfitDigest, read_digest, write_digest
from facilitator.i18n import translator

M = "2026-11-10-roannais"
DIGEST = Digest(
    month="2026-11",
    level="epci",
    network="roannais",
    name="Réseau roannais",
    held=(LevelMeeting(datetime.date(2026, 11, 10), "médiathèque de Riorges"),),
    perimeter=("Roannais Agglomération", "Charlieu-Belmont", "Pays d’Urfé"),
    asks=(Ask(M, "Q4", "Quel budget 2027 pour nos postes ?"),),
    needs=(Returning("Une demi-journée sur les arnaques en ligne", 2),),
    useful=(
        Passed("Le réseau adopte une charte « faire avec, pas à la place »."),
        Passed("Modèle de mandat", "https://example.org/mandat"),
    ),
    dates=(
        Passed(
            "AMI « Inclusion numérique des aînés »",
            "https://example.org/ami-aines",
            datetime.date(2026, 12, 15),
            call=True,
        ),
    ),
)
WRITTEN = """\
---
format: 2
digest: 2026-11
level: epci
network: roannais
---

# Le réseau roannais au réseau départemental, novembre 2026

Rencontre du 10 novembre, médiathèque de Riorges. Périmètre : Roannais Agglomération, Charlieu-Belmont, Pays d’Urfé.

## Nous vous demandons

- **Q4** Quel budget 2027 pour nos postes ? *([10 novembre](../minutes/2026-11-10-roannais.md#q4))*
  - *Réponse :* …

## Besoins qui dépassent notre territoire

- Une demi-journée sur les arnaques en ligne *(2 rencontres de suite)*

## Ce qui peut servir ailleurs

- Le réseau adopte une charte « faire avec, pas à la place ».
- [Modèle de mandat](https://example.org/mandat)

## Vos dates que nous avons relayées

- [AMI « Inclusion numérique des aînés »](https://example.org/ami-aines), jusqu’au 15 décembre
"""
EN = translator("en")


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def said(digest: Digest) -> tuple[object, ...]:
    """What a reader has of it, wherever it stands."""
    asks = tuple(Ask(one.meeting, one.number, one.text, one.answer) for one in digest.asks)
    replies = tuple(Reply(one.origin, one.text, one.answer) for one in digest.replies)
    parts = (digest.month, digest.level, digest.network, digest.language, digest.perimeter)
    return (*parts, asks, replies, digest.needs, digest.useful, digest.dates)


def test_a_digest_has_the_shape_of_the_example():
    assert plain(write_digest(DIGEST)) == WRITTEN


def test_what_was_written_reads_back():
    assert said(read_digest(write_digest(DIGEST))) == said(DIGEST)
    english = Digest(
        "2026-11", "departement", "loire", "en", "Loire network", (), ("Loire",),
        replies=(Reply(Origin("roannais/2026-11-10", "Q4"), "Which budget?", "The same.\n\n- as in 2026"),),
        needs=(Returning("A room", 3, running=False),),
        dates=(Passed("Forum", None, datetime.date(2027, 1, 12)),),
    )  # fmt: skip
    assert said(read_digest(write_digest(english))) == said(english)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: mdformat.text(text, extensions={"gfm", "frontmatter"}),
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\ufeff" + text,
        lambda text: text.replace("**Q4**", "Q4 :").replace("- ", "* "),
        lambda text: text.replace("## ", "### ").replace("’", "'"),
        lambda text: text.replace("format: 2\n", "").replace("digest: 2026-11", "digest: '2026-11' # le mois"),
    ],
)
def test_what_hands_and_formatters_did_changes_nothing(change):
    assert said(read_digest(change(write_digest(DIGEST)))) == said(read_digest(change(WRITTEN)))
    assert read_digest(change(WRITTEN)).asks[0].text == DIGEST.asks[0].text


@pytest.mark.parametrize(
    ("before", "after", "answer"),
    [
        ("*Réponse :* …", "*Réponse :* 40 000 €, comme en 2026.", "40 000 €, comme en 2026."),
        ("*Réponse :* …", "*Réponse de la préfecture :* Le même.", "Le même."),
        ("*Réponse :* …", "*Réponse :* … à venir", None),
        ("  - *Réponse :* …", "  - **Réponse** : Le même.", "Le même."),
        ("  - *Réponse :* …\n", "", None),
    ],
)
def test_an_answer_is_read_in_the_room_that_is_left_for_it(before, after, answer):
    assert [ask.answer for ask in read_digest(WRITTEN.replace(before, after)).asks] == [answer]


def in_a_mail(text: str) -> str:
    return "".join(f"> {line}\n" for line in text.splitlines())


@pytest.mark.parametrize(
    ("room", "answer"),
    [
        ("*Réponse :* « Le même. »", "Le même."),
        ("*Réponse :* “Le même.” …", "Le même."),
        ('*Réponse :* "Le même."', "Le même."),
        ("*Réponse :* Le même. …", "Le même."),
        ("*Réponse :* « … » Le même.", "Le même."),
        ("*Réponse :* …\n    > Le même,\n    > sauf en mars.", "Le même,\nsauf en mars."),
        ("*Réponse : Le même.* …", "Le même."),
        ("*Réponse :* « … »", None),
        ("*Réponse :* Dire « oui », puis « non »", "Dire « oui », puis « non »"),
        ("*Réponse :* « Oui » et « non »", "« Oui » et « non »"),
        ("*Réponse :* Le même…", "Le même…"),
    ],
)
def test_what_a_hand_sets_an_answer_off_with_is_no_part_of_it(room, answer):
    assert [ask.answer for ask in read_digest(WRITTEN.replace("*Réponse :* …", room)).asks] == [answer]


def test_what_a_hand_put_between_quotation_marks_is_taken_without_them():
    marked = WRITTEN
    for text in (DIGEST.asks[0].text, DIGEST.needs[0].text):
        marked = marked.replace(text, f"« {text} »")
    assert said(read_digest(marked)) == said(read_digest(WRITTEN))


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_digest_that_comes_back_quoted_in_a_mail_is_read(end):
    head, body = WRITTEN.replace("…", "Le même.").split("\n---\n", 1)
    for quoted in (in_a_mail(f"{head}\n---\n{body}"), f"{head}\n---\n{in_a_mail(body)}"):
        (ask,) = read_digest(quoted.replace("\n", end)).asks
        assert (ask.text, ask.answer) == (DIGEST.asks[0].text, "Le même.")


@pytest.mark.parametrize(
    ("before", "after", "why", "line"),
    [
        ("format: 2", "format: 3", "newer", 0),
        ("digest: 2026-11", "title: rien", "none", 0),
        ("level: epci", "level: commune", "level", 0),
        ("network: roannais", "network: ../../etc", "network", 0),
        ("**Q4**", "**S1**", "private", 14),
        ("## Besoins qui dépassent notre territoire", "## Besoins individuels", "private", 19),
        ("#q4", "#q5", "place", 14),
        (" *([10 novembre](../minutes/2026-11-10-roannais.md#q4))*", "", "place", 14),
        ("## Besoins", "<<<<<<< HEAD\n## Besoins", "conflict", 17),
    ],
)
def test_what_cannot_be_taken_is_refused_with_its_line(before, after, why, line):
    with pytest.raises(UnfitDigest) as problem:
        read_digest(WRITTEN.replace(before, after, 1))
    assert (problem.value.why, problem.value.line) == (why, line)
    assert problem.value.sentence(EN)


@given(
    text=st.text(max_size=80)
    .map(lambda text: normalise(" ".join(text.split())).text)
    .filter(lambda text: text and "…" not in text and "..." not in text)
)
@settings(max_examples=15, deadline=None)
def test_any_text_comes_back_word_for_word(text):
    digest = Digest(
        "2026-11", "epci", "roannais", name="Réseau roannais",
        asks=(Ask(M, "Q4", f"a {text}"),), replies=(Reply(Origin("loire/2026-12-08", "Q1"), f"a {text}", f"b {text}"),),
        needs=(Returning(f"a {text}", 2),), useful=(Passed(f"a {text}"), Passed(f"a {text}", "https://example.org/x")),
    )  # fmt: skip
    assert said(read_digest(write_digest(digest))) == said(digest)


@pytest.mark.parametrize("day", ["2026-10-31", "2026-11-01", "2026-11-30", "2026-05-18", "2027-01-01", "2025-12-15"])
def test_a_day_reads_back_as_it_was_whether_it_is_past_or_to_come(day):
    passed = Passed("AMI aînés", "https://example.org/a", datetime.date.fromisoformat(day), call=True)
    assert read_digest(write_digest(replace(DIGEST, dates=(passed,)))).dates == (passed,)


def test_questions_are_named_by_their_day_only_where_the_meeting_is_named_after_the_network():
    assert origin_of("loire", "2026-11-24-loire", "Q1") == Origin("loire/2026-11-24", "Q1")
    assert origin_of("loire", "2026-11-24-de-la-loire", "Q1") == Origin("loire/2026-11-24-de-la-loire", "Q1")
    held = ["2026-11-24-de-la-loire", "2026-12-08-loire", "2026-12-15-a", "2026-12-15-b"]
    for said, meant in (("2026-11-24", held[0]), ("2026-12-08", held[1]), ("2026-12-15", None), (held[2], held[2])):
        assert meeting_meant(Origin(f"loire/{said}", "Q1"), "loire", held) == meant
    assert meeting_meant(Origin("forez/2026-12-08", "Q1"), "loire", held) is None


@pytest.mark.parametrize(
    ("name", "short"),
    [("Réseau roannais", "roannais"), ("Le réseau du Roannais", "roannais"), ("Réseau de la Loire", "loire"),
     ("Médiateurs du Forez", "mediateurs-du-forez"), ("Le réseau", "reseau"), ("Réseau de l’Ain", "ain")],
)  # fmt: skip
def test_a_network_has_a_short_name(name, short):
    assert short_name(name) == short
