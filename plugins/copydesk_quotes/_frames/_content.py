"""Content that follows its frame: where the reported words begin, and where they end."""

from __future__ import annotations

from typing import Final

from copydesk_quotes._blocks._block import Block
from copydesk_quotes._blocks._marks import Pair
from copydesk_quotes._blocks._parts import Sentence
from copydesk_quotes._frames._infinitives import (
    addressed_infinitive,
    infinitive_at_once,
    own_infinitive,
    takes_infinitive,
)
from copydesk_quotes._languages import _flags as f
from copydesk_quotes._languages._pack import Cue
from copydesk_quotes._phrases._between import past_addressee, past_adverbs, past_aside
from copydesk_quotes._phrases._found import Range, stripped
from copydesk_quotes._phrases._terms import is_name, is_title
from copydesk_quotes._phrases._verb_second import opens_clause
from copydesk_quotes._record import Record

_REACH: Final = 40
_SHORT: Final = 6
_LEAST: Final = 3
_VERB_REACH: Final = 9
_OBJECT: Final = 6
_OPENERS: Final = f.MARK | f.COLON | f.COMPLEMENTIZER
_WALLS: Final = f.END | f.SEMICOLON | f.COLON
_ANYWHERE: Final = frozenset(("within", "label"))
_ADDRESSED: Final = f.ADDRESSEE | f.CAPITAL | f.DETERMINER | f.PRONOUN | f.TITLE
_SUBJECT: Final = f.PRONOUN | f.RELATIVE
_LEADS_IN: Final = f.LINKING | f.COMPLEMENTIZER | f.CLAUSE
_FINITE: Final = f.AUXILIARY | f.VERB | f.PRONOUN | f.HEARSAY | f.RESUMPTIVE | f.FINITE | f.CUE
_CLOSES_INFINITIVE: Final = f.COMMA | f.DASH | f.SEMICOLON | f.COLON
_TURNS: Final = f.ADVERSATIVE | f.COMMA | f.COLON | f.DASH | f.SEMICOLON | f.CONJUNCTION


class Content(Record):
    """The first token of content, how it was opened, and the token where the frame before it ends."""

    start: int
    way: str
    tail: int


def content_after(block: Block, start: int, limit: int, cue: Cue, *, free: bool = False) -> Content | None:
    """Content to the right of ``start``: after a mark, a colon, a complementizer, a comma, or nothing.

    ``free``: whatever stands between may be passed over (a subject, adverbials, a relative clause).
    """
    flags = block.flags
    first = k = past_aside(block, past_adverbs(block, start, limit), limit)
    if "self" in cue.takes and (at := infinitive_at_once(block, first, limit)):
        return Content(at, "to", at)
    anywhere = not _ANYWHERE.isdisjoint(cue.takes)
    adverbial = block.has(first, f.STOP | f.LINKING) and not block.has(first, f.VERB)
    if adverbial and block.has(first, f.COMPLEMENTIZER):
        # «agreed to clean the land that …» has an infinitive, «said to the crowd that …» an addressee.
        adverbial = block.has(first + 1, _ADDRESSED)
    loose = free or cue.addressee or anywhere or adverbial
    # «called the man who “…”»: another verb's object, unless its clause ends in it.
    walls = _WALLS | (f.RELATIVE | f.AUXILIARY if anywhere and not free else 0)
    while k < min(limit, start + _REACH):
        flag = flags[k]
        if flag & _OPENERS:
            content = _opened(block, k, limit, cue, close=k == first, free=free)
            if content is not None and (content.way != "to" or _is_addressee(block, first, k)):
                return content
        if flag & f.COMMA and (block.has(k + 1, f.COMPLEMENTIZER) or k + 1 in block.by_open):
            first = k + 1 if k == first else first
        elif flag & f.COMMA and _opened_by_comma(block, k, limit, cue, close=k == first):
            return Content(k + 1, "comma", k)
        elif not loose or (flag & f.COMMA and not free) or flag & walls or _is_cue(block, k, start):
            break
        elif cue.addressee and flag & _SUBJECT == f.PRONOUN and block.has(k + 1, f.AUXILIARY | f.VERB):
            # «told the court | he was at home that night»: content has begun.
            break
        k += 1
    return _bare(block, first, limit, cue)


def _is_addressee(block: Block, first: int, to: int) -> bool:
    """Whether the words before «to» name who is told: no clause «he wants», and an infinitive behind it."""
    if to - first > _OBJECT or (block.has(to + 1, f.DETERMINER | f.NUMBER) and not block.pack.words.infinitives):
        return False
    end = to - 1 if block.has(to - 1, f.COMPLEMENTIZER) else to
    return not block.holds(first, end, f.AUXILIARY) and not block.holds(first, end - 1, f.PRONOUN)


def _opened_by_comma(block: Block, k: int, limit: int, cue: Cue, *, close: bool) -> bool:
    if close and block.pack.comma_opens and ("bare" in cue.takes or "comma" in cue.takes):
        return True
    if "comma" not in cue.takes and "mood" not in cue.takes:
        return False
    return opens_clause(block, k + 1, limit, reported="mood" in cue.takes)


def _opened(block: Block, k: int, limit: int, cue: Cue, *, close: bool, free: bool) -> Content | None:
    """The content that token ``k``, a mark, colon or complementizer, opens."""
    flag, takes = block.flags[k], cue.takes
    if flag & f.PREFIXED and flag & f.COMPLEMENTIZER and not close and _is_glued(block, k):
        return None
    if flag & f.COLON:
        if k + 1 in block.by_open and "marks" in takes:
            return Content(k + 1, "marks", k)
        if block.has(k + 1, f.COMPLEMENTIZER) and block.pack.orders[0] == "VSC" and accepts(block, k + 1, cue):
            return Content(_past_complementizer(block, k + 1, limit), "that", k)
        figure = block.has(k + 1, f.NUMBER) and not is_clause(block, k, limit)
        told = "colon" in takes and block.words_between(k + 1, limit) > 1 and not figure
        return Content(k + 1, "colon", k) if told else None
    if k in block.by_open:
        if "within" in takes or "label" in takes:
            titled = close and block.has(k - 1, f.SCARE)
            long = _speech(block, k) and not is_title(block, block.by_open[k])
            told = long or _may_label(block, k, cue)
            return Content(k, "label" if "label" in takes else "within", k) if not titled and told else None
        if cue.addressee and close and _is_addressed(block, k):
            return None
        near = close or block.has(k - 1, f.COMMA | f.COLON) or (free and _speech(block, k))
        term = block.has(k - 1, f.SCARE) and is_name(block, block.by_open[k])
        return Content(k, "marks", k) if near and not term and "marks" in takes else None
    near = close or free or not flag & f.RELATIVE or "that" not in takes
    if (
        flag & f.COMPLEMENTIZER
        and not flag & f.FILLER
        and near
        and accepts(block, k, cue)
        and takes_infinitive(block, k, limit)
    ):
        if block.has(k, f.PREFIXED) and block.key(k) == block.lexicon.fold(block.words[k]):
            return Content(k, "that", k)
        way = "to" if block.has(k, f.BLOCKER) else "that"
        return Content(_past_complementizer(block, k, limit), way, k)
    return None


def _is_glued(block: Block, k: int) -> bool:
    """Whether a complementizer is written with the word that content begins with: «שהדרך»."""
    return block.key(k) == block.lexicon.fold(block.words[k])


def _is_cue(block: Block, k: int, start: int) -> bool:
    # «تحدث علي | فقال»: a cue written with a conjunction has a clause of its own at once.
    joined = block.pack.orders[0] == "VSC" and block.has(k, f.PREFIXED)
    return (k > start or joined) and block.has(k, f.CUE) and not block.has(k, f.HEAD | f.CAPITAL)


def _speech(block: Block, k: int) -> bool:
    """Whether the marks opened at token ``k`` hold more than a name or a term."""
    pair = block.by_open[k]
    return block.words_between(pair.open, pair.close) >= _LEAST


def _is_addressed(block: Block, k: int) -> bool:
    """Whether the marks opened at token ``k`` name whom a verb addresses: «сообщил «Интерфаксу», что C»."""
    after = block.by_open[k].close + 1
    named = block.has(k + 1, f.CAPITAL) and not _speech(block, k) and not block.has(after - 2, f.END | f.COMMA)
    comma = block.has(after, f.COMMA) and block.has(after + 1, f.COMPLEMENTIZER)
    return named and (comma or block.has(after, f.STOP))


def _may_label(block: Block, k: int, cue: Cue) -> bool:
    """Whether few words marked from token ``k`` on may be speech; one with a capital is a name then."""
    if "label" in cue.takes and block.pack.cased and block.has(k + 1, f.CAPITAL):
        return False
    if "label" not in cue.takes and not block.pack.fragments:
        # «called it “a disgrace”»: the whole of the object is in marks.
        return block.pack.cased and block.has(k + 1, f.DETERMINER) and not block.has(k + 1, f.CAPITAL)
    return block.has(k - 1, _LEADS_IN) or not is_name(block, block.by_open[k])


def _bare(block: Block, first: int, limit: int, cue: Cue) -> Content | None:
    if "infinitive" in cue.takes and (at := addressed_infinitive(block, first, limit)) and limit - at >= _LEAST:
        return Content(at, "to", at)
    if "self" in cue.takes and (at := own_infinitive(block, first, limit)) and limit - at >= _LEAST:
        return Content(at, "to", at)
    if "gerund" in cue.takes and block.has(first, f.GERUND) and limit - first >= _LEAST:
        return Content(first, "to", first)
    bare = "bare" in cue.takes
    if not (bare or "clause" in cue.takes) or block.has(first, f.CONJUNCTION | (f.PUNCTUATION & ~(f.OPEN | f.MARK))):
        return None
    if cue.addressee:
        first = past_addressee(block, first, limit)
    unsure = not bare or block.has(first, f.STOP | f.LINKING)
    if unsure and not _has_verb(block, first, limit):
        return None
    if block.words_between(first, limit) < _LEAST or (block.lexicon.knows_verbs and not is_clause(block, first, limit)):
        return None
    return Content(first, "bare", first)


def _has_verb(block: Block, first: int, limit: int) -> bool:
    """Whether the words that follow look like a clause: a pronoun first, or an auxiliary soon, in Persian last."""
    if block.has(first, f.PRONOUN):
        return True
    last = block.pack.subject == "initial" and not block.pack.cased
    reach, walls = (_REACH, _WALLS | f.MARK) if last else (_VERB_REACH, f.PUNCTUATION & ~f.OPEN)
    for k in range(first, min(limit, first + reach)):
        flag = block.flags[k]
        if flag & (f.AUXILIARY | f.FINITE) and k > first and (flag & f.AUXILIARY or not flag & f.CAPITAL):
            return True
        if flag & (walls | f.CLAUSE):
            return False
    return False


def accepts(block: Block, k: int, cue: Cue) -> bool:
    groups = block.lexicon.groups.get(block.key(k))
    return groups is not None and not groups.isdisjoint(cue.takes)


def _past_complementizer(block: Block, k: int, limit: int) -> int:
    """The token after a complementizer; question words are content, «that» and «whether» are not."""
    groups = block.lexicon.groups
    group = groups.get(block.key(k), set())
    k += 1
    # Two words of one group are one complementizer: «بەوەی کە».
    while k < limit and (
        block.flags[k] & f.COMMA
        or (block.flags[k] & f.COMPLEMENTIZER and not group.isdisjoint(groups.get(block.key(k), ())))
    ):
        k += 1
    return k


def right_spans(block: Block, content: Content, sentence: Sentence) -> tuple[list[Range], bool]:
    """The content's ranges, and whether it runs on until something else begins."""
    start, limit = content.start, sentence.end
    if content.way == "colon" and block.pack.colon == "paragraph":
        return [stripped(block, start, len(block.words))], False
    pair = block.by_open.get(start)
    if pair is None:
        return [stripped(block, start, _turn(block, content, limit))], True
    end = min(pair.close + 1, len(block.words))
    if pair.closed and pair.depth == 0:
        end = _joined(block, end, limit)
        if block.has(end, f.CONJUNCTION) and end + 1 < limit and block.has(end + 1, f.COMPLEMENTIZER):
            return [stripped(block, start, limit)], True
        if end < limit and _goes_on(block, pair, content.way, end):
            return [stripped(block, start, _turn(block, content, limit))], True
    return [(start, end)], False


def _goes_on(block: Block, pair: Pair, way: str, end: int) -> bool:
    """Whether the writer's own words after marks belong to content: «said the “old” road was open»."""
    flag = block.flags[end]
    if way == "label" or flag & (f.PUNCTUATION | f.CONJUNCTION) or block.has(pair.open - 1, f.COLON):
        return False
    if way in ("that", "within"):
        return way == "that"
    if not block.pack.cased and block.words[end].startswith(block.pack.prefixes):
        # «قال "نعم" | وغادر»: a conjunction written with the next word.
        return False
    return block.words_between(pair.open, pair.close) <= _SHORT and not flag & (f.STOP | f.CLAUSE)


def _turn(block: Block, content: Content, limit: int) -> int:
    """Where the writer takes over again: «…, but she …», «…, a plan that …», or after an infinitive's first comma."""
    flags = block.flags
    # Where a mood shows what is reported, a semicolon ends nothing.
    moods = f.COMPLEMENTIZER | f.CONJUNCTION if not block.pack.words.hearsay else ~f.MARK
    for k in range(content.start + (1 if content.way == "to" else _LEAST), limit):
        if not flags[k] & _TURNS or block.pair_around(k) is not None:
            continue
        if (
            flags[k] & f.ADVERSATIVE
            and not block.has(k + 1, f.COMPLEMENTIZER)
            and (flags[k - 1] & f.COMMA or block.has(k + 1, f.AUXILIARY | f.CUE | f.PRONOUN | f.VERB))
        ):
            return k
        if flags[k] & f.CONJUNCTION and flags[k - 1] & f.COMMA and block.has(k + 1, f.CUE):
            return k
        if flags[k] & f.COMMA and block.pack.prefixes and block.has(k + 1, f.CUE) and block.has(k + 1, f.PREFIXED):
            return k
        if flags[k] & f.SEMICOLON and not block.has(k + 1, moods):
            return k
        if flags[k] & f.COLON and content.way != "bare" and k + 1 in block.by_open:
            return k
        if content.way == "bare" and flags[k] & f.COMMA and block.has(k + 1, f.DETERMINER):
            return k
        if content.way == "to" and (
            flags[k] & _CLOSES_INFINITIVE or (flags[k] & f.CONJUNCTION and block.has(k + 1, f.VERB))
        ):
            return k
    return limit


def _joined(block: Block, end: int, limit: int) -> int:
    """Past further marked words that a comma or conjunction joins: «“one”, “two” and “three”»."""
    k = end
    while k < limit and block.flags[k] & (f.COMMA | f.CONJUNCTION | f.CLAUSE):
        k += 1
    pair = block.by_open.get(k) if k > end else None
    if pair is None or not pair.closed or pair.close >= limit:
        return end
    return _joined(block, pair.close + 1, limit)


def is_clause(block: Block, start: int, end: int) -> bool:
    """Whether some token shows a finite verb: an auxiliary, a verb's ending, a pronoun."""
    return block.holds(start, min(end, start + _REACH), _FINITE)
