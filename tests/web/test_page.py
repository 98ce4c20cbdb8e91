"""The page: what is against it for people who do not see well, and for telephones that are old."""

from __future__ import annotations

import importlib.resources
import re
import subprocess
from pathlib import Path

import pytest
from documents.test_accessible import violations
from web.asking import get, post, text_of
from web.rich import fill

from facilitator.core.acts import Adjourn, StartAnswer

HERE = "192.168.1.33"
ACORN = Path(__file__).parents[1] / "documents" / "node" / "node_modules" / "acorn" / "bin" / "acorn"
SCRIPT = importlib.resources.files("facilitator.web") / "page.js"


def test_the_script_writes_words_and_never_markup():
    script = SCRIPT.read_text(encoding="utf-8")
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacent|document\.write|eval\(|Function\(|srcdoc|setTimeout\(\"", script
    )
    assert not re.search(r"=>|`|\b(?:let|const|class|async|await)\b", re.sub(r"//.*", "", script))


def test_what_the_script_draws_is_what_the_page_draws(routes, session):
    """Each element that the script looks for stands in the page, and each word that it says."""
    fill(session)
    routes.seat.look()
    page = text_of(routes.answer(get(), HERE))
    script = SCRIPT.read_text(encoding="utf-8")
    names = set(re.findall(r'\bat\("([\w-]+)"\)', script)) | set(re.findall(r'\bsay\("([\w-]+)"', script))
    names |= {f"{name}{end}" for name in ("asked", "decided", "mine") for end in ("", "-part")} | {"beside"}
    assert len(names) > 20
    assert sorted(name for name in names if f'id="{name}"' not in page) == []
    assert (
        sorted(word for word in set(re.findall(r'\bword\("([\w-]+)"\)', script)) if f' data-{word}="' not in page) == []
    )


@pytest.mark.ci
def test_the_script_is_read_by_telephones_of_2013():
    done = subprocess.run(
        ["node", ACORN, "--ecma5", "--silent", str(SCRIPT)], capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.ci
@pytest.mark.parametrize("scheme", [0, 1], ids=["dark", "light"])
def test_axe_finds_nothing_against_the_page(routes, session, scheme, tmp_path, monkeypatch):
    def page(request=None):
        routes.seat.look()
        return text_of(routes.answer(request or get(accept_language="en" if len(shown) % 2 else "fr"), HERE))

    shown: dict[str, str] = {}
    shown["begun"] = page()
    fill(session)
    shown["speaking"] = page()
    session.act(StartAnswer(session.meeting.of_kind("question")[0].id))
    shown["answering"] = page()
    shown["sent"] = page(post(kind="need", text="Une salle", json=False))
    shown["refused"] = page(post(kind="question", text="", json=False))
    session.act(Adjourn())
    shown["over"] = page()
    monkeypatch.delenv("TMPDIR")  # the browser puts its sockets there, whose names are short
    found = violations(shown, tmp_path, scheme)
    assert set(found) == set(shown)
    assert {name: against for name, against in found.items() if against} == {}
