"""Minutes that are not as the program leaves them: each is one clear message, and what the others say is there all the same."""

from __future__ import annotations

import pytest

ASKS = (("followups",), ("figures", "--year", "2026"), ("brief",), ("needs",), ("rotation",), ("search", "matériel"))
NAME = "2026-12-08-reseau.md"


def first(network) -> str:
    return (network / "minutes/2026-11-24-reseau.md").read_text(encoding="utf-8")


def as_of_december(network) -> str:
    """The minutes of a second meeting, that asked something else."""
    return (
        first(network)
        .replace("2026-11-24", "2026-12-08")
        .replace("24 novembre", "8 décembre")
        .replace("Prêter", "Donner")
    )


def test_of_two_minutes_with_one_id_one_counts_and_the_other_is_named_once(closed, network):
    before = [closed(*words).out for words in ASKS]
    (network / "minutes/copie.md").write_text(first(network), encoding="utf-8")
    said = closed("followups")
    assert [line for line in said.err.splitlines() if "copie.md" in line] == said.err.splitlines() != []
    assert len(said.err.splitlines()) == 1
    assert [closed(*words).out for words in ASKS] == before


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("status: final", "<<<<<<< HEAD\nstatus: final\n=======\nstatus: draft\n>>>>>>> nora"),
        lambda text: text.replace("## Qui fait quoi", "<<<<<<< HEAD\n## Qui fait quoi\n=======\n>>>>>>> nora"),
        lambda text: (
            text.replace("- [ ] ", "<<<<<<< HEAD\n- [ ] ", 1).replace("\n", "\r\n") + "=======\r\n>>>>>>> nora\r\n"
        ),
    ],
)
def test_minutes_with_conflict_markers_are_left_out_and_named(closed, network, change):
    before = [closed(*words).out for words in ASKS]
    (network / "minutes" / NAME).write_text(change(as_of_december(network)), encoding="utf-8")
    said = closed("followups")
    (line,) = said.err.splitlines()
    assert NAME in line and "conflit" in line
    assert [closed(*words).out for words in ASKS] == before


@pytest.mark.parametrize(
    "head",
    ["---\nformat: [\n---\n", "---\nformat: 2\n", "", "---\n\tformat: 2\nmeeting: {}\n---\n", "---\nformat: 99\n---\n",
     "---\nformat: 2\nmeeting: [\n---\n", "---\nformat: 99\nmeeting: 2026-12-08-reseau\n---\n"],
)  # fmt: skip
def test_minutes_with_a_broken_front_are_read_by_their_name_or_named_and_the_others_are_there(closed, network, head):
    body = as_of_december(network).split("---\n", 2)[2]
    (network / "minutes" / NAME).write_text(head + body, encoding="utf-8")
    said = closed("followups")
    assert said.code == 0 and "imprévu" not in said.err
    assert "2026-11-24-reseau" in said.out
    assert len([line for line in said.err.splitlines() if NAME in line]) == 1
    assert "Donner du matériel ?" in said.out or "format: 2\n" not in head or "meeting" not in head
    assert all(closed(*words).code == 0 for words in ASKS)
    assert NAME in closed("doctor").out


@pytest.mark.parametrize("meeting", ["zzz", "2026-13-01-x", "CON", "9"])
def test_minutes_of_a_meeting_without_a_day_keep_nobody_from_a_digest(closed, network, meeting):
    (network / "facilitator.yaml").write_text("name: Réseau roannais\nscale: epci\n", encoding="utf-8")
    (network / "minutes/x.md").write_text(
        as_of_december(network).replace("2026-12-08-reseau", meeting), encoding="utf-8"
    )
    said = closed("digest", "--stdout")
    assert said.code == 0 and "novembre 2026" in said.out, said.err


def test_where_no_meeting_has_a_day_there_is_nothing_for_a_digest(run, network):
    (network / "facilitator.yaml").write_text("name: Réseau roannais\nscale: epci\n", encoding="utf-8")
    (network / "minutes").mkdir()
    (network / "minutes/x.md").write_text("---\nformat: 2\nmeeting: zzz\n---\n\n# x\n", encoding="utf-8")
    assert run("digest").code == 1


def test_the_name_of_a_file_is_one_line_wherever_it_is_said(closed, network):
    (network / "minutes/2026-12-08-a\nb.md").write_text("<<<<<<< a\n=======\n>>>>>>> b\n", encoding="utf-8")
    (line,) = closed("followups").err.splitlines()
    assert "2026-12-08-a b.md" in line
