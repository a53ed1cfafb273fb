"""Quotation marks that no frame took up: continuations, unattributed speech, and the rest, which is no speech."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from copydesk_quotes._blocks._block import Block
from copydesk_quotes._blocks._marks import Pair
from copydesk_quotes._blocks._parts import Sentence
from copydesk_quotes._frames._topics import marked_topic, topic_before
from copydesk_quotes._languages import _flags as f
from copydesk_quotes._phrases._appositions import with_apposition
from copydesk_quotes._phrases._found import Found, Range, stripped
from copydesk_quotes._phrases._nouns import Noun, noun_after
from copydesk_quotes._phrases._openings import first_noun
from copydesk_quotes._phrases._terms import is_title
from copydesk_quotes._uncued._followed import name_from_next
from copydesk_quotes._uncued._quoted import is_quoted, verb_after
from copydesk_quotes._uncued._unlisted import unlisted

_SENTENCE: Final = 4
_SPEECH: Final = 6
_LONG: Final = 9
_TERM: Final = 3
_NAMED: Final = 12
_SIGNATURE: Final = 8
_DATE: Final = 8
_REACH: Final = 16
_VERBS: Final = f.VERB | f.AUXILIARY
_OPENS_NAME: Final = f.CAPITAL | f.DETERMINER | f.HEAD | f.TITLE | f.PRONOUN


def add_loose(block: Block, founds: list[Found], previous: Found | None) -> list[Found]:
    """The block's frames in order, with marked words that carry on an earlier speaker's.

    ``previous`` is the last speech act of the block before, if that block ended with it.
    """
    if not block.pairs:
        return sorted([found for found in founds if found.spans], key=_first_span)
    found_at = _by_sentence([found for found in founds if not found.nested])
    result = list(founds)
    last: Found | None = None
    waiting: list[Range] = []
    reach = 0
    first = min([found.spans[0][0] for found in founds], default=len(block.words))
    rest = iter(block.pairs)
    pair = next(rest, None)
    for sentence in block.sentences:
        here = found_at.get(sentence.start, [])
        if waiting and waiting[-1][1] == sentence.start and here and here[0].rule in ("CVS marks", "CSV marks"):
            here[0].spans[:0] = waiting
            waiting = []
        pairs: list[Pair] = []
        while pair is not None and pair.open < sentence.end:
            pairs.append(pair)
            pair = next(rest, None)
        if pairs and not here:
            here = unlisted(block, sentence, pairs[0])
            result.extend(here)
        pairs = [one for one in pairs if not _taken(one, here)]
        going_on = _going_on(block, sentence, pairs) if pairs and not here else None
        if going_on is not None and last is not None and reach == sentence.start and _carries(last, sentence):
            last.spans.append(going_on)
            reach = sentence.end
        elif going_on is not None and pairs[0].open == sentence.start and first >= sentence.start:
            waiting.append(going_on)
        else:
            result.extend(_unattributed(block, sentence, pairs, here, last))
        if here:
            last = _last_of(here)
            reach = sentence.end
    if waiting and _weighs(block, waiting, previous):
        result.append(_continuation(block, waiting, previous))
    name_from_next(block, result)
    result.sort(key=_first_span)
    return [found for found in result if found.spans]


def _last_of(founds: list[Found]) -> Found:
    """The frame that marked words after a sentence go on with."""
    if len(founds) == 1:
        return founds[0]
    return max(founds, key=lambda found: (_in_marks(found), found.spans[-1][1]))


def _weighs(block: Block, spans: list[Range], previous: Found | None) -> bool:
    """Whether marked words without a frame are speech: they carry on the block before, or are more than a term."""
    # A dash alone may as well open an item of a list.
    counted = not block.has(spans[0][0], f.DASHED) and sum([block.words_between(*span) for span in spans]) > _TERM
    return (previous is not None or counted) and not _is_heading(block, spans)


def _first_span(found: Found) -> Range:
    return found.spans[0]


def _is_heading(block: Block, spans: list[Range]) -> bool:
    """Whether a paragraph is one marked line without a full stop: a heading between paragraphs."""
    last = len(block.words) - 1
    whole = block.kind == "paragraph" and spans == [(0, last + 1)] and 0 in block.by_open
    if not whole or block.by_open[0].close != last or block.holds(1, last, f.END) or block.has(last - 1, f.COMMA):
        return False
    # Where no full stop stands before a closing mark, 「…」, only length tells.
    return block.pack.spaced or block.words_between(0, last) < _LONG


def _going_on(block: Block, sentence: Sentence, pairs: list[Pair]) -> Range | None:
    """What a sentence without a frame says in marks: all of it, if it begins or ends with them and they weigh."""
    first, last = pairs[0], pairs[-1]
    end = min(last.close + 1, len(block.words))
    opens, closes = first.open == sentence.start, block.words_between(end, sentence.end) == 0
    if _signed(block, end) is not None:
        return None
    if opens and (closes or block.kind == "headline"):
        return sentence.start, end
    if not block.pack.cues:
        # Without a pack nothing tells which of the writer's words are reported.
        return None
    marked = sum(block.words_between(pair.open, pair.close) for pair in pairs)
    if opens and block.has(end, f.DASH):
        return None
    announced = block.has(first.open - 1, f.COLON) or any(
        flag & f.CUE for flag in block.flags[sentence.start : sentence.end]
    )
    if (opens or closes) and marked >= _SPEECH and not announced and not (opens and _is_tied(block, end)):
        return stripped(block, sentence.start, sentence.end)
    return None


def _is_tied(block: Block, end: int) -> bool:
    """Whether a particle ties marked words to what the writer says of them: 「C」という言葉."""
    return bool(block.pack.words.topics) and block.has(end, f.FINAL | f.STOP | f.TOPIC | f.SUBJECT)


def _unattributed(
    block: Block, sentence: Sentence, pairs: list[Pair], here: list[Found], last: Found | None
) -> Iterator[Found]:
    """Marked words beside a sentence's frames that are speech; ``last`` spoke before the sentence."""
    framed = any(not found.rule.startswith("passive") for found in here)
    last = here[-1] if here else last
    for pair in pairs:
        if not _is_speech(block, pair, sentence):
            continue
        span = pair.open, min(pair.close + 1, len(block.words))
        loose = Found(block, sentence, "loose", [span], anchor=span[0], tail=span[1])
        goes_on = framed and last is not None and block.has(pair.open - 1, f.COLON)
        loose.speaker = _signed(block, span[1]) or (None if goes_on else _announced(block, sentence, pair))
        if not block.pack.cues and loose.speaker is not None and block.has(pair.open - 1, f.COLON):
            loose.speaker, loose.cue = _named(block, loose.speaker, pair.open - 1)
        if loose.speaker is None and block.words_between(span[1], sentence.end) == 0:
            loose.speaker = topic_before(block, sentence.start, pair.open)
        elif loose.speaker is None and is_quoted(block, pair):
            loose.speaker, loose.cue = marked_topic(block, sentence.start, pair.open), verb_after(block, pair.close + 2)
        if loose.speaker is None and (pair.open == sentence.start or goes_on):
            loose.speaker = last.speaker if last is not None else None
            loose.inherits = loose.speaker is None
        yield loose


def _named(block: Block, noun: Noun, colon: int) -> tuple[Noun, Range | None]:
    """Where no pack tells the verbs: a noun phrase up to its last name, and the words before the colon as its cue."""
    end = next((k + 1 for k in range(noun.end - 1, noun.start, -1) if block.has(k, f.CAPITAL)), noun.end)
    return Noun(noun.start, end, noun.anchor), (end, colon) if end < colon else None


def _announced(block: Block, sentence: Sentence, pair: Pair) -> Noun | None:
    """Who a sentence that ends in a colon and speech is about: «He is quoted as follows: “…”», «And from Ali: “…”»."""
    if block.pack.orders[0] == "VSC" or not block.has(pair.open - 1, f.COLON):
        return None
    colon, start = pair.open - 1, sentence.start
    origin = next((k for k in range(colon - 1, max(start, colon - _REACH) - 1, -1) if block.has(k, f.ORIGIN)), -1)
    if origin >= 0:
        return noun_after(block, origin + 1, colon)
    while start < colon and block.has(start, f.CONJUNCTION | f.ADVERB):
        start += 1
    while block.has(start, f.CUE | f.STOP) and block.pack.words.origins:
        comma = next((k for k in range(start, colon) if block.has(k, f.COMMA)), -1)
        if comma < 0:
            break
        start = comma + 1
    if block.has(start, f.STOP) and block.pack.words.origins:
        # «On the toll: “…”» names what is spoken of.
        return None
    noun = _behind_lead(block, start, colon) or first_noun(block, start, colon, _VERBS)
    return with_apposition(block, noun, colon) if noun is not None else None


def _behind_lead(block: Block, start: int, colon: int) -> Noun | None:
    """The subject behind what leads into its clause: «Zum Trainer wollte S …:», «Confrontado com isto, S …:»."""
    if "V2C" in block.pack.orders:
        verb = next((k for k in range(start, colon) if block.has(k, _VERBS) and not block.has(k, f.CAPITAL)), colon)
        return noun_after(block, verb + 1, colon, _VERBS) if block.has(start, f.STOP | f.ADVERB) else None
    leads = block.has(start, f.COMPLEMENTIZER) or block.has(start + 1, f.STOP)
    if block.has(start, f.HEAD | f.TITLE | f.PRONOUN | f.DETERMINER) or not leads:
        return None
    comma = next((k for k in range(start + 2, min(colon, start + _REACH)) if block.has(k, f.COMMA)), colon)
    return noun_after(block, comma + 1, colon, _VERBS) if block.has(comma + 1, _OPENS_NAME) else None


def _signed(block: Block, end: int) -> Noun | None:
    """The name after a dash that signs a quotation: «“…” — Majid Ali»."""
    if not block.has(end, f.DASH):
        return None
    name, last = noun_after(block, end + 1, len(block.words)), len(block.words)
    if name is None or name.end - name.start > _SIGNATURE:
        return None
    dated = last - name.end <= _DATE and block.has(name.end, f.COMMA) and block.has(last - 1, f.NUMBER)
    return name if dated or name.end >= last - 1 else None


def _continuation(block: Block, spans: list[Range], previous: Found | None) -> Found:
    whole = Sentence(spans[0][0], spans[-1][1])
    rule = "continuation" if previous is not None else "loose"
    return Found(block, whole, rule, spans, anchor=spans[0][0], tail=spans[-1][1], inherits=previous is not None)


def _carries(last: Found, sentence: Sentence) -> bool:
    """Whether marked words of the sentence after this frame go on with it."""
    return _in_marks(last) and last.spans[-1][1] <= sentence.start


def _in_marks(found: Found) -> bool:
    end = found.spans[-1][1]
    return found.block.has(end - 1, f.MARK | f.END) or end >= len(found.block.words)


def _by_sentence(founds: list[Found]) -> dict[int, list[Found]]:
    table: dict[int, list[Found]] = {}
    for found in founds:
        table.setdefault(found.sentence.start, []).append(found)
    return table


def _taken(pair: Pair, founds: list[Found]) -> bool:
    for found in founds:
        for start, end in found.spans:
            if start < pair.close and pair.open < end:
                return True
        if found.speaker and found.speaker.start <= pair.open < found.speaker.end:
            return True
    return False


def _is_led(block: Block, sentence: Sentence, pair: Pair) -> bool:
    """Whether a clause about a person leads to marked words at its end: «Il tecnico non ha dubbi: “Vinceremo noi”»."""
    if not block.pack.cased or not pair.closed or not block.has(pair.open - 1, f.COLON):
        return False
    if not block.has(pair.open + 1, f.CAPITAL) or is_title(block, pair):
        return False
    if block.words_between(pair.close + 1, sentence.end) or block.holds(sentence.start, pair.open, f.SCARE | f.MARK):
        return False
    noun = _announced(block, sentence, pair)
    return noun is not None and block.holds(noun.start, noun.end, f.ROLE | f.TITLE | f.PRONOUN)


def _is_speech(block: Block, pair: Pair, sentence: Sentence) -> bool:
    """Marked words are speech when they are long, or look like a sentence of their own."""
    if block.has(pair.open, f.DASHED):
        return True
    count = block.words_between(pair.open, pair.close)
    if is_quoted(block, pair):
        return count >= _TERM
    if not pair.closed or count <= _TERM:
        # «Hart, after the vote: “We lost.”»
        whole = pair.closed and block.has(pair.open - 1, f.COLON) and block.has(pair.close - 1, f.END)
        ends = block.words_between(pair.close + 1, sentence.end) == 0
        return (whole and count > 0 and pair.open - sentence.start > 1) or (
            ends and count > 1 and _is_led(block, sentence, pair)
        )
    # Where words are written together, commas join names in marks as often as they lead into speech.
    leads = f.COLON | f.COMMA if block.pack.spaced else f.COLON
    alone = (pair.open == sentence.start or block.has(pair.open - 1, leads)) and not _is_tied(block, pair.close + 1)
    if not alone and block.words_between(pair.close + 1, sentence.end) == 0:
        alone = topic_before(block, sentence.start, pair.open) is not None
    if _is_tied(block, pair.close + 1) and count < _NAMED:
        return False
    ended = alone and (block.has(pair.close - 1, f.END | f.COMMA) or _is_led(block, sentence, pair))
    if count < (_SENTENCE if ended else _SPEECH if alone else _LONG):
        return False
    if block.pack.cased:
        capitals = sum(1 for flag in block.flags[pair.open + 1 : pair.close] if flag & f.CAPITAL)
        if 2 * capitals > count:
            return False
    return True
