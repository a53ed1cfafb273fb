"""Records of other makers: which of their fields is what."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from zoneinfo import ZoneInfo

import attrs

import copydesk

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECONDS_FROM = 1e11
"""As seconds this would be the year 5138; as milliseconds it is 1973."""


@attrs.frozen
class Fields:
    """The names of the fields of a foreign record; dots go into objects."""

    text: str
    id: str | None = None
    title: str | None = None
    published: str | None = None
    url: str | None = None
    language: str | None = None
    time_zone: str | None = None
    _named: tuple[str, ...] = attrs.field(init=False)

    @_named.default
    def _all_names(self) -> tuple[str, ...]:
        names = (self.text, self.id, self.title, self.published, self.url, self.language)
        return tuple(name for name in names if name is not None)

    def document(self, record: Any) -> copydesk.Document:
        """Make a document of a record; fields that are not named become metadata. The record is changed.

        Raises RecordError where it has no text, or a named field is not what it should be.
        """
        if not isinstance(record, dict):
            raise copydesk.RecordError(f"a record is a JSON object, and this is {record!r:.80}")
        text = _text(record, self.text)
        if text is None:
            if self.text in record:
                raise copydesk.RecordError(f"the record has no text: {self.text!r} is null")
            names = ", ".join(record) or "none"
            raise copydesk.RecordError(f"the record has no field {self.text!r}; its fields are {names}")
        language = self._tag(record)
        document = copydesk.Document(
            text,
            id=_identifier(record, self.id),
            published=self._published(record),
            metadata=self._metadata(record, keeps_language=bool(_text(record, self.language)) and not language),
        )
        return document.with_annotations(copydesk.Language(*document.span, tag=language)) if language else document

    def _tag(self, record: dict[str, Any]) -> str:
        """The record's language tag, with hyphens; empty where it has none."""
        tag = (_text(record, self.language) or "").replace("_", "-")
        return tag if copydesk.is_language_tag(tag) else ""

    def _metadata(self, record: dict[str, Any], *, keeps_language: bool) -> dict[str, Any]:
        title, url = _text(record, self.title), _text(record, self.url)
        for name in self._named:
            if not (keeps_language and name == self.language):
                _remove(record, name)
        if title is not None:
            record["title"] = title
        if url is not None:
            record["url"] = url
        return record

    def _published(self, record: dict[str, Any]) -> datetime | None:
        value = None if self.published is None else _find(record, self.published)
        if value is None or value == "":
            return None
        try:
            moment = _moment(value)
        except (ValueError, OverflowError, TypeError) as error:
            raise copydesk.RecordError(f"{self.published} is {value!r:.80}, which is no date; correct it") from error
        if moment.tzinfo is not None:
            return moment
        if self.time_zone is None:
            raise copydesk.RecordError(
                f"{self.published} is {value!r}, which does not say its time zone; "
                'say it for all of them: time_zone = "Asia/Baghdad"'
            )
        return moment.replace(tzinfo=ZoneInfo(self.time_zone))


def _moment(value: Any) -> datetime:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _EPOCH + timedelta(seconds=value / 1000 if abs(value) >= _MILLISECONDS_FROM else value)
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        return parsedate_to_datetime(value)


def _find(record: dict[str, Any], name: str) -> Any:
    if name in record:
        return record[name]
    head, _, rest = name.partition(".")
    inside = record.get(head)
    return _find(inside, rest) if rest and isinstance(inside, dict) else None


def _remove(record: dict[str, Any], name: str) -> None:
    """Take a field out, and the objects that held nothing else."""
    if name in record:
        del record[name]
        return
    head, _, rest = name.partition(".")
    inside = record.get(head)
    if rest and isinstance(inside, dict):
        _remove(inside, rest)
        if not inside:
            del record[head]


def _text(record: dict[str, Any], name: str | None) -> str | None:
    value = None if name is None else _find(record, name)
    if value is not None and not isinstance(value, str):
        advice = (
            f"name a field in it, such as {name}.{next(iter(value))}" if _is_filled(value) else "name another field"
        )
        raise copydesk.RecordError(f"{name} is {value!r:.80}, which is no text; {advice}")
    return value


def _is_filled(value: Any) -> bool:
    return isinstance(value, dict) and bool(value)


def _identifier(record: dict[str, Any], name: str | None) -> str:
    value = None if name is None else _find(record, name)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return _text(record, name) or ""
