"""Language tags: what RSS allows of them, and which way their writing runs. The knowledge is in languages.toml."""

from __future__ import annotations

import unicodedata
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import tomli

from copydesk import is_language_tag

Direction = Literal["ltr", "rtl"]

_STRONG: dict[str, Direction] = {"L": "ltr", "R": "rtl", "AL": "rtl"}


@cache
def feed_language(tag: str) -> str | None:
    """The tag that RSS 2.0 allows in place of a BCP 47 one (``ku`` for ``ckb``), or None where there is none."""
    if not is_language_tag(tag):
        return None
    language, hyphen, rest = tag.partition("-")
    language = _table()["feed"].get(language.lower(), language.lower())
    return language + hyphen + rest if language in _allowed() else None


@cache
def language_direction(tag: str) -> Direction | None:
    """The direction a language is written in, or None where the tag alone does not tell."""
    directions = _table()["direction"]
    language, *subtags = tag.split("-")
    script = next((subtag.title() for subtag in subtags if len(subtag) == 4 and subtag.isalpha()), None)
    if script is not None:
        return "rtl" if script in directions["rtl_scripts"].split() else "ltr"
    if language.lower() in directions["either_languages"].split():
        return None
    return "rtl" if language.lower() in directions["rtl_languages"].split() else "ltr"


def text_direction(text: str) -> Direction:
    """The direction of the first letter that has one, as readers guess it; ``ltr`` where none has."""
    for character in text:
        direction = _STRONG.get(unicodedata.bidirectional(character))
        if direction is not None:
            return direction
    return "ltr"


def with_direction_mark(line: str, direction: Direction) -> str:
    """The line, led by a mark where readers would guess another direction than the language's from its first letter."""
    if text_direction(line) == direction:
        return line
    return ("\u200f" if direction == "rtl" else "\u200e") + line


@cache
def _table() -> dict[str, Any]:
    return tomli.loads(files(__package__).joinpath("languages.toml").read_text("utf-8"))


@cache
def _allowed() -> frozenset[str]:
    return frozenset(" ".join(_table()["allowed"].values()).split())
