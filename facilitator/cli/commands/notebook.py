"""The private notebook of the people of the network, shown on this command alone; and forgetting a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import UNSET

from facilitator.cli.beside import tell_exposed
from facilitator.cli.commands.capture import read_date, read_text
from facilitator.cli.commands.capture import tell_exposed as tell_arguments
from facilitator.cli.commands.opening import settings
from facilitator.cli.context import Around, Context, Failed, WrongValue
from facilitator.cli.parser import Parser
from facilitator.core.refusal import Refused
from facilitator.core.text import MAX_NAME, MAX_TEXT
from facilitator.wording import quoted, short_date

if TYPE_CHECKING:
    from collections.abc import Sequence

    from facilitator.i18n import Translator
    from facilitator.store.private import Note, Notebook


def _words(parser: Parser) -> None:
    tr = parser.tr
    parser.epilog = tr("Nothing of it is in any document, archive or figure, and git never sees it.")
    parser.add_argument("person", nargs="?", metavar=tr("PERSON"), help=tr("of whom; without it, of everyone"))
    parser.add_argument("--add", metavar=tr("TEXT"), help=tr("note what was agreed; - reads it"))
    parser.add_argument("--when", metavar="D", help=tr("when to come back to it"))
    parser.add_argument("--contact", metavar=tr("TEXT"), help=tr("keep how to reach them; empty: no longer"))
    parser.add_argument("--done", metavar="N", help=tr("the note of this number is done with"))
    parser.add_argument("--open", metavar="N", help=tr("it no longer is"))
    parser.add_argument("--all", action="store_true", help=tr("show the notes that are done with, too"))
    parser.common(json=True)


def _notebook(context: Context) -> int:
    from facilitator.meetings import notebook
    from facilitator.store.private import read_notebook

    workspace, values = context.own_workspace(), context.values
    known = Around(
        (*(member.name for member in settings(context).people()), *notebook.people(read_notebook(workspace)))
    )
    person = _person(context, known) if values.person else None
    done = values.done or values.open
    if done is not None:
        note = notebook.finish(workspace, _number(context, done), done=values.open is None)
        context.acted = True
        context.say(_line(context.tr, note))
        return 0
    if values.add is None and values.contact is None:
        if values.when is not None:
            raise WrongValue(context.tr("--when goes with --add."))
        _show(context, read_notebook(workspace), person, _names(context, person) if person else ())
        return 0
    if person is None:
        raise WrongValue(context.tr("Say of whom: facilitator notebook PERSON --add TEXT"))
    _add(context, person, known)
    return 0


def _add(context: Context, person: str, known: Around) -> None:
    from facilitator.meetings import notebook

    workspace, values, tr = context.own_workspace(), context.values, context.tr
    if values.contact is not None:
        text = context.clean(read_text(context, values.contact), line=True)
        tell_exposed(context, notebook.reach(workspace, person, _fitting(text)))
        context.acted = True
        context.say(
            tr("How to reach {name} is kept, for you alone.", name=person)
            if text
            else tr("How to reach {name} is no longer kept.", name=person)
        )
        tell_arguments(context, values.contact, f"notebook {quoted(tr, person)} --contact -")
    if values.add is not None:
        text = context.clean(read_text(context, values.add))
        if not text:
            raise Refused("empty-text")
        when = read_date(context, "--when", values.when, known)
        day = context.today()
        note, exposed = notebook.note(
            workspace, person, _fitting(text), said=day, when=None if when is UNSET else when or None
        )
        context.acted = True
        context.say(tr("Noted, for you alone: {what}", what=_line(tr, note)))
        tell_exposed(context, exposed)
        if known.misses(person):
            context.say(tr("{name} is not among the members: noted all the same.", name=person))
        tell_arguments(context, values.add, f"notebook {quoted(tr, person)} --add -")


def _fitting(text: str) -> str:
    if len(text) > MAX_TEXT:
        raise Refused("text-too-long", limit=MAX_TEXT)
    return text


def _person(context: Context, known: Around) -> str:
    name = context.clean(context.values.person, line=True)
    if not name:
        raise Refused("empty-name")
    if len(name) > MAX_NAME:
        raise Refused("name-too-long", limit=MAX_NAME)
    return context.only(name, known.names) or name


def _number(context: Context, given: str) -> int:
    if not (given.isascii() and given.isdigit() and len(given) < 7):
        raise WrongValue(context.tr("{given} is not the number of a note.", given=quoted(context.tr, given)))
    return int(given)


def _names(context: Context, person: str) -> tuple[str, ...]:
    """All the names of a person that the settings know."""
    from facilitator.cli.commands.archived import renamed_people

    directory = renamed_people(context)
    return directory.names(person) if directory is not None else (person,)


def _show(context: Context, found: Notebook, person: str | None, names: Sequence[str]) -> None:
    from facilitator.meetings.notebook import of_person

    tr = context.tr
    shown = of_person(found, names) if person else found
    notes = [note for note in shown.notes if context.values.all or not note.done]
    notes.sort(key=lambda note: (note.when is None, note.when or note.said, note.number))
    if context.values.json:
        said = {"notes": [_told(note) for note in notes], "contacts": shown.contacts}
        context.write_json(said)
        return
    for contact in shown.contacts:
        context.write(tr("{label}: {text}", label=contact.person, text=contact.text))
    for note in notes:
        context.write(_line(tr, note))
    if not notes and not shown.contacts:
        context.say(tr("Nothing is noted of {name}.", name=person) if person else tr("Nothing is noted of anyone."))


def _told(note: Note) -> dict[str, object]:
    return {name: getattr(note, name) for name in note.__struct_fields__}


def _line(tr: Translator, note: Note) -> str:
    parts = [f"{note.number} · {note.person}", note.text]
    if note.when is not None:
        parts.append(tr("to come back to on {date}", date=short_date(tr, note.when)))
    parts.append(tr("agreed on {date}", date=short_date(tr, note.said)))
    if note.done:
        parts.append(tr("done with"))
    return " · ".join(parts)


def _forget_words(parser: Parser) -> None:
    tr = parser.tr
    parser.epilog = tr(
        "Their notes, how to reach them, what they asked for individually, when they came and spoke are deleted for ever.\n"
        "A meeting in which something was deleted cannot be opened again."
    )
    parser.add_argument("person", metavar=tr("PERSON"), help=tr("their whole name, as it was noted"))
    parser.common()


def _forget(context: Context) -> int:
    from facilitator.meetings.notebook import forget

    tr = context.tr
    name = context.clean(context.values.person, line=True)
    if not name:
        raise Refused("empty-name")
    live = context.live()
    if live:
        raise Failed(tr("A meeting goes on ({names}): nobody is forgotten before its close.", names=", ".join(live)))
    done = [forget(context.own_workspace(), one) for one in _names(context, name)]
    lines, acts, files = (
        sum(counts) for counts in zip(*((one.lines, one.acts, one.files) for one in done), strict=True)
    )
    context.acted = True
    tell_exposed(context, done[-1].exposed)
    if not (lines or acts or files):
        context.say(tr("Nothing private was kept of {name}.", name=name))
    else:
        said = [
            tr.ntr("{n} private note", "{n} private notes", lines) if lines else "",
            tr.ntr("{n} act of journals", "{n} acts of journals", acts) if acts else "",
            tr.ntr("{n} other file", "{n} other files", files) if files else "",
        ]
        context.say(tr("{name} is forgotten: {what} deleted.", name=name, what=", ".join(filter(None, said))))
    context.say(tr("Their name remains in the published minutes and in the history of git."))
    return 0


COMMANDS = {"notebook": (_words, _notebook), "forget": (_forget_words, _forget)}
