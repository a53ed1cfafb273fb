"""The language of a story that nobody told: by script and letters, a small honest guess."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Final

import tomli

_SAMPLE: Final = 1000
_WORD: Final = re.compile(r"\w+")


@cache
def _table() -> tuple[list[tuple[re.Pattern[str], str]], dict[str, frozenset[str]]]:
    data = tomli.loads((files("copydesk_quotes") / "packs" / "guess" / "guess.toml").read_text("utf-8"))
    letters = [(re.compile(f"[{row['letters']}]"), row["language"]) for row in data["script"]]
    return letters, {tag: frozenset(words) for tag, words in data["words"].items()}


def guess_language(text: str) -> str:
    """A language tag, or an empty string where neither letters nor common words tell."""
    sample = text[:_SAMPLE]
    letters, common = _table()
    for pattern, tag in letters:
        if len(pattern.findall(sample)) > len(sample) // 100:
            return tag
    words = [word.lower() for word in _WORD.findall(sample)]
    scores = {tag: sum(word in known for word in words) for tag, known in common.items()}
    best = max(scores, key=lambda tag: scores[tag], default="")
    return best if best and scores[best] * 20 >= len(words) else ""
