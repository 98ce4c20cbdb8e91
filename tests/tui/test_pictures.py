"""The pictures of the screens can be made anew by whoever changes a screen."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

import pytest

from facilitator.tui import themes

pytestmark = pytest.mark.painted

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
MOST = 2_000_000  # bytes, all of them


@pytest.fixture(scope="module")
def make() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_pictures", FOLDER / "make.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_picture_is_asked_for_by_words_of_its_name_and_looks_nothing_up_elsewhere(
    make: ModuleType, tmp_path: Path
) -> None:
    assert make.main([str(tmp_path), "home-empty", "60x18", "day", "fr"]) == 0
    (made,) = tmp_path.glob("*.svg")
    assert made.name == "home-empty-60x18-day-fr.svg" and made.name in (tmp_path / "index.html").read_text()
    picture = made.read_text(encoding="utf-8")
    ElementTree.fromstring(picture)  # noqa: S314  # ours
    assert "Pour" in picture and not re.search(r"(?:src|href|url)\s*[=(]\s*[\"']?https?:", picture)
    blurred = make.blurred(picture)
    ElementTree.fromstring(blurred)  # noqa: S314  # ours
    assert "feGaussianBlur" in blurred


def test_those_that_are_kept_are_those_that_are_chosen_and_are_small(make: ModuleType) -> None:
    kept = {path.name: path.stat().st_size for path in FOLDER.glob("*.svg")}
    assert set(kept) == {make.named(*one) for one in make.CHOSEN}
    assert sum(kept.values()) < MOST
    told = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert [name for name in kept if name not in told] == []


def test_the_sheet_has_every_theme(make: ModuleType) -> None:
    assert {theme for _, _, theme, _ in make.sheet()} == set(themes.COLOURS)


@pytest.mark.ci
def test_every_scene_can_be_drawn(make: ModuleType, tmp_path: Path) -> None:
    assert make.main([str(tmp_path), "80x24", "terminal", "en"]) == 0
    assert len(list(tmp_path.glob("*.svg"))) == len(make.SCENES)
