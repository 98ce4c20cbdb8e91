"""The page in a real browser, before the real server: it follows, sends, and sends again what was not received."""

from __future__ import annotations

import pytest
from web.browser import Browser
from web.test_server import started

from facilitator.core.acts import Capture, Close, Send
from facilitator.core.said import Fields
from facilitator.meetings.telephones import take_up, waiting

pytestmark = pytest.mark.ci

WRITE = "document.getElementById('text').value = {text!r}; document.querySelector('button[value={kind}]').click()"


@pytest.fixture
def browser(tmp_path, monkeypatch, session):
    monkeypatch.delenv("TMPDIR")
    with Browser(tmp_path) as made:
        yield made


def text(name: str) -> str:
    return f"document.getElementById({name!r}).textContent"


def test_a_telephone_follows_and_sends_and_nothing_is_lost_nor_there_twice(session, browser):
    process, found = started(session)
    browser.open(found.url)
    browser.wait("document.getElementById('update').parentNode.hidden")
    session.act(Capture("decision", Fields(text="Une charte commune")))
    browser.wait(f"{text('last')}.indexOf('Une charte commune') > 0")
    assert browser.wait("/^[0-9]+:[0-9]{2}$/.test(document.getElementById('left').textContent)")

    browser.run(WRITE.format(text="Qui paie ?", kind="question"))
    browser.wait(f"{text('mine')}.indexOf('Qui paie ?') >= 0")
    assert browser.run("document.getElementById('text').value") == ""
    take_up(session, waiting(session)[0].item)
    browser.wait(f"{text('asked')}.indexOf('Qui paie ?') >= 0")
    browser.wait("document.querySelectorAll('#mine button').length === 0")

    browser.run("document.querySelector('#asked button').click()")
    browser.wait("document.querySelectorAll('#mine li').length === 2", 20)
    assert [one.item.kind for one in waiting(session)] == ["same"]
    browser.wait("document.querySelectorAll('#asked button').length === 0")

    process.kill()
    process.communicate()
    browser.run(WRITE.format(text="Une salle", kind="need"))
    browser.wait("!document.getElementById('lost').hidden")
    again, since = started(session, "--port", found.address.rpartition(":")[2])
    assert since.url == found.url
    browser.wait(f"{text('mine')}.indexOf('Une salle') >= 0", 30)
    browser.wait("document.getElementById('lost').hidden", 30)
    assert [one.item.text for one in waiting(session)] == ["", "Une salle"]

    again.kill()
    again.communicate()
    browser.run(WRITE.format(text="Un écran", kind="need"))
    browser.wait("!document.getElementById('lost').hidden")
    browser.open("data:text/html,away")
    again, since = started(session, "--port", found.address.rpartition(":")[2])
    browser.open(since.url)
    browser.wait(f"{text('mine')}.indexOf('Un écran') >= 0", 30)
    assert [one.item.text for one in waiting(session)] == ["", "Une salle", "Un écran"]

    session.act(Send(session.meeting.undecided()[0].id, "newsletter"))
    session.act(Close("2026-12", session.seen()))
    browser.wait("document.getElementById('sends').hidden")
    assert not browser.run("document.getElementById('lost').hidden")
    assert again.wait(10) == 0
    again.communicate()


def test_without_javascript_a_form_is_sent_and_the_page_says_what_became_of_it(session, browser):
    process, found = started(session)
    try:
        browser.ask("Emulation.setScriptExecutionDisabled", value=True)
        browser.open(found.url)
        browser.ask("Emulation.setScriptExecutionDisabled", value=False)
        browser.run(WRITE.format(text="Qui paie ?", kind="question"))
        browser.wait("location.pathname.slice(-5) === '/send'")
        browser.wait("document.readyState === 'complete'")
        assert [one.item.text for one in waiting(session)] == ["Qui paie ?"]
    finally:
        process.terminate()
        process.communicate(timeout=10)
