"""The ``quotes`` plugin: its options and hooks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import ClassVar

import attrs

import copydesk
from copydesk_quotes._document import find_quotes
from copydesk_quotes._languages._guess import guess_language
from copydesk_quotes._languages._lexicon import Lexicon
from copydesk_quotes._languages._lexicons import own_lexicon, own_lexicons, shipped_lexicon


def _confidence(_plugin: object, _field: object, value: float) -> None:
    if not 0 <= value <= 1:
        raise ValueError(f"least_confidence is {value}, but must be between 0 and 1")


def _tag(_plugin: object, _field: object, value: str) -> None:
    if value and not copydesk.is_language_tag(value):
        raise ValueError(f"{value!r} is no language tag; write one as BCP 47 has it, such as ar, ckb or zh-Hant")


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

    language: str = attrs.field(default="", validator=_tag)
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
        lexicon = own_lexicon(tag, self._own)
        if lexicon is None:
            lexicon = shipped_lexicon(tag, document.text)
        for quote in find_quotes(document, lexicon):
            if quote.confidence >= self.least_confidence:
                yield quote
