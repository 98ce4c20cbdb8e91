"""What one telephone, one address and all of them together may do. Functions of the instant: seconds that only grow."""

from __future__ import annotations

from collections import Counter

# A room is served, not a town: two hundred telephones and the pages they leave open. In some rooms all have one address.
CONNECTIONS = 512
OF_ADDRESS = 400
# Before it has shown the code: whoever holds connections open and says nothing has no more.
UNPROVEN = 128
UNPROVEN_OF_ADDRESS = 64
STREAMS_OF_PHONE = 4
# In a minute, from one address.
WRONG_CODES = 30
SENDINGS = 240

HEAD_BYTES = 8 * 1024
BODY_BYTES = 96 * 1024  # three texts of the greatest length, each character in twelve
HEAD_S = 10.0
BODY_S = 10.0
WRITE_S = 20.0


class PerMinute:
    """How often something was done in this minute, by each."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._minute = -1
        self._counts: Counter[str] = Counter()

    def count(self, who: str, now: float) -> None:
        """Once more."""
        self._at(now)[who] += 1

    def allows(self, who: str, now: float) -> bool:
        """Whether it may be done once more."""
        return self._at(now)[who] < self.most

    def _at(self, now: float) -> Counter[str]:
        if int(now // 60) != self._minute:
            self._minute, self._counts = int(now // 60), Counter()
        return self._counts


class Guard:
    """Who is connected, who guesses codes, who sends."""

    def __init__(self) -> None:
        self.sendings = PerMinute(SENDINGS)
        self._guesses = PerMinute(WRONG_CODES)
        self._connected: Counter[str] = Counter()
        self._unproven: Counter[str] = Counter()
        self._streams: Counter[str] = Counter()
        self._known: set[str] = set()

    def admit(self, address: str) -> bool:
        """Let somebody connect; False when there are too many."""
        if self._connected.total() >= CONNECTIONS or self._connected[address] >= OF_ADDRESS:
            return False
        if self._unproven.total() >= UNPROVEN or self._unproven[address] >= UNPROVEN_OF_ADDRESS:
            return False
        self._connected[address] += 1
        self._unproven[address] += 1
        return True

    def prove(self, address: str) -> None:
        """This connection has shown the code."""
        self._take(self._unproven, address)
        self._known.add(address)

    def release(self, address: str, *, proven: bool) -> None:
        """A connection is over."""
        self._take(self._connected, address)
        if not proven:
            self._take(self._unproven, address)

    def may_try(self, address: str, now: float) -> bool:
        """Whether a code that comes from here is looked at. Whoever has shown the right one is not kept out by those who guess."""
        return address in self._known or self._guesses.allows(address, now)

    def missed(self, address: str, now: float) -> None:
        """A wrong code came from here."""
        self._guesses.count(address, now)

    def open_stream(self, phone: str) -> bool:
        """Let a telephone follow; False when it follows in too many pages."""
        if self._streams[phone] >= STREAMS_OF_PHONE:
            return False
        self._streams[phone] += 1
        return True

    def close_stream(self, phone: str) -> None:
        """A page no longer follows."""
        self._take(self._streams, phone)

    @staticmethod
    def _take(counts: Counter[str], who: str) -> None:
        counts[who] -= 1
        if counts[who] <= 0:
            del counts[who]
