"""What is looked at in a browser: axe-core finds nothing against it, in light and in dark. `.ci/run` installs both."""

from __future__ import annotations

import html
import json
import re
import subprocess
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from documents.test_paper import AGENDA, MEMBERS

from facilitator.core.network import Network
from facilitator.documents.html import write_page
from facilitator.documents.invitation import invitation, write_invitation
from facilitator.documents.paper import plan_page, sign_sheet, write_paper
from facilitator.i18n import translator
from facilitator.meetings.leaving import mail_of

pytestmark = pytest.mark.ci

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
AXE = Path(__file__).with_name("node") / "node_modules" / "axe-core" / "axe.min.js"
# Each page in a frame of its own, which says to the one around it what is found against it.
FRAME = '<iframe title="{name}" width="900" height="4000" srcdoc="{page}"></iframe>'
ASKS = '<script>axe.run(document).then(found => parent.told("{name}", found.violations.map(one => [one.id, one.nodes[0].html])))</script>'
# A frame is dark where what is around it is.
AROUND = """<!DOCTYPE html><meta charset="utf-8"><style>html, iframe { color-scheme: light dark }</style><pre id="found"></pre><script>
const found = {};
function told(name, violations) { found[name] = violations; document.getElementById("found").textContent = JSON.stringify(found); }
</script>"""


def in_mail(text: str) -> str:
    part = message_from_bytes(mail_of(text, base="https://example.org/r"), policy=default).get_body(("html",))
    assert part is not None
    return str(part.get_content())


def pages() -> dict[str, str]:
    """All that leaves as HTML, by what it is."""
    french = translator("fr")
    found = {
        "paper": write_paper(plan_page(AGENDA, french)),
        "sheet": write_paper(sign_sheet(AGENDA, MEMBERS, french)),
        "invitation": in_mail(write_invitation(invitation(AGENDA, Network(), ["Qui paie ?"], french), french)),
    }
    for path in sorted(EXAMPLES.glob("sixty/*/*/*.md")):
        text = path.read_text(encoding="utf-8")
        name = "-".join(path.parts[-4:])
        found |= {f"page-{name}": write_page(text), f"mail-{name}": in_mail(text)}
    return found


def violations(shown: dict[str, str], folder: Path, scheme: int) -> dict[str, list[list[str]]]:
    """What axe-core finds against each page; `scheme` is 0 where people want it dark, else 1."""
    frames = []
    for name, page in shown.items():
        asking = f'<script src="{AXE.as_uri()}"></script>{ASKS.format(name=name)}</body>'
        frames.append(FRAME.format(name=name, page=html.escape(page.replace("</body>", asking))))
    harness = folder / "harness.html"
    harness.write_text("\n".join([AROUND, *frames]), encoding="utf-8")
    done = subprocess.run(
        [
            "chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'browser'}", "--allow-file-access-from-files",
            f"--blink-settings=preferredColorScheme={scheme}", "--virtual-time-budget=60000", "--dump-dom", harness.as_uri(),
        ],
        check=True, capture_output=True, encoding="utf-8", timeout=110,
    )  # fmt: skip
    said = re.search(r'<pre id="found">(.*?)</pre>', done.stdout, re.DOTALL)
    assert said is not None
    return dict(json.loads(html.unescape(said[1]) or "{}"))


@pytest.mark.parametrize("scheme", [0, 1], ids=["dark", "light"])
def test_axe_finds_nothing_against_what_leaves_as_html(scheme, tmp_path):
    shown = pages()
    found = violations(shown, tmp_path, scheme)
    assert set(found) == set(shown)
    assert {name: against for name, against in found.items() if against} == {}


@pytest.mark.parametrize("scheme", [0, 1], ids=["dark", "light"])
def test_axe_would_find_a_page_that_is_pale_or_says_no_language(scheme, tmp_path):
    told = "dark" if not scheme else "light"
    style = f"<style>@media (prefers-color-scheme: {told}) {{ h1 {{ color: #bbb; background: #fff }} }}</style>"
    pale = {"x": f"<html><head><title>x</title>{style}</head><body><main><h1>Pâle</h1></main></body></html>"}
    assert {one[0] for one in violations(pale, tmp_path, scheme)["x"]} == {"color-contrast", "html-has-lang"}
