"""Why a command was not carried out: a reason and its values, worded elsewhere."""

from __future__ import annotations

from typing import Literal

Reason = Literal[
    "no-meeting",  # the command needs a meeting and there is none
    "already-open",
    "held-already",  # a meeting of this name was closed; values: meeting
    "minutes-there",  # the minutes of a meeting of this name are there, no journal; values: meeting
    "other-agenda",  # a meeting of this name goes on, of another or an edited agenda; values: meeting
    "another-live",  # a meeting of another agenda goes on here; values: meeting
    "something-happened",  # only a meeting in which nothing but its opening happened is discarded; values: meeting
    "someone-there",  # a screen is in the meeting that is to be discarded; values: meeting
    "already-started",
    "not-started",
    "closed",  # the meeting is closed; values: by
    "not-closed",
    "adjourned",
    "not-paused",
    "already-paused",
    "last-step",
    "first-step",
    "moved-meanwhile",  # the meeting is no longer where the command left it; values: by
    "undecided",  # a close with open questions; values: labels
    "unread-files",  # files of the journal cannot be read: no close; values: paths
    "unknown-acts",  # a newer program wrote acts this one cannot read: no close
    "no-entry",  # values: label
    "renumbered",  # what this person heard under that number has another one by now; values: renumbered
    "not-a-question",  # values: label
    "nothing-decided",  # there is no outcome of a question to take back
    "has-answer",  # a question would lose an answer that was not known of; values: label
    "decided-for-good",  # of a closed meeting: every question has an outcome; values: label
    "no-follow-up",  # this kind cannot be done; values: label
    "no-support",  # only questions and needs; values: label
    "no-step",  # values: step
    "step-running",  # the running step cannot be put aside or moved
    "step-done",  # a step that was held cannot be put aside or moved
    "minimum-too-long",  # a minimum above the duration; values: minimum_s, duration_s
    "no-offer",  # this way of re-planning gains nothing now; values: offer
    "nothing-to-change",  # a re-plan without any change
    "too-long",  # a duration above a day
    "turn-too-short",  # a speaking round; values: least_s
    "nothing-left",  # a duration would fall under a minute; values: step
    "empty-text",
    "text-too-long",  # values: limit
    "empty-name",
    "name-too-long",  # values: limit
    "before-last-move",  # --at before the last act that moved time; values: at (ms)
    "outside-meeting",  # --at before the start or after the end; values: at (ms)
    "no-gap",
    "no-answer-clock",
    "no-round",
    "round-running",
    "nobody-present",
    "nobody-noted",  # nothing is noted of that person
    "promise-past",
    "done-already",  # what may be done once was done, by whomever
    "nothing-to-undo",
    "nothing-to-redo",
    "others-built-on-it",  # undoing would take another person's act with it; values: by
    "same-kind",  # an entry made one of the kind that it is
    "not-settled",  # individual and offer together, or on a kind that has neither
    "not-decided",  # a vote or a consensus on what is no decision
    "not-dated",  # a day and an hour on what is no news
    "someone-forgotten",  # reopen after what is private of a person was deleted from the journal
    "published-touched",  # reopen after a person edited the published minutes
]


class Refused(Exception):
    """A command that cannot be carried out; nothing was written."""

    def __init__(self, reason: Reason, **values: object) -> None:
        super().__init__(reason, values)
        self.reason: Reason = reason
        self.values = values
