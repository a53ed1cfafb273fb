"""Frames whose content follows the verb: «S V C», «V S C», and those with a role of their own."""

from __future__ import annotations

from typing import Final

from copydesk_quotes._blocks._block import Block
from copydesk_quotes._frames._content import Content, content_after, right_spans
from copydesk_quotes._frames._final import subject
from copydesk_quotes._languages import _flags as f
from copydesk_quotes._phrases._appositions import with_apposition, with_office, with_place, without_object
from copydesk_quotes._phrases._found import Found, Range, Site
from copydesk_quotes._phrases._free_order import adverbial_start, subject_before
from copydesk_quotes._phrases._nouns import Noun, noun_after, noun_before, with_aside
from copydesk_quotes._phrases._openings import first_noun
from copydesk_quotes._phrases._own_clause import clause_subject, sourced
from copydesk_quotes._phrases._verb_second import finite_verb, subject_of

_NOUN_STARTS: Final = f.DETERMINER | f.CAPITAL | f.NUMBER | f.LINKING
_RELATIVE: Final = f.RELATIVE | f.COMPLEMENTIZER
_OPENERS: Final = f.COMPLEMENTIZER | f.COLON | f.MARK | f.COMMA
_SUBJECTS: Final = f.DETERMINER | f.CAPITAL | f.TITLE | f.PRONOUN
_NAMED: Final = f.CAPITAL | f.HEAD | f.TITLE | f.DOCUMENT | f.PRONOUN
_CLAUSE_ENDS: Final = f.COLON | f.END


def speaker_cue_content(site: Site) -> Found | None:
    """«Majid said that C», «Majid, who heads it, said: “C”»."""
    block, hit = site.block, site.hit
    found = opening_right(site, hit.end, "SVC")
    if found is None:
        return None
    shared, dropped = False, False
    if block.pack.subject == "clause":
        speaker = clause_subject(site)
        dropped = speaker is None and not sourced(site)
    elif (site.cue.subject or block.pack.subject) == "initial":
        speaker = first_subject(site)
        dropped = speaker is None and block.pack.subject == "initial" and "VSC" not in block.pack.orders
    else:
        free = block.pack.subject == "anywhere"
        speaker = subject_before(site) if free else noun_before(block, hit.start, site.floor)
        start = adverbial_start(site) if free else hit.start
        shared = speaker is None and _continues(block, start, site.floor)
    if speaker is None and not shared and not dropped:
        return None
    if speaker is not None and verb_first(site) and not _may_speak(site, speaker):
        return None
    if speaker is not None and not found.rule.endswith("marks") and _is_condition(site, speaker):
        return None
    if speaker is not None and found.rule == "SVC to" and _is_relative(site, speaker):
        return None
    if speaker is not None and found.rule == "SVC bare" and _is_object(site, speaker, found.spans[0][0]):
        return None
    found.speaker, found.shares, found.inherits = speaker, shared, dropped
    found.anchor = speaker.anchor if speaker else hit.start
    return found


def _is_condition(site: Site, speaker: Noun) -> bool:
    """Whether a speaker may or may not come to speak: «if a tenant claims that», «no officer says that»."""
    return site.block.has(speaker.start, f.NORM) or site.block.has(speaker.start - 1, f.NORM)


def _is_relative(site: Site, speaker: Noun) -> bool:
    """Whether the cue stands in a relative clause: «a man who has promised to stay»."""
    block, inside = site.block, range(speaker.end, site.hit.start)
    relative = next((k for k in reversed(inside) if block.flags[k] & f.RELATIVE), -1)
    return relative >= 0 and not block.holds(relative, site.hit.start, f.COMMA)


def _is_object(site: Site, speaker: Noun, start: int) -> bool:
    """Whether what follows is the verb of the clause that the cue describes the subject of: «all Ali says | is»."""
    block, before = site.block, speaker.start - 1
    if block.pack.subject != "adjacent" or block.flags[start] & (f.AUXILIARY | f.PRONOUN | f.STOP) != f.AUXILIARY:
        return False
    return block.has(before, f.CAPITAL) or not block.has(before, _RELATIVE)


def verb_second(site: Site) -> Found | None:
    """«S sagte, C», «am Montag sagte S, C», «am Montag hatte S gesagt, C»."""
    block, hit = site.block, site.hit
    verb = finite_verb(site)
    if verb < 0:
        return None
    speaker = subject_of(site, verb)
    after = speaker is not None and speaker.start > verb
    found = opening_right(site, max(hit.end, speaker.end) if speaker else hit.end, "SVC", free=True)
    if found is None:
        return _bracketed(site, verb, speaker)
    found.speaker = speaker
    found.shares = speaker is None and _continues(block, verb, site.floor)
    found.inherits = speaker is None and not found.shares
    found.anchor = speaker.anchor if speaker and not after else verb
    return found


def _bracketed(site: Site, verb: int, speaker: Noun | None) -> Found | None:
    """Marked words between an auxiliary and its participle: «S hat den Plan als „Unsinn“ bezeichnet»."""
    block, hit = site.block, site.hit
    if "within" not in site.cue.takes or verb >= hit.start or speaker is None or block.has(hit.end, f.VERB):
        return None
    pair = next((pair for pair in block.pairs_from(verb) if pair.open > verb and pair.closed), None)
    if pair is None or pair.close >= hit.start or block.has(pair.open - 1, f.SCARE):
        return None
    found = Found(block, site.sentence, "SVC within", [(pair.open, pair.close + 1)], speaker)
    found.cue, found.entry = (hit.start, hit.end), site.cue
    found.anchor, found.tail = speaker.anchor, hit.end
    return found


def first_subject(site: Site) -> Noun | None:
    """The subject that opens the clause of a cue, as languages with ``subject = "initial"`` have it."""
    block, hit = site.block, site.hit
    if block.pack.orders[0] == "SCV":
        return subject(block, site.floor, hit.start, marked=True)
    start = (_after_clause if block.pack.cased else _after_speech)(block, site.floor, hit.start)
    speaker = first_noun(block, start, hit.start)
    while speaker is not None and _is_adverbial(block, speaker):
        speaker = first_noun(block, speaker.end + 1, hit.start)
    if speaker is None:
        return None
    speaker = _before_document(block, speaker)
    whole = with_aside(block, speaker, hit.start)
    end = whole.end if whole is not speaker else with_apposition(block, speaker, hit.start).end
    return Noun(speaker.start, end, speaker.anchor if start == site.floor or block.pack.cased else start)


def _before_document(block: Block, noun: Noun) -> Noun:
    """Where no capitals show a name's end: before its clause's document, «X | a statement issued and»."""
    if block.pack.cased or block.has(noun.start, f.DOCUMENT):
        return noun
    end = next((k for k in range(noun.start + 1, noun.end - 1) if block.flags[k] & f.DOCUMENT), noun.end)
    return Noun(noun.start, end, noun.anchor)


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


def _after_speech(block: Block, start: int, cue: int) -> int:
    """Where somebody new speaks after a comma: behind marked words, or behind an earlier cue and a conjunction.

    «"C"، | این پزشک گفت، "C"», «מאיה אמרה C, | והמאמן אמר».
    """
    pair = block.by_open.get(start)
    if pair is not None and pair.closed and pair.close < cue and block.has(pair.close - 1, f.COMMA):
        start = pair.close + 1
    if not block.pack.prefixes:
        return start
    for k in range(cue - 1, start + 1, -1):
        if block.has(k, f.PREFIXED) and block.has(k, f.HEAD | f.TITLE) and block.has(k - 1, f.COMMA | f.MARK):
            return k if block.holds(start, k, f.CUE) else start
    return start


def _continues(block: Block, cue: int, floor: int) -> bool:
    """Whether a conjunction before the cue gives it the subject of the clause before: «… and said that»."""
    k, joins = cue - 1, f.CONJUNCTION | f.ADVERSATIVE
    while k > floor and block.has(k, f.ADVERB | f.AUXILIARY) and not block.has(k, joins):
        k -= 1
    return k > floor and block.has(k, joins)


def cue_speaker_content(site: Site) -> Found | None:
    """«قال مجيد إن C»; the subject may be missing."""
    block, hit, limit = site.block, site.hit, site.sentence.end
    start = hit.end
    while start < limit and (
        block.flags[start] & f.ADVERB or block.key(start) in block.lexicon.keys_of(site.cue.source)
    ):
        start += 1
    takes, free_order = site.cue.takes, block.pack.subject == "anywhere"
    opens = free_order and start in block.by_open and "marks" in takes
    asks = opens or (("infinitive" in takes or "self" in takes) and block.has(start, f.INFINITIVE))
    speaker = None if asks else noun_after(block, start, limit)
    if speaker is not None:
        speaker = with_office(block, with_place(block, without_object(block, speaker), limit), limit)
    if speaker is not None and not verb_first(site) and not _is_named(block, speaker):
        return None
    if speaker is not None and block.has(start, f.FINITE) and not block.has(speaker.end, _OPENERS):
        return _clause_at_once(site, start)
    found = opening_right(site, speaker.end if speaker else start, "VSC", free=True)
    if found is None and speaker is not None and (marks := _few_marked(site, speaker)) > 0:
        speaker = Noun(speaker.start, marks, marks) if marks > speaker.start else None
        found = opening_right(site, marks, "VSC", free=True)
    if found is None or (block.pack.subject == "initial" and first_subject(site) is not None):
        return None
    if speaker is None and not block.has(hit.start, f.PREFIXED):
        speaker = subject_before(site) if free_order else noun_before(block, hit.start, site.floor)
        if speaker is not None and not _may_speak(site, speaker):
            return None
    elif speaker is not None:
        speaker = _before_object(site, speaker)
    # «Zaznaczono, że C»: the form shows no person, and no document is named.
    impersonal = free_order and bool(site.cue.source) and not site.cue.number
    found.speaker = speaker
    found.inherits = speaker is None and not impersonal
    return found


def _before_object(site: Site, noun: Noun) -> Noun:
    """The subject before a verb whose object follows it without an article: «il legale annuncia | ricorso: “C”»."""
    block = site.block
    if verb_first(site) or block.pack.subject != "adjacent" or block.has(noun.start, _SUBJECTS):
        return noun
    subject = noun_before(block, site.hit.start, site.floor)
    return subject if subject is not None and _is_named(block, subject) else noun


def _few_marked(site: Site, speaker: Noun) -> int:
    """Where few marked words, which may be a part of a name, are all that the verb has for content: «قال علي "نعم"»."""
    block = site.block
    if not verb_first(site) or "clause" not in site.cue.takes:
        return 0
    marks = next((k for k in range(speaker.start, speaker.end) if k in block.by_open), 0)
    return 0 if block.has(marks - 1, f.HEAD | f.SCARE) else marks


def _clause_at_once(site: Site, start: int) -> Found | None:
    """Content that a verb opens right behind the cue, where verbs come first: «وأضاف | يعمل الفريق ليلا»."""
    block, hit = site.block, site.hit
    if not verb_first(site) or "clause" not in site.cue.takes:
        return None
    spans, open_end = right_spans(block, Content(start, "bare", start), site.sentence)
    found = Found(block, site.sentence, "VSC clause", spans, None, (hit.start, hit.end), site.cue)
    found.anchor, found.tail, found.open_end, found.inherits = hit.start, start, open_end, True
    return found


def _is_named(block: Block, noun: Noun) -> bool:
    """Whether a noun phrase is named as speakers are; else it is what the verb takes: «ordered the retreat of»."""
    return not block.pack.cased or block.holds(noun.start, noun.end, _NAMED)


def _may_speak(site: Site, speaker: Noun) -> bool:
    """Whether a noun before a verb-first cue is its subject, and not what a clause describes."""
    block, first = site.block, max(site.floor, speaker.start - 1)
    if speaker.start <= site.floor + 1 or block.has(first, f.AUXILIARY):
        return True
    return block.holds(speaker.start, speaker.end + 1, f.HEAD | f.DOCUMENT | f.TITLE)


def opening_right(site: Site, start: int, rule: str, *, free: bool = False) -> Found | None:
    """A frame whose content follows ``start``, without its speaker."""
    block, sentence, hit = site.block, site.sentence, site.hit
    if site.cue.particle:
        past = past_particle(block, site.cue.particle, start, sentence.end)
        if not past:
            return None
        start = start if "within" in site.cue.takes else past
    content = content_after(block, start, sentence.end, site.cue, free=free)
    if content is None:
        return None
    spans, open_end = right_spans(block, content, sentence)
    if block.words_between(*spans[0]) == 0 or _only_points(block, content.way, spans[0]):
        return None
    found = Found(block, sentence, f"{rule} {content.way}", spans, None, (hit.start, hit.end), site.cue)
    found.anchor, found.tail, found.open_end = hit.start, content.tail, open_end
    return found


def _only_points(block: Block, way: str, span: Range) -> bool:
    """Whether «dat» points at something and opens no clause: «vinden dat | te laat»."""
    return way == "that" and "V2C" in block.pack.orders and span[1] - span[0] <= 2 and block.has(span[0], f.INFINITIVE)


def _governs(block: Block, k: int) -> bool:
    """Whether a verb's separated end is a preposition here: «führt aus | der Stadt hinaus»."""
    return block.has(k, f.STOP) and block.has(k + 1, _NOUN_STARTS) and not block.has(k + 1, f.COMPLEMENTIZER)


def past_particle(block: Block, particle: str, start: int, limit: int) -> int:
    """The token after a verb's separated end, 0 where it does not come."""
    keys, words, flags = block.lexicon.keys_by_word, block.words, block.flags
    for k in range(start, limit):
        if keys[words[k]] == particle and not _governs(block, k):
            return k + 1
        if flags[k] & _CLAUSE_ENDS:
            break
    return 0


def verb_first(site: Site) -> bool:
    """Whether the language puts its verbs first."""
    return site.block.pack.orders[0] == "VSC"
