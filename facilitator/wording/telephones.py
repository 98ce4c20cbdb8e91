"""What a telephone sent, in a line for whoever leads."""

from __future__ import annotations

from facilitator.core.entry import Entry, label
from facilitator.core.telephones import Sent
from facilitator.i18n import Translator
from facilitator.wording.names import kind_name, quoted


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
