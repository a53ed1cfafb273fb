"""JSON as other programs write it, read without holding more than one value of it."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from json import JSONDecodeError
from typing import IO, Any

import attrs
import msgspec

BOM = codecs.BOM_UTF8
_UTF_8 = codecs.getincrementaldecoder("utf-8-sig")
_CHUNK = 1 << 16
_BETWEEN = re.compile(r"[\s,]*")
_CUT_SHORT = 16
"""An error this near the buffer's end may be a word or an escape whose end has not been read yet."""


class ArrayError(ValueError):
    """Broken JSON after which nothing more can be read."""


def _no_number(_name: str) -> None:
    """What NaN and the infinities, which are no JSON, are read as."""


_DECODER = json.JSONDecoder(parse_constant=_no_number)


def parsed(raw: bytes) -> Any:
    """Decode one value. Lone surrogates and NaN (read as null) are let pass, as other programs write them.

    Raises ValueError where it is no JSON.
    """
    try:
        return msgspec.json.decode(raw)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        pass
    try:
        return _DECODER.decode(raw.decode().strip())
    except JSONDecodeError as error:
        raise ValueError(f"this is no JSON: {error.msg} at character {error.pos + 1}") from error
    except ValueError as error:
        raise ValueError(f"this is no JSON: {error}") from error


def values(stream: IO[bytes]) -> Iterator[Any]:
    """Yield the elements of an array, or values that follow one another; an error in the place of one not in UTF-8.

    Raises ArrayError, which says where, at the first that is broken, and where the array does not end.
    """
    text = _Text(stream)
    open_array = False
    try:
        while character := text.next():
            if character in "[]" and open_array == (character == "]"):
                open_array = not open_array
                text.position += 1
            else:
                yield text.value()
    except ValueError as error:
        raise ArrayError(f"broken JSON: {error}; the records after it cannot be read") from error
    if open_array:
        raise ArrayError("the array does not end: the file was cut off")


@attrs.define
class _Text:
    """A window on a stream's text, from ``position`` on."""

    stream: IO[bytes]
    buffer: str = ""
    position: int = 0
    _decoder: codecs.IncrementalDecoder = attrs.field(factory=lambda: _UTF_8("surrogateescape"))

    def next(self) -> str:
        """The next character that is no separator, or nothing at the end."""
        while True:
            between = _BETWEEN.match(self.buffer, self.position)
            self.position = between.end() if between else self.position
            if self.position < len(self.buffer) or not self._read_on():
                return self.buffer[self.position : self.position + 1]

    def value(self) -> Any:
        """Decode the value at the position, and go behind it; give an error where it is not in UTF-8."""
        while True:
            try:
                value, end = _DECODER.raw_decode(self.buffer, self.position)
            except JSONDecodeError as error:
                if not (self._may_go_on(error) and self._read_on()):
                    raise
            else:
                start, self.position = self.position, end
                return value if _is_utf_8(self.buffer[start:end]) else ValueError("the text is not UTF-8; convert it")

    def _may_go_on(self, error: JSONDecodeError) -> bool:
        return error.msg.startswith("Unterminated string") or error.pos >= len(self.buffer) - _CUT_SHORT

    def _read_on(self) -> bool:
        """Let go of what is behind the position and read as much again as there is left; False at the end."""
        chunk = self.stream.read(max(_CHUNK, len(self.buffer) - self.position))
        self.buffer = self.buffer[self.position :] + self._decoder.decode(chunk, final=not chunk)
        self.position = 0
        return bool(chunk)


def _is_utf_8(text: str) -> bool:
    """Whether no byte had to be escaped to read the text; surrogates that JSON spells out are ASCII here."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
