"""Tables for spreadsheets: accents, and nothing that is calculated."""

from __future__ import annotations

import csv
import io
import json
import subprocess
from pathlib import Path

import pytest

from facilitator.documents.spreadsheet import BYTE_ORDER_MARK, write_table

NODE = Path(__file__).with_name("node")


def read(text: str, delimiter: str) -> list[list[str]]:
    assert text.startswith(BYTE_ORDER_MARK)
    return list(csv.reader(io.StringIO(text.removeprefix(BYTE_ORDER_MARK), newline=""), delimiter=delimiter))


@pytest.mark.parametrize(("language", "delimiter"), [("fr", ";"), ("en", ",")])
def test_what_is_in_a_cell_comes_back(language, delimiter):
    rows = [["Q1", 'Où ranger "les" tablettes ; là, ici ?', 3, None], ["Q2", "deux\nlignes", 0, "é"]]
    back = read(write_table(["no", "texte", "n", "x"], rows, language=language), delimiter)
    assert back == [["no", "texte", "n", "x"], ["Q1", rows[0][1], "3", ""], ["Q2", "deux\nlignes", "0", "é"]]


@pytest.mark.ci
@pytest.mark.parametrize(("language", "delimiter"), [("fr", ";"), ("en", ",")])
def test_node_reads_the_same_rows_and_no_formula(language, delimiter):
    rows = [
        ["Q1", 'Où ranger "les" tablettes ; là, ici ?', "é"],
        *([text, f"x\n{text}", "«\u202fici\u202f»"] for text in FORMULAS),
    ]
    text = write_table(["no", "=texte", "x"], rows, language=language)
    done = subprocess.run(
        ["node", NODE / "rows.cjs", delimiter], input=text, capture_output=True, encoding="utf-8", check=False
    )
    assert not done.returncode, done.stderr
    back = json.loads(done.stdout)
    assert back == read(text, delimiter)
    assert not any(cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t")) for row in back for cell in row)


FORMULAS = ("=1+1", "+33 6 12", "-2", "@SUM(A1)", "\t=1", "\r=cmd|' /C calc'!A0", "  =1", "\uff1d1", "=HYPERLINK(1)")


@pytest.mark.parametrize("text", FORMULAS)
def test_nothing_that_was_said_is_calculated(text):
    (cell,) = read(write_table(["=x"], [[text]], language="fr"), ";")[1]
    assert cell.startswith("'") and cell[1:] == text.replace("\r", "")
    assert read(write_table(["=x"], [], language="fr"), ";") == [["'=x"]]
