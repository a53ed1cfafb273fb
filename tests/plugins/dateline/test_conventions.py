"""Every convention of a newsroom that is known to be real: its dateline, the parts, and where the story begins."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import attrs
import pytest
import tomli

import copydesk
from copydesk_dateline import Datelines

FOLDER = Path(__file__).parent / "conventions"
LEADS = tomli.loads((FOLDER / "leads.toml").read_text("utf-8"))
PLUGIN = Datelines()
MARK = re.compile(r"<(?P<part>[pad])(?:=(?P<value>[^>]*))?>(?P<text>.*?)</[pad]>|[‹›]")


@attrs.frozen
class Head:
    """A head as marked in the tables: its text, and its parts with their spans in it."""

    text: str
    span: tuple[int, int]
    parts: tuple[tuple[str, str | None, int, int], ...]


@attrs.frozen
class Story:
    """A story in one convention's form."""

    name: str
    head: Head
    after: str
    lead: str

    @property
    def opening(self) -> str:
        return f"{self.lead.split()[0]}: 1 2 3\n\n"

    @property
    def text(self) -> str:
        return f"{self.opening}{self.head.text}{self.after}{self.lead}\n\n{self.lead}\n"


def head(marked: str) -> Head:
    text, parts, position = "", [], 0
    start = end = 0
    for match in MARK.finditer(marked):
        text += marked[position : match.start()]
        position = match.end()
        if match[0] == "‹":
            start = len(text)
        elif match[0] == "›":
            end = len(text)
        else:
            parts.append((match["part"], match["value"], len(text), len(text) + len(match["text"])))
            text += match["text"]
    return Head(text + marked[position:], (start, end), tuple(parts))


def stories() -> Iterator[Story]:
    for path in sorted(FOLDER.glob("*.toml")):
        for convention in tomli.loads(path.read_text("utf-8")).get("convention", ()):
            leads = LEADS[convention["language"]]
            for number, marked in enumerate(convention["heads"]):
                name = f"{convention['number'][0]:02} {convention['name']} {number + 1}"
                yield Story(name, head(marked), convention.get("after", " "), leads[number % len(leads)])


STORIES = list(stories())


def parts(story: Story, part: str) -> list[tuple[str | None, int, int]]:
    shift = len(story.opening)
    return [(value, start + shift, end + shift) for kind, value, start, end in story.head.parts if kind == part]


def found_in(story: Story) -> copydesk.Dateline:
    [dateline] = PLUGIN.enrich(copydesk.Document(story.text))
    return dateline


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_the_dateline_is_found_with_its_parts(story: Story) -> None:
    found = found_in(story)
    start, end = (len(story.opening) + offset for offset in story.head.span)
    assert (found.start, found.end) == (start, end), found
    assert found.text == story.text[start:end]
    assert [(p.country, p.start, p.end) for p in found.places] == parts(story, "p")
    agency = [(found.agency.id, found.agency.start, found.agency.end)] if found.agency else []
    assert agency == parts(story, "a")
    date = [(found.date.value, found.date.start, found.date.end)] if found.date else []
    assert date == parts(story, "d")


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_the_story_proper_begins_behind_the_dateline(story: Story) -> None:
    assert story.text[found_in(story).body_start :].startswith(story.lead)


def test_every_verified_convention_has_three_stories() -> None:
    counted: dict[str, int] = {}
    for story in STORIES:
        counted[story.name[:2]] = counted.get(story.name[:2], 0) + 1
    silent = {"73", "74", "80"}
    assert {f"{number:02}" for number in range(1, 81)} - set(counted) == silent
    assert min(counted.values()) >= 3
