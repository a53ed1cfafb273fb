"""JSON records: documents written as one line of JSON each, and read back equal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from math import isfinite
from typing import Annotated, Any, Literal

import attrs
import msgspec

from copydesk._documents._annotation import Annotation, UnknownAnnotation, annotation_type
from copydesk._documents._document import Document
from copydesk._documents._faults import faults_of
from copydesk._documents._layouts import LAYOUTS
from copydesk._documents._vocabulary import Language
from copydesk._documents._writing import HEAD, has_odd_offset, written
from copydesk._errors import RecordError

SCHEMA_VERSION = 1
"""The version of the records that are written; it grows when older readers could not read them."""


class Record(msgspec.Struct, forbid_unknown_fields=True):
    """A document as a JSON object. Offsets count Unicode code points of ``text``."""

    schema: Literal[1]
    text: str
    id: str = ""
    source: str = ""
    language: str | None = None
    title: str | None = None
    published: Annotated[datetime, msgspec.Meta(tz=True)] | None = None
    metadata: dict[str, Any] = {}
    annotations: list[dict[str, Any]] = []


class _Version(msgspec.Struct):
    schema: int


class _Head(msgspec.Struct):
    type: str
    start: int
    end: int
    by: str = ""


class _MisfitError(Exception):
    """What is wrong with an annotation's record, and where in it."""

    def __init__(self, path: str, problem: str) -> None:
        super().__init__(path, problem)
        self.path, self.problem = path, problem


_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(Record)


def to_json(document: Document) -> bytes:
    """Write a document as a JSON record: one line of UTF-8 without a line end.

    Raises RecordError for what JSON cannot carry: NaN, infinities, lone surrogates, other objects in the metadata.
    """
    return document.record or _encoded(document)


def _encoded(document: Document) -> bytes:
    try:
        return _ENCODER.encode(
            {
                "schema": SCHEMA_VERSION,
                "id": document.id,
                "source": document.source,
                "language": document.language,
                "title": document.title,
                "published": _published(document.published),
                "text": document.text,
                "metadata": _plain(document.metadata) if document.metadata else {},
                "annotations": written(document.annotations),
            }
        )
    except RecursionError as error:
        raise RecordError(f"record {document.id!r}: the document is nested too deeply to be written") from error
    except (TypeError, ValueError, OverflowError, msgspec.MsgspecError) as error:
        path, problem = next(faults_of(document), ("document", f"cannot be written: {error}"))
        raise RecordError(f"record {document.id!r}: {path} {problem}") from error


def from_json(data: bytes | str | dict[str, Any]) -> Document:
    """Read a document from its record, as JSON or as the objects that JSON became.

    ``language`` and ``title`` are taken from a record whose annotations and metadata do not give them.
    Raises RecordError for what is no record, with the path of the value that is wrong.
    """
    try:
        record = _DECODER.decode(data) if isinstance(data, (bytes, str)) else msgspec.convert(data, Record)
        return _completed(_document(record), record)
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        raise RecordError(_rejection(data, error)) from error


def _document(record: Record) -> Document:
    return Document(
        record.text,
        id=record.id,
        source=record.source,
        published=record.published,
        metadata=record.metadata,
        annotations=_annotations(record),
    )


def _annotations(record: Record) -> list[Annotation]:
    found: list[Annotation] = []
    length = len(record.text)
    try:
        found.extend(_read(item, length) for item in record.annotations)
    except _MisfitError as misfit:
        where = f"annotations[{len(found)}]{misfit.path}"
        raise RecordError(f"record {record.id!r}: {where} {misfit.problem}") from misfit
    return found


def _read(item: dict[str, Any], length: int) -> Annotation:
    name = item.get("type")
    cls = annotation_type(name) if isinstance(name, str) else None
    try:
        annotation = _unknown(item) if cls is None or cls is UnknownAnnotation else _typed(item, cls)
    except msgspec.ValidationError as error:
        problem, _, path = str(error).partition(" - at `$")
        raise _MisfitError(path.rstrip("`"), f"is wrong: {problem}; correct it") from error
    if not 0 <= annotation.start <= annotation.end <= length:
        raise _MisfitError(
            ".end" if 0 <= annotation.start <= length else ".start",
            f"is wrong: {annotation.start} to {annotation.end} is no span of the text's {length} code points; "
            "offsets count Unicode code points, not bytes or UTF-16 units",
        )
    return annotation


def _typed(item: dict[str, Any], cls: type[Annotation]) -> Annotation:
    if not _has_only_fields(item, cls):
        raise next(_strays(item, cls, ""))
    return msgspec.convert(item, cls)


def _unknown(item: dict[str, Any]) -> UnknownAnnotation:
    head = msgspec.convert(item, _Head)
    try:
        fields = _plain({name: value for name, value in item.items() if name not in HEAD})
        return UnknownAnnotation.from_fields(head.start, head.end, head.by, head.type, fields)
    except (TypeError, ValueError) as error:
        raise _MisfitError("", f"cannot be kept: {error}") from error


def _has_only_fields(item: Any, cls: type) -> bool:
    """Whether objects have no keys but their class's fields, however deep; msgspec would lose others."""
    if isinstance(item, dict):
        layout = LAYOUTS[cls]
        if not layout.keys.issuperset(item):
            return False
        for name, part in layout.parts:
            if (inside := item.get(name)) and not _has_only_fields(inside, part):
                return False
        return True
    return all(_has_only_fields(inside, cls) for inside in item) if isinstance(item, (list, tuple)) else True


def _strays(item: Any, cls: type, path: str) -> Iterator[_MisfitError]:
    """The keys that are no fields, each with its path."""
    if isinstance(item, dict):
        layout = LAYOUTS[cls]
        for name in item.keys() - layout.keys:
            known = ", ".join(layout.names)
            yield _MisfitError(f"{path}.{name}", f"is unknown: {cls.__name__} has {known}; take it out or rename it")
        for name, part in layout.parts:
            yield from _strays(item.get(name), part, f"{path}.{name}")
    elif isinstance(item, (list, tuple)):
        for index, inside in enumerate(item):
            yield from _strays(inside, cls, f"{path}[{index}]")


def _completed(document: Document, record: Record) -> Document:
    if record.title is not None and document.title is None:
        document = attrs.evolve(document, metadata={**document.metadata, "title": record.title})
    if record.language is not None and document.language is None:
        document = document.with_annotations(Language(*document.span, tag=record.language))
    return document


def _rejection(data: bytes | str | dict[str, Any], error: Exception) -> str:
    """Say why data is no record, the version first: a newer record may differ in anything."""
    version = _version(data)
    if version is not None and version > SCHEMA_VERSION:
        return (
            f"the record has schema {version}, and this copydesk reads up to {SCHEMA_VERSION}; "
            "read it with the copydesk that wrote it, or a newer one"
        )
    problem, _, path = str(error).partition(" - at `$.")
    where = f"{path.rstrip('`')} is wrong: " if path else ""
    hint = "" if version == SCHEMA_VERSION else '; a record is a JSON object with "schema": 1 and "text"'
    return f"this is no copydesk record: {where}{problem}{hint}"


def _version(data: bytes | str | dict[str, Any]) -> int | None:
    try:
        decoded = msgspec.json.decode(data) if isinstance(data, (bytes, str)) else data
        return msgspec.convert(decoded, _Version).schema
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return None


def _published(value: datetime | None) -> datetime | None:
    """The same moment, in UTC where the zone's offset is no whole minute, as before standard time."""
    return value.astimezone(UTC) if value is not None and has_odd_offset(value) else value


def _plain(value: Any) -> Any:
    """Frozen JSON values as dicts and lists; ValueError for what is none."""
    kind = type(value)
    if kind is str or kind is int or kind is bool or value is None:
        return value
    if kind is float and isfinite(value):
        return value
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if kind is tuple or kind is list:
        return [_plain(item) for item in value]
    raise ValueError(f"{value!r:.80} is no JSON value")
