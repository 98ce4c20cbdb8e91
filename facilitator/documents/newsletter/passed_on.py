"""What is passed on in a letter though no meeting said it: news that came in between two of them."""

from __future__ import annotations

import datetime

from facilitator.core.cycle.inbox import InboxItem
from facilitator.core.network import Language, Network
from facilitator.documents.markdown.pen import write_text, write_titled_link
from facilitator.documents.minutes.entry import MinutesEntry, MinutesToWrite
from facilitator.documents.minutes.words import day_text
from facilitator.documents.newsletter.feed import put_in
from facilitator.documents.newsletter.items import INDENT, Letter, SectionItem
from facilitator.documents.newsletter.reader import read_letter
from facilitator.documents.newsletter.words import SECTIONS, Section
from facilitator.documents.typography import typeset


def pass_on(  # noqa: PLR0913  # an item and the letter, by name
    letter: str | None, month: str, item: InboxItem, *, network: Network, language: Language, day: datetime.date
) -> str:
    """The letter of a month of the network with an item at its place, once; every other byte stays. `day` is the one on which it is put in.

    Raises Unreadable: the text is a person's, to be left alone.
    """
    front = read_letter(letter).front if letter else None
    spoken: Language = "en" if (front.language if front is not None and front.lines else language) == "en" else "fr"
    date = item.deadline or (item.when.date() if item.when else None)
    section: Section = "dates" if date is not None else "news"
    title = (
        write_titled_link(item.text, item.link, spoken, indent=INDENT)
        if item.link
        else write_text(item.text, spoken, indent=INDENT)
    )
    said = day_text(date, spoken, year=date.year != int(month[:4])) if date is not None else ""
    if item.deadline is not None:
        said = f"Jusqu’au {said}" if spoken == "fr" else f"Until {said}"
    elif said and spoken == "fr":
        said = f"Le {said}"
    lead = typeset(f"**{said} :** " if spoken == "fr" else f"**{said}:** ", spoken) if said else ""
    entry = MinutesEntry(kind="news", number=0, text=item.text, link=item.link, deadline=item.deadline, when=item.when)
    heading = typeset(SECTIONS[section][spoken][0], spoken)
    piece = SectionItem(section, heading, (f"- {lead}{title}",), entry, item.text, item.link, day=date)
    nobody = MinutesToWrite("", "", day, "UTC", spoken, licence=network.licence)
    return put_in(letter, Letter(month, network.name), nobody, piece)
