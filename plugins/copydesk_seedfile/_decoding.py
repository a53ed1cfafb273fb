"""Bytes to text: byte order marks, the encoding the user named, and what to say when it is not that one."""

from __future__ import annotations

import codecs

import copydesk

# UTF-32 before UTF-16: its little-endian mark begins with the other's.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def check_encoding(encoding: str) -> None:
    """Raise ValueError unless Python has a text codec of that name."""
    try:
        b"\0\0\0\0".decode(encoding)  # empty bytes would decode with any name
    except LookupError as error:
        raise ValueError(
            f"there is no text encoding {encoding!r}; name one that Python knows, "
            "such as utf-8, utf-16, cp1256, cp1252 or gb18030"
        ) from error


def decode(data: bytes, encoding: str, name: str) -> str:
    """Decode a story; a byte order mark decides against ``encoding`` and is no part of the text.

    ``name`` says in the message where the bytes came from. Raises UsageError where they do not decode.
    """
    mark, encoding = next(((m, e) for m, e in _MARKS if data.startswith(m)), (b"", encoding))
    try:
        text = data[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        raise copydesk.UsageError(_complaint(data, len(mark), error, encoding, name)) from error
    # Of Latin letters in UTF-16 every other byte is NUL, of Arabic or Cyrillic text only those of spaces and stops.
    if text.count("\0") * 20 > len(text):
        raise copydesk.UsageError(
            f"{name} is not {encoding}: it would hold {text.count(chr(0)):,} NUL characters; "
            'set the option encoding to "utf-16-le" or "utf-16-be"'
        )
    return text


def _complaint(data: bytes, skipped: int, error: UnicodeDecodeError, encoding: str, name: str) -> str:
    offset = skipped + error.start
    found = f"byte 0x{data[offset]:02x}" if offset < len(data) else "the end"
    told = f"{name} is not {encoding}: {found} at byte offset {offset} does not fit ({error.reason}); "
    if skipped:
        return told + "its byte order mark says it should be, so the file may be damaged"
    return told + (
        "set the option encoding to what the file is written in "
        '(often "cp1256" for Arabic, "cp1252" for Western Europe, "gb18030" for Chinese)'
    )
