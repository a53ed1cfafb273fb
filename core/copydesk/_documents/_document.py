"""Documents: a text that is never changed, and what is known about it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from copy import copy
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

import attrs

from copydesk._documents._annotation import Annotation, Replace
from copydesk._documents._findings import settled, without
from copydesk._documents._vocabulary import Headline, Language

AnnotationT = TypeVar("AnnotationT", bound=Annotation)

_SURROGATES = re.compile("[\ud800-\udfff]")
_NOTHING: Mapping[str, Any] = MappingProxyType({})
_new, _set = object.__new__, object.__setattr__


def clean_text(text: str) -> str:
    """Replace lone surrogates, which no encoding can carry, by U+FFFD; offsets stay as they are."""
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return _SURROGATES.sub("\ufffd", text)
    return text


def _text(text: str) -> str:
    if not isinstance(text, str):
        raise TypeError(f"a document's text must be a str, not {type(text).__name__}")
    return clean_text(text)


def _freeze(value: Any) -> Any:
    if isinstance(value, Mapping):
        return MappingProxyType({str(key): _freeze(item) for key, item in value.items()})
    if isinstance(value, (list, tuple)):
        return tuple(_freeze(item) for item in value)
    return clean_text(value) if isinstance(value, str) else value


def thaw(value: Any) -> Any:
    """Return metadata as plain dicts and lists, as an encoder or a pickle wants them."""
    if isinstance(value, Mapping):
        return {key: thaw(item) for key, item in value.items()}
    return [thaw(item) for item in value] if isinstance(value, tuple) else value


def _frozen_metadata(metadata: Mapping[str, Any] | None) -> Mapping[str, Any]:
    return _freeze(metadata) if metadata else _NOTHING


def _as_tuple(annotations: Iterable[Annotation]) -> tuple[Annotation, ...]:
    return tuple(annotations)


def _aware(_document: Any, _attribute: Any, value: datetime | None) -> None:
    if value is not None and not isinstance(value, datetime):
        raise TypeError(f"published must be a datetime with a time zone, not {type(value).__name__}")
    if value is not None and value.utcoffset() is None:
        raise ValueError(f"published must have a time zone, but {value.isoformat()} has none")


@attrs.frozen(slots=False)
class Document:
    """A text, what its source said of it, and the annotations that steps found.

    Offsets everywhere are Unicode code points of ``text``. Lone surrogates become U+FFFD on entry.
    Documents are immutable: ``with_annotations`` returns a new one.

    Raises ValueError where ``published`` has no time zone.
    """

    text: str = attrs.field(converter=_text)
    id: str = attrs.field(default="", kw_only=True)
    """Stable and unique in a run; the engine makes one from the source where there is none."""
    source: str = attrs.field(default="", kw_only=True)
    """Where it came from: a path relative to the pipeline file, or a URL."""
    published: datetime | None = attrs.field(default=None, validator=_aware, kw_only=True)
    metadata: Mapping[str, Any] = attrs.field(default=None, converter=_frozen_metadata, hash=False, kw_only=True)
    """What else the source said, as JSON values; ``url``, ``author``, ``title``, ``tags`` mean what they say."""
    annotations: tuple[Annotation, ...] = attrs.field(default=(), converter=_as_tuple, kw_only=True)
    """In the order of the steps, within a step by span and type."""
    record: bytes | None = attrs.field(default=None, init=False, eq=False, repr=False)
    """The document as a JSON record, where it has been encoded already; the engine's own, use ``to_json``."""

    @property
    def span(self) -> tuple[int, int]:
        """The whole text's span, ``(0, len(text))``."""
        return 0, len(self.text)

    @property
    def title(self) -> str | None:
        """The headline on one line, else the title the source gave, else None."""
        headline = self.first(Headline)
        if headline is not None:
            return " ".join(self.text_of(headline).split())
        title = self.metadata.get("title")
        return title if isinstance(title, str) else None

    @property
    def language(self) -> str | None:
        """BCP 47 tag of the whole text, or None."""
        found = self.first(Language)
        return found.tag if found is not None else None

    def all(self, kind: type[AnnotationT]) -> tuple[AnnotationT, ...]:
        """The annotations of one class, in order."""
        return tuple([found for found in self.annotations if isinstance(found, kind)])

    def first(self, kind: type[AnnotationT]) -> AnnotationT | None:
        """The first annotation of one class, or None."""
        for found in self.annotations:
            if isinstance(found, kind):
                return found
        return None

    def text_of(self, annotation: Annotation) -> str:
        """The stretch of text that an annotation stands on."""
        return self.text[annotation.start : annotation.end]

    def with_annotations(self, *found: Annotation, by: str = "") -> Document:
        """A document that also has these annotations, checked and sorted by span and type.

        Raises AnnotationError where a span lies outside the text.
        """
        return self.with_findings(map(copy, found), by)

    def with_findings(self, found: Iterable[Annotation | Replace], by: str) -> Document:
        """A document with what a step found, signed with the step's name, checked and sorted.

        Raises AnnotationError where a span lies outside the text, a finding is no annotation, or an
        annotation that is to be replaced is not there.
        """
        replaced: list[Annotation] = []
        new = settled(found, len(self.text), by, replaced)
        if not new and not replaced:
            return self
        kept = without(replaced, self.annotations) if replaced else self.annotations
        # What _changed does, in less than half the time: this is done for each step of each document.
        state = self.__dict__.copy()
        state["annotations"], state["record"] = (*kept, *new), None
        other = _new(Document)
        _set(other, "__dict__", state)
        return other

    def ingested(self, id: str, source: str, by: str) -> Document:
        """The document as an ingest step hands it on: named, its annotations checked and signed.

        An id, a source and signatures that it has already are kept, and so is the order of annotations.
        """
        for annotation in self.annotations:
            settled((annotation,), len(self.text), annotation.by or by, [])
        if self.id and self.source:
            return self
        return self._changed(id=self.id or id, source=self.source or source)

    @classmethod
    def of_record(cls, record: bytes, read: Callable[[bytes], Document]) -> Document:
        """The document of a record, which ``read`` reads when somebody asks for more than the record."""
        document = object.__new__(cls)
        object.__setattr__(document, "__dict__", {"record": record, "_read": read})
        return document

    if not TYPE_CHECKING:  # type checkers would take any name for a document's attribute

        def __getattr__(self, name: str) -> Any:
            """A field of a document whose record has not been read yet."""
            if "text" in self.__dict__ or name not in _FIELDS:
                raise AttributeError(f"a document has no attribute {name!r}")
            self.__dict__.update(self.__dict__["_read"](self.record).__dict__, record=self.record)
            return self.__dict__[name]

    def _changed(self, **fields: Any) -> Document:
        # The fields that stay have passed their converters, which take time on a long text.
        other = _new(Document)
        _set(other, "__dict__", {**self.__dict__, "record": None, **fields})
        return other

    def keep_record(self, record: bytes) -> None:
        """Remember the record that the document was encoded as."""
        self.__dict__["record"] = record

    def __reduce__(self) -> tuple[Any, ...]:
        # A mappingproxy does not pickle.
        return _restore, (
            self.text,
            self.id,
            self.source,
            self.published,
            thaw(self.metadata),
            self.annotations,
        )


_FIELDS = frozenset(attrs.fields_dict(Document))


def _restore(
    text: str,
    id: str,
    source: str,
    published: datetime | None,
    metadata: dict[str, Any],
    annotations: tuple[Annotation, ...],
) -> Document:
    return Document(text, id=id, source=source, published=published, metadata=metadata, annotations=annotations)
