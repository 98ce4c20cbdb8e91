"""The one tail of an entry: `*(**Nora Lefèvre** · pour le 4 décembre · [atelier](#step-5))*`, its parts known by their form.

What could be read as something else is written with its label, or with its first character as an entity, so that any
value in any part reads back as it was; an emphasised parenthesis of which one part has no known form is text.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Sequence
from typing import Any

from msgspec import Struct

from facilitator.core.agenda import Level
from facilitator.core.carrying import day_of
from facilitator.core.dates import read_due
from facilitator.core.regex import regex
from facilitator.core.said import Origin, Vote
from facilitator.core.text import fold_case
from facilitator.core.vocabulary import Kind
from facilitator.documents.markdown.escape import address_in, destination, escape_line, is_link, unescape
from facilitator.documents.markdown.pen import read_words, shown_line
from facilitator.documents.minutes import words
from facilitator.documents.minutes.entry import MinutesEntry
from facilitator.documents.minutes.outcomes import Wording, read_outcome
from facilitator.documents.typography import typeset, unfold

_PART = regex(r"\s+·\s+")
_LINK = regex(
    r"(?P<before>.{0,40}?)\[(?P<text>(?:\\.|[^\[\]\\]){0,400})\]\((?P<url><(?:\\.|[^<>\\])*>|[^\s()<>]*)\)\Z", re.DOTALL
)
_BOLD = regex(r"(?P<mark>\*\*|__)(?P<inside>.+)(?P=mark)\Z", re.DOTALL)
_STEP = regex(r"#step-(?P<number>[0-9]{1,3})\Z")
_ORIGIN = regex(r"(?:.*/)?(?P<meeting>[^/#]+?)(?:\.md)?#(?P<anchor>[a-z][0-9]{1,6})\Z")
# Of another network: its name, and the meeting there.
_FOREIGN = regex(
    r"(?:de|from) (?P<meeting>[a-z0-9-]{1,80}/[A-Za-z0-9][A-Za-z0-9.-]{0,127})#(?P<number>[A-Z][0-9]{1,6})\Z"
)
_LABELLED = regex(r"(?P<label>[^\W\d_][^:·\\\[\]]{0,30}?)\s?:\s+(?P<value>.+)\Z", re.DOTALL)
_SAME = regex(r"\+(?P<count>[0-9]{1,6})\Z")
_MORE = regex(r",\s\+(?P<count>[0-9]{1,6})\Z")
_VOTE = regex(r"(?P<count>[0-9]{1,6}) (?P<word>pour|contre|abstentions?|for|against)\Z")
_DUE = regex(r"(?:pour(?: le| la)?|avant(?: le)?|d'ici(?: le)?|by|due) (?P<day>.+)\Z")
_DEADLINE = regex(r"(?:jusqu'au|jusqu'a|until|date limite|avant le|deadline) (?P<day>.+)\Z")
_HOUR = regex(r"(?P<day>.+?) (?:a|at) (?P<hour>[0-9]{1,2}) ?[h:](?: ?(?P<minute>[0-9]{2}))?\Z")
_COMMA = regex(r"(?:\\.|[^\\,])+", re.DOTALL)
_SPECIAL = regex(r"(\\.)|([()])", re.DOTALL)
# No platform is to make links of addresses in a tail of which what is written here would be a part.
_AUTOLINK = regex(r"<(?P<scheme>https?)://(?P<rest>[^\s<>]+)>", re.IGNORECASE)
_ADDRESS = regex(r"(?P<scheme>https?|www)(?P<mark>://|\.)(?=[^\s<]*(?:\\|&#183;))", re.IGNORECASE)
_PARTICLES = frozenset(("de", "du", "des", "la", "le", "d", "van", "von", "el", "al", "ben", "et"))
_NAME = regex(r"[^\W\d_](?:[^\W_]|[ '\u2019.-])*\Z")
MOST_WORDS = 5


class TailContext(Struct, frozen=True):
    """What a tail is read against: the meeting's day, and the people whom the document names, folded."""

    day: datetime.date | None
    people: frozenset[str] = frozenset()


class TailPen:
    """Writes the tails of one meeting."""

    def __init__(self, language: str, scale: Level | None, day: datetime.date, steps: dict[int, str]) -> None:
        self.language = language
        self.french = language == "fr"
        self.day = day
        self.steps = steps
        self.wording = Wording(language, scale, day)
        self.context = TailContext(day)

    def tail(
        self, said: MinutesEntry, *, step: int | None, outcome: bool, due: datetime.date | None, done: bool = False
    ) -> str:
        """The tail with the space before it; nothing when there is nothing to say.

        `step` is the sequence to link to, `outcome` whether no heading says it, `due` the day that one says, `done` whether
        no heading says that a question that was sent elsewhere is done.
        """
        parts = self.parts(said, step=step, outcome=outcome, due=due, done=done)
        return f" *({typeset(' · '.join(parts), self.language)})*" if parts else ""

    def parts(
        self, said: MinutesEntry, *, step: int | None, outcome: bool, due: datetime.date | None, done: bool = False
    ) -> list[str]:
        """The parts in the order in which they are written."""
        parts = self._people(said) + self._dates(said)
        if said.vote:
            parts.append(self._vote(said.vote))
        if said.consensus:
            parts.append(words.CONSENSUS[self.language][0])
        if said.type and not self._implied_type(said):
            parts.append(words.TYPES[said.type][self.language][0])
        if said.level:
            parts.append(words.LEVELS[said.level][self.language][0])
        if said.theme:
            parts.append("#" + self._value(said.theme, always=said.theme.startswith(("#", "\\"))))
        if said.kind == "question" and said.owners:
            parts.append(self._labelled("owners", self._names(said.owners, shielded=True)))
        promised = self.wording.implied(said.outcome, said.due) if outcome else due
        if said.outcome and outcome and not (said.outcome == "answered" and said.answer):
            parts.append(self.wording.phrase(said.outcome, said.due))
        if said.due and said.due != promised:
            parts.append(("pour le " if self.french else "by ") + words.near(said.due, self.day, self.language))
        if said.due_text:
            dated = read_due(shown_line(said.due_text), self.day) is not None
            parts.append(self._labelled("due", self._value(said.due_text, always=dated)))
        parts += self._rest(said, outcome=outcome, done=done)
        if step is not None:
            parts.append(f"[{self.steps.get(step, str(step))}](#step-{step})")
        return parts

    def _rest(self, said: MinutesEntry, *, outcome: bool, done: bool) -> list[str]:
        parts = [words.OFFER[self.language][0]] if said.offer and outcome else []
        if said.link and not shows_link(said):
            parts.append(self._address(said.link))
        if said.done and said.kind not in ("action", "question"):
            parts.append(words.DONE[self.language][0])
        if said.done and said.kind == "question" and (done or said.outcome not in words.DEFERRED):
            parts.append(words.DONE[self.language][0])
        if said.origin:
            parts.append(self._origin(said.origin))
        return parts

    def _people(self, said: MinutesEntry) -> list[str]:
        parts = []
        if said.kind == "action" or (said.owners and said.kind != "question"):
            nobody = "" if said.done else words.NOBODY[self.language][0]  # what is done is nobody's to take
            names = self._names(said.owners, shielded=True) if said.owners else nobody
            parts += [f"**{names}**"] if names else []
        more = f"+{said.same}" if said.same else ""
        if said.by:
            if is_name(said.by) and read_part(said.by, self.context, plainly=False) is None:
                parts.append(f"{escape_line(said.by)}, {more}" if more else escape_line(said.by))
                more = ""
            else:
                parts.append(self._labelled("by", self._value(said.by)))
        return [*parts, more] if more else parts

    def _dates(self, said: MinutesEntry) -> list[str]:
        parts = []
        if said.when:
            day = words.near(said.when.date(), self.day, self.language)
            at = words.hour_text(said.when.time(), self.language)
            timed = f"{day} {'à' if self.french else 'at'} {at}" if said.when.time() != datetime.time() else day
            parts.append(f"**{timed}**" if said.type == "event" else timed)
        if said.deadline:
            until = "jusqu’au" if self.french else "until"
            timed = f"{until} {words.near(said.deadline, self.day, self.language)}"
            parts.append(f"**{timed}**" if not said.when and said.type is not None else timed)
        return parts

    @staticmethod
    def _implied_type(said: MinutesEntry) -> bool:
        if said.when:
            return said.type == "event"
        return said.deadline is not None and said.type == "call"

    def _vote(self, vote: Vote) -> str:
        fr = self.french
        counted = [f"{vote.votes_for} {'pour' if fr else 'for'}"]
        if vote.against:
            counted.append(f"{vote.against} {'contre' if fr else 'against'}")
        if vote.abstentions:
            counted.append(f"{vote.abstentions} {'abstention' if vote.abstentions == 1 else 'abstentions'}")
        return ", ".join(counted)

    def _names(self, names: Sequence[str], *, shielded: bool) -> str:
        found = []
        for name in names:
            odd = shielded and (words.means(words.NOBODY, name) or _day_of(f"**{name}**", self.context) is not None)
            found.append(self._value(name, always=odd).replace(",", "\\,"))
        return ", ".join(found)

    def _value(self, text: str, *, always: bool = False) -> str:
        text = shown_line(text)
        if always:
            return f"&#{ord(text[0])};" + _escaped(text[1:], start=False)
        return _escaped(text, start=True)

    def _labelled(self, label: words.Label, value: str) -> str:
        word = words.LABELS[label][self.language][0]
        return f"{word} : {value}" if self.french else f"{word}: {value}"

    def _address(self, link: str) -> str:
        word = words.LABELS["link"][self.language][0]
        return f"[{word}]({destination(link)})" if is_link(link) else self._labelled("link", self._value(link))

    def _origin(self, origin: Origin) -> str:
        if "/" in origin.meeting:
            return escape_line(f"{'de' if self.french else 'from'} {origin.meeting}#{origin.number}")
        day = day_of(origin.meeting)
        said = escape_line(origin.number)
        if day:
            named = words.day_text(day, self.language, year=day.year != self.day.year)
            said += f" du {named}" if self.french else f" of {named}"
        word = "de" if self.french else "from"
        return f"{word} [{said}]({destination(f'{origin.meeting}.md#{origin.number.lower()}')})"


def _escaped(text: str, *, start: bool) -> str:
    done = escape_line(text) if start else escape_line(f"x{text}")[1:]
    done = _AUTOLINK.sub(r"\g<scheme>\\://\g<rest>", done)
    done = _SPECIAL.sub(lambda found: found[1] or f"\\{found[2]}", done).replace("·", "&#183;")
    return _ADDRESS.sub(r"\g<scheme>\\\g<mark>", done)


def shows_link(said: MinutesEntry) -> bool:
    """Whether the entry's own line is or holds its link, so that no part of the tail need say it."""
    if said.link is None:
        return True
    if said.kind in ("news", "resource"):
        return is_link(said.link)
    return address_in(said.text) == said.link


def is_name(text: str) -> bool:
    """Whether a text has the form of a person's name: a few words, each with a capital but for the particles."""
    if not _NAME.match(text) or text != " ".join(text.split()):
        return False
    parts = text.replace("-", " ").split()
    capitals = [part for part in parts if not part[:1].islower()]
    return (
        len(parts) <= MOST_WORDS
        and bool(capitals)
        and all(not part[:1].islower() or part.split("'")[0].split("\u2019")[0] in _PARTICLES for part in parts)
    )


def read_tail(raw: str, context: TailContext, kind: Kind) -> dict[str, Any] | None:
    """What a tail says, by the names of `MinutesEntry`; None when one of its parts has no known form, so that it is text."""
    found: dict[str, Any] = {}
    unread: list[str] = []
    for part in _PART.split(" ".join(raw.split())):
        said = read_part(part.strip(), context)
        if said is None:
            unread.append(part)
        else:
            found |= said
    if len(unread) == 1 and kind in ("action", "question") and found:
        # `pour quand ce sera possible`: kept, and shown as it stands.
        due = _DUE.match(words.plain(unfold(unread[0])))
        if due:
            found["due_text"] = read_words(unread.pop())
    if unread:
        return None
    return found


def read_part(raw: str, context: TailContext, *, plainly: bool = True) -> dict[str, Any] | None:
    """What one part says; None when it has no known form. Without `plainly`, a bare name has none."""
    folded = unfold(raw)
    if bold := _BOLD.match(raw):
        return _read_bold(bold["inside"], context)
    if raw.startswith("#") and len(raw) > 1:
        return {"theme": read_words(raw[1:])}
    if link := _LINK.match(raw):
        return _read_link(link)
    if foreign := _FOREIGN.match(folded):
        return {"origin": Origin(foreign["meeting"], foreign["number"])}
    if found := _SAME.match(folded):
        return {"same": int(found["count"])}
    if (labelled := _LABELLED.match(raw)) and (label := words.read_label(unfold(labelled["label"]))):
        return read_value(label, labelled["value"], context)
    said = _read_words(folded, context)
    if said is not None or not plainly:
        return said
    return _read_names(raw, context)


def _read_bold(inside: str, context: TailContext) -> dict[str, Any] | None:
    if words.means(words.NOBODY, unfold(inside)):
        return {"owners": ()}
    day = _day_of(f"**{inside}**", context)
    return day if day is not None else {"owners": read_names(inside)}


def read_names(raw: str) -> tuple[str, ...]:
    """The people in a list with commas; words for nobody are nobody."""
    if words.means(words.NOBODY, unfold(raw).strip("*_")):
        return ()
    names = [read_words(found[0].strip()) for found in _COMMA.finditer(raw)]
    return tuple(name for name in names if name)


def _read_link(link: re.Match[str]) -> dict[str, Any] | None:
    url = unescape(link["url"].removeprefix("<").removesuffix(">"))
    before = words.plain(unfold(link["before"]))
    if step := _STEP.match(url):
        return {"step": int(step["number"])} if not before else None
    if is_link(url):
        return {"link": url} if not before else None
    origin = _ORIGIN.match(url)
    if origin and before in ("de", "from"):
        return {"origin": Origin(origin["meeting"], origin["anchor"].upper())}
    return None


def _read_words(folded: str, context: TailContext) -> dict[str, Any] | None:
    """Votes, consensus, done, outcomes, sorts, levels and days: words that need no mark."""
    if words.means(words.CONSENSUS, folded):
        return {"consensus": True}
    if words.means(words.DONE, folded):
        return {"done": True}
    if words.means(words.OFFER, folded):
        return {"offer": True}
    if sort := words.read_type(folded):
        return {"type": sort}
    if level := words.read_level(folded):
        return {"level": level}
    if vote := _read_vote(folded):
        return {"vote": vote}
    outcome = read_outcome(folded, context.day)
    if outcome is not None and outcome[0] is not None:
        return {"outcome": outcome[0]} | ({"due": outcome[1]} if outcome[1] else {})
    return _day_of(folded, context)


def _read_vote(folded: str) -> Vote | None:
    counts: dict[str, int] = {}
    for part in folded.split(", "):
        found = _VOTE.match(part.strip())
        if not found:
            return None
        word = {"pour": "votes_for", "for": "votes_for", "contre": "against", "against": "against"}.get(found["word"])
        counts[word or "abstentions"] = int(found["count"])
    return Vote(**counts)


def _day_of(raw: str, context: TailContext) -> dict[str, Any] | None:
    """A due day, a deadline or the day and hour of an event; bold says a call or an event."""
    bold = _BOLD.match(raw)
    if "\\" in raw or "&" in raw or context.day is None or len(raw) > 100:  # longer is no day
        return None
    said = words.plain(unfold(bold["inside"] if bold else raw))
    if (found := _DUE.match(said)) and (day := read_due(found["day"], context.day)):
        return {"due": day}
    if (found := _DEADLINE.match(said)) and (day := read_due(found["day"], context.day)):
        return {"deadline": day} | ({"type": "call"} if bold else {})
    hour = _HOUR.match(said)
    day = read_due(hour["day"] if hour else said, context.day) if any(c.isdigit() for c in said) else None
    if day is None:
        return None
    try:
        time = datetime.time(int(hour["hour"]), int(hour["minute"] or 0)) if hour else datetime.time()
    except ValueError:
        return None
    return {"when": datetime.datetime.combine(day, time)} | ({"type": "event"} if bold else {})


def _read_names(raw: str, context: TailContext) -> dict[str, Any] | None:
    """A name, `Awa Diallo, +5`: of the form of one, or of someone whom the document names."""
    folded = unfold(raw)
    more = _MORE.search(folded)
    name = read_words(raw[: more.start()] if more else raw)
    if ("\\" not in raw and is_name(name)) or fold_case(name) in context.people:
        return {"by": name} | ({"same": int(more["count"])} if more else {})
    return None


def read_value(label: words.Label, value: str, context: TailContext) -> dict[str, Any] | None:
    """What the value of a label says, in a tail or in a nested item; None when it says nothing that can be read."""
    said = read_words(value)
    if label == "by":
        return {"by": said}
    if label == "owners":
        return {"owners": read_names(value)}
    if label == "due":
        day = read_due(said, context.day) if context.day and "\\" not in value and "&" not in value else None
        return {"due": day} if day else {"due_text": said}
    if label == "outcome":
        outcome = read_outcome(said, context.day)
        return None if outcome is None else {"outcome": outcome[0]} | ({"due": outcome[1]} if outcome[1] else {})
    if label == "done":
        return {"done": words.means(words.YES, said)}
    if label == "same":
        count = said.lstrip("+").split(" ")[0]
        return {"same": int(count)} if count.isascii() and count.isdigit() and len(count) < 7 else None
    readers = {"level": words.read_level, "type": words.read_type}
    if label in readers:
        meaning = readers[label](said)
        return {label: meaning} if meaning else None
    if label == "link":
        return {"link": _bare(value)}
    return {label: said} if label == "theme" else None


def _bare(value: str) -> str:
    found = _LINK.match(value)
    return unescape(found["url"].removeprefix("<").removesuffix(">")) if found else read_words(value)


def folded_people(names: Collection[str]) -> frozenset[str]:
    """Names as a context holds them."""
    return frozenset(fold_case(name) for name in names)
