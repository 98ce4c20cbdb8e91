"""`evaluation`: one minute at the end, by a show of hands or one by one; only totals are kept."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from facilitator.cli.commands.capture import read_text
from facilitator.cli.context import Context, WrongValue
from facilitator.cli.parser import Parser
from facilitator.core.acts import Evaluate
from facilitator.core.regex import regex
from facilitator.wording import evaluation_text, quoted

if TYPE_CHECKING:
    from facilitator.core.meeting import Evaluation

_ANSWER = regex(r"(?P<mark>[1-5])(?:[x×:*=](?P<count>[0-9]{1,4}))?\Z", re.IGNORECASE)


def _words(parser: Parser) -> None:
    tr = parser.tr
    parser.epilog = tr("Nobody's name goes with it. Without anything: what was said so far.")
    help_answers = tr("how useful, from 1 to 5: 4 is one answer, 5x12 twelve hands for 5")
    parser.add_argument("answers", nargs="*", metavar="4|5x12", help=help_answers)
    parser.add_argument("--keep", metavar=tr("TEXT"), help=tr("a word of what to keep"))
    parser.add_argument("--change", metavar=tr("TEXT"), help=tr("a word of what to change"))
    parser.common(at=True, json=True)


def _evaluation(context: Context) -> int:
    values, tr = context.values, context.tr
    if not values.answers and values.keep is None and values.change is None:
        said = _said(context)
        if values.json:
            context.write_json(said)
        elif text := evaluation_text(tr, said):
            context.write(text)
        else:
            context.say(tr("Nobody has said anything of the meeting yet."))
        return 0
    useful = [0, 0, 0, 0, 0]
    for given in values.answers:
        found = _ANSWER.match(given)
        if found is None:
            raise WrongValue(
                tr("{given}: expected a mark from 1 to 5, or how many gave it: 5x12.", given=quoted(tr, given))
            )
        useful[int(found["mark"]) - 1] += int(found["count"] or 1)
    keep, change = (
        context.clean(read_text(context, text), line=True) if text is not None else None
        for text in (values.keep, values.change)
    )
    context.act(Evaluate((useful[0], useful[1], useful[2], useful[3], useful[4]), keep, change))
    return 0


def _said(context: Context) -> Evaluation:
    """What was said: in the journal while it is open, in the minutes once it is closed."""
    closed = context.closed_meeting()
    if closed is None:
        return context.session().meeting.evaluation
    from facilitator.documents.minutes.evaluation import evaluation_of
    from facilitator.documents.minutes.reader import read_minutes
    from facilitator.meetings.past import minutes_file
    from facilitator.store.documents import read_text as read_document

    path = minutes_file(context.workspace(), closed)
    return evaluation_of(read_minutes((read_document(context.workspace(), path) if path else None) or ""))


COMMANDS = {"evaluation": (_words, _evaluation)}
