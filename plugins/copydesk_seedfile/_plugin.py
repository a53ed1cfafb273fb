"""The plugin: which files, and how each is read."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any, ClassVar

import attrs

import copydesk
from copydesk_seedfile._blocks import is_blank
from copydesk_seedfile._decoding import check_encoding, decode
from copydesk_seedfile._language import guess_language
from copydesk_seedfile._story import read_story

_STANDARD_INPUT = Path("-")
_log = logging.getLogger("copydesk_seedfile")


def _check_paths(_plugin: Any, _option: Any, paths: tuple[Path, ...]) -> None:
    if not paths:
        raise ValueError('paths is empty; name a file, a folder, a pattern, or "-" for standard input')


def _check_encoding(_plugin: Any, _option: Any, encoding: str) -> None:
    check_encoding(encoding)


def _check_language(_plugin: Any, _option: Any, tag: str | None) -> None:
    if tag is not None and not copydesk.is_language_tag(tag):
        raise ValueError(f"{tag!r} is no language tag; write one as BCP 47 has it, such as ar, ckb or zh-Hant")


@attrs.frozen
class SeedFile(copydesk.FileSource):
    """A plain-text story in a file of its own."""

    encoding: str = "utf-8"
    language: str | None = None

    def read(self) -> Iterator[copydesk.Document]:
        """Yield the story; nothing where the file holds no text, with a warning in the log.

        Raises UsageError where the file is not in its encoding.
        """
        return _documents(self.path.read_bytes(), self.encoding, self.language, str(self.path))


@copydesk.plugin
class SeedFiles:
    """Read plain-text stories, one a file: headline, standfirst, body, with blank lines between.

    The first block is the headline, unless it is as long and complete as a paragraph. Blocks between it and
    a dateline are standfirsts, as is one without a full stop; all others are paragraphs. In files without
    blank lines every line is a block. Lines such as ``By Jane Doe``, ``Published: 2024-03-05T10:00+03:00``,
    ``url: https://…`` or ``作者：…`` at the head become bylines, the publication date and metadata. A date alone is
    midnight UTC; a time without a zone is kept as written in the metadata, for nobody can know which moment it is.

    The text itself stays as it is, line ends included. A byte order mark is no part of it, and decides
    against ``encoding``. Files that hold no text are left out, with a warning in the log.
    """

    reads: ClassVar[tuple[str, ...]] = (".txt",)

    paths: tuple[Path, ...] = attrs.field(validator=_check_paths)
    """Files, folders (all ``.txt`` files below), patterns such as ``seeds/**/*.txt``, or ``-`` for standard input."""

    encoding: str = attrs.field(default="utf-8", validator=_check_encoding)
    """What the files are written in, by Python's name for it."""

    language: str | None = attrs.field(default=None, validator=_check_language)
    """The stories' language as a BCP 47 tag; guessed for each where it is not given."""

    @copydesk.hookimpl
    def ingest(self) -> Iterable[copydesk.Source | copydesk.Document]:
        """Give a source for each file; standard input, which cannot be read twice, gives its document first."""
        files = copydesk.find_files((path for path in self.paths if path != _STANDARD_INPUT), self.reads)
        sources = (SeedFile(path, self.encoding, self.language) for path in files)
        return chain(self._standard_input(), sources)

    def _standard_input(self) -> Iterator[copydesk.Document]:
        if _STANDARD_INPUT in self.paths:
            data = sys.stdin.buffer.read()
            yield from _documents(data, self.encoding, self.language, "standard input")


def _documents(data: bytes, encoding: str, language: str | None, name: str) -> Iterator[copydesk.Document]:
    text = decode(data, encoding, name)
    if is_blank(text):
        _log.warning("%s holds no text and is left out", name)
        return
    story = read_story(text)
    yield copydesk.Document(
        text,
        published=story.meta.published,
        metadata=story.meta.metadata,
        annotations=(*_language(text, language), *story.parts),
    )


def _language(text: str, given: str | None) -> Iterator[copydesk.Language]:
    if given is not None:
        yield copydesk.Language(0, len(text), tag=given)
    elif (guess := guess_language(text)) is not None:
        yield copydesk.Language(0, len(text), tag=guess.tag, confidence=guess.confidence)
