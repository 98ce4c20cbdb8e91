"""Tables for spreadsheets: accents, and nothing that is calculated."""

from __future__ import annotations

import csv
import io

import pytest

from facilitator.documents.spreadsheet import BYTE_ORDER_MARK, write_table


def read(text: str, delimiter: str) -> list[list[str]]:
    assert text.startswith(BYTE_ORDER_MARK)
    return list(csv.reader(io.StringIO(text.removeprefix(BYTE_ORDER_MARK), newline=""), delimiter=delimiter))


@pytest.mark.parametrize(("language", "delimiter"), [("fr", ";"), ("en", ",")])
def test_what_is_in_a_cell_comes_back(language, delimiter):
    rows = [["Q1", 'Où ranger "les" tablettes ; là, ici ?', 3, None], ["Q2", "deux\nlignes", 0, "é"]]
    back = read(write_table(["no", "texte", "n", "x"], rows, language=language), delimiter)
    assert back == [["no", "texte", "n", "x"], ["Q1", rows[0][1], "3", ""], ["Q2", "deux\nlignes", "0", "é"]]


@pytest.mark.parametrize(
    "text", ["=1+1", "+33 6 12", "-2", "@SUM(A1)", "\t=1", "\r=cmd|' /C calc'!A0", "  =1", "\uff1d1", "=HYPERLINK(1)"]
)
def test_nothing_that_was_said_is_calculated(text):
    (cell,) = read(write_table(["=x"], [[text]], language="fr"), ";")[1]
    assert cell.startswith("'") and cell[1:] == text.replace("\r", "")
    assert read(write_table(["=x"], [], language="fr"), ";") == [["'=x"]]
