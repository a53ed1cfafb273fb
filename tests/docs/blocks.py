"""The fenced blocks of a Markdown page, and the commands in them."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import attrs

ROOT = Path(__file__).parents[2]

PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("examples/**/*.md")])
"""Every page that people read."""

SET_UP = frozenset(
    {
        "python3 -m venv .venv && .venv/bin/pip install --quiet . && .venv/bin/copydesk run examples/seeds.toml",
        "python3 -m venv .venv && .venv/bin/pip install --quiet --editable '.[dev]' && .venv/bin/pytest",
        "HATCH_BUILD_HOOKS_ENABLE=1 .venv/bin/pip install --quiet .",
        ".ci/run",
    }
)
"""What is not run here, for it needs the network or runs these tests: known by its exact words, in ``sh`` blocks."""

_FENCE = re.compile(r"(?P<indent> *)(?P<ticks>`{3,}|~{3,})(?P<info>.*)")


@attrs.frozen
class Block:
    """A fenced block: what it is, and where it stands."""

    page: Path
    line: int
    """Of its first line of content, from 1."""
    kind: str
    """The first word behind the fence: ``toml``, ``python``, ``console``, …"""
    marks: dict[str, str]
    """The other words: ``title="plugin.py"``; a bare word has the value ``""``."""
    text: str

    def __str__(self) -> str:
        return f"{self.page.relative_to(ROOT)}:{self.line} ({self.kind})"


@attrs.frozen
class Command:
    """A command of a ``console`` block, and what the page says that it prints."""

    text: str
    expected: str


def blocks(page: Path) -> Iterator[Block]:
    """The fenced blocks of a page, in order."""
    lines = iter(enumerate(page.read_text("utf-8").split("\n"), 1))
    for number, line in lines:
        opening = _FENCE.fullmatch(line)
        if opening is None:
            continue
        content = []
        for _, inner in lines:
            if inner.strip() == opening["ticks"]:
                break
            content.append(inner.removeprefix(opening["indent"]))
        else:
            raise AssertionError(f"{page.relative_to(ROOT)}:{number}: the block is never closed")
        kind, *marks = shlex.split(opening["info"]) or [""]
        yield Block(page, number + 1, kind, dict(_mark(mark) for mark in marks), "\n".join(content) + "\n")


def commands(block: Block) -> Iterator[Command]:
    """The commands of a block, each with the lines below it; ``> `` continues a command, as shells show it."""
    lines = block.text.rstrip("\n").split("\n")
    while lines:
        line = lines.pop(0)
        assert line.startswith("$ "), f"{block}: expected a command, '$ …', not {line!r}"
        command = [line[2:]]
        while lines and lines[0].startswith("> "):
            command.append(lines.pop(0)[2:])
        expected = []
        while lines and not lines[0].startswith("$ "):
            expected.append(lines.pop(0))
        yield Command("\n".join(command), "\n".join(expected))


def _mark(word: str) -> tuple[str, str]:
    name, _, value = word.partition("=")
    return name, value
