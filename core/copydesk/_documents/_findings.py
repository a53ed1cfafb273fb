"""What a step found, before a document has it: checked against its text, signed and sorted."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from copy import copy
from itertools import pairwise
from operator import attrgetter
from typing import Any

from copydesk._documents._annotation import Annotation, Replace
from copydesk._documents._vocabulary import SPANS_WITHIN, Span
from copydesk._errors import AnnotationError

_order = attrgetter("start", "end", "type")


def settled(
    found: Iterable[Annotation | Replace], length: int, by: str, replaced: list[Annotation]
) -> list[Annotation]:
    """Check annotations against a text of ``length`` code points, sign them and sort them by span and type.

    What they replace is put on the list ``replaced``.
    """
    checked: list[Annotation] = []
    in_order = True
    last = -1
    kind: type | None = None
    spans_within = None
    # This loop is the engine's hottest: what is rare in it is left to functions.
    for finding in found:
        if finding.__class__ is kind:
            annotation: Any = finding
        else:
            annotation = finding if isinstance(finding, Annotation) else _replacement(finding, replaced)
            if annotation is None:
                continue
            kind = annotation.__class__
            spans_within = SPANS_WITHIN.get(kind)
        fields = annotation.__dict__
        start, end = fields["start"], fields["end"]
        if start.__class__ is not int or end.__class__ is not int or not 0 <= start <= end <= length:
            raise _misplaced(annotation, length)
        if spans_within is not None:
            _check_within(annotation, spans_within, length)
        if not fields["by"]:
            # Nobody else has seen an unsigned annotation: setting it in place costs a tenth of a copy.
            fields["by"] = by
        elif fields["by"] != by:
            annotation = _signed_copy(annotation, by)
        checked.append(annotation)
        if start <= last:
            in_order = False
        last = start
    if not in_order:
        checked.sort(key=_order)
        _sort_equals(checked)
    return checked


def _replacement(finding: Any, replaced: list[Annotation]) -> Annotation | None:
    if not isinstance(finding, Replace):
        raise AnnotationError(
            f"found {finding!r:.200}, which is no annotation; yield objects of your own subclass of copydesk.Annotation"
        )
    replaced.append(finding.old)
    return finding.new


def without(replaced: list[Annotation], annotations: tuple[Annotation, ...]) -> tuple[Annotation, ...]:
    """The annotations but those that are replaced; raises AnnotationError for one that is not among them."""
    known, gone = set(annotations), set(replaced)
    for old in replaced:
        if old not in known:
            raise AnnotationError(
                f"{old!r:.200} cannot be replaced: the document does not have it; take it from document.all(…) as it is"
            )
    return tuple([annotation for annotation in annotations if annotation not in gone])


def _misplaced(annotation: Annotation, length: int) -> AnnotationError:
    return AnnotationError(
        f"{annotation.type} has the span {annotation.start!r} to {annotation.end!r}, which does not lie within "
        f"the text's 0 to {length} code points"
    )


def _check_within(annotation: Annotation, spans: Callable[[Any], Iterable[Span]], length: int) -> None:
    """Raise AnnotationError where a part of an annotation lies outside the text."""
    with suppress(AttributeError, TypeError, ValueError):  # of a wrong type: its record tells that better
        for part, start, end in spans(annotation):
            if start is None or end is None or not 0 <= start <= end <= length:
                raise AnnotationError(
                    f"{annotation.type} {annotation.start} to {annotation.end} has a part, {part}, "
                    f"at {start} to {end}, which does not lie within the text's 0 to {length} code points"
                )


def _signed_copy(annotation: Annotation, by: str) -> Annotation:
    signed = copy(annotation)
    signed.__dict__["by"] = by
    return signed


def _sort_equals(checked: list[Annotation]) -> None:
    """Sort annotations of one span and type by their fields: a set's order differs from process to process."""
    if any(_order(one) == _order(following) for one, following in pairwise(checked)):
        checked.sort(key=lambda annotation: (*_order(annotation), repr(annotation)))
