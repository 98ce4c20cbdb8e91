"""What people do to minutes by hand, each kind as an edit of the text and what is to be read afterwards."""

from __future__ import annotations

import datetime
import random
import re
import textwrap
from collections.abc import Callable
from typing import Any

from msgspec import Struct

from facilitator.documents.minutes.entry import MinutesEntry
from facilitator.documents.minutes.reader import FoundEntry, MinutesRead, read_minutes
from facilitator.documents.minutes.words import SECTIONS

Name = tuple[str, int]


class Edited(Struct):
    """A text as someone left it: what is otherwise in an entry, what is gone, what was added, who was named, what was remarked."""

    text: str
    changed: dict[Name, dict[str, Any]] = {}
    gone: tuple[Name, ...] = ()
    adopted: tuple[dict[str, Any], ...] = ()
    people: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    stepless: bool = False


class Page:
    """Minutes to be edited by one of their items, chosen by chance."""

    def __init__(self, text: str, chance: random.Random) -> None:
        self.text = text
        self.chance = chance
        self.read: MinutesRead = read_minutes(text)
        self.lines = text.split("\n")
        self.french = self.read.front.language == "fr"
        self.found = self.read.numbered()

    def say(self, french: str, english: str) -> str:
        return french if self.french else english

    def one(self, *kinds: str, where: Callable[[MinutesEntry], bool] = lambda said: True) -> FoundEntry:
        """An entry of one of these kinds."""
        fitting = [one for name, one in self.found.items() if (not kinds or name[0] in kinds) and where(one.said)]
        return self.chance.choice(fitting)

    def paragraph(self, one: FoundEntry) -> str:
        return "\n".join(self.lines[one.item.text_line : one.item.text_end])

    def with_paragraph(self, one: FoundEntry, text: str) -> str:
        lines = [*self.lines[: one.item.text_line], *text.split("\n"), *self.lines[one.item.text_end :]]
        return "\n".join(lines)

    def below(self, one: FoundEntry, *lines: str) -> str:
        """Lines nested under an entry, after all that is there."""
        margin = " " * one.item.indent
        return self.after(one, *(margin + line if line else line for line in lines))

    def after(self, one: FoundEntry, *lines: str) -> str:
        return "\n".join([*self.lines[: one.item.end], *lines, *self.lines[one.item.end :]])

    def without(self, one: FoundEntry) -> str:
        return "\n".join([*self.lines[: one.item.line], *self.lines[one.item.end :]])

    def retailed(self, one: FoundEntry, old: str, new: str) -> str:
        """The paragraph with another part in its tail, wherever a formatter broke it."""
        return self.with_paragraph(one, _loosely(old).sub(lambda _: new, self.paragraph(one), count=1))


def _loosely(text: str) -> re.Pattern[str]:
    return re.compile(r"\s+".join(map(re.escape, text.split())))


Kind = Callable[[Page], Edited]


def every(change: Callable[[str], str], *, stepless: bool = False) -> Kind:
    """An edit of the whole file that changes nothing that is said."""
    return lambda page: Edited(change(page.text), stepless=stepless)


def wrapped(text: str, width: int) -> str:
    head, body = text.split("\n---\n", 1)
    lines = []
    for line in body.split("\n"):
        mark = re.match(r"\s*(?:- (?:\[.\] )?)?", line)[0]
        done = textwrap.wrap(
            line, width, subsequent_indent=" " * len(mark.replace("[ ] ", "").replace("[x] ", "")), break_long_words=False, break_on_hyphens=False
        )  # fmt: skip
        lines += done if mark.strip() and done else [line]
    return f"{head}\n---\n" + "\n".join(lines)


def boxed(marks: tuple[str, str]) -> Callable[[str], str]:
    return lambda text: re.sub(r"(?m)^(\s*[-*+]\s+)\[( |x)\]", lambda found: found[1] + marks[found[2] == "x"], text)


def numbered_headings(text: str) -> str:
    count = iter(range(1, 50))
    return re.sub(r"(?m)^## (?=[^<\n])", lambda found: f"## {next(count)}. ", text)


def translated(text: str) -> str:
    """The headings of sections as the other language has them."""
    for names in SECTIONS.values():
        for one, other in ((names["fr"][0], names["en"][0]), (names["en"][0], names["fr"][0])):
            if re.search(rf"(?m)^## {one}$", text):
                text = re.sub(rf"(?m)^## {one}$", f"## {other}", text)
                break
    return text


def ticked(mark: str) -> Kind:
    def edit(page: Page) -> Edited:
        one = page.one("action", where=lambda said: not said.done)
        text = page.with_paragraph(one, re.sub(r"\[ ?\]", mark.replace("\\", r"\\"), page.paragraph(one), count=1))
        return Edited(text, {one.name: {"done": True}})

    return edit


def reworded(page: Page) -> Edited:
    one = page.one("action", "decision", "need", "question", where=lambda said: " " in said.text)
    first = one.said.text.split(" ", 1)[0]
    paragraph = page.paragraph(one)
    at = paragraph.index(first, one.head.at if one.item.text_line == one.item.line else 0)
    text = f"{paragraph[:at]}Vraiment {paragraph[at:]}"
    return Edited(page.with_paragraph(one, text), {one.name: {"text": f"Vraiment {one.said.text}"}})


def stressed(mark: str) -> Kind:
    """A word made bold is still the word, in marks."""

    def edit(page: Page) -> Edited:
        one = page.one("action", "decision", "need", where=lambda said: said.text.count(" ") > 2)
        first = one.said.text.split(" ", 2)[1]
        paragraph = page.paragraph(one)
        text = re.sub(rf"(?<=\s){re.escape(first)}(?=\s)", f"{mark}{first}{mark}", paragraph, count=1)
        said = re.sub(rf"(?<=\s){re.escape(first)}(?=\s)", f"{mark}{first}{mark}", one.said.text, count=1)
        return Edited(page.with_paragraph(one, text), {one.name: {"text": said}})

    return edit


def owned(name: str) -> Kind:
    """Another owner in the tail."""

    def edit(page: Page) -> Edited:
        one = page.one("action", where=lambda said: bool(said.owners))
        text = page.retailed(one, ", ".join(one.said.owners), name)
        return Edited(text, {one.name: {"owners": (name,)}}, people=(name,))

    return edit


def nobody(word: str) -> Kind:
    def edit(page: Page) -> Edited:
        one = page.one("action", where=lambda said: bool(said.owners))
        return Edited(page.retailed(one, ", ".join(one.said.owners), word), {one.name: {"owners": ()}})

    return edit


def labelled(line: str, **fields: Any) -> Kind:
    """A field under an action, as in older minutes."""

    def edit(page: Page) -> Edited:
        one = page.one("action")
        return Edited(page.below(one, line), {one.name: fields}, people=tuple(fields.get("owners", ())))

    return edit


def due(words: tuple[str, str], day: Callable[[datetime.date], datetime.date]) -> Kind:
    def edit(page: Page) -> Edited:
        one = page.one("action", where=lambda said: said.due is not None)
        paragraph = page.paragraph(one)
        text = re.sub(r"(pour\s+le|by)\s+[0-9]+(?:er)?\s+[^\W\d_]+", page.say(*words), paragraph, count=1)
        assert text != paragraph
        assert page.read.day
        return Edited(page.with_paragraph(one, text), {one.name: {"due": day(page.read.day)}})

    return edit


def due_unread(page: Page) -> Edited:
    one = page.one("action", where=lambda said: said.due is not None)
    words = page.say("pour quand ce sera possible", "by the time it can be")
    text = re.sub(r"(pour\s+le|by)\s+[0-9]+(?:er)?\s+[^\W\d_]+", words, page.paragraph(one), count=1)
    return Edited(page.with_paragraph(one, text), {one.name: {"due": None, "due_text": words}})


def untailed(page: Page) -> Edited:
    one = page.one("need", "decision", where=lambda said: said.vote is None)
    text = re.sub(r"\s+[*_]\(.*\)[*_]\s*\Z", "", page.paragraph(one), flags=re.DOTALL)
    empty = {"by": None, "theme": None, "same": 0, "consensus": False}
    step = page.read.asked_in if one.said.kind == "need" else None
    return Edited(page.with_paragraph(one, text), {one.name: empty | {"step": step}})


def added(section: tuple[str, str], line: str, **said: Any) -> Kind:
    """An item that somebody adds at the end of a section, without a number."""

    def edit(page: Page) -> Edited:
        kind = said["kind"]
        known = sorted(page.read.people["present"])
        person = page.chance.choice(known)
        fields = {key: value for key, value in said.items() if key != "person"}
        if said.get("person"):
            fields["owners"] = (person,)
        last = max((one for name, one in page.found.items() if name[0] == kind), key=lambda one: one.item.line)
        mark = last.item.marker if last.item.marker in "-*+" else "-"
        text = page.after(last, f"{mark} {line.format(person=person)}")
        return Edited(text, adopted=(fields,), people=tuple(fields.get("owners", ())))

    return edit


def remarked(*lines: str) -> Kind:
    """Something noted under an entry: neither another entry nor a part of that one."""

    def edit(page: Page) -> Edited:
        one = page.one("action", "need", "decision")
        return Edited(page.below(one, *lines), remarks=tuple(line.strip() for line in lines if line.strip()))

    return edit


def between(line: str) -> Kind:
    """A paragraph between the items of a section."""

    def edit(page: Page) -> Edited:
        heading = page.chance.choice(
            [
                one.heading
                for one in page.found.values()
                if one.heading and one.section in ("decided", "actions", "wanted")
            ]
        )
        lines = [*page.lines[: heading.end], "", line, *page.lines[heading.end :]]
        return Edited("\n".join(lines), remarks=(line,))

    return edit


def answered(line: tuple[str, str], **fields: Any) -> Kind:
    """An answer typed under a question that waits."""

    def edit(page: Page) -> Edited:
        one = page.one("question", where=lambda said: said.outcome in ("mattermost", "newsletter", "next", "relay"))
        text = page.below(one, page.say(*line))
        named = (fields["answer_by"],) if fields.get("answer_by") else ()
        return Edited(text, {one.name: {"answer": "Oui, au CCAS.", "done": True} | fields}, people=named)

    return edit


def moved(page: Page) -> Edited:
    """A question cut from under a heading and pasted under another."""
    headings = {one.said.outcome: one for one in page.found.values() if one.said.kind == "question" and one.heading}
    one = page.one(
        "question", where=lambda said: said.outcome in ("mattermost", "newsletter", "relay") and not said.due_text
    )
    targets = [found for outcome, found in headings.items() if outcome not in (one.said.outcome, "answered", None)]
    target = page.chance.choice(targets)
    lines = page.lines[one.item.line : one.item.end]
    place = target.item.end
    rest = [*page.lines[:place], *lines, *page.lines[place:]]
    begin = one.item.line + (len(lines) if place <= one.item.line else 0)
    del rest[begin : begin + len(lines)]
    headed = {"outcome": target.said.outcome, "due": target.said.due}
    return Edited("\n".join(rest), {one.name: headed})


def turned(page: Page) -> Edited:
    """The items of a section the other way round."""
    kind = page.chance.choice(["action", "need", "decision"])
    items = sorted(
        (one.item for name, one in page.found.items() if name[0] == kind and one.section not in (None, "course")),
        key=lambda item: item.line,
    )
    pair = [item for item in items if item.under == items[0].under]
    first, last = pair[0], pair[-1]
    if first is last:
        return every(lambda text: text.rstrip("\n") + "\n\n\n")(page)
    lines = [
        *page.lines[: first.line],
        *page.lines[last.line : last.end],
        *page.lines[first.end : last.line],
        *page.lines[first.line : first.end],
        *page.lines[last.end :],
    ]
    return Edited("\n".join(lines))


def deleted(page: Page) -> Edited:
    one = page.one()
    return Edited(page.without(one), gone=(one.name,))


def unheaded(page: Page) -> Edited:
    """A person's own words where `status` stood, and a key of theirs."""
    text = page.text.replace("status: final", "status: relu par Quentin\nvu: oui")
    return Edited(text, remarks=("status: relu par Quentin", "vu: oui"))


EDITS: dict[str, Kind] = {
    "anchors stripped": every(lambda text: re.sub(r'<a id="[a-z][0-9]+"[^>]*></a>', "", text)),
    "every anchor stripped": every(lambda text: re.sub(r"<a [^>]*></a>", "", text), stepless=True),
    "anchors and bold stripped": every(lambda text: re.sub(r"\*\*([A-Z][0-9]+)\*\*", r"\1", re.sub(r'<a id="[a-z][0-9]+"[^>]*></a>', "", text))),
    "a colon after the number": every(lambda text: re.sub(r"\*\*([A-Z][0-9]+)\*\*", r"**\1 :**", text)),
    "a colon, no bold": every(lambda text: re.sub(r"\*\*([A-Z][0-9]+)\*\*", r"\1 :", re.sub(r'<a id="[a-z][0-9]+"[^>]*></a>', "", text))),
    "underscores": every(lambda text: re.sub(r"(?<!\*)\*(?!\*)([^*\n]+(?:\*\*[^*\n]+\*\*[^*\n]*)?)\*(?!\*)", r"_\1_", text)),
    "CRLF": every(lambda text: text.replace("\n", "\r\n")),
    "BOM": every(lambda text: "\ufeff" + text),
    "tabs": every(lambda text: re.sub(r"(?m)^((?:  )+)- ", lambda found: "\t" * (len(found[1]) // 2) + "- ", text)),
    "star bullets": every(lambda text: re.sub(r"(?m)^(\s*)- ", r"\1* ", text)),
    "plus bullets": every(lambda text: re.sub(r"(?m)^(\s*)- ", r"\1+ ", text)),
    "wrapped at 60": every(lambda text: wrapped(text, 60)),
    "plain spaces": every(lambda text: text.replace("\u00a0", " ").replace("\u202f", " ")),
    "loose lists": every(lambda text: re.sub(r"(?m)^- ", "\n- ", text)),
    "spaces at the ends of lines": every(lambda text: re.sub(r"(?m)([.?!»])$", r"\1 ", text)),
    "no newline at the end": every(lambda text: text.rstrip("\n")),
    "anchors with a space inside": every(lambda text: re.sub(r'(<a id="[a-z][0-9]+")[^>]*></a>', r"\1> </a>", text)),
    "numbered lists": every(lambda text: re.sub(r"(?m)^( +)(?=\S)", r"\1 ", re.sub(r"(?m)^[-*+] (?=(?:\[.\] )?<a)", "1. ", text))),
    "a full stop after the number": every(lambda text: re.sub(r"\*\*([A-Z][0-9]+)\*\*", r"**\1.**", text)),
    "headings a level lower": every(lambda text: re.sub(r"(?m)^(##+ )", r"#\1", text)),
    "headings in bold": every(lambda text: re.sub(r"(?m)^(##) ([^<\n]+)$", r"\1 **\2**", text)),
    "headings with a colon": every(lambda text: re.sub(r"(?m)^(###? [^<\n]+)$", r"\1 :", text)),
    "headings numbered": every(numbered_headings),
    "headings underlined": every(lambda text: re.sub(r"(?m)^## ([^<\n]+)$", r"\1\n---", text)),
    "headings in the other language": every(translated),
    "signs for boxes": every(boxed(("☐", "☑"))),
    "narrow boxes": every(boxed(("[]", "[X]"))),
    "escaped boxes": every(boxed((r"\[ \]", r"\[x\]"))),
    "ticked [x]": ticked("[x]"),
    "ticked [X]": ticked("[X]"),
    "ticked ☑": ticked("☑"),
    r"ticked \[x\]": ticked(r"\[x\]"),
    "a word added": reworded,
    "a word in bold": stressed("**"),
    "another owner": owned("Quentin Berthier"),
    "an owner by his first name": owned("Quentin"),
    "owner: à définir": nobody("à définir"),
    "owner: _Personne pour l'instant_": nobody("_Personne pour l'instant_"),
    "owner: TBD": nobody("TBD"),
    "Qui : Quentin": labelled("- Qui : Quentin", owners=("Quentin",)),
    "**Qui :** Quentin": labelled("- **Qui :** Quentin", owners=("Quentin",)),
    "*Qui*: ?": labelled("- *Qui*: ?", owners=()),
    "*Échéance :* 30 avril": labelled("- *Échéance :* 30 avril", due=datetime.date(2027, 4, 30)),
    "due at the end of April": due(("pour fin avril", "by the end of April"), lambda day: datetime.date(2027, 4, 30)),
    "due 10/12": due(("pour le 10/12", "by 10/12"), lambda day: datetime.date(2026, 12, 10)),
    "due when it can be": due_unread,
    "tail deleted": untailed,
    "an action added": added(("Qui fait quoi", "Who does what"), "[ ] Réserver la salle ({person})", kind="action", text="Réserver la salle", person=True),
    "an action added, done": added(("Qui fait quoi", "Who does what"), "[x] Prévenir la mairie", kind="action", text="Prévenir la mairie", done=True, owners=()),
    "an action added, an unknown in parentheses": added(("", ""), "[ ] Lire la fiche (voir le wiki)", kind="action", text="Lire la fiche (voir le wiki)", owners=()),
    "a decision added": added(("", ""), "On se tutoie.", kind="decision", text="On se tutoie."),
    "a need added, headed by what looks like a number": added(("", ""), "A4 recto verso, du papier", kind="need", text="A4 recto verso, du papier"),
    "a remark under an entry": remarked("- vu avec Quentin, qui rappelle"),
    "a remark that looks like an entry": remarked("- [ ] **A99** une sous-tâche"),
    "a paragraph under an entry": remarked("", "Un paragraphe de Quentin."),
    "a paragraph between items": between("Relu le 3 décembre avec Quentin."),
    "a quote between items": between("> A1 de mémoire"),
    "an answer typed": answered(("- *Réponse :* Oui, au CCAS.", "- *Answer:* Oui, au CCAS.")),
    "an answer in other emphasis": answered(("- **Réponse** : Oui, au CCAS.", "- **Answer**: Oui, au CCAS.")),
    "an answer with its author": answered(("- _Réponse de Quentin :_ Oui, au CCAS.", "- _Answer from Quentin:_ Oui, au CCAS."), answer_by="Quentin"),
    "a question moved": moved,
    "items turned round": turned,
    "an entry deleted": deleted,
    "front matter of a person's": unheaded,
}  # fmt: skip
