"""A document in, its quotes out: block by block, then each with its speaker."""

from __future__ import annotations

from typing import Final

import copydesk
from copydesk_quotes._blocks._block import Block
from copydesk_quotes._blocks._hot import hot_block
from copydesk_quotes._blocks._split import blocks_of
from copydesk_quotes._frames._find import find_frames, told_inside
from copydesk_quotes._languages._lexicon import Lexicon
from copydesk_quotes._phrases._found import Found, runs_on
from copydesk_quotes._phrases._norms import is_law
from copydesk_quotes._result import to_quote, with_later_name
from copydesk_quotes._speakers._resolve import Resolver
from copydesk_quotes._uncued._announce import announcement, take_up
from copydesk_quotes._uncued._coordinate import cut, drop_embedded
from copydesk_quotes._uncued._fragments import with_fragments
from copydesk_quotes._uncued._headline import headline, speaks
from copydesk_quotes._uncued._hearsay import add_hearsay
from copydesk_quotes._uncued._loose import add_loose
from copydesk_quotes._uncued._voices import voiced, voices

_QUESTION: Final = 160
_ASKS: Final = ("?", "؟", "？")
_MANY: Final = 1000
"""More quotes than any story has: what was found so far is turned into them, so that memory stays bounded."""
_QUOTE_FIRST: Final = ("CVS marks", "CSV marks")


def find_quotes(document: copydesk.Document, lexicon: Lexicon) -> list[copydesk.Quote]:
    """The quotes of a document, read with one language's lexicon."""
    title: Found | None = None
    quotes: list[copydesk.Quote] = []
    founds: list[Found] = []
    previous: Found | None = None
    pending: Found | None = None
    announced: Found | None = None
    orphans: list[Found] = []
    blocks = blocks_of(document)
    named = voices(document.text, blocks)
    resolver = Resolver(document.text)
    for start, end, kind in blocks:
        if len(founds) >= _MANY and pending is None and not orphans:
            quotes += _quotes(title, founds, resolver)
            title, founds = None, []
        voice = named.get(start)
        block = hot_block(document.text, start, end, kind, lexicon, always=voice is not None)
        if block is None:
            if not _asks(document.text, start, end):
                previous = announced = None
            continue
        if voice is not None and (previous := voiced(block, voice)) is not None:
            founds.extend((previous, *told_inside(block)))
            announced, pending, orphans = None, None, []
            continue
        here = find_frames(block)
        if pending is not None and block.stray >= 0 and _may_close(pending, block):
            pending.until = block.end(block.stray)
            here = [found for found in here if found.anchor > block.stray]
        cut(here)
        drop_embedded(here)
        here = add_hearsay(block, add_loose(block, here, previous))
        if kind == "headline" and all(found.rule == "loose" for found in here):
            title = headline(block)
            here = here if title is None else []
        take_up(block, here, announced)
        announced = announcement(block)
        orphans = _orphans(orphans, here)
        founds.extend(with_fragments(block, here) if lexicon.pack.fragments else here)
        previous = here[-1] if here else None
        if here or block.stray >= 0:
            pending = here[-1] if here and runs_on(here[-1]) else None
    return quotes + _quotes(title, founds, resolver)


def _quotes(title: Found | None, founds: list[Found], resolver: Resolver) -> list[copydesk.Quote]:
    """What was found below a headline that may be speech, each with its speaker."""
    if founds and is_law(resolver.text, founds, founds[0].block.lexicon):
        return []
    if title is not None and speaks(title, founds):
        founds.insert(0, title)
    quotes = [quote for found in founds if (quote := to_quote(found, resolver.text, resolver)) is not None]
    if quotes and founds[0].block.kind == "headline":
        quotes[0] = with_later_name(quotes[0], resolver.text, resolver)
    return quotes


def _asks(text: str, start: int, end: int) -> bool:
    """Whether a paragraph is a short question, which whoever speaks in the story answers."""
    return end - start < _QUESTION and text[start:end].rstrip()[-1:] in _ASKS


def _may_close(pending: Found, block: Block) -> bool:
    """Whether a stray closing mark ends an earlier block: words without an opening mark only at its end."""
    opened = pending.block.pair_around(max(pending.spans[-1][1] - 1, 0)) is not None
    return opened or block.words_between(block.stray, len(block.words)) == 0


def _orphans(waiting: list[Found], here: list[Found]) -> list[Found]:
    """Paragraphs of speech that nobody was named for so far; they get the speaker who is named after the last one."""
    if not here or here[0].spans[0][0] > 0:
        return []
    if here[0].rule in _QUOTE_FIRST:
        for found in waiting:
            found.lends = here[0]
        return []
    alone = len(here) == 1 and here[0].speaker is None
    if alone and (here[0].rule == "loose" or (waiting and here[0].rule == "continuation")):
        return [*waiting, here[0]]
    return []
