"""What a reader's screen needs to know of a text: its direction, and what stands for characters it must not get."""

from __future__ import annotations

import unicodedata
from collections import Counter

_PICTURES = {code: 0x2400 + code for code in range(0x20) if code not in (0x09, 0x0A)} | {0x7F: 0x2421}
_CONTROLS = _PICTURES | dict.fromkeys(range(0x80, 0xA0), 0xFFFD)
_LINE_ENDS = {0x0D: 0x20, 0x0B: 0x0A, 0x0C: 0x0A, 0x85: 0x0A, 0x2028: 0x0A, 0x2029: 0x0A}
_FIRST_STRONG_ISOLATE, _POP_DIRECTIONAL_ISOLATE = "\u2068", "\u2069"


def displayable(text: str) -> str:
    """The text without characters that steer terminals or break pages; as long as before, so that offsets hold."""
    return text.translate(_CONTROLS | _LINE_ENDS)


def direction(text: str) -> str | None:
    """``rtl`` or ``ltr`` by most of the letters, None where there is none."""
    counts = Counter(map(unicodedata.bidirectional, text))
    right, left = counts["R"] + counts["AL"], counts["L"]
    if right == left == 0:
        return None
    return "rtl" if right > left else "ltr"


def isolated(text: str) -> str:
    """The text, kept from reordering what stands beside it where it is written from the right."""
    if not any(unicodedata.bidirectional(character) in ("R", "AL") for character in text):
        return text
    return f"{_FIRST_STRONG_ISOLATE}{text}{_POP_DIRECTIONAL_ISOLATE}"


def one_line(text: str, limit: int) -> str:
    """At most ``limit`` characters of a text, on one line."""
    line = " ".join(displayable(text).split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"
