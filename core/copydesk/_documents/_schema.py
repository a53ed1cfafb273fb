"""The JSON Schema of records, made from the classes that read and write them."""

from __future__ import annotations

import inspect
from collections.abc import Iterable
from typing import Any

import msgspec

from copydesk._documents._annotation import UnknownAnnotation, annotation_types
from copydesk._documents._document import Document
from copydesk._documents._fields import attrs_classes, check_annotation_class, field_docs
from copydesk._documents._record import Record

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_HEAD = {
    "type": {"type": "string", "description": "What kind of finding it is."},
    "start": {"type": "integer", "minimum": 0, "description": "Where the span begins, in code points."},
    "end": {"type": "integer", "minimum": 0, "description": "Where the span ends, in code points."},
    "by": {"type": "string", "default": "", "description": "The name of the step that found it."},
}
_RECORD_DOCS = {
    "schema": "The version of this format.",
    "text": "The story as it came; every offset counts its Unicode code points.",
    "language": "BCP 47 tag of the whole text.",
    "title": "The headline on one line, or the title that the source gave.",
    "published": "RFC 3339, with its offset from UTC.",
}


def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of records, with every annotation type that is loaded.

    Annotations of other types are allowed, as readers keep them. Raises PluginError for an annotation class
    that no record can carry.
    """
    types = {name: cls for name, cls in annotation_types().items() if cls is not UnknownAnnotation}
    classes = _with_parts(types.values())
    references, definitions = msgspec.json.schema_components(classes)
    schemas = {
        cls: _described(definitions[reference["$ref"].rpartition("/")[2]], cls)
        for cls, reference in zip(classes, references, strict=True)
    }
    for name, cls in types.items():
        _discriminate(schemas[cls], name)
    entries = {name: references[classes.index(cls)] for name, cls in types.items()}
    definitions["annotation"] = _annotation(entries)
    return {"$schema": _DIALECT, **_record(), "$defs": dict(sorted(definitions.items()))}


def _with_parts(classes: Iterable[type]) -> list[type]:
    found: dict[type, None] = {}
    for cls in classes:
        check_annotation_class(cls)
        found.update(dict.fromkeys(attrs_classes(cls)))
    return list(found)


def _described(schema: dict[str, Any], cls: type) -> dict[str, Any]:
    schema["description"] = _one_line(cls.__doc__)
    schema["additionalProperties"] = False
    for name, doc in field_docs(cls).items():
        schema["properties"][name]["description"] = doc
    return schema


def _discriminate(schema: dict[str, Any], name: str) -> None:
    """Give an annotation's schema its ``type``, and the limits and meaning of what all annotations have."""
    schema["properties"] = {**_HEAD, "type": {"const": name}} | {
        field: value for field, value in schema["properties"].items() if field not in _HEAD
    }
    schema["required"] = ["type", *schema["required"]]


def _annotation(entries: dict[str, Any]) -> dict[str, Any]:
    return {
        "description": "A finding on a span of the text. Types that are not listed may have any other fields.",
        "type": "object",
        "properties": _HEAD,
        "required": ["type", "start", "end"],
        "allOf": [
            {"if": {"properties": {"type": {"const": name}}, "required": ["type"]}, "then": reference}
            for name, reference in entries.items()
        ],
    }


def _record() -> dict[str, Any]:
    schema: dict[str, Any] = msgspec.json.schema(Record)["$defs"]["Record"]
    schema |= {"title": "copydesk record", "description": _one_line(Record.__doc__)}
    for name, value in schema["properties"].items():
        value["description"] = (field_docs(Document) | _RECORD_DOCS)[name]
    schema["properties"]["annotations"]["items"] = {"$ref": "#/$defs/annotation"}
    return schema


def _one_line(doc: str | None) -> str:
    return " ".join(inspect.cleandoc(doc or "").split())
