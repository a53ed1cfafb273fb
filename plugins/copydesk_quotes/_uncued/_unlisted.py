"""Verbs that no pack lists, known as cues by their place: «“C,” jokes Majid», «« C », s'agace le maire»."""

from __future__ import annotations

from typing import Final

from copydesk_quotes._blocks._block import Block
from copydesk_quotes._blocks._marks import Pair
from copydesk_quotes._blocks._parts import Sentence
from copydesk_quotes._frames._leading import resumed
from copydesk_quotes._languages import _flags as f
from copydesk_quotes._phrases._appositions import with_apposition
from copydesk_quotes._phrases._found import Found
from copydesk_quotes._phrases._free_order import subject_after
from copydesk_quotes._phrases._nouns import Noun, noun_after
from copydesk_quotes._phrases._terms import is_name

_LEAST: Final = 3
_CLITICS: Final = 3
_LONGEST_SPEAKER: Final = 14
_FAR_SPEAKER: Final = 6
_NO_VERB: Final = (
    f.PUNCTUATION
    | f.STOP
    | f.LINKING
    | f.CONJUNCTION
    | f.ADVERSATIVE
    | f.RELATIVE
    | f.CLAUSE
    | f.COMPLEMENTIZER
    | f.DETERMINER
    | f.ACCORDING
    | f.ADVERB
    | f.PRONOUN
    | f.INFINITIVE
    | f.NUMBER
    | f.CAPITAL
    | f.HEAD
    | f.TITLE
)
_OPENS_NAME: Final = f.DETERMINER | f.CAPITAL | f.HEAD | f.TITLE
_ENDS: Final = f.COMMA | f.END | f.SEMICOLON | f.DASH | f.STOP | f.ADVERB | f.CLAUSE | f.CONJUNCTION | f.COLON


def unlisted(block: Block, sentence: Sentence, pair: Pair) -> list[Found]:
    """The frame of marked words that open a sentence and a verb with its subject after them, if there is one."""
    if "CVS" not in block.pack.orders or pair.open != sentence.start or not pair.closed or is_name(block, pair):
        return []
    limit, k = sentence.end, pair.close + 1
    while block.has(k, f.COMMA | f.DASH) and k <= pair.close + 2:
        k += 1
    if k == pair.close + 1 and not block.has(pair.close, f.DASHED) and not block.has(pair.close - 1, f.COMMA | f.END):
        return []
    if not block.pack.cues and block.has(k, f.CAPITAL):
        return _verb_last(block, sentence, pair, k)
    verb = _verb(block, k, limit)
    if verb < 0 or not (block.has(verb, f.CUE) or _is_speech(block, pair)):
        return []
    speaker = _subject(block, verb + 1, limit)
    if speaker is None and not _drops_subject(block, verb + 1, limit):
        return []
    if speaker is not None:
        speaker = with_apposition(block, speaker, limit)
    tail = speaker.end if speaker else verb + 1
    found = Found(block, sentence, "CVS marks", [(pair.open, pair.close + 1)], speaker, (verb, verb + 1))
    found.anchor, found.tail, found.inherits = k, tail, speaker is None
    more = resumed(block, tail, limit, marked=True)
    if more is not None:
        found.spans.append(more)
    return [found]


def _verb_last(block: Block, sentence: Sentence, pair: Pair, start: int) -> list[Found]:
    """Where no pack tells the verbs: a name and what ends its clause, «“C”, – Rəşad Quliyev bildirib»."""
    reach = range(start, min(sentence.end, start + _LONGEST_SPEAKER))
    end = next((k for k in reach if block.has(k, f.PUNCTUATION)), sentence.end)
    named = next((k + 1 for k in range(end - 1, start - 1, -1) if block.has(k, f.CAPITAL)), end)
    if named >= end or not _is_speech(block, pair):
        return []
    found = Found(block, sentence, "CSV marks", [(pair.open, pair.close + 1)], Noun(start, named, start), (named, end))
    found.anchor, found.tail = start, end
    return [found]


def _is_speech(block: Block, pair: Pair) -> bool:
    ended = block.has(pair.close - 1, f.END | f.COMMA) or block.has(pair.open, f.DASHED)
    return ended or block.words_between(pair.open, pair.close) >= _LEAST


def _verb(block: Block, start: int, limit: int) -> int:
    """The token that can be a verb by its place, auxiliaries and clitics before it passed over; -1 for none."""
    k = start
    while k < min(limit, start + _CLITICS) and _precedes_verb(block, k):
        k += 1
    if k >= limit or block.flags[k] & _NO_VERB or not block.words[k].islower():
        return -1
    return k


def _precedes_verb(block: Block, k: int) -> bool:
    """Whether a token is an auxiliary or clitic; a single letter that no list knows is one: Romanian «a spus»."""
    if block.has(k, f.AUXILIARY | f.HYPHEN | f.BLOCKER | f.PRONOUN):
        return True
    return len(block.words[k]) == 1 and not block.flags[k]


def _subject(block: Block, start: int, limit: int) -> Noun | None:
    """The noun phrase right after a verb, if it is named as speakers are and ends as they do."""
    while start < limit and block.has(start, f.ADVERB | f.HYPHEN):
        start += 1
    if block.has(start, f.AUXILIARY) and block.has(start + 1, f.HYPHEN):
        start += 2
    if start >= limit:
        return None
    after = subject_after if block.pack.subject == "anywhere" else noun_after
    noun = after(block, start, limit)
    if noun is None or noun.end - noun.start > _LONGEST_SPEAKER:
        return None
    named = block.has(noun.start, f.PRONOUN | _OPENS_NAME) or any(
        flag & f.CAPITAL for flag in block.flags[noun.start : noun.start + _FAR_SPEAKER]
    )
    return noun if named and (noun.end >= limit or block.has(noun.end, _ENDS)) else None


def _drops_subject(block: Block, k: int, limit: int) -> bool:
    """Whether a sentence ends with its verb, in a language that may leave out subjects: «“C”, lamentó.»."""
    drops = "VSC" in block.pack.orders or not block.pack.cues
    return drops and (k >= limit or block.has(k, f.END))
