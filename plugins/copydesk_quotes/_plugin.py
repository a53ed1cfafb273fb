"""The ``quotes`` plugin: blocks of a document in, quotes out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import accumulate
from pathlib import Path
from typing import ClassVar

import attrs

import copydesk
from copydesk_quotes._blocks._block import NOTED, Block, BlockKind
from copydesk_quotes._frames._find import find_frames
from copydesk_quotes._languages._flags import ACCORDING, COLON, CUE, DASH, HOT, PHRASE
from copydesk_quotes._languages._guess import guess_language
from copydesk_quotes._languages._lexicon import Lexicon, lexicon_for, own_lexicons
from copydesk_quotes._phrases._found import Found, runs_on
from copydesk_quotes._result import to_quote, with_later_name
from copydesk_quotes._speakers._resolve import Resolver
from copydesk_quotes._uncued._announce import announcement, take_up
from copydesk_quotes._uncued._coordinate import cut
from copydesk_quotes._uncued._fragments import with_fragments
from copydesk_quotes._uncued._headline import headline, speaks
from copydesk_quotes._uncued._hearsay import add_hearsay
from copydesk_quotes._uncued._loose import add_loose
from copydesk_quotes._uncued._voices import voiced, voices

# One class comes first, so that the search skips all other letters at once.
_BLANK_LINE = re.compile(r"[\r\n\u2028\u2029](?:(?<=\r)\n)?+(?:(?<=\u2029)|\s*[\r\n\u2028])")
_LONGEST = 20_000
_CUE_FLAGS = CUE | ACCORDING
_QUOTE_FIRST = ("CVS marks", "CSV marks")
_KINDS: dict[type[copydesk.Annotation], BlockKind] = {
    copydesk.Headline: "headline",
    copydesk.Standfirst: "standfirst",
    copydesk.Paragraph: "paragraph",
}


def _confidence(_plugin: object, _field: object, value: float) -> None:
    if not 0 <= value <= 1:
        raise ValueError(f"least_confidence is {value}, but must be between 0 and 1")


class QuoteHooks:
    """What the quotes plugin takes from others."""

    @copydesk.hookspec
    def quote_packs(self) -> Iterable[Path]:
        """Give language packs: TOML files, or folders of them."""
        return ()


@copydesk.plugin
class Quotes:
    """Find what a story reports people to have said: words, speaker and cue.

    The language decides which pack of cue words is read; marked speech is found in every language.
    Headlines, standfirsts and paragraphs that earlier steps found are read one by one; without them a
    blank line ends a paragraph. Other plugins bring language packs through the hook ``quote_packs``.
    """

    hookspecs: ClassVar[type] = QuoteHooks

    language: str = ""
    """A language tag to use where the document has none; empty: guess."""
    least_confidence: float = attrs.field(default=0.0, validator=_confidence)
    """Leave out quotes that are less certain than this, 0 to 1."""

    packs: tuple[Path, ...] = ()
    """Language packs of your own, files or folders; one takes the place of the pack that ships for its language."""
    _own: dict[str, Lexicon] = attrs.field(init=False, factory=dict)

    def __attrs_post_init__(self) -> None:
        self._own.update(own_lexicons(self.packs))

    @copydesk.hookimpl
    def start(self, run: copydesk.Run) -> None:
        """Take the packs that other plugins bring; those of the option stay before them."""
        for paths in run.call("quote_packs"):
            self._own = own_lexicons(paths) | self._own

    @copydesk.hookimpl
    def enrich(self, document: copydesk.Document) -> Iterator[copydesk.Quote]:
        """Yield one annotation for each speech act."""
        tag = document.language or self.language or guess_language(document.text)
        lexicon = self._own[tag] if tag in self._own else lexicon_for(tag)
        for quote in find_quotes(document, lexicon):
            if quote.confidence >= self.least_confidence:
                yield quote


def find_quotes(document: copydesk.Document, lexicon: Lexicon) -> Iterator[copydesk.Quote]:
    """The quotes of a document, read with one language's lexicon."""
    title: Found | None = None
    founds: list[Found] = []
    previous: Found | None = None
    pending: Found | None = None
    announced: Found | None = None
    orphans: list[Found] = []
    blocks = list(_blocks(document))
    named = voices(document.text, blocks)
    for start, end, kind in blocks:
        voice = named.get(start)
        block = _hot_block(document.text, start, end, kind, lexicon, always=voice is not None)
        if block is None:
            previous = announced = None
            continue
        if voice is not None and (previous := voiced(block, voice)) is not None:
            founds.append(previous)
            announced, pending, orphans = None, None, []
            continue
        here = find_frames(block)
        if pending is not None and block.stray >= 0 and _may_close(pending, block):
            pending.until = block.end(block.stray)
            here = [found for found in here if found.anchor > block.stray]
        cut(here)
        here = add_hearsay(block, add_loose(block, here, previous))
        if kind == "headline" and all(found.rule == "loose" for found in here):
            title = headline(block)
            here = here if title is None else []
        take_up(here, announced)
        announced = announcement(block)
        orphans = _orphans(orphans, here)
        founds.extend(with_fragments(block, here) if lexicon.pack.fragments else here)
        previous = here[-1] if here else None
        if here or block.stray >= 0:
            pending = here[-1] if here and runs_on(here[-1]) else None
    if title is not None and speaks(title, founds):
        founds.insert(0, title)
    resolver = Resolver(document.text)
    quotes = [quote for found in founds if (quote := to_quote(found, document.text, resolver)) is not None]
    if quotes and founds[0].block.kind == "headline":
        quotes[0] = with_later_name(quotes[0], document.text, resolver)
    yield from quotes


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


def _hot_block(text: str, start: int, end: int, kind: BlockKind, lexicon: Lexicon, *, always: bool) -> Block | None:
    """The block's tokens, or None where it has neither marks nor cues and need not be read ``always``."""
    lexicon.forget()
    parts = lexicon.token.split(text[start:end])
    words = parts[1::2]
    flags = list(map(lexicon.__getitem__, words))
    noted = [i for i, flag in enumerate(flags) if flag & NOTED]
    wanted = HOT | COLON if kind == "headline" else HOT
    if not always and not _is_hot(lexicon, words, flags, noted, wanted) and not _opens_with_dash(lexicon, flags):
        return None
    starts = list(accumulate(map(len, parts), initial=start))[1::2]
    return Block(text, kind, lexicon, words, flags, starts, noted)


def _is_hot(lexicon: Lexicon, words: list[str], flags: list[int], noted: list[int], wanted: int) -> bool:
    """Whether a mark or a cue is among the tokens; the first word of a phrase is one only before the second."""
    for i in noted:
        flag = flags[i] & wanted
        if flag and (flag & ~_CUE_FLAGS or not flags[i] & PHRASE or lexicon.is_cue(words, i)):
            return True
    return False


def _opens_with_dash(lexicon: Lexicon, flags: list[int]) -> bool:
    return lexicon.pack.dialogue and bool(flags) and flags[0] & DASH != 0


def _blocks(document: copydesk.Document) -> Iterator[tuple[int, int, BlockKind]]:
    dateline = document.first(copydesk.Dateline)
    body = dateline.body_start if dateline is not None else -1
    found = sorted((a.start, a.end, _KINDS[type(a)]) for a in document.annotations if type(a) in _KINDS)
    for start, end, kind in found or _split(document.text):
        first = body if start < body < end else start
        if end - first <= _LONGEST:
            yield first, end, kind
        else:
            for piece in _pieces(document.text, first, end):
                yield *piece, kind


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A block, cut at blanks where it is far longer than any paragraph, so that memory stays bounded."""
    while end - start > _LONGEST:
        cut = text.rfind(" ", start, start + _LONGEST) + 1 or start + _LONGEST
        yield start, cut
        start = cut
    yield start, end


def _split(text: str) -> Iterator[tuple[int, int, BlockKind]]:
    start = 0
    for blank in _BLANK_LINE.finditer(text):
        end, following = blank.span()
        if end > start:
            yield start, end, "paragraph"
        start = following
    if start < len(text):
        yield start, len(text), "paragraph"
