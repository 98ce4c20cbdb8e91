"""What people type in one line, the days they name, and the text as it is kept."""

from __future__ import annotations

import datetime
import time
import unicodedata
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import UNSET

from facilitator.core.capture import MAX_PEOPLE, read_line
from facilitator.core.dates import read_due
from facilitator.core.duration import read_duration, write_duration
from facilitator.core.people import complete
from facilitator.core.text import fold_case, normalise, slug

TODAY = datetime.date(2026, 11, 24)  # a Tuesday
MEMBERS = ["Awa S.", "Karim B.", "Léa M.", "Nora T.", "Élodie P.", "Jean-Marc V."]


def line(kind, text):
    return read_line(text, kind=kind, members=MEMBERS, today=TODAY, next_meeting=datetime.date(2026, 12, 15))


def test_who_and_theme_at_the_end_leave_the_text() -> None:
    read = line("question", "Faut-il un mandat ? @Nora #droits")
    assert (read.fields.text, read.fields.by, read.fields.theme) == ("Faut-il un mandat ?", "Nora T.", "droits")


def test_an_unknown_owner_is_taken_and_said() -> None:
    read = line("action", "Appeler la mairie @Zoé")
    assert (read.fields.owners, read.unknown) == (("Zoé",), ("Zoé",))


@pytest.mark.parametrize("text", ["écrire à a@b.fr", "C# ou F#", "le n° #1", "un @ seul", "# en tête"])
def test_signs_that_are_no_signs_stay(text: str) -> None:
    read = line("question", text)
    assert read.fields.text == text
    assert (read.fields.by, read.fields.theme) == (UNSET, UNSET)


@pytest.mark.parametrize(
    ("text", "kept", "due"),
    [
        ("Rédiger la charte @nora pour le 10/12", "Rédiger la charte", (2026, 12, 10)),
        ("Réserver -> vendredi", "Réserver", (2026, 11, 27)),
        ("Réserver avant fin du mois", "Réserver", (2026, 11, 30)),
        ("Relire pour la prochaine rencontre", "Relire", (2026, 12, 15)),
        ("Call back by friday", "Call back", (2026, 11, 27)),
        ("Prévenir pour vendredi @Awa", "Prévenir", (2026, 11, 27)),
    ],
)
def test_a_due_date_at_the_end_of_an_action_is_read(text: str, kept: str, due: tuple[int, int, int]) -> None:
    read = line("action", text)
    assert (read.fields.text, read.fields.due) == (kept, datetime.date(*due))


def test_a_day_in_a_question_is_part_of_the_question() -> None:
    assert line("question", "Qui vient pour vendredi").fields.text == "Qui vient pour vendredi"


def test_an_address_is_the_link_and_alone_a_resource() -> None:
    assert line("note", "https://example.org/a").kind == "resource"
    read = line("news", "Le rapport : https://example.org/a?b=1")
    assert (read.fields.text, read.fields.link) == ("Le rapport", "https://example.org/a?b=1")


def test_of_a_page_of_people_those_beyond_the_limit_stay_in_the_text() -> None:
    read = line("action", "Prévenir " + " ".join(f"@p{chr(97 + place)}" for place in range(MAX_PEOPLE + 2)))
    assert len(read.fields.owners) == MAX_PEOPLE
    assert read.fields.text == "Prévenir @pa @pb"


def test_an_address_that_ends_another_word_stays_in_it() -> None:
    read = line("news", "https://example.org/a copié de web.archive.org/https://example.org/a")
    assert read.fields.text == "https://example.org/a copié de web.archive.org/https://example.org/a"


@given(st.text(max_size=60), st.sampled_from(["question", "action", "note", "news"]))
def test_a_line_is_always_read_and_never_emptied(text: str, kind) -> None:
    kept = normalise(text).text
    assert bool(line(kind, kept).fields.text) == bool(kept)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2026-12-10", (2026, 12, 10)), ("10/12", (2026, 12, 10)), ("le 3 mars", (2027, 3, 3)), ("1er décembre", (2026, 12, 1)),
        ("demain", (2026, 11, 25)), ("mardi", (2026, 12, 1)), ("vendredi prochain", (2026, 11, 27)), ("December 4", (2026, 12, 4)),
        ("10/12/27", (2027, 12, 10)), ("mardi 8 décembre", (2026, 12, 8)),
    ],
)  # fmt: skip
def test_days_as_people_say_them(words: str, day: tuple[int, int, int]) -> None:
    assert read_due(words, TODAY) == datetime.date(*day)


@pytest.mark.parametrize("words", ["31/02", "2026-13-01", "bientôt", "", "99/99/99", "0/0", "prochaine rencontre"])
def test_what_names_no_day_is_none(words: str) -> None:
    assert read_due(words, TODAY) is None


@pytest.mark.parametrize("words", ["demain", "tomorrow", "lundi", "vendredi"])
def test_no_day_comes_after_the_last_of_the_calendar(words: str) -> None:
    assert read_due(words, datetime.date.max) is None


@pytest.mark.parametrize(
    ("prefix", "name"),
    [
        ("aw", "Awa S."),
        ("elo", "Élodie P."),
        ("KARIM", "Karim B."),
        ("marc", "Jean-Marc V."),
        ("a", "Awa S."),
        ("z", None),
        ("", None),
    ],
)
def test_a_beginning_completes_when_one_member_has_it(prefix: str, name: str | None) -> None:
    assert complete(prefix, MEMBERS) == name


def test_two_that_match_complete_to_none() -> None:
    assert complete("le", ["Léa M.", "Léo P."]) is None


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("20", 1200),
        ("20m", 1200),
        ("1h", 3600),
        ("1h30", 5400),
        ("90 min", 5400),
        ("1 h 05", 3900),
        ("51m40s", 3_100),
        ("1h05s", 3605),
        ("0", 0),
    ],
)
def test_durations_as_people_write_them(text: str, seconds: int) -> None:
    assert read_duration(text) == seconds


@pytest.mark.parametrize("text", ["", "-5", "1.5h", "9" * 400, "h", "20 s", "1h2h"])
def test_what_is_no_duration_is_none(text: str) -> None:
    assert read_duration(text) is None


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (60, "1m"),
        (59 * 60, "59m"),
        (3600, "1h"),
        (3900, "1h05"),
        (5400, "1h30"),
        (86_400, "24h"),
        (3_100, "51m40s"),
        (3_605, "1h00m05s"),
    ],
)
def test_a_duration_is_written_in_hours_and_whole_minutes(seconds: int, text: str) -> None:
    assert write_duration(seconds) == text


@given(st.integers(1, 1440))
def test_a_duration_written_is_read_back(minutes: int) -> None:
    assert read_duration(write_duration(minutes * 60)) == minutes * 60


@given(st.text())
def test_normalised_text_holds_nothing_that_a_terminal_obeys(text: str) -> None:
    kept = normalise(text).text
    assert not any(unicodedata.category(c) == "Cc" and c != "\n" for c in kept)
    assert not any(c in "\u202a\u202e\u2066\u200f" or "\ud800" <= c <= "\udfff" for c in kept)
    assert normalise(kept).text == kept


@pytest.mark.parametrize(
    ("text", "kept", "removed"),
    [
        ("\x1b[31mrouge\x1b[0m", "rouge", ("escapes",)),
        ("\x1b]52;c;Zm9v\x07texte", "texte", ("escapes",)),
        ("\x9b31mrouge", "rouge", ("escapes",)),
        ("a\x00b\x7f", "ab", ("controls",)),
        ("gauche\u202edroite", "gauchedroite", ("bidi",)),
        ("a\ud800b", "ab", ("surrogates",)),
        ("e\u0301te\u0301\r\nsuite\tfin\u00a0!", "été\nsuite fin !", ()),
        ("👩\u200d👧 famille", "👩\u200d👧 famille", ()),
        ("  plain words ", "plain words", ()),
    ],
)
def test_what_is_taken_out_is_said(text: str, kept: str, removed: tuple[str, ...]) -> None:
    read = normalise(text)
    assert (read.text, read.removed) == (kept, removed)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("../../etc", "etc"),
        ("CON", "m-con"),
        ("Rencontre — Été", "rencontre-ete"),
        ("", "meeting"),
        ("x" * 300, "x" * 60),
        ("-rf", "rf"),
    ],
)
def test_titles_become_file_names(title: str, name: str) -> None:
    assert slug(title) == name


@given(
    st.text(st.sampled_from("aAß İ\u0131Ée\u0301\u0323ﬁŒ’\u00a0\u1e9b\u034f\ud800\x1c") | st.characters(), max_size=100)
)
def test_names_are_compared_without_accents_case_or_outer_space(text: str) -> None:
    plain = unicodedata.normalize("NFKD", text.strip())
    assert fold_case(text) == "".join(c for c in plain if not unicodedata.combining(c)).casefold()


def _pieces(text: str) -> Counter[str]:
    """One at a time: together they would be put in order, which is what takes so long."""
    return Counter(piece for character in text for piece in unicodedata.normalize("NFD", character))


@pytest.mark.sampled(1)
@pytest.mark.parametrize("marks", ["\u0f71\u0f72", "\u0301\u0323", "\u0344\u0327", "\u0301"])
def test_marks_without_end_are_put_in_order_at_once_and_none_is_lost(marks: str) -> None:
    began = time.process_time()
    kept = normalise("a" + marks * 100_000).text
    fold_case(kept)
    assert time.process_time() - began < 2
    assert normalise(kept).text == kept
    assert _pieces(kept.replace("\u034f", "")) == _pieces("a" + marks * 100_000)


def test_marks_that_people_write_stay_as_they_are() -> None:
    assert normalise("e\u0301 " + "\U0001f469\u200d" * 40 + "a" + "\u0301" * 30).text == unicodedata.normalize(
        "NFC", "e\u0301 " + "\U0001f469\u200d" * 40 + "a" + "\u0301" * 30
    )
