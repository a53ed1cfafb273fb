"""Topic and subject particles, which show who speaks: 市長は, «장관은»."""

from __future__ import annotations

from typing import Final

from copydesk_quotes._blocks._block import Block
from copydesk_quotes._languages import _flags as f
from copydesk_quotes._phrases._nouns import Noun, opening_of

SPEAKS: Final = f.HEAD | f.TITLE | f.DOCUMENT | f.PRONOUN
_BEFORE_SUBJECT: Final = f.COMMA | f.STOP | f.ADVERB | f.CLAUSE | f.FINAL | f.END | f.CUE | f.TOPIC | f.SUBJECT


def marked_topic(block: Block, floor: int, opening: int) -> Noun | None:
    """The topic that marked words are said by, adverbials between them passed over."""
    at = before_marks(block, floor, opening)
    return named_by(block, floor, at) if block.has(at, f.TOPIC) else None


def topic_before(block: Block, floor: int, opening: int) -> Noun | None:
    """Who marked words without a verb are said by: the topic right before them, 主将は「C」。"""
    if not block.has(opening - 1, f.TOPIC):
        return None
    at = first_particle(block, floor, opening)
    return named_by(block, floor, at) if at == opening - 1 else None


def before_marks(block: Block, floor: int, limit: int) -> int:
    """The same before marks: the last topic, if a comma begins its clause, 大会は終わったが、協会は「C」."""
    at = first_particle(block, floor, limit)
    last = limit - 1
    if at < 0 or at >= last or not block.has(last, f.TOPIC) or _is_thing(block, last):
        return at
    parted = any(block.flags[k] & f.COMMA and block.pair_around(k) is None for k in range(at + 2, last))
    return last if parted else at


def first_particle(block: Block, floor: int, limit: int) -> int:
    """The token of the first topic particle outside marks, else of the first subject particle; -1 without any."""
    subject = -1
    for k in range(floor if block.pack.spaced else floor + 1, limit):
        flag = block.flags[k]
        if flag & (f.TOPIC | f.SUBJECT) and block.pair_around(k) is None:
            if _is_thing(block, k) or (block.pack.spaced and _titled(block, k, limit)):
                continue
            if flag & f.TOPIC:
                return k
            subject = k if subject < 0 else subject
    return subject


def _is_thing(block: Block, k: int) -> bool:
    """Whether the noun before a particle cannot speak: 価格は, «실적은»."""
    word, end = block.words[k], block.starts[k]
    if block.pack.spaced:
        length = len(word) - block.lexicon.particle(word)
        if length == 1 and not block.has(k, f.PRONOUN) and not _after_bracket(block, k):
            # «굴을 까는»: a verb before the noun it belongs to; «시는» is the city.
            return not block.lexicon[word[:1]] & SPEAKS
        end += length
    return block.text.endswith(block.pack.unspeaking, block.starts[0], end)


def _after_bracket(block: Block, k: int) -> int:
    """1 where the particle stands alone behind a bracket, «책임자(CFO)는», else 0."""
    alone = block.pack.spaced and block.has(k - 1, f.CLOSE) and block.words[k] in block.lexicon.particles
    return int(alone)


def _titled(block: Block, k: int, limit: int) -> bool:
    """Whether a title follows, so that a name only ends as a particle does: «배지은 판사는»."""
    if not block.pack.spaced or k + 1 >= limit or not block.has(k, f.TOPIC | f.SUBJECT):
        return False
    word = block.words[k + 1]
    title = word[: len(word) - block.lexicon.particle(word)]
    # «까는 정미라씨는»: the name is in the word already.
    named = title not in block.pack.honorifics and title.endswith(block.pack.honorifics)
    return not named and block.lexicon[title] & f.TITLE != 0


def named_by(block: Block, floor: int, at: int) -> Noun | None:
    """The noun phrase before a particle: after the last comma, adverbial or clause."""
    end, anchor = at + block.pack.spaced - _after_bracket(block, at), at + 1
    if block.has(end - 1, f.PRONOUN) and end > floor:
        return Noun(end - 1, end, anchor)
    start = end - block.pack.spaced
    while start > floor and (not block.flags[start - 1] & _BEFORE_SUBJECT or _titled(block, start - 1, end)):
        if block.has(start - 1, f.CLOSE):
            opening = opening_of(block, start - 1, floor)
            if opening == 0:
                # 【東京】 is where the story was written.
                break
            start = opening
        else:
            start -= 1
    while start < end and block.flags[start] & (f.CONJUNCTION | f.ADVERB):
        start += 1
    return Noun(start, end, anchor) if start < end else None
