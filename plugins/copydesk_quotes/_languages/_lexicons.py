"""The lexicon of each language: of the packs that ship, and of a newsroom's own."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from copydesk_quotes._languages._lexicon import Lexicon
from copydesk_quotes._languages._pack import Pack, builtin_pack, read_pack


@cache
def lexicon_for(tag: str) -> Lexicon:
    """The lexicon of a language, made on first use; the empty one where no pack knows the tag."""
    pack = builtin_pack(tag) if tag else None
    return Lexicon(pack) if pack is not None else unknown_language()


@cache
def unknown_language() -> Lexicon:
    """A lexicon without words: it reads quotation marks only."""
    return Lexicon(Pack(language="und", name="unknown language", cased=False))


def own_lexicons(paths: Iterable[Path]) -> dict[str, Lexicon]:
    """The lexicons of packs in files and folders, by language; a broken pack raises UsageError."""
    files = [file for path in paths for file in (sorted(path.glob("*.toml")) if path.is_dir() else [path])]
    packs = [read_pack(file) for file in files]
    return {pack.language: Lexicon(pack) for pack in packs}
