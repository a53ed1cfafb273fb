"""Documents: a text that is never changed, and what is known about it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from copy import copy
from datetime import datetime
from itertools import pairwise
from operator import attrgetter
from types import MappingProxyType
from typing import Any, TypeVar

import attrs

from copydesk._annotation import Annotation
from copydesk._errors import AnnotationError
from copydesk._vocabulary import Headline, Language

AnnotationT = TypeVar("AnnotationT", bound=Annotation)

_SURROGATES = re.compile("[\ud800-\udfff]")
_NOTHING: Mapping[str, Any] = MappingProxyType({})
_order = attrgetter("start", "end", "type")


def clean_text(text: str) -> str:
    """Replace lone surrogates, which no encoding can carry, by U+FFFD; offsets stay as they are."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return _SURROGATES.sub("\ufffd", text)
    return text


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
    if value is not None and value.utcoffset() is None:
        raise ValueError(f"published must have a time zone, but {value.isoformat()} has none")


@attrs.frozen(slots=False)
class Document:
    """A text, what its source said of it, and the annotations that steps found.

    Offsets everywhere are Unicode code points of ``text``. Lone surrogates become U+FFFD on entry.
    Documents are immutable: ``with_annotations`` returns a new one.

    Raises ValueError where ``published`` has no time zone.
    """

    text: str = attrs.field(converter=clean_text)
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
        return self.replacing((), found, by)

    def replacing(self, old: Iterable[Annotation], new: Iterable[Annotation], by: str) -> Document:
        """A document with ``old`` annotations taken out and ``new`` ones added under the step name ``by``.

        Raises AnnotationError where a span lies outside the text, or an old annotation is not there.
        """
        kept = self.annotations
        for annotation in old:
            if annotation not in kept:
                raise AnnotationError(f"{annotation!r} cannot be replaced: the document does not have it")
            kept = tuple(other for other in kept if other != annotation)
        return self._changed(annotations=kept + _settled(new, len(self.text), by))

    def ingested(self, id: str, source: str, by: str) -> Document:
        """The document as an ingest step hands it on: named, its annotations checked and signed.

        An id, a source and signatures that it has already are kept, and so is the order of annotations.
        """
        for annotation in self.annotations:
            _check(annotation, len(self.text))
        return self._changed(
            id=self.id or id,
            source=self.source or source,
            annotations=tuple([found if found.by else _signed(found, by) for found in self.annotations]),
        )

    def _changed(self, **fields: Any) -> Document:
        # The fields that stay have passed their converters, which take time on a long text.
        other = object.__new__(Document)
        other.__dict__.update(self.__dict__, **{"record": None, **fields})
        return other

    def encoded(self, record: bytes) -> Document:
        """The same document, which knows its record."""
        return self._changed(record=record)

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


def _restore(
    text: str,
    id: str,
    source: str,
    published: datetime | None,
    metadata: dict[str, Any],
    annotations: tuple[Annotation, ...],
) -> Document:
    return Document(text, id=id, source=source, published=published, metadata=metadata, annotations=annotations)


def _settled(found: Iterable[Annotation], length: int, by: str) -> tuple[Annotation, ...]:
    """Check annotations against a text of ``length`` code points, sign them and sort them by span and type."""
    settled: list[Annotation] = []
    for annotation in found:
        _check(annotation, length)
        settled.append(annotation if annotation.by == by else _signed(annotation, by))
    if len(settled) > 1:
        settled.sort(key=_order)
        # Equal spans and types in the order of a set would differ from process to process.
        if any(_order(one) == _order(next_one) for one, next_one in pairwise(settled)):
            settled.sort(key=lambda annotation: (*_order(annotation), repr(annotation)))
    return tuple(settled)


def _check(annotation: Annotation, length: int) -> None:
    if not isinstance(annotation, Annotation) or type(annotation) is Annotation:
        raise AnnotationError(
            f"found {annotation!r:.200}, which is no annotation; "
            "yield objects of your own subclass of copydesk.Annotation"
        )
    start, end = annotation.start, annotation.end
    if not (type(start) is int and type(end) is int and 0 <= start <= end <= length):
        raise AnnotationError(
            f"{annotation.type} has the span {start!r} to {end!r}, which does not lie within "
            f"the text's 0 to {length} code points"
        )


def _signed(annotation: Annotation, by: str) -> Annotation:
    if annotation.by:
        annotation = copy(annotation)
    # Nobody else has seen an unsigned annotation: setting it in place costs a tenth of a copy.
    annotation.__dict__["by"] = by
    return annotation
