"""Quotation marks that no frame took up: continuations, unattributed speech, and the rest, which is no speech."""

from __future__ import annotations

from copydesk_quotes import _flags as f
from copydesk_quotes._block import Block, Sentence
from copydesk_quotes._found import Found, stripped
from copydesk_quotes._marks import Pair
from copydesk_quotes._nouns import Noun, first_noun, noun_after

_SPEECH = 6
_TERM = 3
_SIGNATURE = 8


def add_loose(block: Block, founds: list[Found], previous: Found | None) -> list[Found]:
    """The block's frames in order, with marked words that carry on an earlier speaker's.

    ``previous`` is the last speech act of the block before, if that block ended with it.
    """
    found_at = _by_sentence([found for found in founds if not found.nested])
    result = list(founds)
    last: Found | None = None
    waiting: list[tuple[int, int]] = []
    for sentence in block.sentences:
        here = found_at.get(sentence.start, [])
        if waiting and here and here[0].rule in ("CVS marks", "CSV marks"):
            here[0].spans[:0] = waiting
            waiting = []
        pairs = [pair for pair in _pairs_in(block, sentence) if not _taken(pair, here)]
        for pair in pairs:
            span = pair.open, min(pair.close + 1, len(block.words))
            whole = pair.open == sentence.start and _rest(block, span[1], sentence.end) <= 2
            if whole and last is not None and not here and _carries(last):
                last.spans.append(span)
            elif whole and not here and last is None and not _found_before(result, pair.open):
                waiting.append(span)
            elif _is_speech(block, pair):
                loose = Found(block, sentence, "loose", [span], anchor=span[0], tail=span[1], inherits=whole)
                loose.speaker = _signed(block, span[1]) or _announced(block, sentence, pair)
                result.append(loose)
        if not here and not pairs and _hearsay(block, sentence):
            span = stripped(block, sentence.start, sentence.end)
            result.append(Found(block, sentence, "hearsay", [span], anchor=span[0], tail=span[1], inherits=True))
        if here:
            last = max(here, key=lambda found: (_carries(found), found.spans[-1][1]))
    if waiting:
        result.append(_continuation(block, waiting, previous))
    result.sort(key=lambda found: found.spans[0])
    return [found for found in result if found.spans]


def _found_before(founds: list[Found], token: int) -> bool:
    """Whether a frame stands before ``token``."""
    return any(found.spans[0][0] < token for found in founds)


def _announced(block: Block, sentence: Sentence, pair: Pair) -> Noun | None:
    """The subject of a sentence that ends in a colon and speech: «He is quoted as follows: “…”»."""
    if block.pack.orders[0] == "VSC" or not block.has(pair.open - 1, f.COLON):
        return None
    return first_noun(block, sentence.start, pair.open - 1)


def _signed(block: Block, end: int) -> Noun | None:
    """The name after a dash that signs a quotation: «“…” — Majid Ali»."""
    if not block.has(end, f.DASH):
        return None
    name = noun_after(block, end + 1, len(block.words))
    return name if name and name.end - name.start <= _SIGNATURE and name.end >= len(block.words) - 1 else None


def _continuation(block: Block, spans: list[tuple[int, int]], previous: Found | None) -> Found:
    whole = Sentence(spans[0][0], spans[-1][1])
    rule = "continuation" if previous is not None else "loose"
    return Found(block, whole, rule, spans, anchor=spans[0][0], tail=spans[-1][1], inherits=previous is not None)


def _carries(last: Found) -> bool:
    """Whether marked sentences after this frame go on with it."""
    end = last.spans[-1][1]
    return bool(last.block.flags[end - 1] & f.MARK) or end >= len(last.block.words)


def _by_sentence(founds: list[Found]) -> dict[int, list[Found]]:
    table: dict[int, list[Found]] = {}
    for found in founds:
        table.setdefault(found.sentence.start, []).append(found)
    return table


def _pairs_in(block: Block, sentence: Sentence) -> list[Pair]:
    return [pair for pair in block.pairs if sentence.start <= pair.open < sentence.end]


def _taken(pair: Pair, founds: list[Found]) -> bool:
    for found in founds:
        for start, end in found.spans:
            if start < pair.close and pair.open < end:
                return True
        if found.speaker and found.speaker.start <= pair.open < found.speaker.end:
            return True
    return False


def _hearsay(block: Block, sentence: Sentence) -> bool:
    """Whether the verb's mood says that somebody else said it: German «sei», «habe»."""
    return any(
        flag & f.HEARSAY and block.pair_around(sentence.start + k) is None
        for k, flag in enumerate(block.flags[sentence.start : sentence.end])
    )


def _rest(block: Block, start: int, end: int) -> int:
    return block.words_between(start, end)


def _is_speech(block: Block, pair: Pair) -> bool:
    """Marked words are speech when they are long, or look like a sentence of their own."""
    count = block.words_between(pair.open, pair.close)
    if not pair.closed or count <= _TERM:
        return False
    inner_end = block.has(pair.close - 1, f.END) or block.has(pair.close - 1, f.COMMA)
    needed = _SPEECH - 2 if inner_end else _SPEECH
    if count < needed:
        return False
    if block.pack.cased:
        capitals = sum(1 for flag in block.flags[pair.open + 1 : pair.close] if flag & f.CAPITAL)
        if 2 * capitals > count:
            return False
    return True
