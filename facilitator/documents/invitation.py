"""The invitation to a meeting, and its reminder: when, where and how to get there, the order of the day, the questions that come back.

Nothing is said that the agenda does not say. As a document it is Markdown, of which a mail is made; for the chat it is a message.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from facilitator.core.agenda import Agenda
from facilitator.core.network import Network
from facilitator.core.people import together
from facilitator.core.text import one_line
from facilitator.core.time.clocks import agenda_spans
from facilitator.documents.chat import MOST_CHARACTERS, harmless
from facilitator.documents.markdown.escape import address_in, escape_line, is_link, write_link
from facilitator.documents.minutes.words import hour_text
from facilitator.documents.typography import typeset
from facilitator.i18n import Translator
from facilitator.wording import date_text, minutes_text, step_title


class Invitation(Struct, frozen=True):
    """What an invitation says. `about` are labels and what they name, `steps` the order of the day: a line a step, and where its material is.

    `questions` are those that come back, `chat` is where the network speaks; None where nothing says it.
    """

    language: str
    title: str
    about: tuple[tuple[str, str], ...]
    steps: tuple[tuple[str, str | None], ...]
    questions: tuple[str, ...]
    chat: str | None = None


def invitation(
    agenda: Agenda, network: Network, questions: Iterable[str], tr: Translator, *, reminder: bool = False
) -> Invitation:
    """What the invitation to a meeting says; `questions` are public ones."""
    title = one_line(agenda.title)
    if agenda.date is not None:
        day = date_text(tr, agenda.date)
        when = tr("{date} at {hour}", date=day, hour=_hour(tr, agenda.start)) if agenda.start else day
        title = f"{title}, {when}"
    return Invitation(
        language=tr.language,
        title=tr("Reminder: {title}", title=title) if reminder else tr("Invitation: {title}", title=title),
        about=tuple(_about(agenda, tr)),
        steps=tuple(_steps(agenda, tr)),
        questions=tuple(map(one_line, questions)),
        chat=network.channels.chat,
    )


def _about(agenda: Agenda, tr: Translator) -> Iterator[tuple[str, str]]:
    end = agenda.end or agenda.clock_at(agenda_spans(agenda)[-1][1])
    hours = None
    if agenda.start and end:
        hours = tr("from {start} to {end}", start=_hour(tr, agenda.start), end=_hour(tr, end))
    day = date_text(tr, agenda.date) if agenda.date else None
    when = ", ".join(filter(None, (day, hours)))
    place = agenda.place
    said = (
        (tr("When"), when),
        (tr("Where"), place and place.name),
        (tr("Getting there"), place and place.address),
        (tr("Host"), place and place.host),
        (tr("Facilitation"), agenda.facilitator),
    )
    yield from ((label, one_line(value)) for label, value in said if value)


def _steps(agenda: Agenda, tr: Translator) -> Iterator[tuple[str, str | None]]:
    for step, (begins, _) in zip(agenda.steps, agenda_spans(agenda), strict=True):
        clock, title = agenda.clock_at(begins), one_line(step_title(tr, step))
        if step.leads:
            title = tr("{title}, with {name}", title=title, name=one_line(together(step.leads)))
        said = (
            tr("{hour}: {title}", hour=_hour(tr, clock), title=title)
            if clock
            else tr("{title} ({length})", title=title, length=minutes_text(tr, step.duration))
        )
        yield said, step.link


def _hour(tr: Translator, clock: str) -> str:
    return typeset(hour_text(datetime.time.fromisoformat(clock), tr.language), tr.language)


def write_invitation(said: Invitation, tr: Translator) -> str:
    """The invitation as a Markdown document, from which its mail is made."""
    labels = [f"**{tr('{label}:', label=label)}** {_shown(value, said.language)}" for label, value in said.about]
    blocks = [
        f"---\nlanguage: {said.language}\n---\n",
        f"# {_line(said.title, said.language)}\n",
        *(["\\\n".join(labels) + "\n"] if labels else []),
        f"## {tr.ptr('of an invitation', 'Agenda')}\n",
        "".join(
            f"- {_line(step, said.language)}{f' {write_link(link)}' if link else ''}\n" for step, link in said.steps
        ),
    ]
    if said.questions:
        asked = "".join(f"- {_line(question, said.language)}\n" for question in said.questions)
        blocks += [f"## {tr('Questions that come back')}\n", asked, f"{_asks(said, tr, marked=True)}\n"]
    return "\n".join(blocks)


def write_invitation_messages(said: Invitation, tr: Translator) -> list[str]:
    """The invitation for the chat: one message, or more where it is longer than a chat takes."""
    language = said.language
    lines = [f"**{harmless(said.title)}**"]
    for label, value in said.about:
        lines.append(f"{tr('{label}:', label=label)} {_in_chat(value)}")
    lines += [
        "",
        f"**{tr.ptr('of an invitation', 'Agenda')}**",
        *(f"- {' '.join((harmless(step), *([link] if link else [])))}" for step, link in said.steps),
    ]
    if said.questions:
        asked = [f"- {harmless(question)}" for question in said.questions]
        lines += ["", f"**{tr('Questions that come back')}**", *asked, "", _asks(said, tr, marked=False)]
    return list(_messages([typeset(line, language) for line in lines]))


def _asks(said: Invitation, tr: Translator, *, marked: bool) -> str:
    if said.chat is None:
        return tr("They wait for an answer: bring yours.")
    return tr(
        "They wait for an answer: bring yours, or write it beforehand: {chat}",
        chat=f"<{said.chat}>" if marked else said.chat,
    )


def _in_chat(value: str) -> str:
    """What was typed, harmless, but for an address in it, which chats make a link of as it stands."""
    link = address_in(value)
    if link is None:
        return harmless(value)
    before, _, after = value.partition(link)
    return " ".join(filter(None, (harmless(before), link, harmless(after))))


def _messages(lines: Sequence[str]) -> Iterator[str]:
    """The lines in as few messages as a chat takes, each as they follow."""
    message = ""
    for line in lines:
        if message and len(message) + len(line) + 1 > MOST_CHARACTERS:
            yield message.strip("\n")
            message = ""
        message += f"{line}\n"
    yield message.strip("\n")


def _line(text: str, language: str) -> str:
    return escape_line(typeset(text, language))


def _shown(value: str, language: str) -> str:
    return write_link(value) if is_link(value) else _line(value, language)
