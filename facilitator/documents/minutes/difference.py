"""What hands changed in minutes against what was written, entry by entry and part by part."""

from __future__ import annotations

from facilitator.core.regex import regex
from facilitator.documents.difference import Bit, Difference, between
from facilitator.documents.markdown.outline import Item
from facilitator.documents.minutes.cut import Cut, Key, Piece, folded
from facilitator.documents.minutes.entry import MinutesEntry
from facilitator.documents.minutes.mending import mended
from facilitator.documents.minutes.parts import parts
from facilitator.documents.minutes.placing import Document, applied
from facilitator.documents.minutes.reader import MinutesRead, heading_title, read_minutes

_TAGS = regex(r"<a\s[^<>]{0,120}>\s*</a>\s*")
_BULLET = regex(r"(?:[-*+]|[0-9]{1,9}[.)]) ")
_BULLETS = regex(r"(?:\A|(?<= ))(?:[-*+]|[0-9]{1,9}[.)]) ")
_HEADED = ("outcome", "due", "offer", "done")


def differences(written: str, text: str) -> list[Difference]:
    """What is otherwise in `text` than it was `written`, in the order of the text; what follows from that elsewhere is not said again."""
    before = Cut(read_minutes(written))
    after = Cut(read_minutes(text), before.steps)
    following = Cut(read_minutes(_followed(written, after.read)), before.steps)
    found: list[Difference] = []
    for name in dict.fromkeys([*before.entries, *after.entries]):
        found += _entry(before, after, before.entries.get(name), after.entries.get(name))
    linked = _linked(after.read)
    for key in dict.fromkeys([*before.pieces, *after.pieces]):
        follows = linked | {bit.same for bit in _bits(following.rest(key), following)}
        new = [piece for piece in after.rest(key) if piece.found is None or not piece.found.adopted]
        found += [_adopted(piece) for piece in after.rest(key) if piece not in new]
        old_bits, new_bits = _bits(before.rest(key), before), _bits(new, after)
        both = {bit.same for bit in old_bits} & {bit.same for bit in new_bits}
        old_bits = [bit for bit in old_bits if bit.same in both | follows]
        found += between(old_bits, [bit for bit in new_bits if bit.same in both or bit.same not in follows])
    found += _headings(before, after)
    found += between(_front(before), _front(after), "front")
    return sorted(found, key=lambda one: (one.line == 0, one.line))


def _followed(written: str, read: MinutesRead) -> str:
    """What was written, with what it says of entries elsewhere as it would be said of those that are read."""
    own = read_minutes(written)
    if own.outline is None:
        return written
    document = Document(own, own.outline, None)
    entries = [found.said for found in own.entries]
    return "\n".join(applied(document.lines, mended(document, [entries], [found.said for found in read.entries])))


def _linked(read: MinutesRead) -> set[str]:
    """The links on what was said in a sequence and stands elsewhere, as they are compared."""
    if read.outline is None:
        return set()
    pen = Document(read, read.outline, None).pen
    return {folded(f"→ {pen.reference(found.said)}") for found in read.entries if found.said.number}


def _entry(before: Cut, after: Cut, one: Piece | None, other: Piece | None) -> list[Difference]:
    if one is None or other is None:
        piece = one or other
        said = _said(piece)
        label = said.label((after if other else before).read.front.language)
        if other is None:
            return [Difference("removed", label, before=said.text)]
        return [Difference("added", label, after=said.text, line=other.begin + 1)]
    old, new = _said(one), _said(other)
    label, line = new.label(after.read.front.language), other.begin + 1
    changed = [part for part, value in parts(new).items() if getattr(old, part) != value]
    found = []
    if one.under != other.under and not other.inner:
        found.append(Difference("moved", label, "heading", _title(before, one.under), _title(after, other.under), line))
        changed = [part for part in changed if part not in (*_HEADED, "step")]
    if "text" in changed and "link" in changed and _follows(old) and _follows(new):
        changed.remove("link")
    found += [Difference("changed", label, part, getattr(old, part), getattr(new, part), line) for part in changed]
    return found + between(_remarks(before, one), _remarks(after, other), "remark", label)


def _follows(said: MinutesEntry) -> bool:
    """Whether its address is only that in its text."""
    return said.link is None or said.link in said.text


def _adopted(piece: Piece) -> Difference:
    return Difference("added", part="entry", after=_said(piece).text, line=piece.begin + 1)


def _bits(pieces: list[Piece], cut: Cut) -> list[Bit]:
    """What stands there, compared without anchors and by no sort of bullet."""
    found = []
    for piece in pieces:
        text = " ".join(_TAGS.sub("", cut.text(piece)).split()).removesuffix("\\")
        text = _BULLET.sub("", text, count=1) if piece.item else text
        found.append(Bit(folded(_BULLETS.sub("- ", text)), text, piece.begin + 1))
    return found


def _headings(before: Cut, after: Cut) -> list[Difference]:
    found = []
    for key in dict.fromkeys([*before.headings, *after.headings]):
        one, other = before.headings.get(key), after.headings.get(key)
        old = heading_title(one.heading) if one else None
        new = heading_title(other.heading) if other else None
        line = other.heading.line + 1 if other else 0
        if one is None or other is None:
            # Those of outcomes come and go with the questions under them.
            if key[:1] != ("outcome",):
                found.append(Difference("removed" if other is None else "added", "", "heading", old, new, line))
        elif folded(old or "") != folded(new or ""):
            found.append(Difference("changed", "", "heading", old, new, line))
    return found


def _front(cut: Cut) -> list[Bit]:
    if cut.read.outline is None:
        return []
    lines = cut.lines[1 : max(1, cut.read.outline.source.body - 1)]
    return [Bit(line.strip(), line.strip(), place) for place, line in enumerate(lines, 2) if line.strip()]


def _remarks(cut: Cut, piece: Piece) -> list[Bit]:
    assert piece.found is not None  # noqa: S101  # entries are
    found = []
    for block in piece.found.remarks:
        text = " ".join(" ".join(cut.lines[block.line : block.end]).split())
        text = text.removeprefix(block.marker).strip() if isinstance(block, Item) else text
        found.append(Bit(folded(text), text, block.line + 1))
    return found


def _title(cut: Cut, key: Key) -> str:
    titled = cut.headings.get(key)
    return heading_title(titled.heading) if titled else ""


def _said(piece: Piece | None) -> MinutesEntry:
    assert piece is not None and piece.found is not None  # noqa: S101, PT018  # entries are
    return piece.found.said
