"""Cut content where the next speech act of the sentence begins."""

from __future__ import annotations

from typing import Final

from copydesk_quotes._blocks._block import Block
from copydesk_quotes._languages import _flags as f
from copydesk_quotes._phrases._appositions import with_apposition
from copydesk_quotes._phrases._found import Found, stripped
from copydesk_quotes._phrases._openings import first_noun

_WEAK: Final = (" to", " within", " bare")
_JOINS: Final = f.CONJUNCTION | f.COMPLEMENTIZER


def cut(founds: list[Found]) -> None:
    """Shorten content that runs on into a coordinate speech act; what is embedded in it stays."""
    for index, found in enumerate(founds):
        if found.shares or found.chains:
            _share(found, founds[:index])
        if found.rule.endswith("colon") and found.block.pack.colon == "paragraph":
            _to_next_colon(found, founds, index)
        if not found.open_end:
            continue
        if _subordinate(found):
            _to_comma(found)
        start, end = found.spans[-1]
        for other in founds[index + 1 :]:
            if other.cue is None or other.cue[0] >= end or other.nested:
                break
            at = _cut_at(found, start, other)
            if at is not None:
                found.spans[-1] = stripped(found.block, start, at)
                break


def drop_embedded(founds: list[Found]) -> None:
    """Leave out orders, labels and bare clauses inside what somebody else is reported to have said."""
    if len(founds) < 2:
        return
    ends = 0
    kept: list[Found] = []
    for found in founds:
        inside = found.cue is not None and found.cue[0] < ends and not found.nested
        if not (inside and found.rule.endswith(_WEAK)):
            kept.append(found)
            if found.open_end:
                ends = max(ends, found.spans[-1][1])
    founds[:] = kept


def _to_next_colon(found: Found, founds: list[Found], index: int) -> None:
    """End speech after a colon, which runs to the paragraph's end, where a later sentence opens the next one."""
    start, end = found.spans[-1]
    for other in founds[index + 1 :]:
        opens = other.rule in ("SVC colon", "SVC marks") or _again(other, founds[: index + 1])
        if opens and other.anchor < end and other.sentence.start > found.sentence.start and not other.nested:
            found.spans[-1] = stripped(found.block, start, other.sentence.start)
            return


def _share(found: Found, earlier: list[Found]) -> None:
    """Give «… and said» and «…, adding» the subject of the frame before it, or of its sentence."""
    block, sentence = found.block, found.sentence
    same = [other for other in earlier if other.sentence == sentence and other.speaker and not other.nested]
    if same:
        found.speaker = same[-1].speaker
    elif any(other.sentence == sentence and other.inherits and not other.nested for other in earlier):
        found.speaker = None
    elif found.shares or block.pack.orders[0] != "VSC":
        found.speaker = first_noun(block, sentence.start, found.anchor, f.VERB | f.AUXILIARY)
        if found.speaker is None and block.holds(sentence.start, sentence.start + 2, f.CUE):
            # «Asked about the road, Ali left and said that C»
            comma = next((k for k in range(sentence.start, found.anchor) if block.flags[k] & f.COMMA), found.anchor)
            found.speaker = first_noun(block, comma + 1, found.anchor, f.VERB | f.AUXILIARY)
        if found.speaker is not None and block.pack.subject == "adjacent":
            found.speaker = with_apposition(block, found.speaker, found.anchor)
    found.inherits = found.speaker is None


def _to_comma(found: Found) -> None:
    """End content of a clause that leads into the main one at its first comma."""
    block, (start, end) = found.block, found.spans[-1]
    for k in range(start + 1, end):
        if block.has(k, f.COMMA | f.DASH) and block.pair_around(k) is None:
            found.spans[-1] = stripped(block, start, k)
            break
        if k in block.by_close and block.has(k - 1, f.COMMA):
            found.spans[-1] = start, k + 1
            break
    if found.chains and found.speaker is None:
        _lead_in(found)


def _lead_in(found: Found) -> None:
    """Give a participle that opens the sentence the subject of the main clause: «Saying that C, Ali left»."""
    block, sentence = found.block, found.sentence
    start = found.spans[-1][1]
    if block.has(start, f.COMMA | f.DASH):
        found.speaker = first_noun(block, start + 1, sentence.end, f.VERB | f.AUXILIARY)
        found.inherits = found.speaker is None


def _cut_at(found: Found, start: int, other: Found) -> int | None:
    """The token where ``other`` ends content that began at ``start``; None where it is part of it."""
    block, at = found.block, other.anchor
    if found.cue and other.cue and at <= found.cue[0] and other.rule.startswith("S"):
        return _before_cue(block, start, other.cue[0])
    if at <= start + 1 or other.rule.startswith("according trail"):
        return None
    if _subordinate(found) and block.has(at - 1, f.COMMA):
        return at
    if other.rule.startswith("C"):
        return None
    if other.rule.startswith("chain"):
        # «a mailing urging supporters to run»: a participle that only describes a noun is part of the content.
        return at if block.has(at - 1, f.PUNCTUATION | f.CONJUNCTION) or not other.rule.endswith(_WEAK) else None
    before = at - 1
    while before > start and _opens_clause(block, before):
        before -= 1
    if block.has(before, f.CONJUNCTION):
        return before
    goes_on = other.inherits and other.rule.startswith(("SVC", "VSC", "according lead"))
    if goes_on and block.has(before, f.DASH | f.COMMA):
        return before
    turns = block.has(before, f.SEMICOLON) or (block.has(at, f.PREFIXED) and not block.pack.cased)
    return at if turns or _side_by_side(other) else None


def _side_by_side(other: Found) -> bool:
    """Whether only a comma parts a clause with its own subject from the one before: «że C, policja podała, że C»."""
    block, at = other.block, other.anchor
    own = block.pack.subject == "anywhere" and other.rule.startswith("SVC") and other.speaker is not None
    return own and block.has(at - 1, f.COMMA) and not block.has(at - 2, f.COMPLEMENTIZER | f.CLAUSE)


def _opens_clause(block: Block, k: int) -> bool:
    """Whether a token is an adverb or opens a clause, alone or as the end of a phrase: «al tiempo que»."""
    if not block.has(k, f.ADVERB | f.CLAUSE):
        return False
    return not block.has(k, _JOINS) or (
        block.has(k, f.CLAUSE) and (block.has(k - 1, f.CLAUSE) or block.has(k + 1, f.CLAUSE))
    )


def _before_cue(block: Block, start: int, cue: int) -> int:
    """Where content ends before a second cue whose subject came first: at the last comma, else at the cue."""
    if block.has(cue, f.PREFIXED):
        return cue
    for k in range(cue - 1, start, -1):
        if block.has(k, f.COMMA | f.CONJUNCTION) and block.pair_around(k) is None:
            return k
    return cue


def _subordinate(found: Found) -> bool:
    """Whether a frame stands in a clause that leads into the main one: «While he said …, she …»."""
    block, at, first = found.block, found.anchor, found.sentence.start
    if block.pack.orders[0] in ("VSC", "SCV"):
        return False
    while first < at and block.has(first, f.CONJUNCTION | f.ADVERB):
        first += 1
    if found.chains and first == at:
        return True
    if found.rule.startswith("passive") and not (found.cue and block.has(found.cue[0] - 1, f.AUXILIARY)):
        return True
    opens = at - 1 == first or not block.has(at - 1, f.COMPLEMENTIZER)
    return first < at and opens and block.has(at - 1, f.CLAUSE)


def _again(found: Found, earlier: list[Found]) -> bool:
    """Whether a frame that opens a sentence names somebody again who has spoken in the block."""
    block, noun = found.block, found.speaker
    if noun is None or noun.start != found.sentence.start or not found.rule.startswith("SVC"):
        return False
    speakers = [other.speaker for other in earlier if other.speaker is not None]
    spoken = {block.key(i) for speaker in speakers for i in range(speaker.start, speaker.end)}
    return block.has(noun.start, f.PRONOUN) or block.key(noun.end - 1) in spoken
