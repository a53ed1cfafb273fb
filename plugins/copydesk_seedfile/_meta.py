"""Lines at a story's head that say who wrote it, when it was published and where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache

import attrs

from copydesk_seedfile._blocks import Line, Span, ends_sentence
from copydesk_seedfile._tables import head_table, one_of

_LINES = 12
"""Such lines are looked for among this many at the head."""
_LONGEST = 400
_LONGEST_NAME = 100
_MOST_WORDS = 12
_CHINESE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日(?:\s*(\d{1,2})[:：](\d\d)(?:[:：](\d\d))?)?")
_NUMERIC = re.compile(r"(\d{4})[./-](\d{1,2})[./-](\d{1,2})(.*)")
_RFC_2822 = re.compile(r"(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d(?::\d\d)? \S+")
_URL = re.compile(r"https?://\S+")


@attrs.define
class Meta:
    """What the head lines said."""

    published: datetime | None = None
    metadata: dict[str, str] = attrs.field(factory=dict)
    bylines: list[Span] = attrs.field(factory=list)


def take_meta(text: str, blocks: list[list[Line]]) -> tuple[Meta, list[list[Line]]]:
    """Read the head's meta lines and bylines; give what they say, and the blocks without them, parted where they stood.

    A byline without a colon is only one below another line: stories do not begin with one.
    """
    meta = Meta()
    kept: list[list[Line]] = []
    seen = 0
    for index, block in enumerate(blocks):
        if seen >= _LINES:
            return meta, kept + blocks[index:]
        runs: list[list[Line]] = [[]]
        for line in block[:_LINES]:
            if _read(text, line, meta, below_headline=seen > 0):
                runs.append([])
            else:
                runs[-1].append(line)
                seen += 1
        runs[-1] += block[_LINES:]
        kept += filter(None, runs)
    return meta, kept


def _read(text: str, line: Line, meta: Meta, *, below_headline: bool) -> bool:
    """Note what a line says; False where it is no meta line."""
    if line.end - line.start > _LONGEST:
        return False
    if entries := _entries(text, line):
        for key, span, value in entries:
            _note(meta, key, span, value)
        return True
    if below_headline and (name := _byline(text, line)):
        _note(meta, "author", Span(line.start, line.end), name)
        return True
    return False


def _note(meta: Meta, key: str, span: Span, value: str) -> None:
    if key == "author":
        meta.bylines.append(span)
    moment = read_moment(value) if key == "published" else None
    if moment is not None and moment.tzinfo is not None:
        meta.published = meta.published or moment
    else:
        known = meta.metadata.get(key)
        meta.metadata[key] = value if known is None or key != "author" else f"{known}, {value}"


def _entries(text: str, line: Line) -> list[tuple[str, Span, str]]:
    """The ``key: value`` pairs that fill a line: key, span of both, value. Empty where it holds anything else."""
    pattern = _key_pattern()
    if not pattern.match(text, line.start, line.end):
        return []
    marks = list(pattern.finditer(text, line.start, line.end))
    found = []
    ends = [mark.start() for mark in marks[1:]] + [line.end]
    for mark, end in zip(marks, ends, strict=True):
        key = _keys()[mark[1].casefold()]
        value = text[mark.end() : end].rstrip(" \t|;；\u00a0\u3000")
        if not _fits(key, value):
            return []
        found.append((key, Span(mark.start(), mark.end() + len(value)), value))
    return found


def _fits(key: str, value: str) -> bool:
    if key == "published":
        return read_moment(value) is not None
    if key == "url":
        return _URL.fullmatch(value) is not None
    return 0 < len(value) <= _LONGEST_NAME and not ends_sentence(value, Span(0, len(value)))


@cache
def _keys() -> dict[str, str]:
    return {word.casefold(): key for key, words in head_table()["keys"].items() for word in words}


@cache
def _key_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?<!\S)({one_of(_keys())})\s*[:：]\s*", re.IGNORECASE)


def _byline(text: str, line: Line) -> str | None:
    """The names in a line such as ``By Jane Doe and Ali Karim``, else None."""
    if line.end - line.start > _LONGEST_NAME or ends_sentence(text, line):
        return None
    match = _byline_pattern().fullmatch(text, line.start, line.end)
    if match is None:
        return None
    names: str = match["after"] or match["before"]
    return names if _are_names(names) else None


def _are_names(names: str) -> bool:
    words = names.split()
    between = head_table()["byline"]["between"]
    return len(words) <= _MOST_WORDS and not any(word[0].islower() and word not in between for word in words)


@cache
def _byline_pattern() -> re.Pattern[str]:
    table = head_table()["byline"]
    return re.compile(
        rf"(?:{one_of(table['before'])})\s+(?P<after>\S.*)|(?P<before>\w[\w ·]{{1,30}}) (?:{one_of(table['after'])})"
    )


def read_moment(value: str) -> datetime | None:
    """Read a date and time: ISO 8601, RFC 2822, or ``2024年3月5日 10:20``; None where it is none of these.

    A date alone is midnight UTC. A time without a zone stays without one.
    """
    for moment in _moments(value.strip()):
        if moment is not None:
            return moment
    return None


def _moments(value: str) -> Iterator[datetime | None]:
    if match := _CHINESE.fullmatch(value):
        yield _numbers([int(part) for part in match.groups() if part is not None])
    if match := _NUMERIC.fullmatch(value):
        year, month, day, time = match.groups()
        yield _iso(f"{year}-{month:0>2}-{day:0>2}", time)
    if _RFC_2822.fullmatch(value):
        try:
            yield parsedate_to_datetime(value)
        except ValueError:
            yield None


def _numbers(parts: list[int]) -> datetime | None:
    try:
        return datetime(*parts, tzinfo=UTC if len(parts) == 3 else None)  # type: ignore[arg-type, misc]  # 3 to 6 numbers
    except ValueError:
        return None


def _iso(date: str, time: str) -> datetime | None:
    zoned = re.sub(r"\s*(?:UTC|GMT)$", "+00:00", time.strip())
    zoned = re.sub(r"(?<=\d)\s+(?=[+-]\d)", "", zoned)
    try:
        moment = datetime.fromisoformat(date + (f"T{zoned.lstrip('T')}" if zoned else ""))
    except ValueError:
        return None
    return moment if zoned else moment.replace(tzinfo=UTC)
