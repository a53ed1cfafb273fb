"""Beside the story on its page: what it is, and a card for everything that was found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from copydesk._document import Document
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
    parts = [*_list(telling, document, name)]
    if bare:
        parts += ["<details><summary>Parts of the story</summary>\n", *_list(bare, document, name), "</details>\n"]
    return f'<aside aria-label="What was found">\n{"".join(parts)}</aside>\n'


def _list(placed: Sequence[tuple[int, Finding]], document: Document, name: str) -> Iterator[str]:
    if placed:
        yield "<ol>\n"
        for place, finding in placed:
            yield _card(place, finding, document, name)
        yield "</ol>\n"


def _card(place: int, finding: Finding, document: Document, name: str) -> str:
    excerpt = one_line(document.text[finding.start : finding.end], _EXCERPT)
    rows = "".join(
        f"<div><dt>{escape(displayable(field))}</dt><dd><bdi>{escape(displayable(value))}</bdi></dd></div>"
        for field, value in details(finding, document.text)
    )
    lang = f' lang="{escape(document.language)}"' if document.language else ""
    by = f' <span class="by">by {escape(displayable(finding.by))}</span>' if finding.by else ""
    return (
        f'<li class="a{place}"><p class="head"><span class="badge {css_classes(finding.type)}">'
        f"{escape(displayable(finding.type))}</span>{by} "
        f'<a href="#{name}-p{finding.start}">{finding.start}–{finding.end}</a></p>\n'
        f'<p class="excerpt" dir="{direction(excerpt) or "auto"}"{lang}>{escape(excerpt)}</p>\n'
        + (f"<dl>{rows}</dl>" if rows else "")
        + "</li>\n"
    )
