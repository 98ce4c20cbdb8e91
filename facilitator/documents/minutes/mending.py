"""What minutes say of their entries elsewhere, mended where it stands as the program wrote it: *En bref*, counts, links on words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from facilitator.core.regex import regex
from facilitator.documents.markdown.outline import Item
from facilitator.documents.minutes.brief import LABELS, told_of
from facilitator.documents.minutes.entry import MinutesEntry
from facilitator.documents.minutes.of_entry import anchor_id
from facilitator.documents.minutes.placing import Change, Document, line_end
from facilitator.documents.minutes.reader import heading_step
from facilitator.documents.minutes.writer import counted, counts_text
from facilitator.documents.typography import unfold

Entries = Sequence[MinutesEntry]

_REFERENCE = regex(r"(?:→|->|-\\>)\s*(?P<link>\[.{0,400}\]\(#(?P<anchor>[a-z][0-9]{1,6})\))\s*\Z", re.DOTALL)
_LABELLED = regex(r"(?P<mark>\*\*|__)(?P<label>[^*_\n]{1,60}?)(?P=mark)")


def mended(document: Document, written: Sequence[Entries], after: Entries) -> list[Change]:
    """What is to change for a document to say of its entries elsewhere what is so `after`.

    Only what stands there as the program would have written it of one of these `written` is ours to mend.
    """
    return [*_brief(document, written, after), *_counts(document, written, after), *_links(document, written, after)]


def _brief(document: Document, written: Sequence[Entries], after: Entries) -> Iterator[Change]:
    """The lines of *En bref* that follow from the entries."""
    items = [item for item in document.outline.items if _is_brief(document, item)]
    day = document.read.day
    if not items or day is None:
        return
    told = [told_of(one, day, document.pen, by_sequence=document.by_sequence) for one in written]
    ranks = [_rank(item) for item in items]
    for rank, new in enumerate(told_of(after, day, document.pen, by_sequence=document.by_sequence)):
        old = {_folded(one[rank]) for one in told if one[rank]}
        here = next((item for item in items if _folded(item.text) in old), None)
        if here is not None and _folded(here.text) != _folded(new):
            lines = [_in_its_way(document, here, new)] if new else []
            yield Change(here.line, here.end, lines)
        elif here is None and new and rank not in ranks and any(not one[rank] for one in told):
            at = next((item.line for item, other in zip(items, ranks, strict=True) if other > rank), items[-1].end)
            yield Change(at, at, [_in_its_way(document, items[0], new)])


def _is_brief(document: Document, item: Item) -> bool:
    return any(document.section_of(heading) == "brief" for heading in item.under)


def _rank(item: Item) -> int:
    """Which of the lines it is, by its label; -1: none of them."""
    found = _LABELLED.match(item.text)
    said = unfold(found["label"]).strip(" :?") if found else ""
    return next((rank for rank, both in enumerate(LABELS) if said in {one.strip(" :?") for one in both}), -1)


def _in_its_way(document: Document, item: Item, text: str) -> str:
    """The line of an item with another text."""
    line = document.lines[item.line]
    return f"{line[: line.find(item.text.split(chr(10), 1)[0])]}{text}{line_end(line)}"


def _counts(document: Document, written: Sequence[Entries], after: Entries) -> Iterator[Change]:
    """How many questions and needs a sequence brought, each where it stands as it was; all of them where none is missing."""
    language = document.pen.language
    for block in document.outline.blocks:
        step = heading_step(block.under[-1]) if block.paragraph and block.under else None
        if step is None or block.end != block.line + 1:
            continue
        line, new = document.lines[block.line].rstrip("\r"), counted(after, step, language)
        text = line
        for old in (counted(one, step, language) for one in written):
            whole = ", ".join(filter(None, old)) + "."
            if any(old) and (unfold(line) == whole or unfold(line).endswith(f" {whole}")):
                text = (line[: len(line) - len(whole)] + counts_text(after, step, language)).rstrip()
                break
            for was, now in zip(old, new, strict=True):
                text = _recounted(text, was, now)
        if text != line:
            end = block.end if text else document.blank_after(block.end)
            yield Change(block.line, end, [text + line_end(document.lines[block.line])] if text else [])


def _recounted(text: str, was: str, now: str) -> str:
    """A line with one count otherwise; with none the comma goes, too."""
    found = re.search(rf"(?:\A|(?<=\.\s)|(?<=,\s)){re.escape(was)}(?P<rest>[,.]\s?)", unfold(text)) if was else None
    if found is None or was == now:
        return text
    if now:
        return text[: found.start()] + now + text[found.start("rest") :]
    kept = text[: found.start()]
    return (kept.removesuffix(", ") + "." if kept.endswith(", ") and not text[found.end() :] else kept) + text[
        found.end() :
    ]


def _links(document: Document, written: Sequence[Entries], after: Entries) -> Iterator[Change]:
    """`→ [D1 …](#d1)` where it was said."""
    now = {anchor_id(said): said for said in after if said.number}
    for item, anchor, link, ours in _ours(document, written):
        said = now.get(anchor)
        if said is None:
            yield _gone(document, item)
        elif _folded(new := document.pen.reference(said)) not in ours or link != _folded(new):
            yield Change(item.line, item.end, [_in_its_way(document, item, f"→ {new}")])


def _ours(document: Document, written: Sequence[Entries]) -> Iterator[tuple[Item, str, str, set[str]]]:
    """The links on words that stand as the program writes them, the anchor each leads to, and all that it wrote for that one."""
    for item in document.outline.items:
        found = _REFERENCE.match(item.text)
        if found is None or item.blocks or _is_brief(document, item):
            continue
        ours = {
            _folded(document.pen.reference(said))
            for one in written
            for said in one
            if said.number and anchor_id(said) == found["anchor"]
        }
        if _folded(found["link"]) in ours:
            yield item, found["anchor"], _folded(found["link"]), ours


def unlinked(document: Document, written: Sequence[Entries], said: MinutesEntry) -> list[Change]:
    """The same with no link on the words of this entry, which was moved from where it was said."""
    return [_gone(document, item) for item, anchor, _, _ in _ours(document, written) if anchor == anchor_id(said)]


def _gone(document: Document, item: Item) -> Change:
    begin = document.emptied(item, sections=True)
    return Change(begin, document.blank_after(item.end) if begin < item.line else item.end, [])


def _folded(text: str) -> str:
    return unfold(" ".join(text.split()))
