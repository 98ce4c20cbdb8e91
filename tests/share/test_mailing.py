"""Mail to a list, with a real server and with one that misbehaves: each gets it once, alone, and it is known who did."""

from __future__ import annotations

import email
import email.policy
import socket
import ssl
import subprocess
import time
import traceback
from types import SimpleNamespace

import pytest
from share.postman import postman

from facilitator.core.network import Channels, Network, Share
from facilitator.core.network import MailServer as Chosen
from facilitator.i18n import translator
from facilitator.meetings.leaving import mail_of
from facilitator.share import smtp
from facilitator.share.mailing import (
    Unaddressed,
    checked_address,
    mail_all,
    recipients_of,
    sender_of,
    server_of,
    sorted_out,
)
from facilitator.share.secret import Secret
from facilitator.share.smtp import Mail, MailAccount, deliver
from facilitator.store.preferences import config_folder
from facilitator.store.workspace import Workspace

SECRET = "sesame7secret"
THREE = ("awa@example.org", "karim@example.org", "nora@example.org")
TEXT = "---\nformat: 2\nmeeting: 2026-11-10-roannais\n---\n\n# Rencontre\n\n- Été\n\n.\n\n..\n"
MAIL = mail_of(TEXT)


@pytest.fixture
def workspace(tmp_path):
    (tmp_path / "ws").mkdir()
    return Workspace(tmp_path / "ws")


def server(port, **more):
    return MailAccount("127.0.0.1", port, **{"security": "none", **more})


def mailed(workspace, port, recipients=THREE, **more):
    again = more.pop("again", ())
    mails = dict.fromkeys(recipients, MAIL)
    return mail_all(workspace, "m", mails, server=server(port, **more), sender="lettre@example.org", again=again)


def told(failed):
    return "".join(traceback.format_exception(failed)) + failed.sentence(translator("fr"))


def test_each_gets_a_letter_in_which_nobody_else_is_named(workspace):
    with postman() as post:
        done = mailed(workspace, post.port)
    assert done.now == THREE and not (done.failed or done.refused or done.left or done.unsure)
    letters = [email.message_from_bytes(one[:-5], policy=email.policy.default) for one in post.took]
    assert [one["To"] for one in letters] == list(THREE)
    for to, letter, raw in zip(THREE, letters, post.took, strict=True):
        assert not any(other.encode() in raw for other in THREE if other != to)
        assert letter["From"] == "lettre@example.org" and letter["X-Unsent"] is None and letter["Date"]
        assert "Été" in letter.get_body(("plain",)).get_content()
    assert len({one["Message-ID"] for one in letters}) == 3


def test_one_of_three_that_is_refused_is_said_and_tried_again_alone(workspace):
    with postman(lambda line, _: b"550 no such user\r\n" if "karim" in line and "RCPT" in line else None) as post:
        done = mailed(workspace, post.port)
        assert done.now == (THREE[0], THREE[2]) and [(one.to, one.code) for one in done.refused] == [(THREE[1], 550)]
        assert not done.left and done.failed is None
    with postman() as post:
        done = mailed(workspace, post.port)
        assert done.now == (THREE[1],) and done.before == (THREE[0], THREE[2]) and len(post.took) == 1


def test_a_letter_that_is_refused_once_it_was_read_was_not_sent(workspace):
    with postman(takes=lambda n: b"554 spam\r\n" if n == 2 else b"250 ok\r\n") as post:
        done = mailed(workspace, post.port)
        assert done.now == (THREE[0], THREE[2]) and done.refused[0].code == 554
    assert sorted_out(workspace, "m", THREE)[0] == (THREE[1],)


@pytest.mark.parametrize("where", ["MAIL", "RCPT", "DATA"])
def test_a_connection_that_ends_before_a_letter_was_whole_loses_nothing_and_sends_nothing_twice(workspace, where):
    with postman(lambda line, n: b"" if n == 1 and line.startswith(where) else None) as post:
        done = mailed(workspace, post.port)
        assert done.now == THREE[:1] and done.left == THREE[1:] and not done.unsure and done.failed.why == "dropped"
    with postman() as post:
        assert mailed(workspace, post.port).now == THREE[1:] and len(post.took) == 2


def test_a_connection_that_ends_before_the_answer_leaves_one_that_may_have_got_it(workspace):
    with postman(takes=lambda n: b"" if n == 2 else b"250 ok\r\n") as post:
        done = mailed(workspace, post.port)
        assert (done.now, done.unsure, done.left) == (THREE[:1], THREE[1:2], THREE[2:]) and done.failed.why == "dropped"
        first = post.took[1]
    with postman() as post:
        done = mailed(workspace, post.port)
        assert done.now == THREE[2:] and done.unsure == THREE[1:2]
        assert mailed(workspace, post.port, again=["KARIM@example.org"]).now == THREE[1:2]
        name = email.message_from_bytes(first)["Message-ID"]
        assert email.message_from_bytes(post.took[-1])["Message-ID"] == name  # programs know it again
        assert mailed(workspace, post.port, again=["all"]).now == THREE


def test_encryption_that_is_asked_for_and_is_not_there_is_said_before_anything_is(workspace):
    with postman() as post:
        done = mailed(workspace, post.port, security="starttls", user="claire", password=Secret(SECRET))
        assert done.failed.why == "no-tls" and done.left == THREE and not post.took
        assert not any(line.startswith(("AUTH", "MAIL")) for line in post.said) and SECRET not in told(done.failed)


def test_a_password_never_goes_out_unencrypted(workspace):
    with postman(lambda line, _: b"250-hello\r\n250 AUTH PLAIN LOGIN\r\n" if line.startswith("EHLO") else None) as post:
        done = mailed(workspace, post.port, user="claire", password=Secret(SECRET))
        assert done.failed.why == "plain" and post.said == [] and SECRET not in told(done.failed)


def test_a_server_that_hangs_raves_or_is_not_there_is_given_up(workspace, monkeypatch):
    letters = [Mail(to, b"x") for to in THREE]

    def failed(answer, most_s=2.0):
        with postman(answer) as post:
            return deliver(
                server(post.port), "a@example.org", letters, lambda *_: None, step_s=0.1, most_s=most_s
            ).failed

    began = time.monotonic()
    assert failed(lambda line, _: time.sleep(0.3) or b"250 ok\r\n" if line.startswith("MAIL") else None).why == "hangs"
    assert failed(lambda line, _: time.sleep(0.06) or b"250-x\r\n", most_s=0.15).why == "hangs"
    assert failed(lambda line, _: b"\x1b]0;x\x07\r\n" if line.startswith("MAIL") else None).why in ("garbage", "sender")
    assert time.monotonic() - began < 4
    with postman() as post:
        port = post.port
    assert deliver(server(port), "a@example.org", letters, lambda *_: None).failed.why == "unreachable"


@pytest.mark.parametrize(("code", "why"), [(553, "sender"), (530, "stranger")])
def test_a_sender_that_is_refused_or_must_say_who_it_is_ends_it(workspace, code, why):
    with postman(lambda line, _: b"%d no\r\n" % code if line.startswith("MAIL") else None) as post:
        done = mailed(workspace, post.port)
        assert (done.failed.why, done.failed.code) == (why, code) and done.left == THREE


def test_what_cannot_be_remembered_is_not_sent(workspace):
    workspace.ensure_private()
    (workspace.private / "sent.jsonl").mkdir()
    with postman() as post, pytest.raises(IsADirectoryError):
        mailed(workspace, post.port)
    assert post.took == []


@pytest.mark.parametrize(
    "given",
    ["", "awa", "awa@", "@x.fr", "a b@example.org", "awa@example.org\nBcc: all@example.org", "Awa\r\nBcc: x@y.fr <awa@example.org>", "Awa\r\nB <awa@example.org>",
     "awa@exa\u202emple.org", "élodie@example.org", "a..b@example.org", ".a@example.org", f"{'a' * 65}@example.org", "awa@example.org>, <b@example.org", "\x1b[31m@x.fr"],
)  # fmt: skip
def test_what_is_no_address_or_would_begin_a_header_is_one_clear_message(given):
    with pytest.raises(Unaddressed) as caught:
        checked_address(given)
    said = caught.value.sentence(translator("fr"))
    assert "\n" not in said and "\r" not in said and "\x1b" not in said


def test_addresses_are_taken_out_of_names_once_each_in_their_order(workspace, tmp_path):
    environ = {"HOME": str(tmp_path)}
    file = config_folder(environ) / "roannais.recipients"
    file.parent.mkdir(parents=True)
    file.write_text("# la liste\nNora T. <nora@example.org>\n\nawa@example.org\nNORA@example.org\n")
    file.chmod(0o600)
    network = Network(share=Share(account="roannais"))
    assert recipients_of(workspace, network, environ) == ("nora@example.org", "awa@example.org")
    assert recipients_of(workspace, network, environ, ["Karim <k@example.org>"]) == ("k@example.org",)
    with pytest.raises(Unaddressed) as caught:
        recipients_of(workspace, Network(), environ)
    assert str(file.parent / "recipients") in caught.value.sentence(translator("fr"))


def test_a_password_is_given_to_the_host_it_belongs_to_alone(workspace, tmp_path):
    environ = {"HOME": str(tmp_path), "FACILITATOR_SMTP_PASSWORD": SECRET}

    def network(host):
        return Network(share=Share(mail=Chosen(host=host, user="claire")))

    with pytest.raises(Unaddressed) as caught:  # the settings came with a repository: they do not say who gets it
        server_of(workspace, network("evil.example.org"), environ)
    assert caught.value.what == "password" and "evil.example.org.password" in caught.value.detail
    found = server_of(
        workspace, network("evil.example.org"), {**environ, "FACILITATOR_SMTP_HOST": "smtp.example.org:2525"}
    )
    assert (found.host, found.port, found.password.reveal()) == ("smtp.example.org", 2525, SECRET)
    file = config_folder(environ) / "smtp.example.org.password"
    file.parent.mkdir(parents=True)
    file.write_text("other\n")
    file.chmod(0o600)
    found = server_of(workspace, network("SMTP.example.org"), environ)
    assert (found.port, found.security, found.password.reveal()) == (587, "starttls", "other")
    assert SECRET not in repr(found) and "other" not in repr(found)


@pytest.mark.parametrize(
    ("environ", "what"),
    [({}, "host"), ({"FACILITATOR_SMTP_HOST": "h:0"}, "host"), ({"FACILITATOR_SMTP_HOST": "h:x"}, "host"),
     ({"FACILITATOR_SMTP_HOST": "h", "FACILITATOR_SMTP_SECURITY": "ssl"}, "security")],
)  # fmt: skip
def test_what_is_missing_is_said(workspace, environ, what):
    with pytest.raises(Unaddressed) as caught:
        server_of(workspace, Network(), environ)
    assert caught.value.what == what
    assert sender_of(Network(channels=Channels(mail="reseau@example.org")), {}) == "reseau@example.org"
    with pytest.raises(Unaddressed):
        sender_of(Network(), {})


# A real server


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tls")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "30",
         "-keyout", folder / "key", "-out", folder / "cert", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"],
        check=True, capture_output=True,
    )  # fmt: skip
    return folder


@pytest.fixture
def real(certificate, monkeypatch):
    from aiosmtpd.controller import Controller
    from aiosmtpd.smtp import AuthResult

    took = []

    async def take(_server, _session, envelope):
        took.append(envelope)
        return "250 ok"

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate / "cert", certificate / "key")
    handler = SimpleNamespace(handle_DATA=take)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(
        handler, hostname="127.0.0.1", port=port, tls_context=context, require_starttls=True, auth_required=True,
        authenticator=lambda _s, _se, _e, _m, data: AuthResult(success=data.password == SECRET.encode(), handled=False),
    )  # fmt: skip
    controller.start()
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate / "cert"))
    yield SimpleNamespace(port=port, took=took)
    controller.stop()


@pytest.mark.ci
def test_a_real_server_that_wants_encryption_and_a_password_takes_it(workspace, real):
    done = mailed(workspace, real.port, security="starttls", user="claire", password=Secret(SECRET))
    assert done.now == THREE and [one.rcpt_tos for one in real.took] == [[to] for to in THREE]
    letter = email.message_from_bytes(real.took[0].content, policy=email.policy.default)
    assert [part.get_content_type() for part in letter.iter_parts()] == ["text/plain", "text/html"]
    assert letter.get_body(("plain",)).get_content().replace("\r", "").count("\n.") <= 2


@pytest.mark.ci
def test_a_real_server_says_no_to_a_wrong_password_and_to_a_stranger(workspace, real, monkeypatch):
    done = mailed(workspace, real.port, security="starttls", user="claire", password=Secret("wrong7"))
    assert done.failed.why == "password" and "wrong7" not in told(done.failed)
    monkeypatch.delenv("SSL_CERT_FILE")
    done = mailed(workspace, real.port, security="starttls", user="claire", password=Secret(SECRET))
    assert done.failed.why == "certificate" and not real.took and SECRET not in told(done.failed)


def test_the_usual_ports_are_those_of_the_standards():
    assert smtp.PORTS == {"starttls": 587, "tls": 465, "none": 25}
