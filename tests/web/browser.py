"""A browser that is told what to do by a pipe: no library, no driver."""

from __future__ import annotations

import json
import os
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self


class Browser:
    """One page of a browser without a window, as a telephone is wide."""

    def __init__(self, folder: Path) -> None:
        self._number = 0
        self._session = ""
        # The browser reads what it is told from its descriptor 3, and answers in 4.
        read, self._says = os.pipe()
        self._hears, write = os.pipe()
        words = (
            f"exec 3<&{read} 4>&{write}; exec chromium --headless --no-sandbox --disable-gpu --window-size=360,740 "
            f"--user-data-dir={folder / 'browser'} --remote-debugging-pipe about:blank"
        )
        self._process = subprocess.Popen(["bash", "-c", words], pass_fds=(read, write), stderr=subprocess.DEVNULL)
        os.close(read)
        os.close(write)
        self._left = b""
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._says)
        os.close(self._hears)

    def ask(self, method: str, **params: object) -> Any:
        """What the browser answers."""
        self._number += 1
        said: dict[str, object] = {"id": self._number, "method": method, "params": params}
        said |= {"sessionId": self._session} if self._session else {}
        os.write(self._says, json.dumps(said).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self._number:
                assert "error" not in answer, answer
                return answer["result"]

    def run(self, script: str) -> Any:
        """The value of an expression in the page."""
        done = self.ask("Runtime.evaluate", expression=script, returnByValue=True)
        assert "exceptionDetails" not in done, done
        return done["result"].get("value")

    def wait(self, script: str, seconds: float = 15) -> Any:
        """The value of an expression once it is true."""
        until = time.monotonic() + seconds
        while not (found := self.run(script)):
            assert time.monotonic() < until, (script, self.run("document.body.innerText"))
            time.sleep(0.05)
        return found

    def open(self, url: str) -> None:
        """Open a page, and wait until it is there."""
        self.ask("Page.navigate", url=url)
        self.wait("document.readyState === 'complete' && location.href !== 'about:blank'")

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._left:
            data = os.read(self._hears, 65_536)
            assert data, "the browser is gone"
            self._left += data
        one, _, self._left = self._left.partition(b"\0")
        return dict(json.loads(one))
