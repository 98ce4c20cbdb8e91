"""What deserves a look before a document goes out."""

from __future__ import annotations

from pathlib import Path

import pytest

from facilitator.documents.gate import findings

EXAMPLE = (Path(__file__).parent / "minutes" / "example.md").read_text(encoding="utf-8")


def reasons(text: str) -> list[str]:
    return [found.reason for found in findings(text)]


@pytest.mark.parametrize(
    "text",
    ["06 12 34 56 78", "06.12.34.56.78", "0612345678", "+33 6 12 34 56 78", "+33 (0)6 12 34 56 78", "0033612345678", "au 04\u00a077\u00a012\u00a034\u00a056.", "+44 20 7946 0958"],
)  # fmt: skip
def test_a_telephone_number_is_found(text):
    assert reasons(f"# T\n\nAppeler {text}\n") == ["telephone"]


@pytest.mark.parametrize(
    "text",
    ["2026-11-24", "12 000 000 €", "42300 Roanne", "de 09 h 30 à 12 h 00", "1 234 567 890", "https://example.org/0612345678", "SIRET 123 456 789 00012", "01/02/2026", "v0.12.34.56.78.90"],
)  # fmt: skip
def test_what_is_no_telephone_number_is_none(text):
    assert reasons(f"# T\n\nVoir {text} ici\n") == []


def test_an_address_is_found_unless_it_is_the_networks():
    text = "---\nformat: 2\n---\n\n# T\n\nÉcrire à nora@example.org ou à reseau@example.org.\n"
    (found,) = findings(text, known=frozenset({"reseau@example.org"}))
    assert (found.reason, found.words, found.line) == ("mail", "nora@example.org", 7)


def test_what_nobody_has_taken_and_what_has_no_date_is_found_at_its_line():
    found = findings(EXAMPLE)
    assert [(one.reason, one.label) for one in found] == [("no-owner", "A2")]
    assert (
        EXAMPLE.splitlines()[found[0].line - 1].startswith("- [ ] ") and "A2" in EXAMPLE.splitlines()[found[0].line - 1]
    )
    undated = EXAMPLE.replace("### Sur Mattermost, d’ici le 20 novembre", "### Sur Mattermost")
    assert {(one.reason, one.label) for one in findings(undated)} >= {("no-date", "Q6"), ("no-date", "Q9")}
    nobody = EXAMPLE.replace(", et Claire Dumas apporte les réponses attendues", "")
    assert ("nobody-answers", "Q6") in {(one.reason, one.label) for one in findings(nobody)}


def test_what_an_entry_holds_is_found_once_at_the_entry():
    text = EXAMPLE.replace("Prêter six tablettes", "Appeler le 06 12 34 56 78")
    text = text.replace("## En bref\n", "## En bref\n\n- [Appeler le 06 12 34 56 78](#a1)\n", 1)
    assert text.count("06 12 34 56 78") == 2
    (found,) = [one for one in findings(text) if one.reason == "telephone"]
    assert found.label and f"**{found.label}**" in text.splitlines()[found.line - 1]
    outside = EXAMPLE.rstrip("\n") + "\n\nAppeler le 06 12 34 56 79\n"
    assert [one.label for one in findings(outside) if one.reason == "telephone"] == [""]


def test_nothing_brings_it_down():
    assert findings("") == [] and findings("x" * 3_000_000) == []
