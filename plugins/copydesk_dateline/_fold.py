"""Spelling keys: what is left of a name when case, accents, width and spelling habits are taken off."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LETTERS = {
    # Arabic script: Arabic, Persian, Kurdish and Urdu keyboards give one letter several code points.
    "ٱ": "ا",
    **dict.fromkeys("ةھہەۃ", "ه"),
    **dict.fromkeys("ىیېێے", "ي"),
    **dict.fromkeys("كڪ", "ک"),
    **dict.fromkeys("ۆۇۈۋ", "و"),
    "ڕ": "ر",
    "ڵ": "ل",
    "ء": "",
    "ٴ": "",
    # Latin letters that have no decomposition.
    "ı": "i",
    "ł": "l",
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "ħ": "h",
    "ə": "e",
    "æ": "ae",
    "œ": "oe",
    "þ": "th",
    "臺": "台",
    "ё": "е",
}
_DROPPED = "ـ\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufe0e\ufe0f'’‘ʼʻʿʾ`´′\"“”„«»״׳"
_DROP = re.compile(f"[{_DROPPED}]")
_SPACE = re.compile(r"[\s.\-–—_/·・，,]+")
_TABLE = {ord(letter): plain for letter, plain in _LETTERS.items()}
_KEPT_MARKS = frozenset([*range(0x0900, 0x1100), 0x3099, 0x309A])
"""Indic, Thai, Tibetan and Burmese marks are letters of their own; kana marks make another syllable."""


@lru_cache(maxsize=50_000)
def spelling_key(name: str) -> str:
    """The key under which every usual spelling of ``name`` is filed: «أربيل» and «اربیل», «KÖLN» and «Koln»."""
    if name.isascii():
        plain = name.lower()
    else:
        plain = unicodedata.normalize("NFKC", name).casefold()
        plain = unicodedata.normalize("NFD", plain).translate(_TABLE)
        plain = "".join([c for c in plain if not unicodedata.combining(c) or ord(c) in _KEPT_MARKS])
        plain = unicodedata.normalize("NFC", plain).translate(_TABLE)
    return _SPACE.sub(" ", _DROP.sub("", plain)).strip()


def compact_key(name: str) -> str:
    """The spelling key without spaces: «أ ف ب», «أ.ف.ب» and «أف ب» are one agency."""
    return spelling_key(name).replace(" ", "")
