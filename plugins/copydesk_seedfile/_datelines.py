"""Where the body begins: does a block open with a dateline, or by naming its source?

A cheap look at the outer shape, enough to tell a standfirst from a first paragraph; reading a dateline's
parts is another plugin's work.
"""

from __future__ import annotations

import re
from functools import cache

from copydesk_seedfile._blocks import INVISIBLE
from copydesk_seedfile._tables import head_table

_HEAD = 160
"""How many characters of a block are looked at; the longest dateline met has 60."""
_PARTS = {
    "{dash}": r"(?:[-‐-―−_|]{1,3}|\s\u0640)",
    "{open}": r"[(（\[［{【]",
    "{close}": r"[)）\]］}】]",
    "{upper}": r"[A-ZÀ-ÖØ-ÞĀŁŚŞŠŻŽÇĞİΑ-ΩА-ЯЁІЇЄҐ]",
}


def opens_body(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` begins as the first paragraph of a body does."""
    head = text[start : min(end, start + _HEAD)].lstrip(INVISIBLE)
    return _shapes().match(head) is not None or (end - start <= _HEAD and _own_line().fullmatch(head) is not None)


@cache
def _shapes() -> re.Pattern[str]:
    table = head_table()
    return _compile([*table["dateline"]["shapes"], *table["lead"]["shapes"]])


@cache
def _own_line() -> re.Pattern[str]:
    return _compile(head_table()["dateline"]["own_line"])


def _compile(shapes: list[str]) -> re.Pattern[str]:
    pattern = "|".join(f"(?:{shape})" for shape in shapes)
    for name, part in {**_PARTS, "{agency}": "|".join(head_table()["dateline"]["agencies"])}.items():
        pattern = pattern.replace(name, part)
    return re.compile(pattern)
