"""Where in a story a dateline may stand: the first lines of the first blocks, and the sentences of a lead."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

import copydesk
from copydesk_dateline._case import Setting
from copydesk_dateline._following import HEAD

MOST_BLOCKS = 6
_LINES_OF_A_BLOCK = 2
"""The second only where the first is short: a byline, a dateline of its own, junk."""
_LONG_LINE = 140
_LONG_HEADLINE = 250
_INLINE = 420
_BARE = 8000
"""Characters of a story without marked blocks in which its first lines are looked for."""
_CUT = 2000
_BLANK = re.compile(r"[\s\u200b\u200e\u200f\ufeff]*")
_BREAK = re.compile(r"[\n\r\x85\u2028\u2029]")
_ANCHOR = re.compile(r"[-–—―−‒_ـ:：/／|｜│()（）\[\]［］【】〔〕{}=＝电電訊讯।]")
_DASH = re.compile(r"[-–—―−_]")
_BETWEEN = r"[\s\u200b-\u200f\u202a-\u202e]"
_BEFORE_A_STOP = re.compile(
    rf"[^.,]{{2,30}}(?:[.,]\s?[^.,։]{{1,25}}){{1,3}}[.։]{_BETWEEN}|[^\W\d_][^.,;:!?։\n]{{2,26}}(?:"
    rf"[.∙]{_BETWEEN}*[^\W\d_]"
    rf"|,{_BETWEEN}*(?:\d{{1,2}}{_BETWEEN}+\w{{3,12}}|\w{{3,12}}{_BETWEEN}+\d{{1,2}}),{_BETWEEN}*\w{{4,}}{_BETWEEN})"
)
"""«YEREVAN, MARCH 5, ARMENPRESS. The …», «Bakı, 7 mart, AZƏRTAC Şəhər …», «Xalapa, Ver. El …», «TORINO. Centinaia …»"""
_ANCHOR_WITHIN = 110
_MOST_WORDS = 12
_SHORT_LINE = 80
_GAP = r"[^\S\n]"
_UNSEEN = "[\u200b-\u200f\u202a-\u202e]*"
_SENTENCE = re.compile(
    rf"[.!?…][\"“”»’')]*{_GAP}+"
    rf"(?=[^\w\n]*(?:St\. )?[^\W\d_][^.!?\n]{{1,60}}?"
    rf"(?:{_GAP}?(?:[–—―−_]|--)|{_GAP}{_UNSEEN}-{_UNSEEN}{_GAP}|\)[.:]?{_GAP}?-))"
)
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
    blocks = sorted(found) or _bare_blocks(document.text)
    if blocks and (len(blocks) == 1 or blocks[0][1] - blocks[0][0] > _LONG_HEADLINE):
        # What stands alone or runs on is no headline, whoever marked it so.
        blocks[0] = (*blocks[0][:2], "body")
    return blocks


def _bare_blocks(text: str) -> list[tuple[int, int, str]]:
    """Lines where nobody marked the blocks; a short first line before others is the headline."""
    lines: list[tuple[int, int]] = []
    position, limit = 0, min(len(text), _BARE)
    while len(lines) < MOST_BLOCKS and (line := _line(text, position, limit)) is not None:
        lines.append(line)
        position = line[1]
    headline = len(lines) > 1 and lines[0][1] - lines[0][0] <= _LONG_LINE
    return [(*span, "headline" if headline and not index else "body") for index, span in enumerate(lines)]


def _lines(text: str, start: int, end: int, setting: Setting) -> Iterator[Window]:
    position = start
    for _ in range(_LINES_OF_A_BLOCK):
        line = _line(text, position, min(end, position + 2 * HEAD))
        if line is None:
            return
        first, position = line
        yield Window(first, min(position, first + HEAD), setting, position - first <= HEAD)
        if position - first > _SHORT_LINE:
            return


def _line(text: str, position: int, limit: int) -> tuple[int, int] | None:
    """The next line that is not blank, without its indent; a line longer than any head is cut."""
    blank = _BLANK.match(text, position, limit)
    first = blank.end() if blank is not None else position
    if first >= limit:
        return None
    end = min(limit, first + _CUT)
    stop = _BREAK.search(text, first, end)
    return first, stop.start() if stop is not None else end


def _may_hold(text: str, window: Window) -> bool:
    """Whether a mark that a dateline ends with comes early enough; most stories stop here."""
    if window.whole_line and window.end - window.start <= _SHORT_LINE:
        return True
    limit = min(window.end, window.start + _ANCHOR_WITHIN)
    anchor = _free(_ANCHOR, text, window.start, limit)
    if anchor is None:
        return _BEFORE_A_STOP.match(text, window.start, limit) is not None
    return text.count(" ", window.start, anchor) <= _MOST_WORDS


def _free(marks: re.Pattern[str], text: str, start: int, limit: int) -> int | None:
    """Where the first of the marks stands; a hyphen between letters is none."""
    for match in marks.finditer(text, start, limit):
        at = match.start()
        if match[0] != "-" or not (text[at - 1 : at].isalnum() and text[at + 1 : at + 2].isalpha()):
            return at
    return None


def _sentences(text: str, start: int, end: int, index: int) -> Iterator[Window]:
    """Places later in the lead where a sentence begins and a dash or bracket comes soon: «… Aufregung. Athen – Mit»."""
    limit = min(end, start + _INLINE)
    if _free(_DASH, text, start, limit) is None:
        return
    for match in _SENTENCE.finditer(text, start, limit):
        yield Window(match.end(), min(end, match.end() + HEAD), Setting("inline", index), whole_line=False)
