"""What goes up in a digest, and what is taken from one."""

from __future__ import annotations

import datetime

from facilitator.core.cycle.levels import (
    Ask,
    Digest,
    digest_of,
    is_foreign,
    meeting_meant,
    origin_of,
    shared_territory,
    short_name,
    waiting,
)
from facilitator.core.network import Network
from facilitator.core.records import Record
from facilitator.core.said import Origin

NOV, DEC = "2026-11-10-roannais", "2026-12-08-roannais"
ROANNAIS = Network(name="Réseau roannais", scale="epci", perimeter=("Roannais Agglomération",))


def record(meeting, kind, number, text="?", **fields):
    return Record(meeting=meeting, kind=kind, number=number, text=text, **fields)


def digest(records, *, month="2026-12", earlier=()):
    return digest_of(ROANNAIS, month, records, places={DEC: "Renaison"}, earlier=earlier)


def test_what_a_network_is_called_is_short():
    assert [short_name(name) for name in ("Réseau roannais", "Réseau du Roannais", "Réseau")] == [
        "roannais", "roannais", "reseau",
    ]  # fmt: skip


def test_an_origin_names_a_meeting_of_its_network_alone():
    origin = origin_of("roannais", NOV, "Q4")
    assert (origin, is_foreign(origin), is_foreign(Origin(NOV, "Q4"))) == (
        Origin("roannais/2026-11-10", "Q4"),
        True,
        False,
    )
    assert meeting_meant(origin, "roannais", [NOV, DEC]) == NOV
    assert meeting_meant(origin, "forez", [NOV]) is None
    assert meeting_meant(origin, "roannais", ["2026-11-10-castel"]) == "2026-11-10-castel"
    assert meeting_meant(origin, "roannais", ["2026-11-10-castel", "2026-11-10-mably"]) is None
    assert meeting_meant(Origin("roannais/2026-11-10-castel", "Q4"), "roannais", ["2026-11-10-castel"]) is not None


def test_a_relayed_question_is_asked_once_and_while_it_waits():
    relayed = record(NOV, "question", "Q4", "Quel budget ?", outcome="relay")
    assert [ask.text for ask in digest([relayed]).asks] == ["Quel budget ?"]
    earlier = Digest("2026-11", "epci", "roannais", asks=(Ask(NOV, "Q4", "Quel budget ?"),))
    assert digest([relayed], earlier=[earlier]).asks == ()
    assert digest([record(NOV, "question", "Q4", outcome="relay", answer="Oui")]).asks == ()
    assert digest([record(DEC, "question", "Q4", outcome="relay")], month="2026-11").asks == ()
    assert digest([record(NOV, "question", "Q4", outcome="newsletter")]).asks == ()


def test_what_a_digest_asked_stays_in_it_with_the_answer_that_came_since():
    answered = record(NOV, "question", "Q4", "Quel budget ?", outcome="relay", answer="Deux mille euros")
    before = Digest("2026-12", "epci", "roannais", asks=(Ask(NOV, "Q4", "Quel budget ?"),))
    again = digest_of(ROANNAIS, "2026-12", [answered], places={DEC: None}, before=before)
    assert again.asks == (Ask(NOV, "Q4", "Quel budget ?", "Deux mille euros"),)


def test_the_answer_to_another_networks_question_goes_back_once():
    origin = Origin("forez/2026-10-06", "Q2")
    asked = record(DEC, "question", "Q1", "Qui paie ?", origin=origin, answer="Personne.")
    (reply,) = digest([asked]).replies
    assert (reply.origin, reply.answer) == (origin, "Personne.")
    earlier = Digest("2026-11", "epci", "roannais", replies=(reply,))
    assert digest([asked], earlier=[earlier]).replies == ()
    assert digest([record(DEC, "question", "Q1", origin=origin)]).replies == ()


def test_a_need_that_returns_and_what_may_serve_elsewhere_go_up():
    made = digest([
        record(NOV, "need", "B1", "Une demi-journée sur les arnaques"), record(DEC, "need", "B1", "Une demi-journée sur les arnaques"),
        record(DEC, "decision", "D1", "Une charte."), record(DEC, "resource", "L1", "Mandat", link="https://example.org/m"),
    ])  # fmt: skip
    assert [(need.meetings, need.running) for need in made.needs] == [(2, True)]
    october = record("2026-10-13-roannais", "need", "B1", "Une demi-journée sur les arnaques")
    assert digest([october, record(NOV, "need", "B1", "Une demi-journée sur les arnaques")]).needs == ()
    assert [one.text for one in made.useful] == ["Une charte.", "Mandat"]


def test_calls_and_events_of_the_levels_above_are_passed_on_and_no_others():
    day = datetime.date(2026, 12, 15)
    made = digest([
        record(DEC, "news", "I1", "AMI", level="region", deadline=day),
        record(DEC, "news", "I2", "Webinaire", level="national", when=datetime.datetime(2026, 12, 16, 14)),
        record(DEC, "news", "I3", "Rapport", level="national"),
        record(DEC, "news", "I4", "Fête", level="epci", deadline=day),
        record(DEC, "news", "I5", "Salon", deadline=day),
    ])  # fmt: skip
    assert [(one.text, one.day, one.call) for one in made.dates] == [
        ("AMI", day, True), ("Webinaire", datetime.date(2026, 12, 16), False),
    ]  # fmt: skip


def test_a_territory_belongs_to_one_network_of_a_level():
    claims = Digest("2026-12", "epci", "forez", perimeter=("Roannais agglomération", "Forez-Est"))
    other = Digest("2026-12", "epci", "loire", perimeter=("Forez-Est",))
    two = Network(name="Réseau roannais", perimeter=("Charlieu", "Roannais Agglomération"))
    assert shared_territory(claims, [], two) == ("Roannais Agglomération", "Réseau roannais")
    assert shared_territory(claims, [claims, other], Network()) == ("Forez-Est", "loire")
    assert shared_territory(claims, [Digest("2026-12", "region", "aura", perimeter=("Forez-Est",))], Network()) is None
    assert shared_territory(claims, [Digest("2026-12", "epci", "aura", perimeter=("Bresse",))], Network()) is None


def test_a_question_from_below_waits_once_until_a_meeting_takes_it_up():
    below = Digest(
        "2026-12",
        "epci",
        "roannais",
        asks=(Ask(NOV, "Q4", "Quel budget ?"), Ask(NOV, "Q5", "Où ?", answer="Ici."), Ask(NOV, "?", "?")),
    )
    beside = Digest("2026-12", "departement", "loire", asks=(Ask(NOV, "Q6", "Quand ?"),))
    (only,) = waiting([below, below, beside], [record(DEC, "question", "Q1")], "departement")
    assert only == (below.asks[0], Origin("roannais/2026-11-10", "Q4"))
    assert waiting([below], [record(DEC, "question", "Q1", origin=only[1])], "departement") == []
