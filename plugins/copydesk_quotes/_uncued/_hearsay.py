"""Sentences that only their verb's mood marks as reported: German «sei», and right after speech «würde»."""

from __future__ import annotations

from collections import deque
from typing import Final

from copydesk_quotes._blocks._block import Block
from copydesk_quotes._blocks._parts import Sentence
from copydesk_quotes._languages import _flags as f
from copydesk_quotes._phrases._found import Found, stripped, without_mood
from copydesk_quotes._phrases._nouns import Noun
from copydesk_quotes._phrases._openings import first_noun
from copydesk_quotes._phrases._verb_second import opens_clause

_MARKED: Final = ("loose", "continuation")
_MOODS: Final = f.HEARSAY | f.RESUMPTIVE


def add_hearsay(block: Block, founds: list[Found]) -> list[Found]:
    """The block's speech acts in order with the sentences that no frame took up and whose mood reports.

    Sentences that follow one another are one speech act. Its speaker is the last one of the block, else of the story.
    """
    flags, words = block.flags, block.pack.words
    if not (words.hearsay or words.resumptive) or not [i for i in block.noted if flags[i] & _MOODS]:
        return founds
    rest = deque(sorted(founds, key=lambda found: found.spans[0]))
    result: list[Found] = []
    before: Sentence | None = None
    heard = not words.topics
    for sentence in block.sentences:
        here = []
        while rest and rest[0].spans[0][0] < sentence.end:
            here.append(rest.popleft())
        framed = [found for found in here if found.rule not in _MARKED]
        last = result[-1] if result else None
        follows = last is not None and last.spans[-1][1] >= sentence.start - 2 and not last.rule.endswith("marks")
        asks = block.has(sentence.start, f.COMPLEMENTIZER) and block.words[sentence.end - 1] == "?"
        told = heard and _reports(block, sentence, f.HEARSAY)
        if framed or asks or not (told or (follows and _goes_on(block, sentence))):
            result.extend(here)
        elif last is not None and follows and last.rule == "hearsay":
            last.spans.append(without_mood(block, *stripped(block, sentence.start, sentence.end)))
        else:
            clause = _clause(block, sentence)
            subject = _first_noun(block, sentence) if clause else _subject(block, before)
            result.append(_reported(block, sentence, clause, subject or (last.speaker if last else None)))
        before = None if framed else sentence
        # 「…という。」 goes on with the sentence before only; alone it is what people say.
        heard = not words.topics or bool(framed) or (told and not asks)
    return [*result, *rest]


def _subject(block: Block, sentence: Sentence | None) -> Noun | None:
    """The subject of a sentence before with a verb of saying but no content: «Majid widersprach dem. Er sei …»."""
    if sentence is None or not block.holds(sentence.start, sentence.end, f.CUE):
        return None
    return _first_noun(block, sentence)


def _first_noun(block: Block, sentence: Sentence) -> Noun | None:
    return first_noun(block, sentence.start, sentence.end, f.VERB | f.AUXILIARY)


def _clause(block: Block, sentence: Sentence) -> int:
    """The token where the reported clause begins in «Majid vertrat die Ansicht, das sei …», 0 where all is reported."""
    told = False
    for k in range(sentence.start, sentence.end):
        flag = block.flags[k]
        if flag & _MOODS:
            return 0
        if not told and flag & (f.VERB | f.AUXILIARY) and not flag & (f.CAPITAL | f.INFINITIVE):
            told = block.pair_around(k) is None
        if flag & f.COLON and told and block.pair_around(k) is None:
            # «Bokel winkte ab: Das sei nicht bezahlbar.»
            return k + 1
        if flag & f.COMMA and block.pair_around(k) is None:
            after = k + 2 if block.has(k + 1, f.COMPLEMENTIZER) else k + 1
            if block.has(after, _MOODS) or block.has(sentence.start, f.CLAUSE | f.COMPLEMENTIZER):
                return 0
            if told and (after == k + 2 or opens_clause(block, after, sentence.end, reported=True)):
                return after
    return 0


def _goes_on(block: Block, sentence: Sentence) -> bool:
    return _reports(block, sentence, f.RESUMPTIVE)


def _reports(block: Block, sentence: Sentence, mood: int) -> bool:
    """Whether a verb of this mood stands outside marks and is nobody's own words: not «ich habe»."""
    for k in range(sentence.start, sentence.end):
        flag = block.flags[k]
        if flag & mood and not flag & f.FILLER and not (block.pack.cased and flag & f.CAPITAL and k > sentence.start):
            own = block.has(k - 1, f.BLOCKER) or (block.has(k + 1, f.BLOCKER) and block.has(k + 1, f.PRONOUN))
            # 「…という。」 reports at a sentence's end only.
            closing = not block.pack.words.topics or block.has(k + 1, f.END) or k + 1 >= sentence.end
            if not own and closing and block.pair_around(k) is None:
                return True
    return False


def _reported(block: Block, sentence: Sentence, clause: int, speaker: Noun | None) -> Found:
    whole = stripped(block, clause or sentence.start, sentence.end)
    span = without_mood(block, *whole)
    found = Found(block, sentence, "hearsay", [span], anchor=span[0], tail=span[1])
    found.cue = (span[1], whole[1]) if span != whole else None
    found.speaker, found.inherits = speaker, speaker is None
    return found
