"""Turn what the frames found into the ``quote`` annotations that other steps see."""

from __future__ import annotations

from typing import Final

from copydesk import Mention, Quote, Speaker
from copydesk_quotes._blocks._block import Block
from copydesk_quotes._blocks._marks import Pair
from copydesk_quotes._confidence import confidence
from copydesk_quotes._languages import _flags as f
from copydesk_quotes._languages._pack import According, Cue
from copydesk_quotes._phrases._found import Found, Range
from copydesk_quotes._speakers._mention import Span
from copydesk_quotes._speakers._persons import later_name
from copydesk_quotes._speakers._resolve import Resolver

_TITLE: Final = 5

_GLUED: Final = f.COMPLEMENTIZER | f.PREFIXED


def to_quote(found: Found, text: str, resolver: Resolver) -> Quote | None:
    """The annotation for one speech act, or None where its content is empty."""
    block = found.block
    dashed = block.pack.dialogue and block.pairs
    ranges = found.spans if not dashed else [_without_dashes(block, *span) for span in found.spans]
    spans = tuple([block.span(start, end) for start, end in ranges if end > start])
    if not spans:
        return None
    if found.rule == "SCV final" and block.pack.words.endings:
        spans = (*spans[:-1], _without_ending(block, spans[-1], ranges[-1][1]))
    if found.rule.endswith("that") and block.lexicon.openings:
        spans = (_without_opening(block, spans[0], ranges[0][0]), *spans[1:])
    if found.until:
        spans = (*spans[:-1], (spans[-1][0], found.until))
    inside, words = _words(found) if block.pairs else (0, 0)
    kind = "direct" if found.until or 0 < inside == words else "mixed" if inside else "indirect"
    if kind == "indirect" and block.pack.dialogue and found.spans[0][0] == 1 and block.has(0, f.DASH):
        kind = "direct"
    if kind == "direct" and (found.rule.endswith(("within", "label")) or _is_object(found)):
        # An object in marks is the writer's sentence with somebody's words: «condemned “this cowardly crime”».
        kind = "mixed"
    headline = found.rule == "headline colon"
    block_quote = found.rule.endswith("colon") and not headline and block.pack.colon == "paragraph" and not inside
    if block_quote or found.rule == "voice" or (found.announced is not None and not block.pairs):
        kind = "direct"
    speaker, resolved = resolver.resolve(found)
    cue = _cue(found.announced or found, text)
    if speaker is None and cue is not None and isinstance(found.entry, According):
        speaker, cue = _possessor(found, text)
    return Quote(
        spans[0][0],
        spans[-1][1],
        kind=kind,  # type: ignore[arg-type]  # one of the three by construction
        spans=spans,
        text=" ".join([text[start:end] for start, end in spans]),
        speaker=_speaker(text, speaker, resolved),
        cue=cue,
        confidence=confidence(found.rule),
        rule=found.rule,
    )


def with_later_name(quote: Quote, text: str, resolver: Resolver) -> Quote:
    """A headline's quote, whose speaker the story names below it only."""
    own = quote.speaker
    if own is None or own.start is None or own.end is None or own.resolved is not None:
        return quote
    speaker = _speaker(text, (own.start, own.end), later_name(resolver.persons, (own.start, own.end)))
    return quote.with_fields(speaker=speaker)


def _without_dashes(block: Block, start: int, end: int) -> Range:
    """Content in marks has its marks, content in dashes has neither them nor the comma before one."""
    if not block.has(start, f.DASHED):
        return start, end
    while start + 1 < end and block.has(end - 1, f.DASHED | f.COMMA) and not block.has(end - 1, f.END):
        end -= 1
    start += 1
    while start + 1 < end and block.has(start, f.COMMA | f.END):
        start += 1
    return start, end


def _is_object(found: Found) -> bool:
    """Whether marked words stand right by a verb that takes them as its object, as «condemned» does."""
    block, start = found.block, found.spans[0][0]
    if found.rule == "SCV marks" and isinstance(found.entry, Cue):
        return "within" in found.entry.takes
    if found.rule.endswith("that"):
        # «دعا إلى "الحوار"»: behind a preposition that opens content the marked words are a noun.
        groups = block.lexicon.groups.get(block.key(start - 1))
        return groups is not None and "that" not in groups and block.has(start - 1, f.STOP)
    if not found.rule.endswith(("SVC marks", "VSC marks")) or found.cue is None or found.cue[1] > start:
        return False
    entries = [hit.entry for hit in block.hits if hit.start == found.cue[0]]
    objects = any(isinstance(entry, Cue) and "within" in entry.takes for entry in entries)
    return objects and not block.has(start - 1, f.COLON | f.COMMA | f.COMPLEMENTIZER)


def _without_ending(block: Block, span: Span, end: int) -> Span:
    """Reported words without the letters of the frame at their end: «늘었다|고»."""
    word = block.words[end - 1]
    letters = next((e for e in block.pack.words.endings if word.endswith(e) and len(word) > len(e) + 1), "")
    return span[0], span[1] - len(letters)


def _without_opening(block: Block, span: Span, start: int) -> Span:
    """Reported words without the complementizer written with the first of them: «ש|הדרך פתוחה»."""
    if block.flags[start] & _GLUED != _GLUED:
        return span
    word = block.key(start)
    return span[0] + next((len(opening) for opening in block.lexicon.openings if word.startswith(opening)), 0), span[1]


def _cue(found: Found, text: str) -> Mention | None:
    if found.cue is None:
        return None
    return _mention(text, found.block.span(*found.cue))


def _possessor(found: Found, text: str) -> tuple[Span | None, Mention | None]:
    """The pronoun inside an according-to phrase, and the words that make it one: «по | его | словам»."""
    block = found.block
    first, end = found.cue or (0, 0)
    listed = found.entry.pronoun if isinstance(found.entry, According) else ""
    if listed:
        at = next((k for k in range(first, end) if block.key(k) == listed), -1)
    else:
        at = next((k for k in range(first, end) if block.has(k, f.DETERMINER | f.PRONOUN)), -1)
    if at < 0:
        return None, _cue(found, text)
    cue = block.span(at + 1, end) if at + 1 < end else block.span(first, max(at, first + 1))
    return block.span(at, at + 1), _mention(text, cue)


def _mention(text: str, span: Span) -> Mention:
    start, end = span
    return Mention(start, end, text=text[start:end])


def _speaker(text: str, span: Span | None, resolved: Span | None) -> Speaker | None:
    if resolved == span:
        resolved = None
    mention = _mention(text, resolved) if resolved else None
    if span is not None:
        start, end = span
        return Speaker(start, end, text=text[start:end], resolved=mention)
    return Speaker(None, None, text="", resolved=mention) if mention else None


def _is_title(block: Block, pair: Pair, start: int) -> bool:
    """Whether marks inside reported words set off a name: «the club “Dynamo” is ready»."""
    if (
        pair.open == start
        or not block.pack.cased
        or block.kind == "headline"
        or not block.has(pair.open + 1, f.CAPITAL)
    ):
        return False
    short = pair.close - pair.open <= _TITLE and not block.has(pair.close - 1, f.END | f.COMMA)
    return short and not block.pack.capital_nouns and not block.flags[pair.open - 1] & f.PUNCTUATION


def _words(found: Found) -> tuple[int, int]:
    """Words inside quotation marks, and all of them."""
    block = found.block
    inside = total = 0
    for start, end in found.spans:
        total += block.words_between(start, end)
        for pair in block.pairs_from(start):
            if pair.open >= end:
                break
            if not _is_title(block, pair, start):
                inside += block.words_between(max(start, pair.open), min(end, pair.close + 1))
    return inside, total
