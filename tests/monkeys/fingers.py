"""What the hands do: keys as a terminal sends them, texts people would never type, and what else befalls a screen."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

ESCAPE = b"\x1b"
NAMED: dict[str, bytes] = {
    "enter": b"\r",
    "tab": b"\t",
    "backspace": b"\x7f",
    "space": b" ",
    "up": b"\x1b[A",
    "down": b"\x1b[B",
    "right": b"\x1b[C",
    "left": b"\x1b[D",
    "home": b"\x1b[H",
    "end": b"\x1b[F",
    "delete": b"\x1b[3~",
    "pageup": b"\x1b[5~",
    "pagedown": b"\x1b[6~",
    "f1": b"\x1bOP",
    "f5": b"\x1b[15~",
    "shift+tab": b"\x1b[Z",
    "ctrl+p": b"\x10",
    "ctrl+y": b"\x19",
    "ctrl+z": b"\x1a",
    "ctrl+c": b"\x03",
    "ctrl+a": b"\x01",
    "ctrl+u": b"\x15",
    "ctrl+w": b"\x17",
    "ctrl+left": b"\x1b[1;5D",
    "alt+x": b"\x1bx",
}
OFTEN = (
    "enter",
    "enter",
    "enter",
    "escape",
    "escape",
    "up",
    "down",
    "right",
    "left",
    "tab",
    "ctrl+p",
    "space",
    "backspace",
)
LETTERS = "qbxdailknersjgfuthopvmc+-=?*!>123456789"
TEXTS = (
    "Faut-il un mandat ?", "@Nora", "@Karim B. #droits", "-> 10/12", "pour vendredi", "nora", "awa, karim", "zzz", "2", "90",
    "1h30", "Pause 10", "中文中文中文", "👩🏽‍⚕️ é̂", "# titre | a", "<script>", "---", "--", "%s {name} \\", "``` x", "[a](b)", "suivant",
    "https://exemple.fr/a_(b)", "\u00a0\u202f", "À bientôt !", "x" * 120, "- - -", "> cité", "note", "aide", "é", "'", '"',
)  # fmt: skip
# What no terminal should send, and some do.
BYTES = (
    b"\xe9", b"caf\xe9", b"\x9bA", b"\x9b", b"\xff\xfe", b"\xc3", b"\x80", b"\xed\xa0\x80", b"\x00", b"\x1c", b"\x1f",
    b"\x1b[97:65;2u", b"\x1b[1114112;1;1114112u", b"\x1b[97;1;55296u", b"\x1b[99999999999999u", b"\x1b[48;9999;9999;1;1t",
    b"\x1b[?2048;1$y", b"\x1b[<0;3;3M", b"\x1b[<65;1;1M", b"\x1b[M !!", b"\x1b[I", b"\x1b[O", b"\x1b[1;1R", b"\x1b]52;c;eA==\x07",
    b"\x1b[224;;64u", b"\x1b[13u", b"\x1b[27u", b"\x1bP1$r\x1b\\",
)  # fmt: skip
PASTES = (
    "un\ndeux\n",
    "\n\n",
    "a\r\nb\rc\x0bd\u2028e",
    "x" * 12_000,
    "\x1b[31mrouge\x07",
    "é" * 400,
    "@Nora\n#x\n-> 10/12",
    "\t",
)


def stroke(rng: Random, keymap: Sequence[str] = LETTERS) -> tuple[str, bytes]:
    """One thing that hands do, named, and its bytes."""
    share = rng.random()
    if share < 0.42:
        name = rng.choice(OFTEN) if rng.random() < 0.8 else rng.choice(list(NAMED))
        return name, ESCAPE if name == "escape" else NAMED[name]
    if share < 0.74:
        letter = rng.choice(keymap)
        return letter, letter.encode()
    if share < 0.88:
        text = rng.choice(TEXTS)
        return repr(text), text.encode()
    if share < 0.93:
        text = rng.choice(PASTES)
        return f"paste {text[:20]!r}", b"\x1b[200~" + text.encode() + b"\x1b[201~"
    if share < 0.98:
        data = rng.choice(BYTES)
        return repr(data), data
    data = bytes(byte for byte in rng.randbytes(rng.randint(1, 12)) if byte != 0x11)  # Ctrl+Q is for the end
    return repr(data), data
