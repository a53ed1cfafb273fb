"""Where in a story a dateline may stand: the first lines of the first blocks, and the sentences of a lead."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

import copydesk
from copydesk_dateline._case import Setting

MOST_BLOCKS = 7
HEAD = 200
"""Characters of a line that are read at most."""
_LINES_OF_A_BLOCK = 2
_LONG_LINE = 140
_INLINE = 420
_LINE = re.compile(r"[^\n\r\x85\u2028\u2029]*[^\s\n\r\x85\u2028\u2029][^\n\r\x85\u2028\u2029]*")
_ANCHOR = re.compile(r"(?<![^\W\d_])-|-(?![^\W\d_])|[–—―−‒_ـ:：/／|｜│()（）\[\]［］【】〔〕{}=＝电電訊讯।]|,.{0,40}\.")
_ANCHOR_WITHIN = 110
_SHORT_LINE = 80
_SENTENCE = re.compile(r"[.!?…][\"“”»’')]* +(?=[^\W\d_][^.!?\n]{1,60}? ?(?:[–—―]|--| - |\)[.:]? ?[-–—]))")
_BLOCKS = {copydesk.Headline: "headline", copydesk.Standfirst: "standfirst", copydesk.Paragraph: "body"}


@attrs.frozen
class Window:
    """A stretch of the story at whose start a dateline may stand."""

    start: int
    end: int
    setting: Setting
    whole_line: bool


def windows(document: copydesk.Document) -> Iterator[Window]:
    """The windows of a story, in order."""
    for index, (start, end, kind) in enumerate(_blocks(document)):
        for window in _lines(document.text, start, end, Setting(kind, index)):
            if _may_hold(document.text, window):
                yield window
        if kind != "headline" and index <= 3:
            yield from _sentences(document.text, start, end, index)


def _blocks(document: copydesk.Document) -> list[tuple[int, int, str]]:
    found: list[tuple[int, int, str]] = []
    for annotation in document.annotations:
        kind = _BLOCKS.get(type(annotation))
        if kind is not None:
            found.append((annotation.start, annotation.end, kind))
            if len(found) >= MOST_BLOCKS:
                break
    return sorted(found) or _bare_blocks(document.text)


def _bare_blocks(text: str) -> list[tuple[int, int, str]]:
    """Lines where nobody marked the blocks; a short first line before others is the headline."""
    lines: list[tuple[int, int]] = []
    position = 0
    while len(lines) < MOST_BLOCKS and (match := _LINE.search(text, position)) is not None:
        lines.append(match.span())
        position = match.end() + 1
    headline = len(lines) > 1 and lines[0][1] - lines[0][0] <= _LONG_LINE
    return [(*span, "headline" if headline and not index else "body") for index, span in enumerate(lines)]


def _lines(text: str, start: int, end: int, setting: Setting) -> Iterator[Window]:
    position = start
    for _ in range(_LINES_OF_A_BLOCK):
        match = _LINE.search(text, position, end)
        if match is None:
            return
        first = (
            match.start() + len(match[0]) - len(match[0].lstrip())
            if match.end() - match.start() < 5000
            else match.start()
        )
        yield Window(first, min(match.end(), first + HEAD), setting, match.end() <= first + HEAD)
        position = match.end() + 1


def _may_hold(text: str, window: Window) -> bool:
    """Whether a mark that a dateline ends with comes early enough; most stories stop here."""
    if window.whole_line and window.end - window.start <= _SHORT_LINE:
        return True
    limit = min(window.end, window.start + _ANCHOR_WITHIN)
    return _ANCHOR.search(text, window.start, limit) is not None


def _sentences(text: str, start: int, end: int, index: int) -> Iterator[Window]:
    """Places later in the lead where a sentence begins and a dash or bracket comes soon: «… Aufregung. Athen – Mit»."""
    limit = min(end, start + _INLINE)
    for match in _SENTENCE.finditer(text, start, limit):
        yield Window(match.end(), min(end, match.end() + HEAD), Setting("inline", index), whole_line=False)
