"""What telephones of the room sent, in words for whoever leads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from facilitator.core.entry import Entry, label
from facilitator.i18n import N_, Translator
from facilitator.wording.names import kind_name, quoted

if TYPE_CHECKING:
    from facilitator.core.telephones import Sent, SentKind

_KINDS: dict[SentKind, str] = {
    "question": N_("question"),
    "need": N_("need"),
    "same": N_("same here"),
    "floor": N_("floor"),
    "evaluation": N_("evaluation"),
}


def sent_name(tr: Translator, kind: SentKind) -> str:
    """What a telephone sent, in a word or two."""
    return tr(_KINDS[kind])


def sent_text(tr: Translator, item: Sent, entry: Entry | None, language: str) -> str:
    """What waits: its kind, its words, who said it; `entry` is what a "same" is about, `language` that of the meeting, for its number."""
    by = [tr("by {name}", name=item.by)] if item.by else []
    match item.kind:
        case "question" | "need":
            parts = [f"{kind_name(tr, item.kind)} {quoted(tr, item.text, limit=200)}", *by]
        case "same" if entry is not None:
            number = label(entry.kind, entry.number, language)
            parts = [
                tr(
                    "me too: {text}",
                    text=f"{number} {quoted(tr, entry.text)}" if entry.text and not entry.private else number,
                )
            ]
        case "same":
            parts = [tr("me too, of what is no longer there")]
        case "floor":
            parts = [tr("asks for the floor"), *by]
        case _:
            parts = [tr("evaluation")]
            parts += [tr("useful {mark} of 5", mark=item.useful)] if item.useful else []
            parts += [tr("to keep: {text}", text=item.keep)] if item.keep else []
            parts += [tr("to change: {text}", text=item.change)] if item.change else []
    return " · ".join(parts)


def waiting_text(tr: Translator, kinds: Sequence[SentKind]) -> str:
    """What waits to be taken up, in a line: `3 messages des téléphones · 1 demande la parole`; empty when nothing does."""
    floor, evaluations = kinds.count("floor"), kinds.count("evaluation")
    messages = len(kinds) - floor - evaluations
    said = [tr.ntr("{n} message from the telephones", "{n} messages from the telephones", messages)] if messages else []
    if floor:
        said.append(tr.ntr("{n} asks for the floor", "{n} ask for the floor", floor))
    if evaluations:
        said.append(tr.ntr("{n} evaluation", "{n} evaluations", evaluations))
    return " · ".join(said)


def waiting_texts(tr: Translator, kinds: Sequence[SentKind]) -> list[str]:
    """The same, the longest wording first, for a line that may be short; none when nothing waits."""
    others: list[SentKind] = [kind if kind == "floor" else "question" for kind in kinds]
    all_one = tr.ntr("{n} message from the telephones", "{n} messages from the telephones", len(kinds))
    return [waiting_text(tr, kinds), waiting_text(tr, others), all_one] if kinds else []
