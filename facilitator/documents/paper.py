"""A meeting on paper: one A4 with its agenda and numbered lines to write on, and the sheet of those who were there.

A page is laid out here, in millimetres, once for both ways out: a page of HTML that browsers print, and a PDF (`typst`, the extra `pdf`).
Whatever the agenda, its page is one; whatever the number of people, no row of theirs is cut.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape
from pathlib import Path

from msgspec import Struct, to_builtins

from facilitator.core.agenda import Agenda
from facilitator.core.network import Member
from facilitator.core.people import together
from facilitator.core.text import one_line
from facilitator.core.time.clocks import agenda_spans
from facilitator.core.vocabulary import ASKED
from facilitator.i18n import Foreseen, Translator
from facilitator.wording import date_text, kind_name, minutes_text, step_title

# Of an A4 (210 x 297 mm) within margins of 12 mm, and a millimetre less than that: what rounds up must not make a second page.
_HEIGHT = 272.0
_HEAD, _FOOT = 31.0, 9.0
_STEP, _LEAST_STEP, _PHASE = 5.8, 3.0, 4.6
_LINE = 8.0
_FEWEST_LINES, _LEAST_LINES = 10, 4
_ROW = 10.0
_VISITORS = 6
_FIT_TITLE, _FIT_ABOUT, _FIT_STEP, _FIT_LEAD = 100, 105, 54, 24
_FIT_NAME, _FIT_STRUCTURE = 36, 40


class NoPdf(Foreseen):
    """The package that makes PDFs is not installed."""

    def sentence(self, tr: Translator) -> str:
        """How to get it, and what does without."""
        return tr(
            "A PDF needs the extra “pdf”: pip install 'facilitator[pdf]', or from a clone pip install '.[pdf]'. "
            "Without --pdf the page is HTML, which any browser prints."
        )


class PlanRow(Struct, frozen=True):
    """A step of the agenda, or a phase of the one above; `clock` is `09:30–09:50`, empty where no start is known."""

    clock: str
    length: str
    title: str
    lead: str
    phase: bool


class PlanPage(Struct, frozen=True):
    """The page of an agenda. Heights are in millimetres; `left_out` says what there was no room for."""

    language: str
    title: str
    about: tuple[str, ...]
    rows: tuple[PlanRow, ...]
    step_height: float
    phase_height: float
    left_out: str
    heads: tuple[str, ...]
    lines: int
    line_height: float
    kinds: str
    rule: str


class SignRow(Struct, frozen=True):
    """Someone who may come, or a row for someone who was not expected."""

    name: str = ""
    structure: str = ""


class SignPage(Struct, frozen=True):
    """A page of the sheet of those who were there."""

    rows: tuple[SignRow, ...]
    number: str


class SignSheet(Struct, frozen=True):
    """The sheet that those who were there sign; what stands at the head of each of its pages."""

    language: str
    title: str
    about: tuple[str, ...]
    heads: tuple[str, ...]
    pages: tuple[SignPage, ...]
    row_height: float


def plan_page(agenda: Agenda, tr: Translator) -> PlanPage:
    """The agenda on one A4: clock times, steps, phases, who leads, and as many lines to write on as there is room for.

    Where not even ten lines would be left, the phases are, then the rows of the steps are narrower, then fewer lines are left, and
    last the steps that come after those that can still be read: whatever is not on the page is said on it.
    """
    rows = _plan_rows(agenda, tr)
    room = _HEIGHT - _HEAD - _FOOT - _LINE
    most = room - _FEWEST_LINES * _LINE
    left_out: list[str] = []
    step, phase = _STEP, _PHASE
    if sum(phase if row.phase else step for row in rows) > most:
        kept = [row for row in rows if not row.phase]
        if len(kept) < len(rows):
            left_out.append(tr("The phases are not on this page: there is no room for them."))
        rows = kept[: int((room - _LEAST_LINES * _LINE - _PHASE) // _LEAST_STEP)]
        if gone := len(kept) - len(rows):
            left_out.append(tr.ntr("{n} more step is not on this page.", "{n} more steps are not on this page.", gone))
        step = max(_LEAST_STEP, min(step, (most - _PHASE) / len(rows)))
    taken = sum(phase if row.phase else step for row in rows) + (_PHASE if left_out else 0)
    kinds = [f"{row.key.upper()} {kind_name(tr, kind)}" for kind, row in ASKED.items()]
    return PlanPage(
        language=tr.language,
        title=_fit(agenda.title, _FIT_TITLE),
        about=_about(agenda, tr),
        rows=tuple(rows),
        step_height=int(step * 100) / 100,
        phase_height=phase,
        left_out=" ".join(left_out),
        heads=(tr("No."), tr("Hour"), tr("What"), tr("What was said"), tr("Who"), tr("For when")),
        lines=int((room - taken) // _LINE),
        line_height=_LINE,
        kinds=" · ".join(kinds),
        rule=tr(
            "A line for each thing that is said, entered afterwards in the order of the numbers. Nothing private here."
        ),
    )


def sign_sheet(agenda: Agenda, members: Sequence[Member], tr: Translator) -> SignSheet:
    """The sheet to sign: a row for each member, then rows for visitors, at least six, to the end of the last page."""
    rows = [SignRow(_fit(one.name, _FIT_NAME), _fit(one.structure or "", _FIT_STRUCTURE)) for one in members]
    room = int((_HEIGHT - _HEAD - _LINE - _FOOT) // _ROW)
    count = max(1, -(-(len(rows) + _VISITORS) // room))
    rows += [SignRow()] * (count * room - len(rows))
    return SignSheet(
        language=tr.language,
        title=_fit(agenda.title, _FIT_TITLE),
        about=_about(agenda, tr),
        heads=(tr("Name"), tr("Structure"), tr("Signature")),
        pages=tuple(
            SignPage(
                tuple(rows[place * room : (place + 1) * room]),
                tr("Attendance sheet, page {number} of {count}", number=place + 1, count=count),
            )
            for place in range(count)
        ),
        row_height=_ROW,
    )


def _plan_rows(agenda: Agenda, tr: Translator) -> list[PlanRow]:
    rows: list[PlanRow] = []
    for number, (step, (at, _)) in enumerate(zip(agenda.steps, agenda_spans(agenda), strict=True), 1):
        title, lead = _fit(f"{number}. {step_title(tr, step)}", _FIT_STEP), _fit(together(step.leads), _FIT_LEAD)
        length = minutes_text(tr, step.duration)
        rows.append(PlanRow(_span(agenda, at, step.duration), length, title, lead, phase=False))
        begun = at
        for phase in step.phases:
            length = minutes_text(tr, phase.duration)
            rows.append(
                PlanRow(_span(agenda, begun, phase.duration), length, _fit(phase.title, _FIT_STEP), "", phase=True)
            )
            begun += phase.duration
    return rows


def _span(agenda: Agenda, at: int, length: int) -> str:
    return f"{agenda.clock_at(at)}–{agenda.clock_at(at + length)}" if agenda.start else ""


def _about(agenda: Agenda, tr: Translator) -> tuple[str, ...]:
    """Day and hours; place, host and how to get there; who leads and who takes notes: what the agenda says of it."""
    when = [date_text(tr, agenda.date)] if agenda.date else []
    if agenda.start:
        when.append(f"{agenda.start}–{agenda.end or agenda.clock_at(agenda_spans(agenda)[-1][1])}")
    place = agenda.place
    where = [place.name, *([tr("host: {name}", name=place.host)] if place.host else [])] if place else []
    where += [place.address] if place and place.address else []
    who = [tr("facilitation: {name}", name=agenda.facilitator)] if agenda.facilitator else []
    who += [tr("notes: {name}", name=agenda.scribe)] if agenda.scribe else []
    return tuple(_fit(" · ".join(said), _FIT_ABOUT) for said in (when, where, who) if said)


def _fit(text: str, most: int) -> str:
    line = one_line(text)
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


_STYLE = """
@page { size: A4 portrait; margin: 12mm; }
* { box-sizing: border-box; }
html { background: #ffffff; color: #000000; font: 9.5pt/1.25 system-ui, "DejaVu Sans", sans-serif; }
body { margin: 0; }
.page { width: 186mm; height: 272mm; margin: 0 auto; overflow: hidden; display: flex; flex-direction: column; break-inside: avoid; }
.page + .page { break-before: page; }
header { height: 31mm; overflow: hidden; flex: none; }
h1, .title { font-size: 14pt; font-weight: bold; line-height: 1.15; margin: 0 0 1.5mm; max-height: 12mm; overflow: hidden; }
header p { margin: 0; height: 5mm; overflow: hidden; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; flex: none; }
th, td { padding: 0 1mm; text-align: left; font-weight: normal; white-space: nowrap; overflow: hidden; vertical-align: middle; }
.plan { border-top: .3mm solid #000000; }
.plan .phase { font-size: 8.5pt; }
.plan .phase .what { padding-left: 6mm; }
.plan .what { font-weight: bold; }
.plan .phase .what { font-weight: normal; }
.left { height: 4.6mm; margin: 0; font-style: italic; flex: none; }
.write th { height: 8mm; vertical-align: bottom; border-bottom: .3mm solid #000000; font-size: 8pt; }
.write td { border-bottom: .15mm solid #707070; border-left: .15mm solid #707070; }
.write td:first-child { border-left: 0; text-align: right; color: #404040; }
.sign th { height: 8mm; vertical-align: bottom; border-bottom: .3mm solid #000000; font-weight: bold; }
.sign td { border: .15mm solid #707070; white-space: normal; line-height: 1.1; }
footer { height: 9mm; padding-top: 1mm; font-size: 8pt; overflow: hidden; margin-top: auto; flex: none; }
footer p { margin: 0; }
@media screen { .page { margin: 8mm auto; } }
"""


def write_paper(paper: PlanPage | SignSheet) -> str:
    """The paper as HTML that needs nothing else; each page of it prints on one A4."""
    return _plan(paper) if isinstance(paper, PlanPage) else _sheet(paper)


def _plan(page: PlanPage) -> str:
    size = min(9.5, page.step_height * 1.9)
    kinds = {
        False: f'class="step" style="height:{page.step_height}mm"',
        True: f'class="phase" style="height:{page.phase_height}mm"',
    }
    rows = "".join(
        f"<tr {kinds[row.phase]}>"
        f"<td>{escape(row.clock)}</td><td>{escape(row.length)}</td>"
        f'<td class="what">{escape(row.title)}</td><td>{escape(row.lead)}</td></tr>\n'
        for row in page.rows
    )
    empty = "<td></td>" * (len(page.heads) - 1)
    lines = "".join(
        f'<tr style="height:{page.line_height}mm"><td>{number}</td>{empty}</tr>\n'
        for number in range(1, page.lines + 1)
    )
    return _page(
        page.language,
        page.title,
        f'<section class="page">\n{_head(page.title, page.about)}'
        f'<table class="plan" style="font-size:{size:g}pt">\n{_columns(26, 16, 100, 44)}{rows}</table>\n'
        + (f'<p class="left">{escape(page.left_out)}</p>\n' if page.left_out else "")
        + f'<table class="write">\n{_columns(8, 15, 13, 96, 32, 22)}{_heads(page.heads)}'
        f"<tbody>\n{lines}</tbody></table>\n"
        f"<footer><p>{escape(page.kinds)}</p><p>{escape(page.rule)}</p></footer>\n</section>\n",
    )


def _sheet(sheet: SignSheet) -> str:
    written = []
    for place, page in enumerate(sheet.pages):
        rows = "".join(
            f'<tr style="height:{sheet.row_height}mm"><td>{escape(row.name)}</td><td>{escape(row.structure)}</td><td></td></tr>\n'
            for row in page.rows
        )
        written.append(
            f'<section class="page">\n{_head(sheet.title, sheet.about, first=not place)}'
            f'<table class="sign">\n{_columns(62, 62, 62)}{_heads(sheet.heads)}<tbody>\n{rows}</tbody></table>\n'
            f"<footer><p>{escape(page.number)}</p></footer>\n</section>\n"
        )
    return _page(sheet.language, sheet.title, "".join(written))


def _page(language: str, title: str, body: str) -> str:
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n{body}</main>\n</body>\n</html>\n"
    )


def _head(title: str, about: Sequence[str], *, first: bool = True) -> str:
    tag = ("h1", "h1") if first else ('p class="title"', "p")
    said = "".join(f"<p>{escape(line)}</p>" for line in about)
    return f"<header><{tag[0]}>{escape(title)}</{tag[1]}>{said}</header>\n"


def _columns(*widths: int) -> str:
    shown = "".join(f'<col style="width:{width}mm">' for width in widths)
    return f"<colgroup>{shown}</colgroup>\n"


def _heads(heads: Sequence[str]) -> str:
    shown = "".join(f'<th scope="col">{escape(head)}</th>' for head in heads)
    return f"<thead><tr>{shown}</tr></thead>\n"


def write_pdf(paper: PlanPage | SignSheet) -> bytes:
    """The same as a PDF, tagged for screen readers (PDF/UA-1), the same bytes at each time. Raises NoPdf.

    What people typed is handed over as data, beside the text of the program that sets it: nothing in it is obeyed.
    """
    try:
        import typst
    except ImportError:
        raise NoPdf from None
    given = {"paper": json.dumps(to_builtins(paper), ensure_ascii=False)}
    made: bytes = typst.compile(
        Path(__file__).with_name("paper.typ").read_bytes(), format="pdf", sys_inputs=given, pdf_standards=["ua-1"]
    )
    return made
