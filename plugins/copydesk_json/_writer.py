"""Write documents as JSON records."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any, Literal

import attrs

import copydesk


@copydesk.plugin
class JsonWriter:
    """Write documents as JSON, with everything that is known about them.

    A document becomes a record: ``schema``, ``id``, ``source``, ``language``, ``title``, ``published``,
    ``text``, ``metadata`` and ``annotations``. Offsets count Unicode code points. ``copydesk schema``
    prints the JSON Schema of records; the ingest plugin ``json`` reads them back as they were.
    """

    path: Path
    """The file to write; ``-`` is standard output."""
    format: Literal["jsonl", "array"] = "jsonl"
    """``jsonl``: a record on each line. ``array``: one JSON array."""

    _file: IO[bytes] = attrs.field(init=False)
    _empty: bool = attrs.field(init=False)

    @copydesk.hookimpl
    def start(self, run: Any) -> None:
        """Open the output."""
        self._file = run.output(self.path)
        self._empty = True

    @copydesk.hookimpl
    def export(self, documents: Iterable[copydesk.Document]) -> None:
        """Write a batch of records."""
        records = [copydesk.to_json(document) for document in documents]
        if self.format == "jsonl":
            self._file.writelines(record + b"\n" for record in records)
        elif records:
            self._file.write((b"[\n" if self._empty else b",\n") + b",\n".join(records))
            self._empty = False

    @copydesk.hookimpl
    def finish(self) -> None:
        """Close the array."""
        if self.format == "array":
            self._file.write(b"[]\n" if self._empty else b"\n]\n")
