"""The names of things: steps, kinds, outcomes, levels, presences, sorts of news."""

from __future__ import annotations

from facilitator.core.acts import BY_HAND
from facilitator.core.agenda import Level, NewsType, Step, StepKind
from facilitator.core.meeting import Presence, State
from facilitator.core.said import Vote
from facilitator.core.vocabulary import Kind, Outcome
from facilitator.i18n import N_, Translator

_STEPS: dict[StepKind, str] = {
    "welcome": N_("Welcome and visit"),
    "news": N_("News"),
    "needs": N_("Needs and questions"),
    "workshop": N_("Workshop"),
    "closing": N_("Closing"),
    "break": N_("Break"),
    "free": N_("Open time"),
}
# One, and the heading of many.
_KINDS: dict[Kind, tuple[str, str]] = {
    "question": (N_("question"), N_("Questions")),
    "need": (N_("need"), N_("Needs")),
    "individual": (N_("individual need"), N_("Individual needs")),
    "decision": (N_("decision"), N_("Decisions")),
    "action": (N_("action"), N_("Actions")),
    "news": (N_("piece of news"), N_("Pieces of news")),
    "resource": (N_("resource"), N_("Resources")),
    "aside": (N_("subject put aside"), N_("Put aside")),
    "note": (N_("note"), N_("Notes")),
}
_OUTCOMES: dict[Outcome, str] = {
    "answered": N_("Answered in the meeting"),
    "mattermost": N_("Answer on Mattermost"),
    "newsletter": N_("Answer in the newsletter"),
    "next": N_("At the next meeting"),
    "individual": N_("Taken up individually"),
    "drop": N_("Not followed up"),
}
_LEVELS: dict[Level, str] = {
    "epci": N_("intercommunality"),
    "departement": N_("département"),
    "region": N_("region"),
    "national": N_("national level"),
}
_RELAYED: dict[Level | None, str] = {
    None: N_("Relayed to the level above"),
    "epci": N_("Relayed to the network of the département"),
    "departement": N_("Relayed to the network of the region"),
    "region": N_("Relayed to the national network"),
    "national": N_("Relayed to the level above"),
}
_ANSWERING: dict[Level, str] = {
    "epci": N_("the level of the intercommunality"),
    "departement": N_("the level of the département"),
    "region": N_("the level of the region"),
    "national": N_("the national level"),
}
_STATES: dict[State, str] = {
    "none": N_("no meeting"),
    "ready": N_("ready to start"),
    "running": N_("running"),
    "paused": N_("paused"),
    "adjourned": N_("adjourned"),
    "closed": N_("closed"),
}


def step_title(tr: Translator, plan: Step) -> str:
    """The title of a step; without one, the usual name of its kind."""
    return plan.title or tr(_STEPS[plan.kind])


def step_kind_name(tr: Translator, kind: StepKind) -> str:
    """The usual name of a kind of step: `Besoins et questions`."""
    return tr(_STEPS[kind])


def kind_name(tr: Translator, kind: Kind) -> str:
    """The name of a kind of entry, in small letters: `question`, `besoin`."""
    return tr(_KINDS[kind][0])


def kinds_name(tr: Translator, kind: Kind) -> str:
    """The plural of a kind of entry, as a heading: `Questions`, `Besoins`."""
    return tr(_KINDS[kind][1])


def outcome_name(tr: Translator, outcome: Outcome, scale: Level | None = None) -> str:
    """What becomes of a question: `Réponse dans la lettre`. `scale` is this network's own level."""
    if outcome == "relay":
        return tr(_RELAYED[scale])
    return tr(_OUTCOMES[outcome])


def level_name(tr: Translator, level: Level) -> str:
    """The name of a level: `département`."""
    return tr(_LEVELS[level])


def answering_level(tr: Translator, level: Level) -> str:
    """A level as who gave an answer: `l’échelon départemental`."""
    return tr(_ANSWERING[level])


def news_name(tr: Translator, sort: NewsType) -> str:
    """The name of a sort of news: `appel à projets`."""
    names: dict[NewsType, str] = {
        "report": tr.ptr("news", "report"),
        "funding": tr.ptr("news", "funding"),
        "call": tr.ptr("news", "call"),
        "scheme": tr.ptr("news", "scheme"),
        "event": tr.ptr("news", "event"),
    }
    return names[sort]


def presence_name(tr: Translator, status: Presence) -> str:
    """How someone attends: `présent·e`, `excusé·e`."""
    names: dict[Presence, str] = {
        "present": tr.ptr("someone is", "present"),
        "late": tr.ptr("someone is", "late"),
        "excused": tr.ptr("someone is", "excused"),
        "absent": tr.ptr("someone is", "absent"),
        "left": tr.ptr("someone has", "left"),
    }
    return names[status]


def vote_text(tr: Translator, vote: Vote) -> str:
    """How a decision was voted on: `18 pour, 2 contre, 3 abstentions`; what nobody did is left out."""
    said = [tr("{n} for", n=vote.votes_for)]
    if vote.against:
        said.append(tr("{n} against", n=vote.against))
    if vote.abstentions:
        said.append(tr.ntr("{n} abstention", "{n} abstentions", vote.abstentions))
    return ", ".join(said)


def state_name(tr: Translator, state: State) -> str:
    """The state of a meeting: `en cours`."""
    return tr(_STATES[state])


def short_link(link: str) -> str:
    """A link as people type it: `example.org/questions`."""
    return link.partition("://")[2].removeprefix("www.").rstrip("/")


def quoted(tr: Translator, text: str, limit: int = 60) -> str:
    """The text on one line in quotation marks, cut after `limit` characters."""
    line = " ".join(text.split())
    if len(line) > limit:
        line = line[: limit - 1].rstrip() + "…"
    return tr("“{text}”", text=line)


def actor_name(tr: Translator, actor: str) -> str:
    """Who did an act, without the machine; what was written in the draft of the minutes was done by hand."""
    who = actor.split("@", maxsplit=1)[0]
    return tr("By hand in the draft") if who == BY_HAND else who
