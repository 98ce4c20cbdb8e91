"""Over TLS, with an authority of the test's own: whoever can show who they are is spoken to, nobody else is."""

from __future__ import annotations

import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import SimpleNamespace

import pytest
from share.receiver import SECRET, Receiver

from facilitator.i18n import translator
from facilitator.share import webhook
from facilitator.share.secret import Secret
from facilitator.share.smtp import Mail, MailAccount, deliver
from facilitator.share.webhook import NotPosted, post, read_webhook

NAME = "chat.example.org"


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch):
    for name in ("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="module")
def authority(tmp_path_factory) -> Path:
    """A folder with `ca`, and what it vouches for: `good` for this machine and the chat, `other` for somebody else, `past` no longer."""
    folder = tmp_path_factory.mktemp("tls")
    key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")

    def make(name: str, *words: str) -> None:
        asked = ["openssl", "req", "-x509", *key, "-keyout", f"{name}.key", "-out", name, *words]
        subprocess.run(asked, cwd=folder, check=True, capture_output=True)

    make("ca", "-subj", "/CN=A test", "-days", "3", "-addext", "keyUsage=critical,keyCertSign")
    by = ("-CA", "ca", "-CAkey", "ca.key", "-addext", "basicConstraints=critical,CA:FALSE")
    here = f"subjectAltName=DNS:localhost,DNS:{NAME},IP:127.0.0.1"
    make("good", *by, "-subj", "/CN=here", "-days", "3", "-addext", here)
    make("other", *by, "-subj", "/CN=other", "-days", "3", "-addext", "subjectAltName=DNS:other.example.org")
    make(
        "past",
        *by,
        "-subj",
        "/CN=here",
        "-not_before",
        "20200101000000Z",
        "-not_after",
        "20200201000000Z",
        "-addext",
        here,
    )
    return folder


def context(authority: Path, name: str) -> ssl.SSLContext:
    found = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    found.load_cert_chain(authority / name, authority / f"{name}.key")
    return found


@contextmanager
def chat(authority: Path, name: str = "good") -> Iterator[Receiver]:
    with Receiver() as server:
        server.socket = context(authority, name).wrap_socket(server.socket, server_side=True)
        server.handle_error = lambda *_: None  # a peer that hangs up
        thread = threading.Thread(target=server.serve_forever, args=(0.005,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def posted(address: str) -> str:
    """Why it was not posted; empty when it was."""
    try:
        post(read_webhook(Secret(address)), "Bonjour", seconds=5)
    except NotPosted as failed:
        assert not failed.unsure and SECRET not in failed.sentence(translator("fr"))
        return failed.why
    return ""


@pytest.mark.ci
def test_a_chat_over_https_is_believed_where_an_authority_of_the_system_vouches_for_it(authority, monkeypatch):
    with chat(authority) as server:
        address = f"https://127.0.0.1:{server.server_port}/hooks/{SECRET}"
        assert posted(address) == "certificate" and not server.got
        monkeypatch.setenv("SSL_CERT_FILE", str(authority / "ca"))
        assert posted(address) == "" and len(server.got) == 1
    for name in ("other", "past"):
        with chat(authority, name) as server:
            address = f"https://127.0.0.1:{server.server_port}/hooks/{SECRET}"
            assert posted(address) == "certificate" and not server.got, name


def test_a_chat_that_does_not_speak_tls_gets_nothing():
    with Receiver() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.005,), daemon=True)
        thread.start()
        assert posted(f"https://127.0.0.1:{server.server_port}/hooks/{SECRET}") in ("garbage", "unreachable")
        server.shutdown()
        thread.join()
        assert not server.got


@contextmanager
def proxy(answer: bytes, to: int = 0) -> Iterator[SimpleNamespace]:
    """A proxy that answers so, and after a yes hands on what comes to a port of this machine."""
    listener = socket.create_server(("127.0.0.1", 0))
    asked: list[bytes] = []

    def pump(one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while data := one.recv(65_536):
                other.sendall(data)
        with suppress(OSError):
            other.shutdown(socket.SHUT_WR)

    def serve() -> None:
        with suppress(OSError):
            connection, _ = listener.accept()
            with connection:
                head = b""
                while not head.endswith(b"\r\n\r\n"):
                    head += connection.recv(1)
                asked.append(head)
                connection.sendall(answer)
                if to:
                    with socket.create_connection(("127.0.0.1", to)) as there:
                        back = threading.Thread(target=pump, args=(there, connection), daemon=True)
                        back.start()
                        pump(connection, there)
                        back.join(5)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield SimpleNamespace(port=listener.getsockname()[1], asked=asked)
    finally:
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(5)


@pytest.mark.ci
def test_a_chat_behind_the_proxy_of_the_environment_is_reached_and_the_proxy_reads_nothing(authority, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(authority / "ca"))
    with chat(authority) as server, proxy(b"HTTP/1.1 200 yes\r\n\r\n", server.server_port) as way:
        monkeypatch.setenv("HTTPS_PROXY", f"http://claire:p%40ss@127.0.0.1:{way.port}")
        assert posted(f"https://{NAME}/hooks/{SECRET}") == "" and len(server.got) == 1
        assert way.asked[0].startswith(f"CONNECT {NAME}:443 ".encode()) and SECRET.encode() not in way.asked[0]
        assert b"Proxy-Authorization: Basic Y2xhaXJlOnBAc3M=" in way.asked[0]


@pytest.mark.parametrize("answer", [b"HTTP/1.1 407 who are you\r\n\r\n", b"HTTP/1.1 403 no\r\n\r\n"])
def test_a_proxy_that_says_no_is_said_and_is_not_taken_for_a_network_that_is_gone(answer, monkeypatch):
    with proxy(answer) as way:
        monkeypatch.setenv("HTTPS_PROXY", f"127.0.0.1:{way.port}")
        assert posted(f"https://{NAME}/hooks/{SECRET}") == "proxy"


@pytest.mark.parametrize("given", ["socks5://127.0.0.1:1", "http://[x", "https://127.0.0.1:1"])
def test_a_proxy_of_a_kind_that_is_not_known_is_said(given, monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", given)
    assert posted(f"https://{NAME}/hooks/{SECRET}") == "proxy"


def test_a_proxy_that_is_not_there_and_a_host_that_needs_none(monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    monkeypatch.setenv("ALL_PROXY", f"http://127.0.0.1:{port}")
    assert posted(f"https://{NAME}/hooks/{SECRET}") == "unreachable"
    monkeypatch.setenv("NO_PROXY", "example.org")
    hook = read_webhook(Secret(f"https://{NAME}/hooks/{SECRET}"))
    assert webhook._connection(hook, 1).host == NAME


@contextmanager
def post_office(authority: Path, name: str, *, implicit: bool) -> Iterator[SimpleNamespace]:
    from aiosmtpd.controller import Controller

    took: list[str] = []

    async def take(_server, _session, envelope):
        took.extend(envelope.rcpt_tos)
        return "250 ok"

    secret = context(authority, name)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    how = {"ssl_context": secret} if implicit else {"tls_context": secret, "require_starttls": True}
    controller = Controller(SimpleNamespace(handle_DATA=take), hostname="127.0.0.1", port=port, **how)
    controller.start()
    try:
        yield SimpleNamespace(port=port, took=took)
    finally:
        controller.stop()


@pytest.mark.ci
@pytest.mark.parametrize("security", ["tls", "starttls"])
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_mail_goes_encrypted_from_the_first_byte_or_from_starttls_to_whom_an_authority_vouches_for(
    authority, security, monkeypatch
):
    def sent(port: int) -> str:
        done = deliver(
            MailAccount("127.0.0.1", port, security), "a@example.org", [Mail("b@example.org", b"x")], lambda *_: None
        )
        return done.failed.why if done.failed else ""

    monkeypatch.setenv("SSL_CERT_FILE", str(authority / "ca"))
    with post_office(authority, "good", implicit=security == "tls") as office:
        assert sent(office.port) == "" and office.took == ["b@example.org"]
        monkeypatch.delenv("SSL_CERT_FILE")
        assert sent(office.port) == "certificate" and len(office.took) == 1
    monkeypatch.setenv("SSL_CERT_FILE", str(authority / "ca"))
    for name in ("other", "past"):
        with post_office(authority, name, implicit=security == "tls") as office:
            assert sent(office.port) == "certificate" and not office.took


def test_a_server_that_is_asked_for_tls_from_the_first_byte_and_has_none_is_told_nothing():
    from share.postman import postman

    with postman() as post:
        done = deliver(
            MailAccount("127.0.0.1", post.port, "tls"), "a@example.org", [Mail("b@x.org", b"x")], lambda *_: None
        )
        assert done.failed.why == "no-tls" and not any("MAIL" in line for line in post.said)
