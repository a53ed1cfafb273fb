"""A document on a terminal. Right-to-left text is left to the terminal to order; it is never reversed."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console, Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from copydesk._documents._document import Document
from copydesk._show._details import details
from copydesk._show._findings import Finding, Mark, findings_of, marks_of
from copydesk._show._segments import Segment, blocks, segmented
from copydesk._show._styles import is_plain, terminal_style
from copydesk._show._text import displayable, isolated, one_line

_NARROW = 72
"""Cells of a terminal below which a table has no room."""
_INDENT = 2


def print_document(console: Console, document: Document) -> None:
    """Print a document: where it comes from, its text with everything marked, and a table of what was found.

    On a narrow terminal the table is a list. Raises RecordError where an annotation holds what no record can carry.
    """
    findings = findings_of(document)
    text = displayable(document.text)
    marks = list(marks_of(findings, len(text)))
    console.print(_head(document))
    for block in segmented(blocks(document.text, marks), marks):
        console.print()
        console.print(_block(text, block), soft_wrap=not console.is_terminal)
    console.print()
    if any(not is_plain(mark.role) for mark in marks):
        console.print(_legend(marks))
        console.print()
    if not findings:
        return
    if console.width >= _NARROW:
        console.print(_table(findings, document.text, console.width * 2 // 5))
    else:
        console.print(_list(findings, document.text, console.width - _INDENT))


def _head(document: Document) -> Text:
    published = document.published.isoformat() if document.published else None
    parts = [document.source or document.id, document.language, published]
    return Text(displayable(" · ".join(part for part in parts if part)), style="dim")


def _block(text: str, block: Sequence[Segment]) -> Text:
    line = Text()
    for segment in block:
        styles = " ".join(filter(None, (terminal_style(mark.role) for mark in segment.marks)))
        line.append(text[segment.start : segment.end], style=styles)
    return line


def _legend(marks: Sequence[Mark]) -> Text:
    roles = dict.fromkeys(mark.role for mark in marks if not is_plain(mark.role))
    return Text("  ").join(Text(role, style=terminal_style(role)) for role in roles)


def _table(findings: Sequence[Finding], text: str, width: int) -> Table:
    table = Table("type", "span", "text", "details", box=None, pad_edge=False, header_style="bold")
    table.columns[1].no_wrap = table.columns[2].no_wrap = True
    for finding in findings:
        table.add_row(_kind(finding), _span(finding), _excerpt(finding, text, width), _fields(finding, text))
    return table


def _list(findings: Sequence[Finding], text: str, width: int) -> Group:
    parts: list[Text | Padding] = []
    for finding in findings:
        parts.append(Text.assemble(_kind(finding), " ", _span(finding)))
        inside = (_excerpt(finding, text, width), _fields(finding, text))
        parts += [Padding(part, (0, 0, 0, _INDENT)) for part in inside if part]
    return Group(*parts)


def _kind(finding: Finding) -> Text:
    return Text(displayable(finding.type), style=terminal_style(finding.type))


def _span(finding: Finding) -> str:
    return f"{finding.start}–{finding.end}"


def _excerpt(finding: Finding, text: str, width: int) -> Text:
    excerpt = Text(one_line(text[finding.start : finding.end], width))
    excerpt.truncate(width, overflow="ellipsis")
    return Text(isolated(excerpt.plain))


def _fields(finding: Finding, text: str) -> Text:
    return Text("\n".join(f"{name}: {value}" for name, value in details(finding, text)))
