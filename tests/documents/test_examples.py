"""The examples to read, in `docs/examples`: what the program writes of the meetings that their scripts hold."""

from __future__ import annotations

import email
import email.policy
import os
import re
import shutil
from pathlib import Path

import pytest
from here import act_out, run
from three_networks.play import Play, played, shared_folder

from facilitator.documents.minutes.reader import read_minutes

EXAMPLES = Path(__file__).parents[2] / "docs/examples"
# Who came and what was said, as the README of the examples tells it.
MEETINGS = {"eight": (8, 6), "sixty": (25, 60), "paper": (12, 14)}
# Of the year of three networks (`tests/three_networks`), what is worth reading: what it is, and what the commands say.
YEAR = {
    "roannais": (
        "agendas/2026-06-09-rencontre-du-reseau-roannais.yaml",
        "minutes/2026-02-10-roannais.md", "minutes/2026-05-12-roannais.md", "minutes/2026-06-09-roannais.md",
        "newsletter/2026-03.md", "newsletter/2026-07.md", "digests/2026-02.md", "inbox.md",
    ),
    "loire": ("minutes/2026-02-19-loire.md", "digests/2026-02.md", "inbox.md"),
    "aura": ("minutes/2026-02-27-aura.md", "digests/2026-02.md"),
}  # fmt: skip
SAID = {
    "brief.md": ("brief",),
    "figures.csv": ("figures", "--csv", "--year", "2026"),
    "year.md": ("figures", "--summary", "--year", "2026"),
}


def documents(folder: Path) -> dict[str, str]:
    """The minutes and the letter of a workspace, by where they stand."""
    found = sorted([*folder.glob("minutes/*.md"), *folder.glob("newsletter/*.md")])
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in found}


def held(meeting: str, language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What the program writes of that meeting in that language."""
    aside = tmp_path / "aside"
    folder = tmp_path / language
    aside.mkdir()
    folder.mkdir()
    for name in ("agenda", "facilitator"):
        shutil.copy(EXAMPLES / meeting / f"{name}.{language}.yaml", folder / f"{name}.yaml")
    for name in ("FACILITATOR_WORKSPACE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {"HOME": aside, "XDG_STATE_HOME": aside, "TZ": "Europe/Paris"}.items():
        monkeypatch.setenv(name, str(value))
    done = act_out(EXAMPLES / meeting / "run.sh", folder, aside)
    assert done.returncode == 0, done.stderr
    return documents(folder)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(
    "meeting", ["eight", pytest.param("sixty", marks=pytest.mark.ci), pytest.param("paper", marks=pytest.mark.ci)]
)
def test_the_examples_are_what_the_program_writes(meeting, language, tmp_path, monkeypatch):
    written = held(meeting, language, tmp_path, monkeypatch)
    if os.environ.get("FACILITATOR_EXAMPLES") == "write":
        for name, text in written.items():
            path = EXAMPLES / meeting / language / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    assert written == documents(EXAMPLES / meeting / language)


def made(meeting: str, language: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What leaves of an example for those who do not read Markdown, by its name; of a mail its subject and its text."""
    for name in ("minutes", "newsletter"):
        shutil.copytree(EXAMPLES / meeting / language / name, folder / name)
    for name in ("agenda", "facilitator"):
        shutil.copy(EXAMPLES / meeting / f"{name}.{language}.yaml", folder / f"{name}.yaml")
    for name, value in {"HOME": folder, "XDG_STATE_HOME": folder, "TZ": "Europe/Paris", "LANGUAGE": language}.items():
        monkeypatch.setenv(name, str(value))
    (minutes,) = (path.stem for path in (folder / "minutes").iterdir())
    (letter,) = (path.stem for path in (folder / "newsletter").iterdir())
    said = {}
    for words in LEAVING:
        done = run([word.format(minutes=minutes, letter=letter) for word in words.split()], folder)
        assert done.returncode == 0, done.stderr.decode()
        if words in TOLD:
            said[TOLD[words].format(minutes=minutes)] = done.stdout.decode()
    for path in (folder / "share").glob("[0-9]*"):
        said[path.name.replace(".eml", ".mail.txt")] = as_read(path)
    return {f"share/{name}": text for name, text in said.items() if text}


LEAVING = (
    "html {minutes}", "html {letter}", "mail {minutes}", "mail {letter}", "ics {minutes}", "csv {minutes}",
    "wiki {minutes} --for yeswiki", "wiki {minutes} --for mediawiki", "chat {minutes}", "print agenda.yaml", "print agenda.yaml --sheet",
    "invite agenda.yaml", "invite agenda.yaml --chat", "invite agenda.yaml --reminder",
)  # fmt: skip
TOLD = {"chat {minutes}": "{minutes}.chat.txt", "invite agenda.yaml --chat": "{minutes}-invitation.chat.txt"}


def as_read(path: Path) -> str:
    """A file that leaves, without the moment at which it was made; of a mail what is read."""
    if path.suffix == ".eml":
        mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        part = mail.get_body(("plain",))
        assert part is not None
        return f"Subject: {mail['Subject'].strip()}\n\n{part.get_content()}".replace("\r\n", "\n")
    with path.open(encoding="utf-8", newline="") as file:
        return re.sub(r"DTSTAMP:\w+", "DTSTAMP:20261130T080000Z", file.read())


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(
    "meeting", ["eight", pytest.param("sixty", marks=pytest.mark.ci), pytest.param("paper", marks=pytest.mark.ci)]
)
def test_what_leaves_of_the_examples_is_what_the_program_makes(meeting, language, tmp_path, monkeypatch):
    left = made(meeting, language, tmp_path, monkeypatch)
    folder = EXAMPLES / meeting / language
    if os.environ.get("FACILITATOR_EXAMPLES") == "write":
        shutil.rmtree(folder / "share", ignore_errors=True)
        (folder / "share").mkdir()
        for name, text in left.items():
            (folder / name).write_text(text, encoding="utf-8", newline="")
    assert left == {f"share/{path.name}": path.read_bytes().decode() for path in (folder / "share").iterdir()}


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("meeting", MEETINGS)
def test_the_examples_hold_what_is_said_of_them(meeting, language):
    (text,) = (EXAMPLES / meeting / language / "minutes").glob("*.md")
    read = read_minutes(text.read_text(encoding="utf-8"))
    people = read.people["present"] + read.people.get("visitors", ())
    assert (len(people), len(read.entries)) == MEETINGS[meeting]
    assert (read.troubles, read.missing) == ([], ())


def year_documents(play: Play) -> dict[str, str]:
    """What is worth reading of the year, by where it stands in the examples."""
    found = {
        f"{name}/{document}": (play.root / name / document).read_text(encoding="utf-8")
        for name, chosen in YEAR.items()
        for document in chosen
    }
    network = play.networks["roannais"]
    found |= {f"roannais/{name}": network.does(*words, folded=False).out for name, words in SAID.items()}
    settings = network.path / "facilitator.yaml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("language: fr", "language: en"), encoding="utf-8")
    return found | {"roannais/year.en.md": network.does(*SAID["year.md"], folded=False).out}


@pytest.mark.ci
@pytest.mark.timeout(600)
def test_the_examples_of_the_year_are_what_the_program_writes(tmp_path, tmp_path_factory):
    play = played(shared_folder(tmp_path_factory)).moved(tmp_path)
    with play.on_stage():
        written = year_documents(play)
    if os.environ.get("FACILITATOR_EXAMPLES") == "write":
        for name, text in written.items():
            path = EXAMPLES / "year" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    there = [path for path in (EXAMPLES / "year").rglob("*") if path.is_file()]
    assert written == {
        path.relative_to(EXAMPLES / "year").as_posix(): path.read_text(encoding="utf-8") for path in there
    }
