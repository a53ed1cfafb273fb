"""Speech that a paragraph announces with a cue and a colon at its end: «He said:», then a paragraph in marks."""

from __future__ import annotations

from copydesk_quotes._blocks._block import Block
from copydesk_quotes._blocks._parts import Hit
from copydesk_quotes._frames._content_last import first_subject
from copydesk_quotes._languages import _flags as f
from copydesk_quotes._languages._pack import Cue
from copydesk_quotes._phrases._found import Found, Site, stripped
from copydesk_quotes._phrases._nouns import Noun, noun_after, noun_before
from copydesk_quotes._phrases._openings import document_before


def announcement(block: Block) -> Found | None:
    """The frame without content that ends a block, or None where it ends otherwise."""
    if not block.flags[-1] & f.COLON:
        return None
    sentence = block.sentences[-1]
    hits = [hit for hit in block.hits if hit.start >= sentence.start and _opens_speech(block, hit)]
    if not hits:
        return None
    last, floor = hits[-1], sentence.start
    for hit in hits[:-1]:
        if isinstance(hit.entry, Cue) and hit.entry.role == "attribute":
            floor = hit.end
    speaker = _speaker(Site(block, sentence, last, floor))
    found = Found(block, sentence, "announced", [], speaker, (last.start, last.end), last.entry)
    found.inherits = speaker is None and not _is_passive(last)
    return found


def take_up(block: Block, here: list[Found], announced: Found | None) -> None:
    """Give a paragraph that opens in marks or with a dash, with no frame of its own, the frame that announced it."""
    if announced is None:
        return
    if not here and block.pack.dialogue and block.has(0, f.DASH | f.DASHED):
        span = stripped(block, 1, len(block.words))
        here.append(Found(block, block.sentences[0], "announced", [span], anchor=span[0], tail=span[1]))
        here[0].announced = announced
    elif here and here[0].cue is None and here[0].spans[0][0] == 0:
        here[0].announced = announced
        here[0].rule = "announced"


def _opens_speech(block: Block, hit: Hit) -> bool:
    return isinstance(hit.entry, Cue) and "marks" in hit.entry.takes and block.pair_around(hit.start) is None


def _is_passive(hit: Hit) -> bool:
    return isinstance(hit.entry, Cue) and hit.entry.role == "passive"


def _speaker(site: Site) -> Noun | None:
    block, hit = site.block, site.hit
    if _is_passive(hit):
        return document_before(block, site.sentence.start, hit.start)
    if block.pack.subject == "initial":
        return first_subject(site)
    before, after = noun_before(block, hit.start, site.floor), noun_after(block, hit.end, site.sentence.end)
    return after or before if block.pack.orders[0] == "VSC" else before or after
