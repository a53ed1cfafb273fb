"""A reading copy of a story's head: one kind of digit, dash, bracket and space, and the way back to the text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

import attrs

LONG_DASH = "—"
_SAME = {
    "-": "‐‑﹣－",
    LONG_DASH: "‒–—―−﹘_＿﹏",
    "(": "（［【〔〖{[｛﹙",
    ")": "）］】〕〗}]｝﹚",
    ",": "，、،､﹐፣፤",
    ".": "。．｡۔։።",
    ":": "：﹕៖፦፥",
    "/": "／⁄∕",
    "|": "｜│┃¦‖ㅣ",
    "=": "＝﹦",
    "·": "・ㆍ･‧∙⸱",
}
_INVISIBLE = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufe0e\ufe0f\u064b-\u0652\u0670"
_CHANGES_LENGTH = re.compile(f"[{_INVISIBLE}\u0640\ufb00-\ufb06\ufefb-\ufefc\ufef5-\ufefa]")
_TATWEEL = "\u0640"
_LETTER = re.compile(r"[^\W_]")
_FREE_UNDERSCORE = re.compile(r"_(?<![a-z\d]_(?=[a-z\d]))(?<![A-Z]_(?=[A-Z]{2}))")
"""«Peru (AP) _ The», no part of a name in a program: «set_event_loop»."""


_ZEROS = "٠۰߀०০੦૦୦௦౦೦൦๐໐༠၀០᠐０"
_SPACES = "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"


def _table() -> dict[int, str]:
    table = {ord(c): to for to, same in _SAME.items() for c in same} | dict.fromkeys(map(ord, _SPACES), " ")
    table |= {ord(zero) + value: str(value) for zero in _ZEROS for value in range(10)}
    for code in (*range(0xFF01, 0xFF5F), *range(0xFE70, 0xFEF5)):
        plain = unicodedata.normalize("NFKC", chr(code))
        if len(plain) == 1:
            table.setdefault(code, plain)
    return table


_TABLE = _table()


@attrs.frozen
class View:
    """``text`` is what the rules read; ``offsets[i]`` is where its character ``i`` stands in the story."""

    text: str
    offsets: Sequence[int]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The story's span for a span of the view."""
        return self.offsets[start], (self.offsets[end - 1] + 1 if end > start else self.offsets[start])


def view(story: str, start: int, end: int) -> View:
    """The reading copy of ``story[start:end]``, one line of at most a few hundred characters."""
    head = story[start:end]
    if head.isascii():
        return View(_FREE_UNDERSCORE.sub(LONG_DASH, head).translate(_ASCII), range(start, end + 1))
    if not _CHANGES_LENGTH.search(head):
        return View(head.translate(_TABLE), range(start, end + 1))
    return _edited(head, start)


_ASCII = {ord(c): to for c, to in {"{": "(", "[": "(", "}": ")", "]": ")", "\t": " "}.items()}


def _edited(head: str, start: int) -> View:
    letters: list[str] = []
    offsets: list[int] = []
    for index, letter in enumerate(head):
        for plain in _plain(head, index, letter):
            letters.append(plain)
            offsets.append(start + index)
    offsets.append(start + len(head))
    return View("".join(letters), offsets)


def _plain(head: str, index: int, letter: str) -> str:
    if letter == _TATWEEL:
        return "" if _joins(head, index) else LONG_DASH
    if _CHANGES_LENGTH.match(letter):
        return unicodedata.normalize("NFKC", letter) if unicodedata.category(letter) in ("Ll", "Lo") else ""
    return _TABLE.get(ord(letter), letter)


def _joins(head: str, index: int) -> bool:
    """A tatweel between letters stretches a word, as does that of «هـ»; another is typed for a dash."""
    before, after = head[:index].rstrip(_TATWEEL)[-2:], head[index + 1 :].lstrip(_TATWEEL)[:1]
    era = before[-1:] == "ه" and not before[:-1][-1:].isalpha()
    return era or bool(_LETTER.match(before[-1:]) and (_LETTER.match(after) or index + 1 >= len(head)))
