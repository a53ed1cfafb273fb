"""The frames: the orders in which speaker (S), cue verb (V) and content (C) stand, as packs name them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from copydesk_quotes import _flags as f
from copydesk_quotes._according import according
from copydesk_quotes._block import Block, Hit, Sentence
from copydesk_quotes._content_first import content_cue_speaker, content_speaker_cue
from copydesk_quotes._content_last import (
    cue_speaker_content,
    opening_right,
    relay,
    speaker_cue_content,
    verb_first,
    verb_second,
)
from copydesk_quotes._final import speaker_content_cue
from copydesk_quotes._found import Found, Site
from copydesk_quotes._incise import incised
from copydesk_quotes._manner import manner_clause
from copydesk_quotes._marks import Pair
from copydesk_quotes._nouns import (
    document_before,
)
from copydesk_quotes._pack import According, Cue
from copydesk_quotes._set_in import set_in

_TERM = 3
_NAMED = f.CAPITAL | f.HEAD | f.TITLE | f.DOCUMENT | f.PRONOUN
_MOST_CUES = 30
Frame = Callable[[Site], Found | None]


def find_frames(block: Block) -> Iterator[Found]:
    """The speech acts that cues and according-to phrases make, also inside quotation marks."""
    inner: dict[Pair, list[Hit]] = {}
    outer: list[Hit] = []
    for hit in block.hits:
        pair = block.pair_around(hit.start)
        if pair is None:
            outer.append(hit)
        else:
            inner.setdefault(pair, []).append(hit)
    yield from _in_sentences(block, block.sentences, outer)
    for pair, hits in inner.items():
        if block.pack.subject == "anywhere" and (whole := set_in(block, pair, hits)) is not None:
            yield whole
            continue
        if block.pack.incise and (whole := incised(block, pair, hits)) is not None:
            yield whole
            continue
        sentences = list(block.sentences_in(pair.open + 1, pair.close))
        for found in _in_sentences(block, sentences, hits):
            if found.rule.endswith("marks") and found.speaker is not None and _is_long(found):
                found.nested = True
                found.rule += ", nested"
                yield found


def _is_long(found: Found) -> bool:
    return sum(found.block.words_between(*span) for span in found.spans) > _TERM


def _in_sentences(block: Block, sentences: list[Sentence], hits: list[Hit]) -> Iterator[Found]:
    waiting = iter(hits)
    hit = next(waiting, None)
    for sentence in sentences:
        floor, free, tried = sentence.start, 0, 0
        while hit is not None and hit.start < sentence.end:
            tried += 1
            if hit.start >= free and tried <= _MOST_CUES and not block.has(hit.start, f.FILLER):
                found = _match(Site(block, sentence, hit, floor))
                if found is not None:
                    free = found.tail if found.rule.startswith("relay") else hit.start + 1
                    floor = _next_floor(found, floor)
                    yield found
            hit = next(waiting, None)


def _next_floor(found: Found, floor: int) -> int:
    """Where content or a subject of the sentence's next frame may begin."""
    if isinstance(found.entry, Cue) and found.entry.role == "attribute" and found.cue:
        return found.cue[1]
    if found.rule == "SVC marks" and found.block.pack.subject == "clause":
        return max(floor, found.spans[-1][1])
    return max(floor, found.tail) if found.rule.startswith("C") else floor


def _match(site: Site) -> Found | None:
    block, hit = site.block, site.hit
    if isinstance(hit.entry, According):
        return according(site, hit.entry)
    if hit.start > site.sentence.start and (block.has(hit.start - 1, f.BLOCKER) or _is_name(block, hit.start)):
        return None
    role = _ROLES.get(hit.entry.role)
    if role is not None:
        return role(site)
    clause = manner_clause(site) if block.pack.words.manner else None
    if clause is not None:
        return clause
    for order in hit.entry.orders or block.pack.orders:
        found = _ORDERS[order](site)
        if found is not None:
            return None if _is_crowd(found) else found
    return None


def _is_crowd(found: Found) -> bool:
    noun = found.speaker
    return noun is not None and any(flag & f.CROWD for flag in found.block.flags[noun.start : noun.end])


def _is_name(block: Block, i: int) -> bool:
    """Whether a capital inside a sentence shows a name: the «United States»."""
    return block.pack.cased and block.kind != "headline" and block.has(i, f.CAPITAL)


<<<<<<< /tmp/lp/tree/copydesk_quotes/_frames.py
def _speaker_cue_content(site: Site) -> Found | None:
    block, hit = site.block, site.hit
    anchor, shared, dropped = hit.start, False, False
    if block.pack.subject == "clause":
        speaker = clause_subject(site)
        dropped = speaker is None and not sourced(site)
    elif (site.cue.subject or block.pack.subject) == "initial":
        speaker = first_subject(site)
        dropped = speaker is None and block.pack.subject == "initial" and "VSC" not in block.pack.orders
    else:
        free = block.pack.subject == "anywhere"
        speaker = subject_before(site) if free else noun_before(block, hit.start, site.floor)
        shared = speaker is None and _continues(block, hit.start, site.floor)
    if speaker is None and not shared and not dropped:
        return None
    if speaker is not None and _verb_first(site) and not _may_speak(site, speaker):
        return None
    found = _opening_right(site, hit.end, "SVC")
    if found is not None and speaker is not None and found.rule == "SVC to" and _is_relative(site, speaker):
        return None
    if found is not None:
        found.speaker, found.shares, found.inherits = speaker, shared, dropped
        found.anchor = speaker.anchor if speaker else anchor
    return found


def _is_relative(site: Site, speaker: Noun) -> bool:
    """Whether the cue stands in a relative clause: «a man who has promised to stay»."""
    return any(site.block.has(k, f.RELATIVE) for k in range(speaker.end, site.hit.start))


def _verb_second(site: Site) -> Found | None:
    """«S sagte, C», «am Montag sagte S, C», «am Montag hatte S gesagt, C»."""
    block, hit = site.block, site.hit
    verb = finite_verb(site)
    if verb < 0:
        return None
    speaker = subject_of(site, verb)
    after = speaker is not None and speaker.start > verb
    found = _opening_right(site, max(hit.end, speaker.end) if speaker else hit.end, "SVC", free=True)
    if found is None:
        return None
    found.speaker = speaker
    found.shares = speaker is None and _continues(block, verb, site.floor)
    found.inherits = speaker is None and not found.shares
    found.anchor = speaker.anchor if speaker and not after else verb
    return found


def first_subject(site: Site) -> Noun | None:
    """The subject that opens the clause of a cue, as languages with ``subject = "initial"`` have it."""
    block, hit = site.block, site.hit
    if block.pack.orders[0] == "SCV":
        return subject(block, site.floor, hit.start, marked=True)
    start = _after_clause(block, site.floor, hit.start) if block.pack.cased else site.floor
    speaker = first_noun(block, start, hit.start)
    while speaker is not None and _is_adverbial(block, speaker):
        speaker = first_noun(block, speaker.end + 1, hit.start)
    if speaker is None:
        return None
    whole = with_aside(block, speaker, hit.start)
    end = whole.end if whole is not speaker else with_apposition(block, speaker, hit.start).end
    return Noun(speaker.start, end, speaker.anchor)


def _is_adverbial(block: Block, noun: Noun) -> bool:
    """Whether words that open a sentence are no name and a name follows them: «Setiap hari, | Tjahjo»."""
    if not block.pack.cased or noun.end - noun.start < 2 or not block.has(noun.end, f.COMMA):
        return False
    rest = block.flags[noun.start + 1 : noun.end]
    named = block.has(noun.start, _NAMED & ~f.CAPITAL) or any(flag & _NAMED for flag in rest)
    return not named and block.has(noun.end + 1, f.CAPITAL)


def _after_clause(block: Block, start: int, cue: int) -> int:
    """Where a new clause begins after a finite verb and a comma: «four were hurt, | the ministry said»."""
    for k in range(cue - 2, start, -1):
        if block.has(k, f.COMMA) and block.has(k - 1, f.AUXILIARY) and block.pair_around(k) is None:
            return k + 1 if block.has(k + 1, f.CAPITAL | f.HEAD | f.PRONOUN) else start
    return start


def _continues(block: Block, cue: int, floor: int) -> bool:
    """Whether a conjunction before the cue gives it the subject of the clause before: «… and said that»."""
    k = cue - 1
    while k > floor and block.has(k, f.ADVERB | f.AUXILIARY):
        k -= 1
    return k > floor and block.has(k, f.CONJUNCTION)


def _cue_speaker_content(site: Site) -> Found | None:
    block, hit, limit = site.block, site.hit, site.sentence.end
    start = hit.end
    while start < limit and (
        block.flags[start] & f.ADVERB or block.key(start) in block.lexicon.keys_of(site.cue.source)
    ):
        start += 1
    asks = "infinitive" in site.cue.takes and block.has(start, f.INFINITIVE)
    speaker = None if asks else noun_after(block, start, limit)
    if speaker is not None:
        speaker = with_place(block, speaker, limit)
    found = _opening_right(site, speaker.end if speaker else start, "VSC", free=True)
    if found is None:
        return None
    if speaker is None and not block.has(hit.start, f.PREFIXED):
        speaker = noun_before(block, hit.start, site.floor)
        if speaker is not None and not _may_speak(site, speaker):
            return None
    found.speaker = speaker
    found.inherits = speaker is None
    return found


def _may_speak(site: Site, speaker: Noun) -> bool:
    """Whether a noun before a verb-first cue is its subject, and not what a clause describes."""
    block, first = site.block, max(site.floor, speaker.start - 1)
    if speaker.start <= site.floor + 1 or block.has(first, f.AUXILIARY):
        return True
    return any(flag & (f.HEAD | f.DOCUMENT | f.TITLE) for flag in block.flags[speaker.start : speaker.end + 1])


def _opening_right(site: Site, start: int, rule: str, *, free: bool = False) -> Found | None:
    """A frame whose content follows ``start``, without its speaker."""
    block, sentence, hit = site.block, site.sentence, site.hit
    if site.cue.particle:
        start = _past_particle(block, site.cue.particle, start, sentence.end)
        if not start:
            return None
    content = content_after(block, start, sentence.end, site.cue, free=free)
    if content is None:
        return None
    spans, open_end = right_spans(block, content, sentence)
    if block.words_between(*spans[0]) == 0:
        return None
    found = Found(block, sentence, f"{rule} {content.way}", spans, None, (hit.start, hit.end), site.cue)
    found.anchor, found.tail, found.open_end = hit.start, content.tail, open_end
    return found


def _past_particle(block: Block, particle: str, start: int, limit: int) -> int:
    """The token after a verb's separated end, 0 where it does not come."""
    for k in range(start, limit):
        if block.key(k) == particle:
            return k + 1
        if block.flags[k] & (f.COLON | f.END):
            break
    return 0


def _content_cue_speaker(site: Site) -> Found | None:
    block, hit, limit = site.block, site.hit, site.sentence.end
    verb = finite_verb(site) if "V2C" in block.pack.orders else hit.start
    if verb < 0:
        return None
    anchor = _before_auxiliaries(block, verb, site.floor)
    if not block.has(anchor - 1, f.COMMA | f.DASH | f.MARK):
        return None
    span = content_before(block, anchor, site.floor, site.cue)
    if span is None or (block.has(anchor - 1, f.MARK) and _is_term(block, *span)):
        return None
    start = _past_addressee(block, verb + 1 if verb < hit.start else hit.end, limit)
    if block.key(min(start, limit - 1)) in site.cue.source:
        start += 1
    after = subject_after if block.pack.subject == "anywhere" else noun_after
    marked = _ends_marked(block, span)
    speaker = after(block, start, limit) if marked else after(block, start, limit, f.AUXILIARY)
    if site.cue.particle and not _past_particle(block, site.cue.particle, hit.end, limit):
        return None
    fits = _follows_marks(site, speaker) if marked else _follows_clause(site, span, speaker)
    if not fits:
        return None
    return _left(site, span, with_apposition(block, speaker, limit) if speaker else None, "CVS")


def _follows_marks(site: Site, speaker: Noun | None) -> bool:
    """Whether a verb after marked words belongs to them; one without a subject may open content of its own."""
    block, end, limit = site.block, site.hit.end, site.sentence.end
    if speaker is not None:
        return True
    opens = "V2C" in block.pack.orders and content_after(block, end, limit, site.cue) is not None
    return closes(block, end, limit, site.cue) and not opens


def _follows_clause(site: Site, span: Range, speaker: Noun | None) -> bool:
    """Whether words without marks before «V S» are its content: a clause, in the mood that the verb asks for."""
    block = site.block
    if speaker is None or not is_clause(block, *span) or _has_subject(site):
        return False
    moody = "mood" not in site.cue.takes or has_mood(block, *span)
    return moody and closes(block, speaker.end, site.sentence.end, site.cue)


def _is_term(block: Block, start: int, end: int) -> bool:
    """Whether marked words are too few for speech, and no sign inside the mark shows that they are: «“Ja,” sagte»."""
    return block.words_between(start, end) <= _TERM and not block.has(end - 2, f.COMMA | f.END)


def _has_subject(site: Site) -> bool:
    """Whether the words before a cue are its subject and an aside: «Ali, who heads it, said»."""
    block, cue = site.block, site.hit.start
    subject = noun_before(block, cue, site.floor)
    if subject is None or subject.end >= cue - 1 or subject.start > site.floor + 1 or block.has(subject.start, f.STOP):
        return False
    aside = subject.end + 1
    return block.has(aside, f.RELATIVE | f.DETERMINER | f.HEAD) or not is_clause(block, aside, cue)


def _past_addressee(block: Block, k: int, limit: int) -> int:
    """Past adverbs, hyphens and «à l'AFP» between a verb and the speaker after it."""
    flags = block.flags
    while k < limit and flags[k] & (f.ADVERB | f.HYPHEN | f.AUXILIARY) and not flags[k] & (f.MARK | f.PRONOUN):
        k += 1
    if k < limit and flags[k] & f.STOP:
        at = k + 1
        while at < limit and flags[at] & f.DETERMINER:
            at += 1
        if at < limit and flags[at] & f.ADDRESSEE:
            return at + 1
    return k


def _before_auxiliaries(block: Block, k: int, floor: int) -> int:
    """The first token of a verb with its auxiliaries and inverted hyphens: «a-t-il déclaré»."""
    while k > floor:
        before = block.flags[k - 1]
        if not before & (f.HYPHEN | f.AUXILIARY):
            break
        k -= 1
    return k


def _content_speaker_cue(site: Site) -> Found | None:
    block, hit = site.block, site.hit
    own = block.pack.subject == "clause"
    speaker = clause_subject(site) if own else noun_before(block, hit.start, site.floor)
    if speaker is None:
        return None
    anchor = _before_auxiliaries(block, speaker.anchor if own else speaker.start, site.floor)
    if anchor - 1 < site.floor or not block.has(anchor - 1, f.COMMA | f.DASH | f.MARK):
        return None
    span = content_before(block, anchor, site.floor, site.cue)
    if span is None or not _may_follow(site, span):
        return None
    return _left(site, span, speaker, "CSV")


def _may_follow(site: Site, span: Range) -> bool:
    """Whether words before «S V» are its content, and not a lead to what follows the verb."""
    block, hit = site.block, site.hit
    marked = _ends_marked(block, span)
    opens = marked and span[0] in block.by_open and span[0] <= site.floor + 1
    if not opens and not closes(block, hit.end, site.sentence.end, site.cue):
        return False
    if marked:
        return True
    count = block.words_between(*span)
    ends = block.has(hit.end, f.END) or (block.has(hit.end, f.COMMA) and hit.end + 1 not in block.by_open)
    if block.has(span[0], f.CLAUSE | f.STOP | f.CUE) and count > _TERM and not ends:
        return False
    return count >= _TERM or block.has(hit.end, f.COMMA)


def _ends_marked(block: Block, span: Range) -> bool:
    return block.has(span[1] - 1, f.MARK)


def _left(site: Site, span: Range, speaker: Noun | None, rule: str) -> Found:
    """A frame whose content comes first, with what goes on after an interruption."""
    block, hit = site.block, site.hit
    marked = _ends_marked(block, span)
    found = Found(block, site.sentence, f"{rule} {'marks' if marked else 'left'}", [span], speaker)
    found.cue, found.entry, found.inherits = (hit.start, hit.end), site.cue, speaker is None
    found.anchor = min(hit.start, speaker.start) if speaker else hit.start
    found.tail = max(hit.end, speaker.end) if speaker else hit.end
    more = resumed(block, found.tail, site.sentence.end, marked=marked)
    if more is not None:
        found.spans.append(more)
        found.tail = more[1]
    return found


=======
>>>>>>> /tmp/lp/new.py
def _chain(site: Site) -> Found | None:
    """A participle that goes on with whoever spoke or acted: «adding that», «مضيفا أن»."""
    for order in site.cue.orders:
        found = _ORDERS[order](site)
        if found is not None:
            return found
    if site.cue.orders:
        return None
    if site.block.has(site.hit.start - 1, f.AUXILIARY) and site.block.pack.cased:
        return speaker_cue_content(site)
    found = opening_right(site, site.hit.end, "chain", free=verb_first(site))
    if found is not None:
        found.chains = True
    return found


def _passive(site: Site) -> Found | None:
    """Speech that nobody is named for: «it was reported that», «asked whether»."""
    for order in site.cue.orders:
        found = _ORDERS[order](site)
        if found is not None:
            found.inherits = False
            return found
    found = opening_right(site, site.hit.end, "passive", free=verb_first(site))
    if found is not None and site.block.pack.subject == "initial":
        found.speaker = document_before(site.block, site.sentence.start, site.hit.start)
    return found


_ORDERS: dict[str, Frame] = {
    "SVC": speaker_cue_content,
    "VSC": cue_speaker_content,
    "V2C": verb_second,
    "CVS": content_cue_speaker,
    "CSV": content_speaker_cue,
    "SCV": speaker_content_cue,
}
_ROLES: dict[str, Frame] = {"chain": _chain, "passive": _passive, "relay": relay}
