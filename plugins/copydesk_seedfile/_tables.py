"""The tables of this package: newsroom and language knowledge, as data."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

import tomli


@cache
def head_table() -> dict[str, Any]:
    """What head lines look like: ``head.toml``."""
    return _load("head.toml")


@cache
def language_table() -> dict[str, Any]:
    """What tells languages apart: ``languages.toml``."""
    return _load("languages.toml")


def _load(name: str) -> dict[str, Any]:
    return tomli.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))


def one_of(words: Iterable[str]) -> str:
    """A regular expression for any of ``words``, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
