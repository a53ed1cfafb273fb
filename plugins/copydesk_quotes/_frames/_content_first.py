"""Frames whose content comes before the verb: «“C,” said S», «“C,” S said»."""

from __future__ import annotations

from typing import Final

from copydesk_quotes._blocks._block import Block
from copydesk_quotes._frames._content import content_after, is_clause
from copydesk_quotes._frames._content_last import past_particle
from copydesk_quotes._frames._leading import closes, content_before, resumed
from copydesk_quotes._languages import _flags as f
from copydesk_quotes._languages._pack import Cue
from copydesk_quotes._phrases._appositions import with_apposition
from copydesk_quotes._phrases._between import past_adverbs
from copydesk_quotes._phrases._found import Found, Range, Site
from copydesk_quotes._phrases._free_order import past_name, subject_after
from copydesk_quotes._phrases._nouns import Noun, noun_after, noun_before
from copydesk_quotes._phrases._own_clause import clause_subject
from copydesk_quotes._phrases._verb_second import finite_verb, has_mood, with_article

_TERM: Final = 3
_LONGEST_TITLE: Final = 6
_SURELY_CLAUSE: Final = 8
_NAMED: Final = f.CAPITAL | f.HEAD | f.TITLE | f.DOCUMENT | f.PRONOUN
_ADVERBIAL: Final = f.STOP | f.ADVERB | f.LINKING
_SETS_OFF: Final = f.COMMA | f.DASH | f.MARK
_ADDRESSED: Final = 5
_SOURCE_REACH: Final = 6
_ADVERBIAL_REACH: Final = 9
_NO_ASIDE: Final = f.MARK | f.CUE | f.COMPLEMENTIZER | f.RELATIVE | f.AUXILIARY | f.VERB
_NO_ADVERBIAL: Final = f.PUNCTUATION | f.CUE | f.COMPLEMENTIZER | f.RELATIVE


def content_cue_speaker(site: Site) -> Found | None:
    """«“C,” said Majid», «« C », a déclaré Majid»."""
    block, hit, limit = site.block, site.hit, site.sentence.end
    verb = finite_verb(site) if "V2C" in block.pack.orders else hit.start
    if verb < 0:
        return None
    anchor = _before_auxiliaries(block, verb, site.floor)
    joined = block.has(hit.start, f.PREFIXED) and bool(block.pack.prefixes)
    if joined or not block.has(anchor - 1, _SETS_OFF):
        return None
    span = content_before(block, anchor, site.floor, site.cue)
    if span is None or (block.has(anchor - 1, f.MARK) and _is_term(block, *span)):
        return None
    start = _past_addressee(block, verb + 1 if verb < hit.start else hit.end, limit)
    if site.cue.source:
        start = _past_source(block, start, limit, site.cue)
    after = subject_after if block.pack.subject == "anywhere" else noun_after
    marked = _ends_marked(block, span)
    start = _past_commas(block, start, limit) if block.has(start, f.COMMA) else start
    start = _past_adverbial(block, start, limit) if marked and block.has(start, f.STOP) else start
    if block.has(start, f.STOP) and block.has(start, f.DETERMINER) and block.has(start - 1, f.STOP) and site.cue.source:
        speaker = with_article(block, start, limit)
    else:
        speaker = after(block, start, limit, f.FINITE if marked else f.FINITE | f.AUXILIARY)
    if site.cue.particle and not past_particle(block, site.cue.particle, hit.end, limit):
        return None
    fits = _follows_marks(site, speaker) if marked else _follows_clause(site, span, speaker)
    if speaker is None and marked:
        speaker = _past_aside(block, start, limit)
    bare = block.has(anchor - 1, f.MARK) and span[0] not in block.by_open
    if bare and (speaker is None or (_holds_title(block, span) and not _is_named(block, speaker))):
        # «The film “Cold Ovens” was announced», «La mostra «Fili» racconta cent'anni»: marks end the verb's subject.
        return None
    if not fits or (block.pack.subject == "anywhere" and _holds_frame(block, *span)):
        return None
    return _left(site, span, with_apposition(block, speaker, limit) if speaker else None, "CVS")


def _past_commas(block: Block, comma: int, limit: int) -> int:
    """The token after adverbs between commas: «C, avança, por seu lado, | S»; the comma where none stand there."""
    past = past_adverbs(block, comma + 1, limit)
    return past + 1 if past > comma + 1 and block.has(past, f.COMMA) else comma


def _holds_title(block: Block, span: Range) -> bool:
    """Whether the marks at the end of words may hold a title: a few words, the first with a capital."""
    pair = block.by_close[span[1] - 1]
    return block.has(pair.open + 1, f.CAPITAL) and block.words_between(pair.open, pair.close) <= _ADDRESSED


def _past_adverbial(block: Block, start: int, limit: int) -> int:
    """The article of a subject that ends the clause behind an adverbial: «“C”, dijo entre risas | el actor.»."""
    if block.pack.orders[-1] != "VSC" or block.pack.orders[0] == "VSC":
        return start
    for k in range(start + 2, min(limit, start + _ADVERBIAL_REACH)):
        if block.flags[k] & _NO_ADVERBIAL:
            break
        article = block.has(k, f.DETERMINER) and not block.has(k, f.LINKING)
        if article and block.has(k + 1, f.HEAD | f.TITLE) and not block.has(k - 1, f.STOP | f.LINKING | f.DETERMINER):
            return k
    return start


def _past_aside(block: Block, comma: int, limit: int) -> Noun | None:
    """The subject behind an aside between commas: «« C », résume, un brin amer, | le secrétaire du CSE»."""
    reach = range(comma + 2, min(limit, comma + _SOURCE_REACH))
    close = next((k for k in reach if block.has(k, f.COMMA)), 0) if block.has(comma, f.COMMA) else 0
    if not close or block.holds(comma + 1, close, _NO_ASIDE) or not block.has(close + 1, f.DETERMINER | f.TITLE):
        return None
    noun = noun_after(block, close + 1, limit)
    return noun if noun is not None and block.has(noun.end, f.END | f.COMMA) else None


def _past_source(block: Block, start: int, limit: int, cue: Cue) -> int:
    """The token after the word that names a source, past an adverbial: «hieß es am Rande | aus | dem Rathaus»."""
    sources = block.lexicon.keys_of(cue.source)
    for k in range(start, min(limit, start + _SOURCE_REACH)):
        if block.key(k) in sources:
            return k + 1
        # «ответили чиновники на запрос»: the subject stands before it.
        if block.flags[k] & (f.PUNCTUATION | f.HEAD | f.TITLE):
            break
    return start


def _follows_marks(site: Site, speaker: Noun | None) -> bool:
    """Whether a verb after marked words belongs to them; one without a subject may open content of its own."""
    block, end, limit = site.block, site.hit.end, site.sentence.end
    if speaker is not None:
        # «Humphrey, who calls it “a farce,” said he doesn't know»: the pronoun is the subject of what follows.
        goes_on = block.has(speaker.start, f.PRONOUN) and block.has(speaker.end, f.AUXILIARY | f.VERB)
        return not goes_on or "V2C" in block.pack.orders
    if block.pack.dialogue and block.has(site.hit.start - 1, f.DASH | f.DASHED):
        return True
    opens = "V2C" in block.pack.orders and content_after(block, end, limit, site.cue) is not None
    return closes(block, end, limit, site.cue) and not opens


def _follows_clause(site: Site, span: Range, speaker: Noun | None) -> bool:
    """Whether words without marks before «V S» are its content: a clause, in the mood that the verb asks for."""
    block, limit = site.block, site.sentence.end
    if speaker is None:
        return _stands_alone(site, span)
    if not _is_named(block, speaker) or _has_subject(site):
        return False
    # «The road, says Majid, is open»: the verb of the content may come after the frame.
    goes_on = block.has(speaker.end, f.COMMA) and is_clause(block, speaker.end, site.sentence.end)
    if not goes_on and not is_clause(block, *span) and not _is_long(block, *span):
        return False
    moody = "mood" not in site.cue.takes or not block.pack.words.hearsay or has_mood(block, *span)
    end = speaker.end
    if site.cue.particle:
        end = past_particle(block, site.cue.particle, end, limit) or end
    # «Sie sei froh, sagt sie, dass C»: the subjunctive before the frame tells that both are said.
    told = block.has(end, f.COMMA) and block.has(end + 1, f.COMPLEMENTIZER) and block.has(speaker.start, f.PRONOUN)
    told = told and has_mood(block, *span)
    return moody and (told or closes(block, end, limit, site.cue))


def _stands_alone(site: Site, span: Range) -> bool:
    """Whether a verb that names nobody has content before it: «C, hieß es.», «C1, ha proseguito, C2»."""
    block, end, limit = site.block, site.hit.end, site.sentence.end
    if "V2C" in block.pack.orders:
        return bool(site.cue.source) and is_clause(block, *span) and closes(block, end, limit, site.cue)
    drops = "VSC" in block.pack.orders and block.pack.orders[0] != "VSC" and block.pack.subject == "adjacent"
    if not drops or _has_subject(site):
        return False
    if block.has(end, f.END):
        return is_clause(block, *span)
    aside = block.has(end, f.COMMA) and not block.has(end + 1, f.COMPLEMENTIZER)
    return aside and is_clause(block, end, limit)


def _is_named(block: Block, noun: Noun) -> bool:
    """Whether a noun phrase after a verb names a speaker: no object, and no verb of a clause that goes on."""
    if block.has(noun.start, f.MARK):
        # «C, пишет «Вестник»»: a newspaper's name.
        pair = block.by_open.get(noun.start)
        titled = block.has(noun.start + 1, f.CAPITAL) and not block.has(noun.end - 2, f.END | f.COMMA)
        return titled and pair is not None and pair.close == noun.end - 1 and noun.end - noun.start <= _LONGEST_TITLE
    if block.flags[noun.start] & (f.INFINITIVE | f.CAPITAL) == f.INFINITIVE:
        return False
    flags = block.flags[noun.start : noun.end]
    if any(flag & f.VERB and not flag & (f.CAPITAL | f.HEAD | f.TITLE | f.PRONOUN) for flag in flags):
        return False
    return not block.pack.cased or any(flag & _NAMED for flag in flags)


def _is_long(block: Block, start: int, end: int) -> bool:
    """Whether so many words without a comma stand together that they must hold a verb."""
    return block.words_between(start, end) >= _SURELY_CLAUSE and not any(
        flag & f.COMMA for flag in block.flags[start:end]
    )


def _holds_frame(block: Block, start: int, end: int) -> bool:
    """Whether words before a relaying verb have a frame of their own: «мэр заявил, что C, – передает агентство»."""
    for k in range(start, end - 2):
        if block.has(k, f.COMMA) and block.has(k + 1, f.COMPLEMENTIZER) and block.pair_around(k) is None:
            return any(block.has(i, f.CUE) for i in range(max(start, k - _ADDRESSED), k))
    return False


def _is_term(block: Block, start: int, end: int) -> bool:
    """Whether marked words are too few for speech, and no sign inside the mark shows that they are: «“Ja,” sagte»."""
    if block.has(start, f.DASHED):
        return False
    return block.words_between(start, end) <= _TERM and not block.has(end - 2, f.COMMA | f.END)


def _has_subject(site: Site) -> bool:
    """Whether the words before a cue are its subject and an aside: «Ali, who heads it, said»."""
    block, cue = site.block, site.hit.start
    subject = noun_before(block, cue, site.floor)
    if subject is None or subject.end >= cue - 1 or subject.start > site.floor + 1 or block.has(subject.start, f.STOP):
        return False
    if any(flag & f.VERB and not flag & (f.CAPITAL | f.HEAD) for flag in block.flags[subject.start : subject.end]):
        # «The leak sent four people to hospital, among them two children, says Majid» is a clause.
        return False
    aside = subject.end + 1
    return block.has(aside, f.RELATIVE | f.DETERMINER | f.HEAD) or not is_clause(block, aside, cue)


def _past_addressee(block: Block, k: int, limit: int) -> int:
    """Past adverbs, hyphens and «à l'AFP» between a verb and the speaker after it."""
    flags = block.flags
    while k < limit and flags[k] & (f.ADVERB | f.HYPHEN | f.AUXILIARY) and not flags[k] & (f.MARK | f.PRONOUN):
        k += 1
    k = past_name(block, k) if block.has(k - 1, f.ADDRESSEE) else k
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


def content_speaker_cue(site: Site) -> Found | None:
    """«“C,” Majid said», «C, Majid said»."""
    block, hit = site.block, site.hit
    if not block.holds(site.floor, hit.start, _SETS_OFF):
        return None
    own = block.pack.subject == "clause"
    speaker = clause_subject(site) if own else noun_before(block, hit.start, site.floor)
    if speaker is None:
        return None
    anchor = _before_auxiliaries(block, speaker.anchor if own else speaker.start, site.floor)
    if anchor - 1 < site.floor or not block.has(anchor - 1, _SETS_OFF):
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
    paused = block.has(hit.end, f.COMMA) and hit.end + 1 not in block.by_open
    short = block.words_between(*span) <= _ADDRESSED and not paused
    if short and block.has(span[0], _ADVERBIAL) and block.lexicon.knows_verbs and not is_clause(block, *span):
        return False
    count = block.words_between(*span)
    ends = block.has(hit.end, f.END) or paused
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
        # «Впрочем, предостерегает эксперт, C»: an adverb alone before the frame is no content.
        alone = not marked and all(flag & (f.ADVERB | f.CONJUNCTION) for flag in block.flags[slice(*span)])
        found.spans = [more] if alone else [span, more]
        found.tail = more[1]
    return found
