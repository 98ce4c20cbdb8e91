"""A question goes up two levels, and its answer comes back down into the minutes and the letter of where it was asked."""

from __future__ import annotations

import datetime
import os
import shlex
from pathlib import Path

import here
import pytest
from here import act_out, run

pytestmark = pytest.mark.ci  # what it holds is guarded, piece by piece, by tests/cli/test_levels.py

HERE = Path(__file__).parent / "levels"
TRANSCRIPT = HERE / "transcript.txt"
# The day on which it is acted out: after all that it tells.
TODAY = datetime.datetime(2026, 12, 2, 9, tzinfo=datetime.UTC)
HEAD = """\
A question goes up two levels, and its answer comes back down: what run.sh, beside this, does and is told. On another day it says
the same, but for the day on which an answer came down.

"""


def plain(path: Path) -> str:
    return path.read_text(encoding="utf-8").replace("\u00a0", " ").replace("\u202f", " ")


@pytest.fixture(scope="module")
def acted(tmp_path_factory) -> tuple[Path, str]:
    """The folder in which everything was acted out, and what was said."""
    lines: list[str] = []

    def told(words, folder, stdin=b""):
        done = run(words, folder, stdin)
        said = (done.stdout + done.stderr).decode().replace(f"{folder}/", "")
        lines.append(f"$ facilitator {shlex.join(words)}\n{said}")
        return done

    folder, aside = tmp_path_factory.mktemp("levels"), tmp_path_factory.mktemp("aside")
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {"HOME": aside, "XDG_STATE_HOME": aside, "TZ": "Europe/Paris", "LANGUAGE": "fr"}.items():
            patch.setenv(name, str(value))
        patch.delenv("FACILITATOR_WORKSPACE", raising=False)
        patch.setattr("facilitator.cli.context.utc_now", lambda: TODAY)
        patch.setattr(here, "run", told)
        done = act_out(HERE / "run.sh", folder, aside)
    assert done.returncode == 0, done.stderr
    return folder, HEAD + "\n".join(lines)


@pytest.fixture(scope="module")
def held(acted) -> Path:
    """The folder."""
    return acted[0]


def test_the_transcript_is_what_the_program_says(acted):
    if os.environ.get("FACILITATOR_EXAMPLES") == "write":
        TRANSCRIPT.write_text(acted[1], encoding="utf-8")
    assert acted[1] == TRANSCRIPT.read_text(encoding="utf-8")


def test_a_digest_asks_what_was_relayed_and_names_nobody(held):
    text = plain(held / "roannais/digests/2026-11.md")
    assert "- **Q1** Quel budget 2027 pour nos postes ? *([10 novembre](../minutes/2026-11-10-roannais.md#q1))*" in text
    assert "# Le réseau roannais au réseau départemental, novembre 2026" in text
    assert "[Modèle de mandat](https://example.org/mandat)" in text
    assert "Awa" not in text and "contrat" not in text


def test_it_is_carried_to_the_level_above_with_where_it_comes_from(held):
    (agenda,) = (held / "loire/agendas").glob("*.yaml")
    assert "roannais/2026-11-10" in plain(agenda)
    minutes = plain(held / "loire/minutes/2026-11-24-rencontre-de-la-loire.md")
    assert "**Q1** Quel budget 2027 pour nos postes ? *(de roannais/2026-11-10#Q1" in minutes
    assert "demande Q1 : Quel budget" in plain(held / "loire-received.txt")
    assert "**Q1** Quel budget 2027" in plain(held / "aura/digests/received/loire-2026-11.md")
    assert "loire/2026-11-24-rencontre-de-la-loire#Q1" in plain(held / "aura/minutes/2026-12-01-rencontre-regionale.md")


def test_the_answer_comes_back_down_to_where_it_was_asked(held):
    answer = "Le même qu'en 2026, reconduit par avenant."
    loire = plain(held / "loire/minutes/2026-11-24-rencontre-de-la-loire.md")
    assert answer in loire and "Réponse de l’échelon régional" in loire
    minutes = plain(held / "roannais/minutes/2026-11-10-roannais.md")
    assert answer in minutes and "Réponse de l’échelon départemental" in minutes
    (letter,) = [path for path in (held / "roannais/newsletter").glob("*.md") if answer in plain(path)]
    assert "Vous avez demandé" in plain(letter)
    assert "Q1" not in plain(held / "roannais-followups.txt")


def test_receiving_again_changes_nothing(held):
    assert "avait déjà sa réponse" in plain(held / "roannais-again.txt")
    assert not list(held.glob("*/digests/**/*.new*.md"))


def test_the_digest_of_a_month_is_written_again_with_what_came(held):
    text = plain(held / "loire/digests/2026-11.md")
    assert "## Réponses à vos questions" in text and "**roannais/2026-11-10#Q1** Quel budget" in text
    done = run(("digest", "2026-10", "--workspace", "loire"), held)
    assert done.returncode == 1
