"""What somebody took on at a meeting, as a document for them alone, from which a mail is made."""

from __future__ import annotations

import datetime

from facilitator.core.text import fold_case
from facilitator.documents.markdown.escape import destination, escape_line
from facilitator.documents.minutes.entry import MinutesEntry
from facilitator.documents.minutes.following import following
from facilitator.documents.minutes.reader import MinutesRead
from facilitator.documents.minutes.words import hour_text
from facilitator.documents.typography import typeset
from facilitator.i18n import Translator
from facilitator.wording import date_text, short_date


def owners(read: MinutesRead) -> tuple[str, ...]:
    """Those who still have something to do, in the order in which the minutes name them."""
    named: dict[str, str] = {}
    for said in _to_do(read):
        for name in said.owners:
            named.setdefault(fold_case(name), name)
    return tuple(named.values())


def write_owned(read: MinutesRead, owner: str, tr: Translator, *, linked: str | None = None) -> str:
    """What one person has to do, by its dates, and with whom; the next meeting; `linked` is the meeting whose minutes are linked to."""
    wanted = fold_case(owner)
    own = [said for said in _to_do(read) if wanted in map(fold_case, said.owners)]
    language = tr.language
    day = date_text(tr, read.day) if read.day else None
    title = tr("Your actions after the meeting of {date}", date=day) if day else tr("Your actions after the meeting")
    lines = [f"- {_action(said, wanted, tr)}\n" for said in sorted(own, key=_by_date)]
    blocks = [f"---\nlanguage: {language}\n---\n", f"# {_line(title, language)}\n", "".join(lines)]
    coming = following(read)
    if coming.day is not None:
        when = date_text(tr, coming.day)
        if coming.start:
            hour = hour_text(datetime.time.fromisoformat(coming.start), language)
            when = tr("{date} at {hour}", date=when, hour=hour)
        said = tr("Next meeting: {date}", date=f"{when}, {coming.place}" if coming.place else when)
        blocks.append(f"{_line(said, language)}\n")
    if linked is not None:
        blocks.append(f"[{_line(tr('The minutes'), language)}]({destination(f'../minutes/{linked}.md')})\n")
    return "\n".join(blocks)


def _to_do(read: MinutesRead) -> list[MinutesEntry]:
    return [found.said for found in read.entries if found.said.kind == "action" and not found.said.done]


def _by_date(said: MinutesEntry) -> tuple[bool, str, int]:
    return said.due is None, said.due.isoformat() if said.due else "", said.number


def _action(said: MinutesEntry, wanted: str, tr: Translator) -> str:
    language = tr.language
    label = f"**{said.label(language)}** " if said.number else ""
    others = [name for name in said.owners if fold_case(name) != wanted]
    due = tr("for {date}", date=short_date(tr, said.due)) if said.due else said.due_text
    more = [*([due] if due else []), *([tr("with {names}", names=", ".join(others))] if others else [])]
    after = f" *({_line(' · '.join(more), language)})*" if more else ""
    link = f" <{said.link}>" if said.link else ""
    return f"{label}{_line(said.text, language)}{link}{after}"


def _line(text: str, language: str) -> str:
    return escape_line(typeset(" ".join(text.split()), language))
