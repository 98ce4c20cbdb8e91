"""A mail server as real as a socket that follows a script, for what a well-behaved one never does."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress


class Script:
    """What was said to the server, and what it took."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.said: list[str] = []
        self.took: list[bytes] = []


@contextmanager
def postman(
    answer: Callable[[str, int], bytes | None] = lambda _line, _n: None,
    *,
    takes: Callable[[int], bytes | None] | None = None,
    port: int = 0,
) -> Iterator[Script]:
    """A server whose answer to a line is `answer`, else the usual one; b"" hangs up. `takes` answers the n-th letter."""
    listener = socket.create_server(("127.0.0.1", port))
    script = Script(listener.getsockname()[1])
    over = threading.Event()

    def serve() -> None:
        while not over.is_set():
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection, connection.makefile("rb") as lines, suppress(OSError):
                _talk(connection, lines, script, answer, takes)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield script
    finally:
        over.set()
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(5)


def _talk(connection, lines, script, answer, takes) -> None:
    connection.sendall(b"220 here\r\n")
    while line := lines.readline().decode(errors="replace").strip():
        verb, space, rest = line.partition(" ")
        line = verb.upper() + space + rest
        script.said.append(line)
        said = answer(line, len(script.took))
        if said is None:
            said = (
                b"250 hello\r\n" if line.startswith("EHLO") else b"354 go on\r\n" if line == "DATA" else b"250 ok\r\n"
            )
        if not said:
            return
        connection.sendall(said)
        if line == "DATA" and said.startswith(b"354"):
            letter = b""
            while not letter.endswith(b"\r\n.\r\n"):
                if not (more := lines.readline()):
                    return
                letter += more
            script.took.append(letter)
            after = takes(len(script.took)) if takes else b"250 ok\r\n"
            if not after:
                return
            connection.sendall(after)
