"""Tables as spreadsheets open them: CSV with accents, and with nothing in it that would be calculated.

A cell that begins with one of `= + - @`, a tab or a carriage return is a formula to a spreadsheet, wherever the text
came from (OWASP, *CSV Injection*): an apostrophe before it makes it text.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

BYTE_ORDER_MARK = "\ufeff"  # without it, accents are broken where UTF-8 is not taken for granted
_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def write_table(heads: Sequence[str], rows: Iterable[Sequence[str | int | None]], *, language: str) -> str:
    """The rows under their heads; French spreadsheets part cells with semicolons, since the comma is in their numbers."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";" if language == "fr" else ",", lineterminator="\r\n")
    writer.writerow(map(_cell, heads))
    writer.writerows([_cell(value) for value in row] for row in rows)
    return BYTE_ORDER_MARK + written.getvalue()


def _cell(value: str | int | None) -> str | int:
    if not isinstance(value, str):
        return "" if value is None else value
    text = value.replace("\r", "")
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULAS) else text
