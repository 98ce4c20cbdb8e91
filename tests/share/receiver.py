"""A chat that receives messages, as real as a socket, and says to each what a test wants."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

SECRET = "sesame7secret"
OK = (200, {}, b"ok")


class Receiver(ThreadingHTTPServer):
    """Gives its answers in turn, the last one for ever; an answer that is a function does what it likes with the connection."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, *answers: Any, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.answers = list(answers) or [OK]
        self.got: list[dict[str, Any]] = []
        self.paths: list[str] = []
        self.over = threading.Event()

    def address(self, path: str = f"/hooks/{SECRET}") -> str:
        return f"http://127.0.0.1:{self.server_port}{path}"

    @property
    def texts(self) -> list[str]:
        return [one.get("text") or one["content"] for one in self.got]


class _Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        self.server.paths.append(self.path)
        said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        answer = self.server.answers.pop(0) if len(self.server.answers) > 1 else self.server.answers[0]
        if callable(answer):
            answer(self)
            return
        status, headers, body = answer
        if status < 300:
            self.server.got.append(said)
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:
        self.server.paths.append(self.path)
        self.send_error(405)

    def log_message(self, *_: object) -> None:
        pass


def hangs(handler: _Handler) -> None:
    """Takes the message, and says nothing."""
    handler.server.over.wait(5)


def drips(handler: _Handler) -> None:
    """Says a byte now and then, and never comes to an end."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
    while not handler.server.over.wait(0.02):
        handler.wfile.write(b"x")


def raves(handler: _Handler) -> None:
    """Answers, in no known language."""
    handler.wfile.write(b"\x00\x1b]0;title\x07 " + SECRET.encode() + b"\r\n\r\n")


def drops(handler: _Handler) -> None:
    """Takes the message, and goes away."""
    handler.close_connection = True


@contextmanager
def receiving(*answers: Any, port: int = 0) -> Iterator[Receiver]:
    """A chat that listens on this machine."""
    with Receiver(*answers, port=port) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.005,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.over.set()
            server.shutdown()
            thread.join()
