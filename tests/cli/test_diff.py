"""`diff` says what hands changed since the program last wrote: by entry, in words and in JSON, and nothing that the program did."""

from __future__ import annotations

import re
import shutil

import pytest

MEETING = "2026-11-24-reseau"


def minutes(network):
    return network / "minutes" / f"{MEETING}.md"


def letter(network):
    return network / "newsletter" / "2026-12.md"


def change(path, old, new):
    text = path.read_bytes().decode()
    assert old in text
    path.write_bytes(text.replace(old, new, 1).encode())


def line_with(path, words):
    return next(n for n, line in enumerate(path.read_text().split("\n"), 1) if words in line)


def test_nothing_changed_by_hand_is_said(closed):
    said = closed("diff")
    assert (said.code, said.out) == (0, "") and "Rien n’a été changé à la main" in said.err
    assert closed("diff", "--json").json == []


def test_an_entry_that_a_hand_changed_is_said_part_by_part_with_what_it_was(closed, network):
    change(minutes(network), "Rédiger la charte *(**Nora T.**", "Relire la charte *(**Awa S.**")
    said = closed("diff")
    line = line_with(minutes(network), "Relire")
    assert said.code == 0
    assert said.out.splitlines() == [
        f"minutes/{MEETING}.md, ligne {line} : A1 : texte : « Rédiger la charte » → « Relire la charte »",
        f"minutes/{MEETING}.md, ligne {line} : A1 : qui : Nora T. → Awa S.",
    ]
    assert closed("diff", "--json").json == [
        {"document": f"minutes/{MEETING}.md", "line": line, "what": "changed", "number": "A1", "part": "text",
         "before": "Rédiger la charte", "after": "Relire la charte"},
        {"document": f"minutes/{MEETING}.md", "line": line, "what": "changed", "number": "A1", "part": "owners",
         "before": ["Nora T."], "after": ["Awa S."]},
    ]  # fmt: skip


def test_what_is_ticked_taken_out_added_and_moved_is_said(closed, network):
    path = minutes(network)
    change(path, "- [ ] ", "- [x] ")
    text = path.read_text()
    decision = next(line for line in text.split("\n") if "**D1**" in line)
    text = text.replace(decision, "- Une adresse commune")
    asked = next(line for line in text.split("\n") if "**Q4**" in line)
    text = text.replace(f"{asked}\n", "")
    home = next(line for line in text.split("\n") if "**Q2**" in line)
    path.write_text(text.replace(home, f"{home}\n{asked}"))
    rows = {
        (row["what"], row["number"], row["part"]): (row["before"], row["after"])
        for row in closed("diff", "--json").json
    }
    assert rows["changed", "A1", "done"] == (False, True)
    assert rows["removed", "D1", None] == ("Une charte.", None)
    assert rows["added", None, "entry"] == (None, "Une adresse commune")
    before, after = rows["moved", "Q4", "heading"]
    assert before.startswith("À la") and after.startswith("Dans la lettre")
    out = closed("diff").out
    assert "D1, retrait : « Une charte. »" in out
    assert "A1 : fait : non → oui" in out and "Q4, changement de place : « À la" in out


def test_remarks_words_and_headings_are_said_with_their_line(closed, network):
    path = minutes(network)
    decision = next(line for line in path.read_text().split("\n") if "**D1**" in line)
    change(path, decision, f"{decision}\n  - vu avec la mairie")
    change(path, "\n## Qui fait quoi", "\nUn mot de plus.\n\n## Qui fait quoi")
    change(path, "language: fr", "language: fr\nrelu: oui")
    rows = [(row["what"], row["number"], row["part"], row["after"]) for row in closed("diff", "--json").json]
    assert ("added", "D1", "remark", "vu avec la mairie") in rows
    assert ("added", None, "words", "Un mot de plus.") in rows
    assert ("added", None, "front", "relu: oui") in rows
    assert len(rows) == 3


@pytest.mark.parametrize("style", ["crlf", "bom", "stars", "no anchors"])
def test_what_an_editor_did_to_the_form_is_no_change(closed, network, style):
    for path in (minutes(network), letter(network)):
        text = path.read_text()
        text = {
            "crlf": text.replace("\n", "\r\n"),
            "bom": f"\ufeff{text}",
            "stars": text.replace("\n- ", "\n* "),
            "no anchors": re.sub(r'<a id="[a-z]\d" name="[a-z]\d"></a>', "", text),
        }[style]
        path.write_bytes(text.encode())
    assert closed("diff", "--json").json == []


@pytest.mark.ci
def test_what_the_program_did_since_is_no_hand(closed, network):
    change(minutes(network), "Une charte.", "Une charte commune.")
    for words in (
        ("answer", "Q2", "Oui."),
        ("edit", "A1", "--text", "Relire"),
        ("done", "A1"),
        ("send", "Q4", "newsletter"),
        ("kind", "D1", "action"),
        ("remove", "Q1"),
        ("newsletter",),
    ):
        said = closed(*words)
        assert said.code == 0, said.err
    rows = closed("diff", "--json").json
    assert [(row["number"], row["part"], row["after"]) for row in rows if row["part"] == "text"] == [
        ("A2", "text", "Une charte commune.")
    ]
    assert {row["document"] for row in rows} == {f"minutes/{MEETING}.md"} and len(rows) == 1


def test_what_a_hand_changed_in_the_letter_is_said(closed, network):
    change(letter(network), "Une charte.", "Une belle charte.")
    change(letter(network), "- [ ]", "- [x]")
    said = closed("diff")
    assert "newsletter/2026-12.md, ligne" in said.out
    assert "D1 : texte : « Une charte. » → « Une belle charte. »" in said.out and "Q2 : fait : non → oui" in said.out


def test_a_draft_is_compared_with_what_was_written_of_it_last(meeting, network):
    meeting("add", "action", "Rédiger la charte", "--at", "09:57")
    meeting("minutes")
    change(minutes(network), "Rédiger la charte *(", "Écrire la charte *(")
    said = meeting("diff")
    assert (said.code, said.out.count("\n")) == (0, 1) and "« Écrire la charte »" in said.out


def test_what_cannot_be_compared_is_said_in_a_sentence(closed, network):
    text = minutes(network).read_text()
    minutes(network).write_text(text.replace("\n## Qui fait", "\n<<<<<<< ici\n## Qui fait"))
    said = closed("diff")
    line = line_with(minutes(network), "<<<<<<<")
    assert said.code == 1 and f"ligne {line}" in said.err
    minutes(network).write_text(text)
    shutil.rmtree(network / ".facilitator" / "base")
    said = closed("diff")
    assert said.code == 1 and "cette machine" in said.err
    assert closed("diff", "2020-01-01-nulle-part").code == 1


def test_nothing_private_is_in_what_diff_rests_on(closed, network):
    closed("answer", "Q2", "Oui.")
    closed("send", "Q2", "individual")
    closed("kind", "D1", "individuel")
    kept = [
        path.read_text(errors="replace") for path in (network / ".facilitator" / "base").rglob("*") if path.is_file()
    ]
    assert not any("Prêter du matériel" in text or "Une charte" in text for text in kept)
