"""What leaves of the examples as whoever gets it sees it: the mail of each meeting, and the paper that was on its table.

python docs/examples/pictures.py [FOLDER]     into `MEETING/fr/pictures` beside this file, or all of them into FOLDER

It needs a browser (`chromium`) and the extra `pdf` (typst). Fonts are the machine's: a picture made elsewhere is another one, byte for byte.
"""
# ruff: noqa: INP001  # a program, no package

from __future__ import annotations

import email
import email.policy
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import typst
from msgspec import to_builtins

from facilitator.documents import paper as layout
from facilitator.documents.agenda import read_agenda
from facilitator.documents.paper import plan_page
from facilitator.i18n import translator
from facilitator.meetings.leaving import mail_of

HERE = Path(__file__).parent
MEETINGS = ("eight", "sixty", "paper")
WIDE = 600  # what a program for mail shows of one, in pixels


def main(words: Sequence[str]) -> int:
    """Draw them; returns the exit code."""
    for meeting in MEETINGS:
        folder = Path(words[0]) if words else HERE / meeting / "fr" / "pictures"
        folder.mkdir(parents=True, exist_ok=True)
        before = f"{meeting}-" if words else ""
        (folder / f"{before}paper.png").write_bytes(paper(meeting))
        (folder / f"{before}mail.png").write_bytes(mail(meeting))
    return 0


def paper(meeting: str) -> bytes:
    """The page of the agenda, set as for the PDF."""
    tr = translator("fr")
    agenda = read_agenda((HERE / meeting / "agenda.fr.yaml").read_bytes(), name="agenda.fr.yaml", tr=tr)
    given = {"paper": json.dumps(to_builtins(plan_page(agenda, tr)), ensure_ascii=False)}
    program = Path(layout.__file__).with_name("paper.typ").read_bytes()
    made: bytes = typst.compile(program, format="png", ppi=80, sys_inputs=given)
    return made


def mail(meeting: str) -> bytes:
    """The minutes as a mail, whole, on a light ground."""
    (minutes,) = (HERE / meeting / "fr" / "minutes").glob("*.md")
    part = email.message_from_bytes(mail_of(minutes.read_text(encoding="utf-8")), policy=email.policy.default)
    page = part.get_body(("html",)).get_content()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        # How high it is, a page says itself, to whoever asks before.
        asks = "<script>document.title = document.documentElement.scrollHeight</script></body>"
        said = browser(folder, page.replace("</body>", asks), WIDE, "--dump-dom")
        high = int(said.partition("<title>")[2].partition("<")[0])
        browser(folder, page, high, f"--screenshot={folder / 'mail.png'}")
        return (folder / "mail.png").read_bytes()


def browser(folder: Path, page: str, high: int, *words: str) -> str:
    """What the browser says of a page in a window that is so high."""
    (folder / "mail.html").write_text(page, encoding="utf-8")
    asked = (
        "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", f"--user-data-dir={folder / 'browser'}",
        f"--window-size={WIDE},{high}", *words, (folder / "mail.html").as_uri(),
    )  # fmt: skip
    return subprocess.run(asked, check=True, capture_output=True, encoding="utf-8", timeout=60).stdout  # noqa: S603  # words of ours


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
