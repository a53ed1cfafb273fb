"""Read documents from JSON files: which files, in which parts."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from typing import ClassVar
from zoneinfo import ZoneInfo

import attrs

import copydesk
from copydesk_json._foreign import Fields
from copydesk_json._source import parts, read_documents

_STANDARD_INPUT = Path("-")


def _known_zone(_reader: object, _attribute: object, value: str | None) -> None:
    if value is not None:
        try:
            ZoneInfo(value)
        except (KeyError, OSError, ValueError) as error:
            raise ValueError(f"there is no time zone {value!r}; write one such as 'Asia/Baghdad'") from error


@copydesk.plugin
class JsonReader:
    """Read documents from JSON Lines or JSON arrays.

    Without further options it reads the records that the export plugin ``json`` writes, with all their
    annotations. For JSON of other makers name the fields that hold the story, at least ``text``; names
    with dots go into objects (``article.body``). Fields that no option names become metadata; ``NaN``, which
    is no JSON, is read as null. A record that cannot be read goes to quarantine, the others are read.

    A line of JSON Lines, or an element of an array, is held in memory at a time. Files may be compressed (``.gz``).
    """

    reads: ClassVar[tuple[str, ...]] = (".jsonl", ".ndjson", ".json", ".jsonl.gz", ".ndjson.gz", ".json.gz")

    paths: tuple[Path, ...] = attrs.field(validator=attrs.validators.min_len(1))
    """Files, folders and patterns; ``-`` is standard input."""
    text: str | None = None
    """The field that holds the story, where the records are not copydesk's own."""
    id: str | None = None
    """The field that names the record: a text or a whole number."""
    title: str | None = None
    """The field that holds the title."""
    published: str | None = None
    """The field that says when: ISO 8601, an RFC 822 date, or seconds or milliseconds since 1970."""
    url: str | None = None
    """The field that holds the story's address."""
    language: str | None = None
    """The field that holds the BCP 47 tag of the story's language, also as ``en_US``; what is none becomes metadata."""
    time_zone: str | None = attrs.field(default=None, validator=_known_zone)
    """The zone of ``published`` where a record does not say it: ``Asia/Baghdad``."""

    _fields: Fields | None = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        names = {name: getattr(self, name) for name in ("id", "title", "published", "url", "language", "time_zone")}
        self._fields = None if self.text is None else Fields(text=self.text, **names)
        given = [name for name, value in names.items() if value is not None]
        if given and self.text is None:
            raise copydesk.UsageError(
                f'{given[0]!r} is for records of other makers; name the field of the story too: text = "…"'
            )

    @copydesk.hookimpl
    def ingest(self) -> Iterable[copydesk.Source | copydesk.Document | copydesk.Unreadable]:
        """Give the files, the large ones in parts, then what is on standard input."""
        files = [path for path in self.paths if path != _STANDARD_INPUT]
        found = copydesk.find_files(files, self.reads)
        sources = chain.from_iterable(parts(path, self._fields) for path in found)
        if _STANDARD_INPUT in self.paths:
            stream = open(sys.stdin.fileno(), "rb", closefd=False)  # noqa: SIM115  # read after this call
            return chain(sources, read_documents(stream, "", self._fields))
        return sources
