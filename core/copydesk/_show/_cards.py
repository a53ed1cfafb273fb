"""Beside the story on its page: what it is, and a card for everything that was found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

import attrs

from copydesk._documents._document import Document
from copydesk._show._details import details
from copydesk._show._findings import Finding, is_about_all, marks_of
from copydesk._show._styles import css_classes, is_plain
from copydesk._show._text import direction, displayable, one_line

_EXCERPT = 160


def about(document: Document, findings: Sequence[Finding]) -> str:
    """Where the document comes from, and what was found out about the whole of it."""
    published = document.published.isoformat(" ", "minutes") if document.published else None
    parts = [document.source, document.id if document.id != document.source else None, published]
    facts = [f"<bdi>{escape(displayable(part))}</bdi>" for part in parts if part]
    for finding in findings:
        if is_about_all(finding, len(document.text)):
            fields = ", ".join(f"{name} {value}" for name, value in details(finding, document.text))
            facts.append(f"<b>{escape(displayable(finding.type))}</b> {escape(displayable(fields))}")
    return f'<header class="about">{" <i>·</i> ".join(facts)}{_legend(findings, document)}</header>\n'


def _legend(findings: Sequence[Finding], document: Document) -> str:
    roles = dict.fromkeys(mark.role for mark in marks_of(findings, len(document.text)))
    keys = [
        f'<span class="{css_classes(role)}">{escape(displayable(role))}</span>' for role in roles if not is_plain(role)
    ]
    return f'<p class="legend">{" ".join(keys)}</p>' if keys else ""


def aside(document: Document, findings: Sequence[Finding], name: str) -> str:
    """The cards, in the order of the text; findings that have nothing to say but their place are folded away."""
    length = len(document.text)
    placed = [(place, finding) for place, finding in enumerate(findings) if not is_about_all(finding, length)]
    placed.sort(key=lambda item: (item[1].start, item[0]))
    telling = [item for item in placed if item[1].fields]
    bare = [item for item in placed if not item[1].fields]
    cards = _Cards(document, document.language, name)
    parts = [*cards.list(telling)]
    if bare:
        parts += ["<details><summary>Parts of the story</summary>\n", *cards.list(bare), "</details>\n"]
    return f'<aside aria-label="What was found">\n{"".join(parts)}</aside>\n'


@attrs.frozen
class _Cards:
    """The cards of a document whose section of the page is called ``name``."""

    document: Document
    language: str | None
    name: str

    def list(self, placed: Sequence[tuple[int, Finding]]) -> Iterator[str]:
        if placed:
            yield "<ol>\n"
            for place, finding in placed:
                yield self._card(place, finding)
            yield "</ol>\n"

    def _card(self, place: int, finding: Finding) -> str:
        text = self.document.text
        # A value is an English phrase; what is written from the right is isolated in it.
        rows = "".join(
            f'<div><dt>{escape(displayable(field))}</dt><dd dir="ltr">{escape(displayable(value))}</dd></div>'
            for field, value in details(finding, text)
        )
        return (
            f'<li class="a{place}">{self._head(finding)}{self._excerpt(text[finding.start : finding.end])}'
            + (f"<dl>{rows}</dl>" if rows else "")
            + "</li>\n"
        )

    def _head(self, finding: Finding) -> str:
        kind, by = escape(displayable(finding.type)), escape(displayable(finding.by))
        return (
            f'<p class="head"><span class="badge {css_classes(finding.type)}">{kind}</span>'
            + (f' <span class="by">by {by}</span>' if by else "")
            + f' <a href="#{self.name}-p{finding.start}">{finding.start}–{finding.end}</a></p>\n'
        )

    def _excerpt(self, text: str) -> str:
        excerpt = one_line(text, _EXCERPT)
        lang = f' lang="{escape(self.language)}"' if self.language else ""
        return f'<p class="excerpt" dir="{direction(excerpt) or "auto"}"{lang}>{escape(excerpt)}</p>\n'
