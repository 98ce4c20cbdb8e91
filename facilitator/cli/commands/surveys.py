"""`survey`: what people answered in a form, as needs, offers and wishes of form."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from facilitator.cli.beside import shown, tell_hand
from facilitator.cli.commands.opening import document_language, settings
from facilitator.cli.context import Context, Failed, WrongValue
from facilitator.cli.parser import Parser
from facilitator.core.text import MAX_NAME, fold_case
from facilitator.wording import quoted

if TYPE_CHECKING:
    from facilitator.core.cycle.survey import Sort
    from facilitator.documents.survey import Table

MAX_FILE = 16 * 1024 * 1024


def _words(parser: Parser) -> None:
    tr = parser.tr
    parser.epilog = tr(
        "A column is a letter as in a spreadsheet (C), its number, or its heading. Its answers are a need, an offer, a wish of\n"
        "form, or no: not taken. Who answered is never taken. Without --map the headings tell, where they do."
    )
    parser.add_argument("file", metavar=tr("FILE.csv"), help=tr("the answers: CSV of Framaforms, or any other"))
    parser.add_argument(
        "--map", metavar=tr("COLUMN=SORT"), action="append", help=tr("what a column holds: need, offer, form or no")
    )
    parser.add_argument("--name", metavar=tr("TEXT"), help=tr("what the survey is called; without it, its file’s name"))
    parser.common()


def _survey(context: Context) -> int:
    from facilitator.core.cycle.survey import survey_of
    from facilitator.documents.survey import read_table
    from facilitator.meetings.surveys import imported, keep
    from facilitator.store.door import read_given

    tr, values, workspace = context.tr, context.values, context.own_workspace()
    try:
        data = read_given(Path(os.path.abspath(values.file)), limit=MAX_FILE)  # noqa: PTH100  # links stay what they are
    except FileNotFoundError:
        raise Failed(tr("There is no file {name}.", name=values.file)) from None
    table = read_table(data)
    known = imported(workspace, table.mark)
    if known is not None:
        context.say(tr("This survey was imported already, as {path}: nothing was done.", path=shown(context, known)))
        return 0
    sorts = _sorts(context, table)
    if not any(sort != "no" for sort in sorts.values()):
        _ask(context, table)
        return 1
    survey = survey_of(table.headings, table.rows, sorts)
    language = document_language(context, settings(context))
    name = context.clean(values.name or Path(values.file).stem, line=True)[:MAX_NAME] or "survey"
    written = keep(workspace, survey, name, mark=table.mark, on=context.today(), language=language)
    context.acted = True
    context.write(str(written.at))
    tell_hand(context, written)
    said = [
        tr.ntr("{n} answer", "{n} answers", survey.answers),
        tr.ntr("{n} need", "{n} needs", len(survey.needs)),
        tr.ntr("{n} offer", "{n} offers", len(survey.offers)),
        tr.ntr("{n} wish of form", "{n} wishes of form", len(survey.form)),
    ]
    context.say(" · ".join(said))
    context.say(tr("Read it before you share it: people may have named somebody."))
    return 0


def _sorts(context: Context, table: Table) -> dict[int, Sort]:
    """What each column holds: as it was said, else, of a table of a few, as its heading tells."""
    from facilitator.core.cycle.survey import MOST_COLUMNS, SORTS, sort_of

    tr = context.tr
    told: dict[int, Sort] = {}
    for given in context.values.map or ():
        column, _, word = given.rpartition("=")
        sort = next((one for one in SORTS if one == word.strip()), None)
        place = _column(table, column.strip())
        if sort is None or place is None:
            message = tr("--map {given}: expected a column and what it holds, such as C=need.", given=quoted(tr, given))
            raise WrongValue(message)
        told[place] = sort
    if told:
        return told
    if len(table.headings) > MOST_COLUMNS:
        return {}
    return {place: sort for place, heading in enumerate(table.headings) if (sort := sort_of(heading)) is not None}


def _column(table: Table, said: str) -> int | None:
    """The place of a column, from 0, by its heading, its letter or its number."""
    wanted = fold_case(said)
    named = [place for place, heading in enumerate(table.headings) if wanted and fold_case(heading) == wanted]
    if named:
        return named[0]
    place = -1
    if said.isascii() and said.isdigit() and len(said) < 5:
        place = int(said) - 1
    elif said.isascii() and said.isalpha() and len(said) <= 2:
        place = 0
        for letter in said.upper():
            place = place * 26 + ord(letter) - ord("A") + 1
        place -= 1
    return place if 0 <= place < len(table.headings) else None


def _ask(context: Context, table: Table) -> None:
    """Say which columns there are, and how to say what they hold."""
    tr = context.tr
    for place, heading in enumerate(table.headings):
        example = next((row[place] for row in table.rows if place < len(row) and row[place].strip()), "")
        context.write(f"{_letter(place)}  {quoted(tr, heading)}  {quoted(tr, example, 40) if example else ''}".rstrip())
    context.say(
        tr(
            "What these columns hold is not told by their headings. Say it, such as: facilitator survey {name} --map C=need --map D=form",
            name=context.values.file,
        )
    )


def _letter(place: int) -> str:
    if place >= 26 * 27:
        return str(place + 1)
    return (chr(ord("A") + place // 26 - 1) if place >= 26 else "") + chr(ord("A") + place % 26)


COMMANDS = {"survey": (_words, _survey)}
