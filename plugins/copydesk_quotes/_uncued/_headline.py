"""Headlines that name a speaker beside a colon or marks: «Majid Ali: the road stays open», 장관 "C", «C: Ali»."""

from __future__ import annotations

from typing import Final

from copydesk_quotes._blocks._block import Block
from copydesk_quotes._languages import _flags as f
from copydesk_quotes._phrases._found import Found, Range, stripped
from copydesk_quotes._phrases._nouns import Noun, noun_after
from copydesk_quotes._phrases._terms import is_name

_LONGEST_NAME: Final = 6
_LONGEST: Final = 60
_LEAST: Final = 3
_LEAST_MARKED: Final = 2
_SENTENCE: Final = 4
_BREAKS: Final = f.COMMA | f.END | f.DASH | f.SEMICOLON
_OFFICE: Final = f.HEAD | f.TITLE
_NO_NAME: Final = f.TITLE | f.STOP | f.DETERMINER | f.PUNCTUATION


def headline(block: Block) -> Found | None:
    """The frame of a headline without a verb, whether or not its name is one that speaks."""
    for start in range(min(len(block.words), _LONGEST)):
        if _parts(block, start) and (found := _name_first(block, start)) is not None:
            return found
    return _name_last(block) or _marks_last(block)


def _name_first(block: Block, first: int) -> Found | None:
    """«Majid Ali: C», 장관 "C" in the part of a headline that begins at token ``first``."""
    near = range(first + 1, first + _LONGEST_NAME + 1)
    sign = next((i for i in near if _opens(block, i) or _parts(block, i)), 0)
    name = noun_after(block, first, sign) if _opens(block, sign) and first not in block.by_open else None
    if name is None or name.end != sign or block.holds(first, sign, f.NUMBER) or block.has(first, f.OPEN):
        return None
    if block.text.endswith(block.pack.unspeaking, block.starts[first], block.end(sign - 1)):
        return None
    start = sign + (0 if block.has(sign, f.MARK) else 1)
    pair = block.by_open.get(start)
    marked = pair is not None and (_parts(block, pair.close + 1) or block.has(sign, f.MARK))
    end = min(pair.close + 1, len(block.words)) if marked and pair is not None else _part_end(block, start)
    return _frame(block, stripped(block, start, end), name, sign)


def _opens(block: Block, i: int) -> bool:
    """Whether speech begins at a colon, or without one at marks that fill their part of the headline: 首相「C」."""
    pair = block.by_open.get(i)
    bare = pair is not None and bool(block.pack.words.topics) and _parts(block, pair.close + 1)
    return bare or block.has(i, f.COLON)


def _parts(block: Block, i: int) -> bool:
    """Whether a headline begins, ends or goes on with a part of its own at token ``i``."""
    if i == 0 or i >= len(block.words) or block.has(i, f.DASH | f.END) or block.has(i - 1, _BREAKS):
        return True
    if block.has(i, f.PREFIXED) and block.has(i, _OFFICE) and not block.pack.cased:
        # «… ومسؤول: C»: an office without its article, behind a conjunction.
        return block.key(i) == block.lexicon.name_key(block.words[i])
    return not block.pack.spaced and block.starts[i] > block.end(i - 1)


def _part_end(block: Block, start: int) -> int:
    """Where words without marks end: at a blank where words are written together, else with the headline."""
    last = len(block.words)
    return (
        last
        if block.pack.spaced
        else next((i for i in range(start + 1, last) if _parts(block, i) and not block.has(i - 1, f.COMMA)), last)
    )


def _name_last(block: Block) -> Found | None:
    """«C: Majid Ali»; marked words before a colon that no name follows have no speaker."""
    last = len(block.words)
    sign = next((i for i in range(last - 1, 0, -1) if block.has(i, f.COLON) and block.pair_around(i) is None), 0)
    if not sign:
        return None
    name = noun_after(block, sign + 1, last) if sign + 1 not in block.by_open else None
    pair = block.by_close.get(sign - 1)
    span = (pair.open, sign) if pair is not None and _parts(block, pair.open) else stripped(block, 0, sign)
    # «“C”: Majid Ali on the bridge»
    ends = name is not None and (name.end == last or (block.has(name.end, f.STOP) and _is_marked(block, span)))
    if name is not None and not (ends and block.words_between(name.start, name.end) <= _LONGEST_NAME):
        name = None
    if name is None and not _is_marked(block, span):
        return None
    return _frame(block, span, name, sign)


def _marks_last(block: Block) -> Found | None:
    """Marked words after a colon or dash that close a headline; who speaks is not told from the words before."""
    pair = block.pairs[-1] if block.pairs else None
    if pair is None or not _parts(block, pair.close + 1) or not block.has(pair.open - 1, f.COLON | f.DASH | f.CLOSE):
        return None
    span = pair.open, min(pair.close + 1, len(block.words))
    return None if is_name(block, pair) else _frame(block, span, None, pair.open - 1)


def _frame(block: Block, span: Range, name: Noun | None, sign: int) -> Found | None:
    if block.words_between(*span) < (_LEAST_MARKED if name is not None and _is_marked(block, span) else _LEAST):
        return None
    found = Found(block, block.sentences[0], "headline colon", [span], name)
    found.anchor = found.tail = sign
    return found


def _is_marked(block: Block, span: Range) -> bool:
    pair = block.by_open.get(span[0])
    return pair is not None and pair.close + 2 >= span[1]


def speaks(found: Found, others: list[Found]) -> bool:
    """Whether a headline is speech: its words are in marks, or its name is an office or speaks in the story."""
    block, name = found.block, found.speaker
    if name is None:
        return True
    if _is_marked(block, found.spans[0]) and not is_name(block, block.by_open[found.spans[0][0]]):
        long = block.words_between(*found.spans[0]) >= _SENTENCE and not block.has(name.end - 1, f.SCARE)
        if long or block.has(found.anchor, f.COLON):
            return True
    if "?" in block.words[found.spans[0][1] - 1 : found.spans[0][1] + 1]:
        # «The bank holds its rate: what now?» is the writer's own question.
        return False
    if block.holds(name.start, name.end, _OFFICE):
        return True
    keys = {block.key(i) for i in range(name.start, name.end) if not block.has(i, _NO_NAME)}
    return any(not keys.isdisjoint(_keys(other)) for other in others)


def _keys(found: Found) -> set[str]:
    """The words of a speaker's name."""
    if found.speaker is None:
        return set()
    block, noun = found.block, found.speaker
    return {block.key(i) for i in range(noun.start, noun.end) if not block.has(i, _NO_NAME)}
