"""Text made fit for a feed: no character that XML or HTML forbids, bidirectional controls closed, markup escaped."""

from __future__ import annotations

import re

# C0 and C1 controls, surrogates, noncharacters, and U+FFFD, which feed validators take for damage.
_UNFIT = "\0-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffd-\uffff"
_ASTRAL_UNFIT = "".join(chr(plane + last) for plane in range(0x10000, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF))
_BIDI = "\u202a-\u202e\u2066-\u2069"
_unfit = re.compile(f"\r\n?|[{_UNFIT}{_ASTRAL_UNFIT}]")
_bidi = re.compile(f"[{_BIDI}]")
# Without the astral ones: a class that holds them is searched for ten times slower.
_delicate = re.compile(f"[{_UNFIT}{_BIDI}]")

_POP_EMBEDDING, _POP_ISOLATE = "\u202c", "\u2069"
_CLOSER = dict.fromkeys("\u202a\u202b\u202d\u202e", _POP_EMBEDDING) | dict.fromkeys("\u2066\u2067\u2068", _POP_ISOLATE)


def is_delicate(text: str) -> bool:
    """Whether there is anything in it that ``cleaned`` or ``bidi_closers`` would care for."""
    return _delicate.search(text) is not None or any(map(text.__contains__, _ASTRAL_UNFIT))


def cleaned(text: str) -> str:
    """The text without what XML 1.0, HTML and feed validators refuse; line ends become ``\\n``.

    C1 controls are taken for the Windows-1252 characters they nearly always stand for.
    """
    return _unfit.sub(_fit, text)


def _fit(match: re.Match[str]) -> str:
    character = match[0]
    if character[0] == "\r" or character == "\x85":
        return "\n"
    if "\x80" <= character <= "\x9f":
        return character.encode("latin-1").decode("cp1252", "ignore")
    return ""


def single_line(text: str) -> str:
    """The text on one line, with single spaces, cleaned and its controls balanced, as titles and names are written."""
    line = " ".join(text.split())
    if line.isprintable() and "\ufffd" not in line:
        return line
    return " ".join(bidi_balanced(cleaned(line)).split())


class _Nesting:
    """The embeddings, overrides and isolates open at one point of a text (Unicode Standard Annex 9)."""

    def __init__(self) -> None:
        self._closers: list[str] = []

    def closes_or_opens(self, control: str) -> bool:
        """Take in a control; False where it closes what is not open."""
        if control in _CLOSER:
            self._closers.append(_CLOSER[control])
            return True
        if control == _POP_EMBEDDING:
            return self._closers[-1:] == [_POP_EMBEDDING] and bool(self._closers.pop())
        while _POP_ISOLATE in self._closers:
            # An isolate's end also ends the embeddings inside it.
            if self._closers.pop() == _POP_ISOLATE:
                return True
        return False

    @property
    def closers(self) -> str:
        return "".join(reversed(self._closers))


def bidi_closers(text: str) -> str:
    """The controls that close what this text leaves open, so that it cannot turn what stands after it."""
    nesting = _Nesting()
    for control in _bidi.findall(text):
        nesting.closes_or_opens(control)
    return nesting.closers


def bidi_balanced(text: str) -> str:
    """The text with its bidirectional controls in pairs: closed at the end, closers of nothing taken out."""
    if not _bidi.search(text):
        return text
    nesting = _Nesting()
    return _bidi.sub(lambda m: m[0] if nesting.closes_or_opens(m[0]) else "", text) + nesting.closers


def escape_html(text: str) -> str:
    """Escape text for HTML content; printed quotation marks stay as they are."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def escape_attribute(text: str) -> str:
    """Escape text for a double-quoted attribute."""
    return escape_html(text).replace('"', "&quot;")


def escape_plain(text: str) -> str:
    """Escape text for an RSS element that holds no HTML, in the form the RSS Best Practices Profile asks for."""
    return text.replace("&", "&#x26;").replace("<", "&#x3C;").replace(">", "&#x3E;")
