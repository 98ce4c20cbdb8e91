"""What a form says: the fields of a page, and what of them a telephone sends."""

from __future__ import annotations

from urllib.parse import parse_qsl

from facilitator.core.telephones import Sent, SentKind, is_token

_MOST_FIELDS = 20
_KINDS: dict[str, SentKind] = {kind: kind for kind in ("question", "need", "same", "floor", "evaluation")}
_USEFUL = {str(mark): mark for mark in range(1, 6)}


class Malformed(ValueError):
    """No page of ours says so."""


def fields(data: bytes) -> dict[str, str]:
    """The fields of `application/x-www-form-urlencoded`. Raises Malformed for what no browser writes, and for a field that is there twice."""
    try:
        pairs = parse_qsl(
            data.decode("ascii"),
            keep_blank_values=True,
            strict_parsing=bool(data),
            errors="strict",
            max_num_fields=_MOST_FIELDS,
        )
    except ValueError as error:
        raise Malformed from error
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Malformed
    return found


def sent(said: dict[str, str]) -> Sent:
    """What a telephone sends, when it says what it is. Raises Malformed."""
    kind = _KINDS.get(said.get("kind", ""))
    useful = _USEFUL.get(said.get("useful", ""), 0)
    if kind is None:
        raise Malformed
    return Sent(
        id=token(said, "id"),
        kind=kind,
        phone=token(said, "phone"),
        at=0,
        text=said.get("text", "") if kind in ("question", "need") else "",
        by=said.get("by", "") if kind in ("question", "need", "floor") else "",
        entry=said.get("entry", "") if kind == "same" else "",
        useful=useful if kind == "evaluation" else 0,
        keep=said.get("keep", "") if kind == "evaluation" else "",
        change=said.get("change", "") if kind == "evaluation" else "",
    )


def token(said: dict[str, str], name: str) -> str:
    """A random name. Raises Malformed for what is none."""
    given = said.get(name, "")
    if not is_token(given):
        raise Malformed
    return given
