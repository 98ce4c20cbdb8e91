"""A meeting on paper: one page whatever the agenda, a row for everybody, and nothing of what was typed is obeyed."""

from __future__ import annotations

import datetime
import re
import subprocess
import sys
from pathlib import Path

import pytest
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from facilitator.core.agenda import Agenda, Phase, Place, Step
from facilitator.core.network import Member
from facilitator.documents.paper import NoPdf, PlanPage, SignSheet, plan_page, sign_sheet, write_paper, write_pdf
from facilitator.i18n import translator

FR = translator("fr")
AGENDA = Agenda(
    title="Rencontre du réseau",
    date=datetime.date(2026, 12, 8),
    start="09:30",
    end="12:00",
    place=Place(name="Médiathèque", host="Karim B.", address="2 rue du Marché"),
    facilitator="Claire D.",
    steps=(
        Step(kind="welcome", duration=1200, lead="Karim B."),
        Step(kind="workshop", duration=3000, title="Atelier", phases=(Phase("Un", 1500), Phase("Deux", 1500))),
        Step(kind="closing", duration=600),
    ),
)
HOSTILE = '<script>alert(1)</script> #set page(width: 1cm) $x$ \\ "quote" & =SUM(A1)'
LONGEST = Agenda(
    title="Très long " * 20,
    start="23:00",
    place=Place(name="x" * 200, host="y" * 200, address="z" * 200),
    steps=tuple(
        Step(kind="workshop", duration=3600, title="W" * 200, lead="M" * 200, phases=(Phase("P" * 200, 60),) * 20)
        for _ in range(50)
    ),
)
MEMBERS = [Member(f"Personne {number}", structure="Médiathèque" if number % 2 else None) for number in range(24)]


def height(page: PlanPage) -> float:
    """What the rows of a page take, in millimetres, below its head and above its foot."""
    rows = sum(page.phase_height if row.phase else page.step_height for row in page.rows)
    return 31 + rows + (4.6 if page.left_out else 0) + 8 + page.lines * page.line_height + 9


def test_the_page_says_when_each_step_is_who_leads_it_and_its_phases():
    page = plan_page(AGENDA, FR)
    assert [(row.clock, row.title, row.lead, row.phase) for row in page.rows] == [
        ("09:30–09:50", "1. Accueil et visite", "Karim B.", False),
        ("09:50–10:40", "2. Atelier", "", False),
        ("09:50–10:15", "Un", "", True),
        ("10:15–10:40", "Deux", "", True),
        ("10:40–10:50", "3. Clôture", "", False),
    ]
    assert page.about[0] == "mardi 8 décembre 2026 · 09:30–12:00"
    assert "2 rue du Marché" in page.about[1]


def test_the_lines_to_write_on_are_numbered_in_their_order():
    written = write_paper(plan_page(AGENDA, FR))
    numbers = re.findall(r"<td>([0-9]+)</td><td></td>", written)
    assert numbers == [str(number) for number in range(1, len(numbers) + 1)]
    assert len(numbers) >= 20


def test_an_agenda_without_a_start_has_no_clock_times():
    page = plan_page(replace(AGENDA, start=None, end=None, date=None, place=None, facilitator=None), FR)
    assert {row.clock for row in page.rows} == {""}
    assert page.about == ()


def test_past_midnight_the_clock_begins_anew():
    page = plan_page(replace(AGENDA, start="23:50", end=None), FR)
    assert page.rows[1].clock == "00:10–01:00"
    assert page.about[0].endswith("23:50–01:10")


def test_the_longest_agenda_is_one_page_and_says_what_it_leaves_out():
    page = plan_page(LONGEST, FR)
    assert height(page) <= 272
    assert page.lines >= 4
    assert page.left_out
    assert not any(row.phase for row in page.rows)


@pytest.mark.parametrize(
    ("count", "shown", "lines"), [(30, 30, 10), (46, 46, 10), (50, 50, 9), (64, 62, 4), (200, 62, 4)]
)
def test_of_very_many_steps_those_that_can_be_read_are_there_and_the_others_are_counted(count, shown, lines):
    steps = tuple(Step(kind="free", duration=60, title=f"Étape {number}") for number in range(1, count + 1))
    page = plan_page(replace(AGENDA, steps=steps, end=None), FR)
    assert (len(page.rows), page.lines) == (shown, lines)
    assert height(page) <= 272 and page.step_height >= 3.0
    assert (f"{count - shown} " in page.left_out) is (shown < count)


@pytest.mark.ci
@settings(max_examples=examples(20), deadline=None)
@given(st.lists(st.integers(0, 20), min_size=1, max_size=50))
def test_any_agenda_is_one_page_with_lines_to_write_on(phases):
    steps = tuple(Step(kind="workshop", duration=3600, phases=(Phase("Un", 60),) * count) for count in phases)
    page = plan_page(replace(AGENDA, steps=steps), FR)
    assert height(page) <= 272
    assert page.lines >= 4
    assert [row.title[:2] for row in page.rows if not row.phase] == [f"{n}."[:2] for n in range(1, len(phases) + 1)]


@pytest.mark.parametrize("count", [0, 1, 16, 17, 24, 500])
def test_the_sheet_has_a_row_for_everybody_and_some_for_visitors(count):
    members = [Member(f"Personne {number}") for number in range(count)]
    sheet = sign_sheet(AGENDA, members, FR)
    rows = [row for page in sheet.pages for row in page.rows]
    assert [row.name for row in rows[:count]] == [one.name for one in members]
    assert sum(not row.name for row in rows) >= 6
    assert all(31 + 8 + len(page.rows) * sheet.row_height + 9 <= 272 for page in sheet.pages)
    assert write_paper(sheet).count('<section class="page">') == len(sheet.pages)


def test_the_sheet_says_who_employs_whom_where_it_is_known():
    page = write_paper(sign_sheet(AGENDA, MEMBERS, FR))
    assert "<td>Personne 1</td><td>Médiathèque</td><td></td>" in page
    assert "<td>Personne 2</td><td></td><td></td>" in page


@pytest.mark.parametrize("text", [HOSTILE, "<style>*{}</style>", "</table></html>", "a\u2028b\u0007"])
def test_nothing_that_was_typed_is_obeyed_on_paper(text):
    agenda = replace(AGENDA, title=text, steps=(Step(kind="free", duration=600, title=text[:190], lead=text[:190]),))
    for paper in (plan_page(agenda, FR), sign_sheet(agenda, [Member(text)], FR)):
        page = write_paper(paper)
        assert not re.search(r"<script|<style>\*|</table></html>", page)
        assert page.count("</html>") == 1


def test_without_the_extra_it_is_said_how_to_get_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(NoPdf) as missing:
        write_pdf(plan_page(AGENDA, FR))
    assert "[pdf]" in missing.value.sentence(FR)


PAPERS: dict[str, PlanPage | SignSheet] = {
    "agenda": plan_page(AGENDA, FR),
    "longest": plan_page(LONGEST, FR),
    "hostile": plan_page(replace(AGENDA, title=HOSTILE, facilitator=HOSTILE), FR),
    "sheet": sign_sheet(AGENDA, MEMBERS, FR),
}
PAGES = {"agenda": 1, "longest": 1, "hostile": 1, "sheet": 2}


@pytest.mark.ci
@pytest.mark.parametrize("name", PAPERS)
def test_the_pdf_has_the_pages_that_were_laid_out_and_is_tagged(name):
    made = write_pdf(PAPERS[name])
    assert made == write_pdf(PAPERS[name])
    assert made.startswith(b"%PDF")
    # As PDF/UA-1 wants it: tagged, a language, a title that is shown, the heads of a table marked as such.
    assert all(words in made for words in (b"/StructTreeRoot", b"/Marked true", b"/Lang(fr)", b"/DisplayDocTitle true"))
    assert b"<pdfuaid:part>1<" in made and b"/S/TH" in made and b"/S/H1" in made
    assert len(re.findall(rb"/Type\s?/Page\b", made)) == PAGES[name]


@pytest.mark.ci
@pytest.mark.parametrize("name", PAPERS)
def test_a_browser_prints_as_many_pages_as_were_laid_out(name, tmp_path: Path):
    page, made = tmp_path / "page.html", tmp_path / "page.pdf"
    page.write_text(write_paper(PAPERS[name]), encoding="utf-8")
    browser = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'browser'}"]
    subprocess.run(
        [*browser, "--no-pdf-header-footer", f"--print-to-pdf={made}", page.as_uri()],
        check=True,
        capture_output=True,
        timeout=60,
    )
    assert len(re.findall(rb"/Type\s?/Page\b", made.read_bytes())) == PAGES[name]
