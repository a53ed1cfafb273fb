"""The lexicon of each language: of the packs that ship, and of a newsroom's own."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import tomli

from copydesk import UsageError
from copydesk_quotes._languages._guess import guess_language
from copydesk_quotes._languages._lexicon import Lexicon
from copydesk_quotes._languages._pack import Pack, parse_pack, read_pack


def own_lexicon(tag: str, own: Mapping[str, Lexicon]) -> Lexicon | None:
    """The lexicon of a newsroom's own pack for a language, or None where it has none."""
    known = _nearest(tag, own)
    return own[known] if known else None


def shipped_lexicon(tag: str, text: str) -> Lexicon:
    """The lexicon of the pack that ships for the language of a text; the empty one where there is none."""
    tags = _tags()
    known = _nearest(tag, tags)
    if not known:
        return unknown_language()
    several = tags[known]
    guess = guess_language(text) if len(several) > 1 else ""
    return _shipped(guess if guess in several else several[0])


@cache
def _tags() -> dict[str, list[str]]:
    """The packs that ship for each tag; several where the tag is of several languages."""
    names = [file.name.removesuffix(".toml") for file in _folder().iterdir() if file.name.endswith(".toml")]
    others = tomli.loads((_folder() / "tags" / "tags.toml").read_text("utf-8"))["packs"]
    several = {tag.lower(): packs if isinstance(packs, list) else [packs] for tag, packs in others.items()}
    return {name: [name] for name in names} | several


def _folder() -> Traversable:
    return files("copydesk_quotes") / "packs"


def _nearest(tag: str, known: Container[str]) -> str:
    """The tag itself, or what it is a variety of: ``zh`` for ``zh-Hant``; empty where neither is known."""
    tag = tag.lower()
    while tag and tag not in known:
        tag = tag.rpartition("-")[0]
    return tag


@cache
def _shipped(tag: str) -> Lexicon:
    file = _folder() / f"{tag}.toml"
    return Lexicon(parse_pack(file.read_bytes(), file.name))


@cache
def unknown_language() -> Lexicon:
    """A lexicon without words: it reads quotation marks only."""
    return Lexicon(Pack(language="und", name="unknown language", cased=False))


def own_lexicons(paths: Iterable[Path]) -> dict[str, Lexicon]:
    """The lexicons of packs in files and folders, by language; a broken pack raises UsageError."""
    packs = [read_pack(file) for path in paths for file in _files(path)]
    return {pack.language.lower(): Lexicon(pack) for pack in packs}


def _files(path: Path) -> Iterator[Path]:
    found = sorted(path.glob("*.toml")) if path.is_dir() else [path]
    if not found:
        raise UsageError(f"{path} holds no language pack; packs names TOML files, or folders of them")
    yield from found
