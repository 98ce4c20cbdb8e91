"""The year of a network on one page, for the report to who pays: Markdown, of figures that hold nothing private.

A draft: what changed and what comes is for a person to say.
"""

from __future__ import annotations

import datetime
import re

from facilitator.core.agenda import Level
from facilitator.core.cycle.figures import Figures, Spread
from facilitator.documents.markdown.escape import escape_line
from facilitator.documents.minutes import words
from facilitator.documents.typography import typeset

MOST_THEMES = 3
MOST_LINES = 6

_FRENCH = "aucune une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
_ENGLISH = "no one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
_COUNTED = {"fr": _FRENCH.split(), "en": _ENGLISH.split()}


def write_year(
    figures: Figures, *, network: str | None, scale: Level | None, language: str, until: datetime.date | None = None
) -> str:
    """The page, ending in a newline; `until` is the day of a year that is not over."""
    return _Writer(figures, network, scale, language, until).text()


class _Writer:
    def __init__(
        self, figures: Figures, network: str | None, scale: Level | None, language: str, until: datetime.date | None
    ) -> None:
        self.figures = figures
        self.network = network
        self.scale = scale
        self.language = language
        self.until = until

    def text(self) -> str:
        blocks = [f"# {self._title()}\n", f"{self._rhythm()}\n"]
        sections = (
            (self.say("Qui s’est réuni", "Who met"), self._met()),
            (self.say("Ce que le réseau a demandé, et reçu", "What the network asked, and received"), self._asked()),
            (self.say("Ce qui a changé", "What changed"), self._changed()),
            (self.say("Ce qui revient", "What returns"), self._returns()),
            (self.say("L’an prochain", "Next year"), ["…"]),
        )
        blocks += [
            f"## {heading}\n\n" + "".join(f"- {line}\n" for line in lines) for heading, lines in sections if lines
        ]
        return "\n".join(blocks)

    def say(self, french: str, english: str) -> str:
        return typeset(french if self.language == "fr" else english, self.language)

    def line(self, text: str) -> str:
        return escape_line(typeset(" ".join(text.split()), self.language))

    def _title(self) -> str:
        year, name = self.figures.year, self.network
        if not name:
            return self.say(f"Le réseau en {year}", f"The network in {year}")
        common = re.match(r"r[ée]seau\b", name, re.IGNORECASE)
        named = f"Le {name[:1].lower()}{name[1:]}" if common and self.language == "fr" else name
        return self.line(self.say(f"{named} en {year}", f"{named} in {year}"))

    def _rhythm(self) -> str:
        found, french = self.figures, self.language == "fr"
        held, letters = len(found.meetings), found.letters
        said = f"{self._many(held, 'rencontre', 'meeting')} {'et' if french else 'and'} {self._many(letters, 'lettre', 'letter')}"
        if self.until is not None:
            day = words.day_text(self.until, self.language)
            said = f"{self.say(f'au {day}, ', f'as of {day}, ')}{said}"
        said = said[:1].upper() + said[1:]
        if found.wanted is not None:
            meetings, wanted_letters = found.wanted
            kept = held >= meetings and letters >= wanted_letters
            said += self.say(", comme prévu", ", as planned") if kept else ""
            if held >= meetings:
                said += self.say(" ; aucune rencontre annulée", "; no meeting cancelled")
            else:
                missed = self._many(meetings - held, "rencontre", "meeting")
                verb = "n’a pas eu lieu" if meetings - held == 1 else "n’ont pas eu lieu"
                said += self.say(f" ; {missed} {verb}", f"; {missed} did not take place")
        return typeset(f"{said}.", self.language)

    def _met(self) -> list[str]:
        found, lines = self.figures, []
        if found.people:
            line = self._n(found.people, "personne", "personnes", "person", "people")
            if found.structures:
                count = self._n(found.structures, "structure", "structures", "structure", "structures")
                line += self.say(f" de {count}", f" from {count}")
            if found.attendance:
                line += self.say(" ; ", "; ") + self._spread(found.attendance)
            lines.append(f"{line}.")
        parts = []
        if found.places:
            parts.append(self._places())
        if found.led:
            members = self._n(found.led, "membre", "membres", "member", "members")
            verb = "a animé" if found.led == 1 else "ont animé"
            parts.append(self.say(f"{members} {verb} un temps.", f"{members} led a part of a meeting."))
        lines += [" ".join(parts)] if parts else []
        return [*lines, self._useful()] if found.evaluated else lines

    def _useful(self) -> str:
        found = self.figures
        answers = sum(found.useful)
        mean = f"{sum(mark * count for mark, count in enumerate(found.useful, 1)) / answers:.1f}"
        said = self._n(answers, "réponse", "réponses", "answer", "answers")
        held = self._n(found.evaluated, "rencontre", "rencontres", "meeting", "meetings")
        return self.say(
            f"Rencontres jugées utiles à {mean.replace('.', ',')} sur 5 ({said}, à {held}).",
            f"Meetings were found useful: {mean} of 5 ({said}, at {held}).",
        )

    def _spread(self, spread: Spread) -> str:
        if spread.least == spread.most:
            return self.say(f"{spread.middle} par rencontre", f"{spread.middle} at each meeting")
        return self.say(
            f"{spread.middle} par rencontre (entre {spread.least} et {spread.most})",
            f"{spread.middle} at a meeting (between {spread.least} and {spread.most})",
        )

    def _places(self) -> str:
        found = self.figures
        if found.places == 1:
            line = self.say("1 lieu d’accueil", "1 place")
        else:
            line = self.say(f"{found.places} lieux d’accueil différents", f"{found.places} different places")
        if found.new_places:
            line += self.say(f", {found.new_places} pour la première fois", f", {found.new_places} for the first time")
        return f"{line}."

    def _asked(self) -> list[str]:
        found, said = self.figures, self.figures.questions
        lines = []
        if said.asked:
            count = self._n(said.asked, "question", "questions", "question", "questions")
            lines.append(f"{count}{self.say(' : ', ': ')}{', '.join(self._fates())}.")
        if found.themes:
            lines.append(self._themes())
        if said.relayed:
            lines.append(self._relayed())
        if found.actions_done or found.actions_open:
            done = self._n(
                found.actions_done,
                "action menée à bien",
                "actions menées à bien",
                "action completed",
                "actions completed",
            )
            going = self.say(f"{found.actions_open} en cours", f"{found.actions_open} under way")
            lines.append(f"{done}, {going}." if found.actions_open else f"{done}.")
        return lines

    def _fates(self) -> list[str]:
        said, french = self.figures.questions, self.language == "fr"
        parts = []
        if said.there:
            parts.append(
                self._n(
                    said.there,
                    "réponse en séance",
                    "réponses en séance",
                    "answered at the meeting",
                    "answered at the meeting",
                )
            )
        if said.later:
            after = f"{said.later} {'ensuite' if french else 'later'}"
            if said.days is not None:
                days = self._n(said.days, "jour", "jours", "day", "days")
                after += self.say(f" (en {days}, au milieu)", f" (in {days}, in the middle)")
            parts.append(after)
        if said.awaited:
            waiting = "encore attendue" if said.awaited == 1 else "encore attendues"
            parts.append(f"{said.awaited} {waiting if french else 'still awaited'}")
        if said.dropped:
            closed = "refermée" if said.dropped == 1 else "refermées"
            parts.append(f"{said.dropped} {closed if french else 'closed without one'}")
        return parts

    def _themes(self) -> str:
        first, *others = [f"#{self.line(theme)} ({count})" for theme, count in self.figures.themes[:MOST_THEMES]]
        line = self.say("D’abord ", "First ") + first
        if others:
            line += self.say(", puis ", ", then ") + self.say(" et ", " and ").join(others)
        return f"{line}."

    def _relayed(self) -> str:
        said = self.figures.questions
        count = self._n(said.relayed, "question transmise", "questions transmises", "question sent", "questions sent")
        whom = words.relayed(self.scale, self.language)
        got = said.relayed_answered
        if not got:
            answers = self.say("pas encore de réponse", "no answer yet")
        else:
            answers = self._n(got, "réponse reçue", "réponses reçues", "answer received", "answers received")
        return f"{count} {whom}{self.say(' : ', ': ')}{answers}."

    def _changed(self) -> list[str]:
        decisions = self.figures.decisions
        lines = [self.line(text) for text in decisions[:MOST_LINES]]
        left = len(decisions) - len(lines)
        if left:
            lines.append(self.say(f"Et {left} autre{'s' if left > 1 else ''}.", f"And {left} more."))
        return lines

    def _returns(self) -> list[str]:
        found = self.figures
        lines = []
        if found.returning:
            said: list[str] = []
            for need in found.returning[:MOST_LINES]:  # the first says what is counted
                count = len(need.meetings)
                unit = str(count) if said else self._n(count, "rencontre", "rencontres", "meeting", "meetings")
                said.append(f"{self.line(need.text.rstrip('.'))} ({unit})")
            lines.append(self.say(" ; ", "; ").join(said) + ".")
        if found.unanswered:
            texts = self.say(" ; ", "; ").join(self.line(text) for text in found.unanswered[:MOST_LINES])
            lines.append(self.say("Sans réponse à notre échelon : ", "Without an answer at our level: ") + texts)
        return lines

    def _many(self, count: int, french: str, english: str) -> str:
        """A number in letters up to sixteen, and what is counted."""
        spelt = _COUNTED[self.language]
        number = spelt[count] if count < len(spelt) else str(count)
        plural = "s" if count > 1 or (count == 0 and self.language != "fr") else ""
        return f"{number} {french if self.language == 'fr' else english}{plural}"

    def _n(self, count: int, one: str, many: str, english: str, english_many: str) -> str:
        if self.language == "fr":
            return f"{count} {one if count < 2 else many}"
        return f"{count} {english if count == 1 else english_many}"
