"""Paragraphs that name their speaker outside any sentence: «Ali: …» in an interview, «… — Ali (@ali)» under a post."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final, NamedTuple

from copydesk_quotes._blocks._block import Block, BlockKind
from copydesk_quotes._languages import _flags as f
from copydesk_quotes._phrases._found import Found, stripped
from copydesk_quotes._phrases._nouns import Noun

_ASKS: Final = "?？؟"
_COLONS: Final = ":："
_LABEL: Final = re.compile(
    r"\s*([^\W\d_][^\s:：\"“”„«»「」()]*(?:[ \t][^\s:：\"“”„«»「」]+){0,4}?)[ \t]?[:：](?=\s*[^\s/\d])"
)
_LETTER: Final = re.compile(r"\s*([^\W\d_])\.(?=\s)")
"""«Q.» and «A.»"""
_HANDLE: Final = "(@"
_SIGNATURE: Final = re.compile(r"[—–―-]{1,2}[ \t]*(?=[^\W\d_][^—–―\n]{0,60}\(@\w{1,30}\)[^—–―\n]{0,40}\Z)")
_TAIL: Final = 180
_FARTHEST: Final = 80
_GOES_ON: Final = -1
_NAMELESS: Final = -2
_LEAST: Final = 2
_INTERVIEW: Final = 4
_SENTENCE: Final = 40
"""Letters that a paragraph of an answer takes at least."""
_CLOSED: Final = (".", "!", "?", "…", "”", '"', "»")


class Voice(NamedTuple):
    """Where the colon of a label or the dash of a signature stands in the text.

    Below 0 where an answer goes on without a label: ``_GOES_ON``, or ``_NAMELESS`` where labels are letters.
    """

    at: int
    signed: bool


def voices(text: str, blocks: Sequence[tuple[int, int, BlockKind]]) -> dict[int, Voice]:
    """The paragraphs with a label or a signature, by where they begin."""
    found = _labels(text, blocks) if any(sign in text for sign in _ASKS) else {}
    if _HANDLE in text:
        found.update(_signatures(text, blocks))
    return found


def _labels(text: str, blocks: Sequence[tuple[int, int, BlockKind]]) -> dict[int, Voice]:
    """Labels that come again and again, one of them before a question: a heading or a list asks nothing."""
    labels: list[tuple[int, int, str, int]] = []
    for start, end, _ in blocks:
        near = min(end, start + _FARTHEST)
        colon = any(text.find(sign, start, near) >= 0 for sign in _COLONS)
        label = (_LABEL.match(text, start, end) if colon else None) or _LETTER.match(text, start, end)
        if label is not None and not label[1][0].islower():
            labels.append((start, end, label[1], label.end() - 1))
    counts = Counter(label for _, _, label, _ in labels)
    often = [row for row in labels if counts[row[2]] >= _LEAST]
    if not any(text.find(sign, at, end) > 0 for _, end, _, at in often for sign in _ASKS):
        return {}
    found = {start: Voice(at, signed=False) for start, _, _, at in often}
    goes_on = _unlabelled(text, blocks, found) if len(found) >= _INTERVIEW else []
    named = any(len(label) > 1 for _, _, label, _ in often)
    return found | dict.fromkeys(goes_on, Voice(_GOES_ON if named else _NAMELESS, signed=False))


def _unlabelled(text: str, blocks: Sequence[tuple[int, int, BlockKind]], found: dict[int, Voice]) -> list[int]:
    """The paragraphs without a label in an interview, where answers go on; none where they outnumber the labels."""
    first, last = min(found), max(found)
    inside = [(start, end) for start, end, _ in blocks if first < start < last and start not in found]
    whole = [start for start, end in inside if end - start > _SENTENCE and text[start:end].rstrip().endswith(_CLOSED)]
    return whole if len(inside) <= len(found) else []


def _signatures(text: str, blocks: Sequence[tuple[int, int, BlockKind]]) -> dict[int, Voice]:
    found: dict[int, Voice] = {}
    for start, end, _ in blocks:
        part = text[max(start, end - _TAIL) : end].rstrip()
        sign = _SIGNATURE.search(part) if _HANDLE in part else None
        if sign is not None:
            found[start] = Voice(max(start, end - _TAIL) + sign.start(), signed=True)
    return found


def voiced(block: Block, voice: Voice) -> Found | None:
    """All of a paragraph's words as one speech act, but for its label or signature."""
    count = len(block.words)
    if voice.at < 0:
        more = Found(block, block.sentences[0], "voice", [stripped(block, 0, count)])
        more.tail, more.inherits = count, voice.at == _GOES_ON
        return more if block.words_between(0, count) else None
    sign = next((i for i in range(count) if block.starts[i] >= voice.at), count)
    after = sign + 1
    speaker = Noun(after, _handle_end(block, after), after) if voice.signed else Noun(0, sign, sign)
    span = (0, sign) if voice.signed else (after, count)
    start, end = span
    while not voice.signed and block.has(start, f.DASH):
        start += 1
    if not block.words_between(start, end):
        return None
    found = Found(block, block.sentences[0], "voice", [(start, end) if voice.signed else stripped(block, start, end)])
    found.speaker = speaker
    found.anchor, found.tail = min(sign, start), after
    return found


def _handle_end(block: Block, start: int) -> int:
    """The token after the name of a signature, its account included."""
    count = len(block.words)
    return next((i + 1 for i in range(start, count) if block.has(i, f.CLOSE)), count)
