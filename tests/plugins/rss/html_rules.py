"""The rules for HTML inside a feed: which elements and attributes readers keep, and how they may nest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "br",
        "cite",
        "code",
        "em",
        "i",
        "mark",
        "q",
        "s",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "u",
    ]
)
BLOCK = frozenset(
    [
        "article",
        "blockquote",
        "div",
        "dl",
        "dd",
        "dt",
        "figcaption",
        "figure",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
UNSAFE = frozenset(
    [
        "applet",
        "base",
        "bdo",
        "body",
        "embed",
        "form",
        "frame",
        "frameset",
        "head",
        "html",
        "iframe",
        "link",
        "meta",
        "object",
        "script",
        "style",
        "title",
    ]
)
VOID = frozenset({"br", "hr", "img"})
ATTRIBUTES = frozenset(["alt", "cite", "class", "datetime", "dir", "href", "id", "lang", "src", "title"])
NO_BLOCKS_INSIDE = INLINE | {"p", "h1", "h2", "h3", "h4", "h5", "h6", "pre"}

_bare_ampersand = re.compile(r"&(?!(?:[A-Za-z]\w*|#[0-9]+|#x[0-9A-Fa-f]+);)")


def html_violations(html: str) -> Iterator[str]:
    """The names of the rules that a piece of HTML breaks."""
    checker = _Checker()
    checker.feed(html)
    checker.close()
    yield from checker.found
    if checker.open:
        yield "HtmlUnclosed"
    if _bare_ampersand.search(html):
        yield "HtmlBareAmpersand"
    if re.search(r"<(?![A-Za-z/!])", html):
        yield "HtmlBareLessThan"


class _Checker(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += self._element(tag)
        for name, value in attrs:
            self.found += _attribute(name, value or "")
        if len({name for name, _ in attrs}) < len(attrs):
            self.found.append("HtmlDuplicateAttribute")
        if tag not in VOID:
            self.open.append(tag)

    def _element(self, tag: str) -> Iterator[str]:
        if tag in UNSAFE:
            yield "HtmlUnsafeElement"
        elif tag not in INLINE | BLOCK | VOID:
            yield "HtmlUnknownElement"
        if tag in BLOCK and NO_BLOCKS_INSIDE.intersection(self.open):
            yield "HtmlBlockInsideText"

    def handle_endtag(self, tag: str) -> None:
        if self.open[-1:] == [tag]:
            self.open.pop()
        else:
            self.found.append("HtmlCrossedTags")

    def handle_comment(self, data: str) -> None:
        self.found.append("HtmlComment")


def _attribute(name: str, value: str) -> Iterator[str]:
    if name.startswith("on"):
        yield "HtmlScriptAttribute"
    elif name == "style":
        yield "HtmlStyle"
    elif name not in ATTRIBUTES:
        yield "HtmlUnknownAttribute"
    if name in ("href", "src") and not re.match(r"https?://", value):
        yield "HtmlRelativeUrl"
    if name == "dir" and value not in ("ltr", "rtl", "auto"):
        yield "HtmlWrongDirection"
