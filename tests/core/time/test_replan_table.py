"""Twenty times a meeting is late, early, moved or bound by hours: what is offered, before and after, as `docs/replanning.md` shows it.

`FACILITATOR_EXAMPLES=write` makes the page anew; read it then.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from clockwork import MINUTE, Clockwork
from msgspec import Struct
from stage import DAY

from facilitator.core.acts import Adjust, Command, Next, Promise, SetStepAside
from facilitator.core.agenda import Agenda, Phase, Step
from facilitator.core.network import Network
from facilitator.core.setup import setup_of
from facilitator.core.time.clocks import ends, projection
from facilitator.core.time.outline import AgendaLine, outline
from facilitator.core.time.replan import Offer, offers, over_promise
from facilitator.i18n import translator
from facilitator.wording import time_text
from facilitator.wording.plans import exact_text, offer_text, promise_text

PAGE = Path(__file__).parents[3] / "docs" / "replanning.md"
EN = translator("en")
ZONE = "Europe/Paris"
Do = Callable[[Clockwork], object]


def step(kind: Any, title: str, minutes: int, *phases: tuple[str, int], **keys: Any) -> Step:
    made = tuple(Phase(name, length * MINUTE) for name, length in phases)
    keys = {key: value * MINUTE if key == "minimum" else value for key, value in keys.items()}
    return Step(kind=kind, title=title, duration=minutes * MINUTE, phases=made, **keys)


def does(*commands: Command) -> Do:
    return lambda work: [work.does(command) for command in commands]


def passes(minutes: float) -> Do:
    return lambda work: work.passes(minutes=minutes)


def starts(work: Clockwork) -> None:
    work.starts()


WELCOME, NEWS, NEEDS = step("welcome", "Welcome", 20), step("news", "News", 20), step("needs", "Needs", 25)
PAUSE, CLOSING = step("break", "Break", 15), step("closing", "Closing", 10)
WORKSHOP = step("workshop", "Workshop", 50, ("Round", 25), ("What we keep", 25))
PROJECTS = step("free", "Projects", 20, priority=3)
USUAL = (WELCOME, NEWS, NEEDS, WORKSHOP, CLOSING)
RANKED = (
    WELCOME,
    step("news", "News", 20, priority=3),
    NEEDS,
    step("workshop", "Workshop", 50, priority=1),
    PROJECTS,
    CLOSING,
)
GUEST = (WELCOME, NEWS, step("workshop", "Guest", 30, not_before="10:30", not_after="11:00"), NEEDS, CLOSING)
NEXT = does(Next())


class Case(Struct, frozen=True):
    """What happens in a meeting that begins at 09:30: by its plan it `ends`, or at the end that was promised."""

    name: str
    steps: tuple[Step, ...]
    happens: tuple[Do, ...]
    ends: str | None = None


CASES = (
    Case("Nine minutes late at the end of the first step", USUAL, (starts, passes(29))),
    Case("The same, just after the move to the next step", USUAL, (starts, passes(29), NEXT)),
    Case("Started half an hour late", USUAL, (passes(30), starts)),
    Case("Not started yet, and half an hour late", USUAL, (passes(30),)),
    Case("Seventy minutes late: floors do not suffice", USUAL, (starts, passes(90))),
    Case("Late in the last step", USUAL, (starts, passes(115), does(*[Next()] * 5), passes(14))),
    Case("Late in the first phase of the workshop", USUAL, (starts, passes(65), does(*[Next()] * 3), passes(30))),
    Case("A minimum and a break", (WELCOME, NEWS, PAUSE, step("workshop", "Workshop", 50, minimum=45), CLOSING), (starts, passes(33))),
    Case("Short steps are left five minutes, shorter ones what they have", (WELCOME, step("free", "Vote", 4), step("news", "News", 8), CLOSING), (starts, passes(25))),
    Case("Priorities: what is of priority 3 gives first", RANKED, (starts, passes(35))),
    Case("Priorities: those of 3 are at their floors, then 2", RANKED, (starts, passes(46))),
    Case("Priorities: one step of 3 put aside", RANKED, (starts, passes(60))),
    Case("A guest at 10:30: twelve minutes late cost nothing, for there is time to spare before", (WELCOME, step("news", "News", 25), *GUEST[2:]), (starts, passes(32))),
    Case("A guest until 11:00: what comes before gives, although the end is kept", GUEST, (starts, passes(50)), "12:00"),
    Case("A guest until 11:00, and late: the guest's step gives what the hours want", GUEST, (starts, passes(20), NEXT, passes(45))),
    Case("What comes before a guest who is awaited cannot help what comes after", (WELCOME, NEWS, *GUEST[2:4], step("free", "Projects", 30), CLOSING), (starts, does(Adjust(15 * MINUTE, "4")))),
    Case("Eleven minutes early in the workshop: the workshop has them, not the closing", USUAL, (starts, passes(54), does(*[Next()] * 3))),
    Case("Early, with priorities", RANKED, (starts, passes(8), NEXT)),
    Case("Early after a cut: what was cut, what was put aside, what is dear", USUAL, (starts, passes(20), does(Adjust(-8 * MINUTE, "3"), SetStepAside("2"), Next()))),
    Case("Early in the last step", USUAL, (starts, passes(90), does(*[Next()] * 5), passes(4))),
    Case("The promise moved to an earlier end", USUAL, (starts, does(Promise(1_795_509_000_000 + 110 * 60_000)))),
    Case("Nothing left to change", (WELCOME, CLOSING), (starts, passes(20), NEXT, passes(10))),
)  # fmt: skip


def held(case: Case) -> Clockwork:
    """The meeting as it stands."""
    agenda = Agenda(title="Meeting", start="09:30", end=case.ends, steps=case.steps)
    work = Clockwork(agenda, frozen=setup_of(agenda, Network(), day=DAY, zone=ZONE, language="en"))
    for happens in case.happens:
        happens(work)
    return work


def length(seconds: int) -> str:
    return exact_text(EN, seconds)


def shown(line: AgendaLine) -> str:
    if line.place == "aside":
        return "aside"
    missed = f", {length(line.missed_s)} after its hours" if line.missed_s else ""
    waits = f" (from {time_text(line.start, ZONE)})" if line.waits_s and line.start else ""
    return f"{length(line.adjusted_s)}{waits}{missed}"


def rows(number: int, case: Case) -> Iterator[str]:
    work = held(case)
    meeting, now = work.meeting, work.now()
    found = offers(meeting, now)
    end, promise = projection(meeting, now), ends(meeting, now)[1]
    assert end is not None and promise is not None
    yield f"\n## {number}. {case.name}\n"
    stands = promise_text(EN, over_promise(meeting, now))
    yield f"At {time_text(now.at, ZONE)}, promised end {time_text(promise, ZONE)}: {stands}.\n"
    if not found:
        yield "Nothing is offered.\n"
    yield "| | before |" + "".join(f" {offer_text(EN, meeting, offer)} |" for offer in found)
    yield "|---" * (len(found) + 2) + "|"
    for place, line in enumerate(outline(meeting, now)):
        if line.place == "done":
            continue
        title = line.title if line.phase is None else f"· {line.title}"
        mark = "▶ " if line.place == "running" and line.phase is None else ""
        after = [shown(offer.lines[place]) if len(offer.lines) > place else "" for offer in found]
        changed = [f"**{new}**" if new != shown(line) else new for new in after]
        yield f"| {mark}{title} | {shown(line)} |" + "".join(f" {new} |" for new in changed)
    at = [time_text(offer.end or 0, ZONE) for offer in found]
    yield f"| *end* | {time_text(end, ZONE)} |" + "".join(f" {new} |" for new in at)


HEAD = """# Re-planning: before and after

What the program offers when a meeting is late or early. Made by `tests/core/time/test_replan_table.py`, which compares it.

* Cuts are taken from what follows, the step that has just begun among it: from priority 3 first, then 2, then 1, in proportion
  to the lengths. Each keeps its `minimum`, else half of what was planned and five minutes at least; a closing its own length.
* Where that is not enough, a step is put aside, and the rest gives what is still missing.
* A guest's hours (`not_before`, `not_after`) are kept; the time left before them takes up delay.
* Time won goes to what was cut, then to the steps of the highest priority, a workshop first.
* Every offer keeps the promise to the second, or says by how much not. The running step is marked ▶, what changes is bold.
"""


def page() -> str:
    return HEAD + "".join(f"{row}\n" for number, case in enumerate(CASES, 1) for row in rows(number, case))


def test_the_page_shows_what_is_offered() -> None:
    made = page()
    if os.environ.get("FACILITATOR_EXAMPLES") == "write":
        PAGE.write_text(made, encoding="utf-8", newline="\n")
    assert PAGE.read_text(encoding="utf-8") == made


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_each_keeps_the_promise_to_the_second_or_says_by_how_much_not(case: Case) -> None:
    work = held(case)
    over_s = over_promise(work.meeting, work.now())
    for offer in offers(work.meeting, work.now()):
        work_after = held(case)
        work_after.does(offer.command)
        after_s = over_promise(work_after.meeting, work_after.now())
        assert max(0, after_s) == offer.over_s
        if offer.kind == "shorten" and over_s > 0 and not offer.missed_s:
            assert after_s == max(0, offer.over_s)
        if offer.kind in ("aside", "later"):
            assert after_s <= offer.over_s


def by_name(name: str) -> dict[str, Offer]:
    case = next(case for case in CASES if case.name.startswith(name))
    work = held(case)
    return {offer.kind: offer for offer in offers(work.meeting, work.now())}


def test_the_offer_is_the_same_just_before_and_just_after_the_move() -> None:
    before, after = by_name("Nine minutes late"), by_name("The same")
    assert {kind: offer.command for kind, offer in before.items()} == {
        kind: offer.command for kind, offer in after.items()
    }


def test_time_won_in_the_workshop_goes_to_the_workshop_and_not_to_the_closing() -> None:
    assert {change.step for change in by_name("Eleven minutes early")["share"].command.changes} == {"4"}
