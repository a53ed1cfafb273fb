"""The frames: the orders in which speaker (S), cue verb (V) and content (C) stand, as packs name them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from copydesk_quotes._blocks._block import Block
from copydesk_quotes._blocks._marks import Pair
from copydesk_quotes._blocks._parts import Hit, Sentence
from copydesk_quotes._frames._according import according
from copydesk_quotes._frames._content_first import content_cue_speaker, content_speaker_cue
from copydesk_quotes._frames._content_last import (
    cue_speaker_content,
    opening_right,
    past_particle,
    speaker_cue_content,
    verb_first,
    verb_second,
)
from copydesk_quotes._frames._final import speaker_content_cue
from copydesk_quotes._frames._incise import incised
from copydesk_quotes._frames._manner import manner_clause
from copydesk_quotes._frames._pointing import pointing_back
from copydesk_quotes._frames._relay import relay
from copydesk_quotes._frames._set_in import set_in
from copydesk_quotes._languages import _flags as f
from copydesk_quotes._languages._pack import According, Cue
from copydesk_quotes._phrases._found import Found, Site
from copydesk_quotes._phrases._norms import is_rule
from copydesk_quotes._phrases._nouns import Noun, noun_after
from copydesk_quotes._phrases._openings import document_before

_TERM: Final = 3
_BEFORE: Final = {"documents": f.DOCUMENT, "pronouns": f.PRONOUN, "roles": f.ROLE}
_MOST_CUES: Final = 30
_FIRST_NOUN: Final = f.HEAD | f.TITLE | f.CROWD
Frame = Callable[[Site], Found | None]


def find_frames(block: Block) -> list[Found]:
    """The speech acts that cues and according-to phrases make, also inside quotation marks."""
    inner: dict[Pair, list[Hit]] = {}
    outer: list[Hit] = []
    for hit in block.hits:
        pair = block.pair_around(hit.start)
        if pair is None:
            outer.append(hit)
        else:
            inner.setdefault(pair, []).append(hit)
    founds = _in_sentences(block, block.sentences, outer)
    for pair, hits in inner.items():
        if block.pack.subject == "anywhere" and (whole := set_in(block, pair, hits)) is not None:
            founds.append(whole)
            continue
        if block.pack.incise and (whole := incised(block, pair, hits)) is not None:
            founds.append(whole)
            continue
        founds.extend(_told(_in_sentences(block, block.sentences_in(pair.open + 1, pair.close), hits)))
    return founds


def told_inside(block: Block) -> list[Found]:
    """What a paragraph that is all one speaker's words tells others to have said in marks."""
    outer = [hit for hit in block.hits if block.pair_around(hit.start) is None]
    return list(_told(_in_sentences(block, block.sentences, outer))) if block.pairs else []


def _told(founds: list[Found]) -> Iterator[Found]:
    """Those of the speech acts inside another one's words that are marked off there."""
    for found in founds:
        if found.rule.endswith("marks") and (found.speaker or found.shares) and _is_speech(found):
            found.nested = True
            found.rule += ", nested"
            yield found


def _is_speech(found: Found) -> bool:
    """Whether marked words inside marks are more than a term: several, or set off as speech is."""
    block, (start, end) = found.block, found.spans[0]
    if block.has(start - 1, f.COMMA | f.COLON) or block.has(end - 2, f.COMMA | f.END):
        return True
    return sum(block.words_between(*span) for span in found.spans) > _TERM


def _in_sentences(block: Block, sentences: list[Sentence], hits: list[Hit]) -> list[Found]:
    founds: list[Found] = []
    sentence = Sentence(0, 0)
    rest = iter(sentences)
    floor = free = tried = 0
    for hit in hits:
        while hit.start >= sentence.end:
            following = next(rest, None)
            if following is None:
                return founds
            sentence, floor, free, tried = following, following.start, 0, 0
        points = isinstance(hit.entry, Cue) and "pointing" in hit.entry.takes
        if points and not block.flags[sentence.start] & f.ANAPHOR:
            continue
        tried += 1
        if hit.start < free or tried > _MOST_CUES or block.flags[hit.start] & f.FILLER:
            continue
        site = Site(block, sentence, hit, floor)
        found = pointing_back(site, founds) if points else _match(site)
        if found is not None and not (founds and founds[-1].spans == found.spans and _has_particle(founds[-1])):
            free = found.tail if found.rule.startswith("relay") else hit.start + 1
            floor = _next_floor(found, floor)
            founds.append(found)
    return founds


def _has_particle(found: Found) -> bool:
    """Whether the next cue may be the separated end of this one: «ließ der Minister | mitteilen, dass C»."""
    return isinstance(found.entry, Cue) and found.entry.particle != ""


def _next_floor(found: Found, floor: int) -> int:
    """Where content or a subject of the sentence's next frame may begin."""
    entry = found.entry
    if isinstance(entry, Cue) and found.cue and (entry.role == "attribute" or entry.subject == "adjacent"):
        # The subject of the sentence comes after these: «“C” diyen S», «X'in “C” sorusuna S».
        return found.cue[1]
    if found.rule == "SVC marks" and found.block.pack.subject == "clause":
        return max(floor, found.spans[-1][1])
    return max(floor, found.tail) if found.rule.startswith("C") else floor


def _match(site: Site) -> Found | None:
    block, hit = site.block, site.hit
    if isinstance(hit.entry, According):
        return according(site, hit.entry)
    if _is_no_verb(site, hit.entry) or (block.pack.words.norms and is_rule(site)):
        return None
    if hit.entry.particle and not past_particle(block, hit.entry.particle, hit.end, site.sentence.end):
        return None
    turned = hit.entry.addressee and hit.entry.role != "chain" and block.has(hit.start - 1, f.PASSIVE)
    role = _turned if turned else _ROLES.get(hit.entry.role)
    if role is not None:
        return role(site)
    clause = manner_clause(site) if block.manners else None
    if clause is not None:
        return clause
    for order in hit.entry.orders or block.pack.orders:
        found = _ORDERS[order](site)
        if found is not None:
            if found.rule == "VSC marks":
                _take_marks_before(site, found, hit.start)
            elif found.rule == "SVC marks" and not block.pack.cased and found.speaker is not None:
                _take_marks_before(site, found, found.speaker.start)
            return None if _is_crowd(found) else found
    return None


def _take_marks_before(site: Site, found: Found, frame: int) -> None:
    """Add the marked words and comma right before a frame that more of them follow: «"C"، تقول S، "C"»."""
    block = site.block
    inside = block.has(frame - 1, f.MARK) and block.has(frame - 2, f.COMMA)
    pair = block.by_close.get(frame - 1 if inside else frame - 2)
    if block.has(frame, f.PREFIXED) or not (inside or block.has(frame - 1, f.COMMA)):
        return
    if pair is not None and pair.open >= site.floor:
        found.spans.insert(0, (pair.open, pair.close + 1))
        found.anchor = pair.open


def _is_crowd(found: Found) -> bool:
    """Whether the subject is a figure or a thing that shows something; where nouns come first, so does it."""
    block, noun = found.block, found.speaker
    if noun is None or not block.holds(noun.start, noun.end, f.CROWD):
        return False
    first = next(flag for flag in block.flags[noun.start : noun.end] if flag & _FIRST_NOUN)
    return first & f.CROWD != 0 or "VSC" not in block.pack.orders


def _is_no_verb(site: Site, cue: Cue) -> bool:
    """Whether what stands before a cue, or around it, makes a noun or a name of it."""
    block, start = site.block, site.hit.start
    if cue.only_after and not _stands_after(site, cue):
        return True
    if start <= site.sentence.start:
        return False
    before = block.flags[start - 1]
    if before & f.BLOCKER or _is_name(block, start):
        return True
    if not before & f.DETERMINER or block.pack.apostrophe != "ends":
        return False
    # «au lendemain de l'annonce»: the article is spelled as an object is, but stands after a preposition.
    return block.has(start - 2, f.STOP | f.LINKING) and not block.has(start - 2, f.CLAUSE | f.RELATIVE | f.PRONOUN)


def _stands_after(site: Site, cue: Cue) -> bool:
    """Whether a word that is a noun as well stands right behind one that has it for its verb."""
    k = site.hit.start - 1
    while k > site.sentence.start and site.block.has(k, f.ADVERB):
        k -= 1
    return any(site.block.has(k, _BEFORE[name]) for name in cue.only_after)


def _is_name(block: Block, i: int) -> bool:
    """Whether a capital inside a sentence shows a name: the «United States»."""
    return block.pack.cased and block.kind != "headline" and block.has(i, f.CAPITAL)


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
    return _turned(site)


def _turned(site: Site) -> Found | None:
    """The content after a passive, said by a document that its clause names or by whom «by» names."""
    found = opening_right(site, site.hit.end, "passive", free=verb_first(site))
    if found is not None and site.block.pack.subject == "initial":
        found.speaker = document_before(site.block, site.sentence.start, site.hit.start)
    if found is not None and found.speaker is None and site.cue.source:
        found.speaker = _agent(site, found.tail)
    return found


def _agent(site: Site, limit: int) -> Noun | None:
    """Who speaks in a passive that names somebody right after it: «asked by Majid whether»."""
    block, start = site.block, site.hit.end
    named = start < limit and block.key(start) in block.lexicon.keys_of(site.cue.source)
    return noun_after(block, start + 1, limit) if named else None


_ORDERS: dict[str, Frame] = {
    "SVC": speaker_cue_content,
    "VSC": cue_speaker_content,
    "V2C": verb_second,
    "CVS": content_cue_speaker,
    "CSV": content_speaker_cue,
    "SCV": speaker_content_cue,
}
_ROLES: dict[str, Frame] = {"chain": _chain, "passive": _passive, "relay": relay}
