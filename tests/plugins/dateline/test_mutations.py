"""Datelines survive what keyboards, feeds and converters do to them: dashes, brackets, spaces, bidi marks, case.

COPYDESK_MUTATIONS sets how many variants of each head are tried.
"""

from __future__ import annotations

import os
import random
import re
from collections.abc import Iterator
from pathlib import Path

import attrs
import tomli

import copydesk
from copydesk_dateline import Datelines

PLUGIN = Datelines()
FOLDER = Path(__file__).parent / "conventions"
VARIANTS = int(os.environ.get("COPYDESK_MUTATIONS", "40"))
LEAST = 0.99

TAG = re.compile(r"<[pad](?:=[^>]*)?>|</[pad]>|[‹›]")
FREE_DASH = re.compile(r"(?<=[\w)\s.])(?:--|[-–—_])(?=\s|$)|(?<=\s)ـ(?=\s|$)")
DASHES = ("-", "--", "–", "—", "−", "―", "_")
BRACKETS = ("()", "[]", "（）", "［］", "{}")
CASES = (str, str.upper, str.lower)
MARKS = ("", "\u200f", "\u200e", "\u202b", "\u200b")
SPACES = (" ", "\u00a0", "\u2009", "")


@attrs.frozen
class Mutant:
    """One variant of a story, and the parts to be found in it, folded."""

    text: str
    parts: tuple[frozenset[str], str | None, bool]


def originals() -> Iterator[tuple[str, str, str]]:
    """Plain head, what follows it, and a lead in its language: the first head of every convention."""
    leads = tomli.loads((FOLDER / "leads.toml").read_text("utf-8"))
    for path in sorted(FOLDER.glob("*.toml")):
        for convention in tomli.loads(path.read_text("utf-8")).get("convention", ()):
            lead = leads[convention["language"]][0]
            yield TAG.sub("", convention["heads"][0]), convention.get("after", " "), lead


def mutants(head: str, after: str, lead: str, seed: int) -> Iterator[Mutant]:
    expected = parts(f"One two\n\n{head}{after}{lead}\n")
    chance = random.Random(seed)
    for _ in range(VARIANTS):
        dash, brackets = chance.choice(DASHES), chance.choice(BRACKETS)
        changed = FREE_DASH.sub(dash, head)
        for kind in ("()", "[]", "{}"):
            changed = changed.translate(str.maketrans(kind, brackets)) if kind[0] in changed else changed
        yield Mutant(respaced(chance, chance.choice(CASES)(changed), dash, after, lead), expected)


def respaced(chance: random.Random, head: str, dash: str, after: str, lead: str) -> str:
    """Other spaces, or none around marks; a bidi mark somewhere. A hyphen between letters would make one word."""
    space, mark = chance.choice(SPACES), chance.choice(MARKS)
    if space:
        head = head.replace(" ", space)
    elif dash != "-":
        head = re.sub(r"(?<=[)\w]) (?=[(–—−―_])|(?<=[,)]) ", "", head)
        after = "" if after == " " and re.search(r"[–—−―_)]$", head) else after
    place = chance.choice([m.start() for m in re.finditer(r"(?<=\s)|(?<=\W)(?=\w)|$", head)] or [0])
    return f"One two\n\n{head[:place]}{mark}{head[place:]}{after}{lead}\n"


def parts(text: str) -> tuple[frozenset[str], str | None, bool]:
    for found in PLUGIN.enrich(copydesk.Document(text)):
        places = frozenset(folded(place.text) for place in found.places)
        agency = folded(found.agency.text) if found.agency else None
        return places, agency, found.date is not None
    return frozenset(), None, False


def folded(text: str) -> str:
    return "".join(letter for letter in text.lower().replace("i̇", "i") if letter.isalnum()).replace("ı", "i")


def test_datelines_survive_other_dashes_brackets_spaces_marks_and_case() -> None:
    lost: list[str] = []
    tried = 0
    for seed, (head, after, lead) in enumerate(originals()):
        for mutant in mutants(head, after, lead, seed):
            tried += 1
            if parts(mutant.text) != mutant.parts:
                lost.append(mutant.text)
    assert tried >= 2000
    assert 1 - len(lost) / tried >= LEAST, "\n".join(map(repr, lost[:40]))
