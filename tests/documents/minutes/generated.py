"""Meetings of any normalised text in every field, as the core can hold them, and what their minutes are to say of them."""

from __future__ import annotations

import datetime

from documents.hostile import HOSTILE
from hypothesis import strategies as st
from msgspec.structs import replace

from facilitator.core.said import Origin, Vote
from facilitator.core.text import normalise, one_line
from facilitator.core.vocabulary import Kind
from facilitator.documents.markdown.escape import address_in
from facilitator.documents.minutes.entry import Look, MinutesEntry, MinutesToWrite, Person, StepToWrite
from facilitator.documents.minutes.outcomes import month_end
from facilitator.documents.minutes.words import DEFERRED

DAY = datetime.date(2026, 11, 10)
MARKDOWN = (
    "oui :\n- un\n  - deux\n  - trois\n- quatre",
    "1. un\n2. deux\n3) trois",
    "- un\n- deux",
    "* un\n+ deux\n - trois\n     - quatre",
    "voir [la *page*](https://example.org/a_b?c=1&d=2) et [un mot](mailto:x@example.org) [non](javascript:x) ![non](https://example.org/i.png)",
    "**Q9** forged **gras** et *penché* et _aussi_ *(Awa Diallo)*",
    "*Réponse :* non\n- *Réponse :* oui\n- **Q1** oui",
    "a \n- b",
    "a\n\n- b\n\nc",
    "fin\n- liste\nsuite\n- liste\n  suite",
    "*(**Nora** · pour le 4 décembre)*",
    "→ [x](#d1)",
    "x\n" * 30 + "- y",
    "- x\n" * 130,
)
NAMES = (
    "Awa Diallo", "Karim B.", "Jeanne d'Arc", "à prendre", "personne", "?", "National", "Rapport", "#droits", "+3", "pour le 4 décembre",
    "19 novembre à 14 h", "fait", "CCAS de Roanne", "a, b", "x · y", "par : z", "[atelier](#step-5)", "Dupont (Jean)", "18 pour", "_x_", "a_b",
    "Centre social, +3", "sur Mattermost", "d'ici vendredi", "\\", "a\\,b", "&amp;", "**gras**", "12/12", "*", "Éléonore", "a:b", "https://example.org/(x)",
    "par consensus", "vendredi", "TBD",
)  # fmt: skip


def text(size: int = 40) -> st.SearchStrategy[str]:
    anything = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=size)
    pieces = st.lists(
        st.sampled_from(
            (
                "*",
                "_",
                "[",
                "](https://example.org/x)",
                "\n",
                "- ",
                "`",
                "\\",
                "a",
                " ",
                "é",
                "·",
                "(",
                ")",
                "<",
                "#",
                "1. ",
                ":",
            )
        ),
        max_size=20,
    )
    mixed = anything | st.sampled_from(HOSTILE) | st.sampled_from(MARKDOWN) | pieces.map("".join)
    return mixed.map(lambda said: normalise(said[:3_000]).text).filter(bool)


def line(size: int = 20) -> st.SearchStrategy[str]:
    return (text(size) | st.sampled_from(NAMES)).map(lambda said: one_line(said)[:80].strip()).filter(bool)


def maybe(strategy: st.SearchStrategy) -> st.SearchStrategy:
    return st.none() | strategy


LINKS = st.sampled_from(
    (
        "https://example.org/a_b",
        "https://example.org/x(y)",
        "http://exemple.fr/é?a=1&copy=2",
        "https://example.org/\\*`x`",
        "https://example.org/&amp;x",
    )
)
DAYS = st.dates(datetime.date(2026, 1, 1), datetime.date(2029, 12, 31))
TIMES = st.datetimes(datetime.datetime(2026, 1, 1), datetime.datetime(2028, 12, 31)).map(
    lambda at: at.replace(second=0, microsecond=0)
)
COMMON = {"text": text(), "theme": maybe(line()), "same": st.integers(0, 99), "step": st.sampled_from((1, 2, 3))}
FIELDS = {
    "question": {
        "by": maybe(line()),
        "owners": st.lists(line(), max_size=2).map(tuple),
        "outcome": st.sampled_from((None, "answered", "mattermost", "newsletter", "next", "relay", "drop")),
        "due": maybe(DAYS | DAYS.map(month_end)),
        "answer": maybe(text()),
        "answer_by": maybe(line()),
        "answer_link": maybe(LINKS),
        "answered_on": maybe(DAYS),
        "done": st.booleans(),
        "link": maybe(LINKS),
    },
    "need": {"by": maybe(line()), "offer": st.booleans(), "done": st.booleans(), "link": maybe(LINKS)},
    "decision": {"vote": maybe(st.builds(Vote, st.integers(0, 99), st.integers(0, 99), st.integers(0, 99))), "consensus": st.booleans(), "by": maybe(line())},
    "action": {"owners": st.lists(line(), max_size=3).map(tuple), "due": maybe(DAYS), "done": st.booleans(), "due_text": maybe(line())},
    "news": {
        "type": st.sampled_from((None, "report", "funding", "call", "scheme", "event")),
        "level": st.sampled_from((None, "epci", "departement", "region", "national")),
        "deadline": maybe(DAYS),
        "when": maybe(TIMES),
        "link": maybe(LINKS),
        "by": maybe(line()),
    },
    "resource": {"link": maybe(LINKS), "by": maybe(line())},
    "aside": {"by": maybe(line())},
    "note": {"by": maybe(line())},
}  # fmt: skip
STEPS = (
    StepToWrite(1, "welcome", "Accueil", 20, 22),
    StepToWrite(2, "needs", "Besoins", 20, 20),
    StepToWrite(3, "workshop", "Atelier", 20, 20, ("Nora",), ("Un", "Deux")),
)


@st.composite
def entries(draw: st.DrawFn) -> tuple[MinutesEntry, ...]:
    found = []
    counts: dict[Kind, int] = {}
    for kind in draw(st.lists(st.sampled_from(tuple(FIELDS)), max_size=8)):
        counts[kind] = counts.get(kind, 0) + draw(st.integers(1, 3))
        values = draw(st.fixed_dictionaries(COMMON | FIELDS[kind]))
        origin = draw(st.sampled_from((None, None, Origin("2026-10-27-roannais", "Q5")))) if kind != "note" else None
        found.append(MinutesEntry(kind=kind, number=0 if kind == "note" else counts[kind], origin=origin, **values))
    return tuple(map(settled, found))


def settled(said: MinutesEntry) -> MinutesEntry:
    """What can be: an answer and its outcome agree, an address in a text is its link."""
    if said.kind == "question":
        said = decided(said)
    if said.kind not in ("news", "resource") or said.link is None:
        said = replace(said, link=said.link or address_in(said.text))
    return replace(said, due_text=None) if said.due else said


def decided(said: MinutesEntry) -> MinutesEntry:
    if said.answer is None or not said.answer.strip(" .…"):
        said = replace(said, answer=None, answer_by=None, answer_link=None, answered_on=None)
    else:
        outcome = "answered" if said.outcome in (None, "drop") else said.outcome
        link = address_in(said.answer) or said.answer_link
        said = replace(said, outcome=outcome, done=outcome in DEFERRED, answer_link=link)
    if said.outcome == "answered":
        said = replace(said, done=False)
    return replace(said, due=None) if said.done or said.outcome not in DEFERRED else said


@st.composite
def meetings(draw: st.DrawFn) -> MinutesToWrite:
    return MinutesToWrite(
        meeting="2026-11-10-roannais",
        title=draw(line()),
        day=DAY,
        zone="Europe/Paris",
        language=draw(st.sampled_from(("fr", "en"))),
        steps=STEPS if draw(st.booleans()) else (*STEPS[:2], replace(STEPS[2], kind="welcome", title=draw(line()))),
        entries=draw(entries()),
        scale=draw(st.sampled_from((None, "epci", "departement", "region"))),
        draft=draw(st.booleans()),
        place=draw(maybe(line())),
        address=draw(maybe(line())),
        host=draw(maybe(line())),
        facilitator=draw(maybe(line())),
        coordinator=draw(maybe(line())),
        summary=draw(maybe(text())),
        present=tuple(draw(st.lists(line(), max_size=3))),
        visitors=tuple(Person(name) for name in draw(st.lists(line(), max_size=2))),
        since=datetime.date(2026, 10, 27),
        look=Look(
            order=draw(st.sampled_from(("kind", "kind", "sequence"))),
            foot=draw(maybe(text())),
            times=draw(st.booleans()),
        ),
        licence=draw(maybe(line())),
    )


def as_written(said: MinutesEntry, *, steps: bool) -> MinutesEntry:
    """What minutes tell: not the phase, nor the sequence of what has a place of its own, nor whether a sequence points to it."""
    dated = said.kind == "news" and (said.deadline or said.when)
    placed = said.origin or said.kind == "aside" or dated
    return replace(said, step=said.step if steps and not placed else None, phase=None, told=True)
