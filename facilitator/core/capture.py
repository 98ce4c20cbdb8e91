"""The capture line: what a person types in one go, taken apart.

The fields are a run at the very end, in any order: `@Nora et @Karim` (the owners of an action, else who said it), `#theme`, an
address, and the day by which an action is due. At the head stand only people who are known. All else is text, word for word: what
is followed by a sign, what a word before it calls for (`voir avec @Nora`), and a line that is nothing but fields.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from facilitator.core.address import Address, first_address
from facilitator.core.calling import Called, agrees, calls, happens
from facilitator.core.dates import DAY_WITHIN, due_at_end, due_within, ends_with_day, read_due
from facilitator.core.hours import read_when
from facilitator.core.people import candidates, complete, together
from facilitator.core.regex import regex
from facilitator.core.said import Fields, Vote
from facilitator.core.text import MAX_NAME, fold_case
from facilitator.core.vocabulary import KIND_OF_LETTER, Kind

# A line may be a pasted page: no more than so many are taken for people.
MAX_PEOPLE = 20
# Nor is more than so much white space with a word in it looked at between two of them.
_WITHIN = 12

_NAME = regex(r"[^\W\d_](?:[\w'\u2019.-]*\w)?")
_THEME = regex(r"#([^\W\d_](?:[\w'\u2019-]*\w)?)")
# Themes that stand before another one, and what parts them from the text; the number of an entry and a colour are no themes.
_THEMES = regex(r"\s*:?\s*(?:#[^\W\d_][\w'\u2019-]*,?\s+(?:(?:et|and)\s+)?)+\Z", re.IGNORECASE)
_NO_THEME = regex(
    rf"[{''.join(KIND_OF_LETTER)}][0-9]{{1,6}}|(?=[a-f]*[0-9])(?:[0-9a-f]{{6}}|[0-9a-f]{{3}})", re.IGNORECASE
)
# Between two people; at the head of a line, what follows the last of them: a word, and none that joins a name without a sign.
_JOINER = r"(?:\s*,(?:\s+(?:et|and))?|\s+(?:et|and|&|\+))?\s+"
_JOINED_BEFORE = regex(_JOINER + r"\Z", re.IGNORECASE)
_JOINED_AFTER = regex(_JOINER + "(?=@)", re.IGNORECASE)
_FOLLOWS = regex(r"\s+(?!(?:et|ou|and|or|vs|versus|puis|then|ni|nor)\b)(?=[^\W_])", re.IGNORECASE)
# What a whole name stands before.
_AFTER_NAME = (" ", "\n", ",")
_TITLED = regex(r"\[([^\[\]]+)\]\((.+)\)", re.DOTALL)
# How people begin who offer something: their words stay, and say of a need that it is an offer.
# What begins a point of a list is no text.
_POINT = regex(r"[*+\u2022\u2013-]?\s*(?:\[[ xX]?\]|[0-9]+[.)])")
_FOR = regex(r"(?:pour|for)\b", re.IGNORECASE)
# What may call for a field of which these are the parts.
_CALLED: tuple[Called, ...] = ("theme", "link", "due", "deadline", "vote")
# Whom chats call all at once, and who speaks, are no names.
_NOBODY = frozenset(("all", "here", "channel", "everyone", "room", "tous", "toutes", "moi", "me", "nous", "us"))
# Who is spoken to is not who speaks: `@Nora peux-tu relire ?`, `@Nora can you`.
_SPOKEN_TO = regex(
    r"(?:\S+\s+){0,2}(?:(?:tu|toi|te|t['\u2019]\S+|vous|you|your|please|pls|svp|stp|merci|thanks|thank)\b|\S+-(?:tu|vous|toi)\b)",
    re.IGNORECASE,
)
# Nor is whom a line is about: `@Nora vient-elle ?`, `@Nora excusée`, `@Nora animation, @Karim notes`.
_ASKED_ABOUT = regex(
    r"\S+-(?:t-)?(?:elles?|ils)\b|(?:absente?|excusée?|présente?|malade|en retard|late|absent|excused|present)[ .!]*\Z"
    r"|[^@]{0,80}[,;]\s+@",
    re.IGNORECASE,
)
_OFFERS = regex(r"(?:je propose|on propose|nous proposons|i offer|i can offer|we offer|we can offer)\b")
_FIGURES = regex(r"\s*[0-9]{1,5}(?:\s*[/,; -]\s*[0-9]{1,5}){0,2}\s*")
# What parts a text from a field: it goes with the field.
_PARTS = (
    "-",
    "\u2013",
    "\u2014",
    "\u00b7",
    "|",
    "->",
    "\u2192",
    "=",
    "=>",
    "\u21d2",
    "-->",
    "\u279c",
    "\u27a1",
    "\u27a1\ufe0f",
    ">",
)

# A vote is said within so many characters; a day that nothing announces, in so many words.
VOTE_WITHIN, BARE_DAY = 60, 3
_WORD = regex(r"(?<!\S)\S")
_UNTIL = regex(r"(?:jusqu['\u2019](?:au|à)|avant|until|before|by|->|\u2192)\s+", re.IGNORECASE)
_AGREED = regex(r"(?<!\S)(?:(?P<all>à l['\u2019]unanimité|unanimously)|par consensus|by consensus)\.?\Z", re.IGNORECASE)
_COUNTED = regex(
    r"([0-9]{1,5})\s+(?:voix\s+|votes?\s+)?(?:(pour|for|oui|yes)|(contre|against|non|no)|(abst\w*\.?))", re.IGNORECASE
)
_BETWEEN_VOTES = regex(r"[\s,;/()]*(?:(?:et|and)\s+)?", re.IGNORECASE)


def read_vote(text: str) -> Vote | None:
    """The vote that is said in words, `5 pour, 1 contre et 2 abstentions`, or in numbers, `18/2/3`; None when it is neither."""
    if _FIGURES.fullmatch(text):
        return Vote(*map(int, re.findall(r"[0-9]+", text)))
    counted: dict[int, int] = {}
    at = _BETWEEN_VOTES.match(text).end()  # type: ignore[union-attr]  # it matches nothing, too
    while found := _COUNTED.match(text, at):
        which = next(place for place in (2, 3, 4) if found[place])
        if which in counted:
            return None
        counted[which] = int(found[1])
        at = _BETWEEN_VOTES.match(text, found.end()).end()  # type: ignore[union-attr]
    if 2 not in counted or text[at:].strip(" ."):
        return None
    return Vote(counted[2], counted.get(3, 0), counted.get(4, 0))


class LineRead(Struct, frozen=True):
    """What a capture line says: the kind, the parts that were given, people it names whom nobody knows, and names that are of several."""

    kind: Kind
    fields: Fields
    unknown: tuple[str, ...] = ()
    several: tuple[str, ...] = ()


class _Piece(Struct, frozen=True):
    """A field at the end of a text: where it begins, and what it says."""

    start: int
    values: dict[str, Any] = {}
    people: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    stop: bool = False  # a sentence ends with it: its full stop stays, and whom it names is part of it


class _Reader(Struct, frozen=True):
    """What a line is read against."""

    kind: Kind
    members: Sequence[str]
    today: datetime.date
    next_meeting: datetime.date | None
    address: Address | None

    def run(self, text: str) -> tuple[str, list[_Piece]]:
        """What is left of the text, and the fields at its end, the first of them first; all of it when there is nothing else."""
        left = text.rstrip()
        pieces: list[_Piece] = []
        while piece := self._last(left, pieces):
            before = _before(left[: piece.start])
            if not before and "link" not in piece.values:
                return text, []
            if not any(map(str.isalnum, before)) or _POINT.fullmatch(before) or self._called(left, before, piece):
                break
            pieces.insert(0, piece)
            left = before
            if piece.stop:
                return left if left[-1] in ".!?" else f"{left}.", pieces
        return left, pieces

    def _called(self, left: str, before: str, piece: _Piece) -> bool:
        """Whether the sentence that ends `before` a field is not whole without it."""
        if piece.start == len(left):  # nothing is taken out
            return False
        colon = ":" in left[len(before) : piece.start]
        field: Called | None = "people" if piece.people else next((one for one in _CALLED if one in piece.values), None)
        if field == "due" and not _FOR.match(left, piece.start):
            field = None
        unknown = piece.people == piece.unknown
        return calls(before, field, colon=colon, owned=self.kind == "action", unknown=unknown)

    def _last(self, left: str, pieces: list[_Piece]) -> _Piece | None:
        """The field at the end of what is left, one that was not given yet."""
        given: set[str] = {name for piece in pieces for name in piece.values}
        people = [name for piece in pieces for name in piece.people]
        return (
            (self._theme(left) if "theme" not in given else None)
            or (self._link(left) if "link" not in given else None)
            or (self._due(left) if "due" not in given else None)
            or (self._dated(left) if not given & {"when", "deadline"} else None)
            or (self._vote(left) if not given & {"vote", "consensus"} else None)
            or self.people(left, people)
        )

    def _theme(self, left: str) -> _Piece | None:
        """The theme; of several, the last, when what all of them stand after does not call for them."""
        word = left.rsplit(maxsplit=1)[-1:]
        found = _THEME.fullmatch(word[0]) if word and len(word[0]) <= MAX_NAME else None
        if found is None or _NO_THEME.fullmatch(found[1]):
            return None
        start = len(left) - len(word[0])
        run = _THEMES.search(left, max(0, start - MAX_NAME), start)
        if run and (not (before := _before(left[: run.start()])) or calls(before, "theme", colon=":" in run[0])):
            return None
        return _Piece(start, {"theme": found[1]})

    def _link(self, left: str) -> _Piece | None:
        """The only address, with the parentheses around it."""
        address = self.address
        if address is None or not address.only or address.end > len(left):
            return None
        before, after = left[: address.start], left[address.end :]
        opening = before[-1:] if before[-1:] in ("(", "<", "[") else ""
        if before.endswith(("](", "]: ")) or opening + after not in ("", "()", "<>", "[]"):
            return None
        return _Piece(address.start - len(opening), {"link": address.text})

    def _due(self, left: str) -> _Piece | None:
        found = due_at_end(left, self.today, self.next_meeting) if self.kind == "action" else None
        if found:
            before = left[: found.start]
            other = _moved(left, found.start) or due_within(before, self.today, self.next_meeting)
            return None if other else _Piece(found.start, {"due": found.day}, stop=found.end < len(left))
        start = self._bare_day(left) if self.kind == "action" else None
        return None if start is None else _Piece(start, {"due": read_due(left[start:], self.today, self.next_meeting)})

    def _bare_day(self, left: str) -> int | None:
        """Where a day begins that nothing announces, and that stands right after a mention: `@Karim demain`, `@Nora lundi prochain`."""
        at = left.rfind("@", max(0, len(left) - MAX_NAME))
        if at < 0 or left[at - 1 : at].strip() or calls(_before(left[:at]) or "@", "people", owned=True):
            return None
        for word in _WORD.finditer(left, at):
            said = left[word.start() :]
            if (
                len(said.split()) <= BARE_DAY
                and not any(map(str.isdigit, said))
                and _person(left[at + 1 : word.start()].rstrip(), self.members)
            ):
                day = read_due(said, self.today, self.next_meeting)
                if day is not None:
                    return word.start()
        return None

    def _dated(self, left: str) -> _Piece | None:
        """The day and the hour of an event, or the last day of a call, at the end of a piece of news."""
        if self.kind != "news":
            return None
        for word in _WORD.finditer(left, max(0, len(left) - DAY_WITHIN)):
            said = left[word.start() :].rstrip(".")
            until = _UNTIL.match(said)
            when = read_when(said, self.today, self.next_meeting) if until is None else None
            if when is not None and when.date() >= self.today:
                before = _before(left[: word.start()])
                # A sentence that says when it happens stays whole.
                return _Piece(len(left) if before and happens(before) else word.start(), {"when": when})
            day = read_due(said[until.end() :], self.today, self.next_meeting) if until else None
            if day is not None and day >= self.today:
                if _moved(left, word.start()) or due_within(left[: word.start()], self.today, self.next_meeting):
                    return None
                return _Piece(word.start(), {"deadline": day})
        return None

    def _vote(self, left: str) -> _Piece | None:
        """How a decision was voted on: `5 pour, 1 contre`; a number that is for it alone stands apart from the text."""
        if self.kind != "decision":
            return None
        for word in _WORD.finditer(left, max(0, len(left) - VOTE_WITHIN)):
            vote = read_vote(left[word.start() :]) if _COUNTED.search(left, word.start()) else None
            before = left[: word.start()].rstrip()
            apart = vote is not None and (before.endswith((",", ";", ":", *_PARTS)) or left[word.start()] == "(")
            if vote is not None and (vote.against or vote.abstentions or apart):
                return _Piece(word.start(), {"vote": vote})
        agreed = _AGREED.search(left)
        if agreed and not agrees(left[: agreed.start()].rstrip()):
            return None
        # Unanimity is more than a consensus: its words stay.
        return _Piece(len(left) if agreed["all"] else agreed.start(), {"consensus": True}) if agreed else None

    def people(self, left: str, after: Sequence[str]) -> _Piece | None:
        """Those who are named one after the other, each with a sign."""
        people: list[str] = []
        unknown: list[str] = []
        start, end = None, len(left)
        while len(people) + len(after) < MAX_PEOPLE:
            at = left.rfind("@", max(0, end - MAX_NAME - 1), end)
            if at < 0 or left[at - 1 : at].strip():
                break
            said = left[at + 1 : end]
            name = _person(said, self.members)
            if name is None or not self.holds([name, *people, *after]):
                break
            people.insert(0, name)
            if name not in self.members:
                unknown.insert(0, name)
            start = at
            joined = _JOINED_BEFORE.search(left, max(0, at - _WITHIN), at)
            end = joined.start() if joined else at
        return None if start is None else _Piece(start, people=tuple(people), unknown=tuple(unknown))

    def holds(self, people: Sequence[str]) -> bool:
        """Whether so many can be kept: who said it is one name."""
        return self.kind == "action" or len(together(people)) <= MAX_NAME


def read_line(
    text: str,
    *,
    kind: Kind,
    members: Sequence[str] = (),
    today: datetime.date,
    next_meeting: datetime.date | None = None,
) -> LineRead:
    """Take a normalised line apart, said on `today`. What is not understood stays in the text, word for word.

    A need that begins with “I offer” is an offer. An address is the link wherever it stands; alone it makes a resource of a note. Several people who said it are one `by`, as
    `together` writes them.
    """
    address = first_address(text)
    reader = _Reader(kind, members, today, next_meeting, address)
    left, pieces = reader.run(text)
    people = [name for piece in pieces for name in piece.people]
    start, leading = _head(left, members)
    spoken_of = (kind != "action" and _SPOKEN_TO.match(left, start)) or _ASKED_ABOUT.match(left, start)
    if leading and not spoken_of and reader.holds([*leading, *people]):
        left, people = left[start:], [*leading, *people]
    values: dict[str, Any] = {"link": address.text} if address else {}
    for piece in pieces:
        values |= piece.values
    if people:
        values |= {"owners": tuple(dict.fromkeys(people))} if kind == "action" else {"by": together(people)}
    if address is not None and address.only and not any("link" in piece.values for piece in pieces):
        if left.strip("<>()[] .,;:") == address.text.strip("<>()[] .,;:"):
            left, kind = address.text, "resource" if kind == "note" else kind
        elif kind == "resource":
            left = _title(left, address.text)
    if kind == "need" and is_offer(left):
        values["offer"] = True
    unknown = tuple(name for piece in pieces for name in piece.unknown)
    several = tuple(name for name in unknown if len(candidates(name, members)) > 1)
    strangers = tuple(name for name in unknown if name not in several)
    return LineRead(kind, Fields(text=left.strip(), **values), strangers, several)


def is_offer(text: str) -> bool:
    """Whether a need begins as people do who offer something: `je propose`, `I offer`."""
    return _OFFERS.match(fold_case(text.lstrip()[:MAX_NAME])) is not None


def read_answer(text: str, members: Sequence[str] = ()) -> tuple[str, str | None]:
    """An answer, and who gave it: the people named at its very end, `Oui, sauf le dimanche. @Fatou`; None when nobody is."""
    reader = _Reader("question", members, datetime.date.min, None, None)
    left = text.rstrip()
    piece = reader.people(left, [])
    before = _before(left[: piece.start]) if piece is not None else ""
    if piece is None or not before or calls(before, "people", colon=left[len(before) : piece.start].startswith(":")):
        return left, None
    return before, together(piece.people)


def _moved(text: str, at: int) -> bool:
    """Whether an arrow stands there that leads from another day."""
    return text.startswith(("->", "\u2192"), at) and ends_with_day(text[:at])


def _before(text: str) -> str:
    """The text without what parts it from the field that followed."""
    while True:
        left = text.rstrip().rstrip(",;:")
        *_, last = left.rsplit(maxsplit=1) or [""]
        if last in _PARTS:
            left = left[: -len(last)]
        if left == text:
            return text
        text = left


def _person(said: str, members: Sequence[str]) -> str | None:
    """The member that was said, else the word as it is; None for what is no name."""
    name = complete(said, members)
    if fold_case(said) in _NOBODY and (name is None or fold_case(name) != fold_case(said)):
        return None
    if said.endswith(("'s", "\u2019s")):
        return None
    if _NAME.fullmatch(said):
        return name or said
    return name if name is not None and said[0].isalpha() and fold_case(name).startswith(fold_case(said)) else None


def _head(text: str, members: Sequence[str]) -> tuple[int, tuple[str, ...]]:
    """The people who are known and stand before everything, and where the text begins after them; else (0, ())."""
    people: list[str] = []
    at = 0
    while text.startswith("@", at) and len(people) < MAX_PEOPLE:
        name, end = _known(text, at + 1, members)
        if name is None:
            return 0, ()
        people.append(name)
        joined = _JOINED_AFTER.match(text, end)
        if joined is None:
            follows = _FOLLOWS.match(text, end)
            return (follows.end(), tuple(people)) if follows else (0, ())
        at = joined.end()
    return 0, ()


def _known(text: str, at: int, members: Sequence[str]) -> tuple[str | None, int]:
    """The member who is named here, whole or by one word, and where the name ends."""
    for name in sorted(members, key=len, reverse=True):
        end = at + len(name)
        if text[end : end + 1] in _AFTER_NAME and fold_case(text[at:end]) == fold_case(name):
            return name, end
    found = _NAME.match(text, at)
    if found is None or text[found.end() : found.end() + 1] not in _AFTER_NAME:
        return None, at
    return complete(found[0], members), found.end()


def _title(left: str, address: str) -> str:
    """What a resource is called: the text beside its address, or the words of a Markdown link."""
    titled = _TITLED.fullmatch(left)
    if titled and titled[2] == address:
        return titled[1]
    opening, _, title = left.partition(address)
    if opening not in ("", "<", "("):
        return left
    title = title.removeprefix({"<": ">", "(": ")"}.get(opening, "")).lstrip(",;:. \n")
    first, _, rest = title.partition(" ")
    title = rest.strip() if first in _PARTS else title.strip()
    if title.startswith("(") and title.endswith(")") and title.count("(") == 1:
        title = title[1:-1].strip()
    return title if any(map(str.isalnum, title)) else left
