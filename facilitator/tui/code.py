"""The QR code of an address, in half blocks: what a telephone reads from the wall."""

from __future__ import annotations

from functools import lru_cache

# The code is read by a telephone with its quiet zone around it, in modules.
QUIET = 4
# A wider one is an address that nobody should scan from ten metres.
MOST_CODE = 45


@lru_cache(maxsize=2)
def blocks(address: str, *, light: bool) -> list[str]:
    """The code with its quiet zone, a row of text for two rows of modules: its dark modules are drawn.

    Or its `light` ones, where there are no colours to say which is which: most terminals are dark.
    """
    import segno

    matrix = [list(row) for row in segno.make(address, micro=False).matrix_iter(border=QUIET)]
    if len(matrix) % 2:
        matrix.append([0] * len(matrix[0]))
    signs = {(1, 1): "█", (1, 0): "▀", (0, 1): "▄", (0, 0): " "}
    return [
        "".join(
            signs[bool(above) is not light, bool(below) is not light]
            for above, below in zip(matrix[y], matrix[y + 1], strict=True)
        )
        for y in range(0, len(matrix), 2)
    ]
