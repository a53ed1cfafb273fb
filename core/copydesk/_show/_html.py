"""Documents as one HTML page: everything in one file, no script, each block in its own direction and language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from importlib.resources import files
from itertools import chain, islice

from copydesk._documents._document import Document
from copydesk._documents._vocabulary import Language
from copydesk._show._cards import about, aside
from copydesk._show._findings import Finding, findings_of, marks_of
from copydesk._show._segments import Segment, blocks, segmented
from copydesk._show._styles import css_classes
from copydesk._show._text import direction, displayable, one_line

_LINKED = 200
"""How many findings of a document light up together with their place in the text."""

_BLOCK_ROLES = ("headline", "standfirst", "byline", "paragraph")


def html_page(documents: Iterable[Document]) -> Iterator[str]:
    """Yield the parts of a page that shows documents with everything that was found in them.

    Raises RecordError where an annotation holds what no record can carry.
    """
    documents = iter(documents)
    first = list(islice(documents, 1))
    title = first[0].title or first[0].source if first else "No story"
    style = files("copydesk._show").joinpath("page.css").read_text("utf-8")
    yield (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(displayable(title))}</title>\n<style>\n{style}{_hover_rules()}</style>\n</head>\n<body>\n"
    )
    for place, document in enumerate(chain(first, documents), 1):
        yield from _section(document, f"d{place}")
    yield "</body>\n</html>\n"


def _hover_rules() -> str:
    """A finding's card lights up with its place in the text, and the other way round."""
    return "".join(
        f".document:has(.a{place}:hover) .a{place}{{background-color:var(--lit)}}\n" for place in range(_LINKED)
    )


def _section(document: Document, name: str) -> Iterator[str]:
    findings = findings_of(document)
    story_direction = direction(document.text) or "ltr"
    yield f'<section class="document" id="{name}">\n{about(document, findings)}<div class="sheet">\n'
    language = f' lang="{escape(document.language)}"' if document.language else ""
    yield f'<article dir="{story_direction}"{language}>\n'
    yield from _blocks(document, findings, name, story_direction)
    yield f"</article>\n{aside(document, findings, name)}</div>\n</section>\n"


def _blocks(document: Document, findings: Sequence[Finding], name: str, story_direction: str) -> Iterator[str]:
    marks = list(marks_of(findings, len(document.text)))
    spans = blocks(document.text, marks)
    text = displayable(document.text)
    languages = document.all(Language)
    for block in segmented(spans, marks):
        start, end = block[0].start, block[-1].end
        roles = {mark.role for mark in block[0].marks if mark.end >= end}
        role = next((role for role in _BLOCK_ROLES if role in roles), "paragraph")
        tag = "h2" if role == "headline" else "p"
        language = _language(languages, start, end)
        lang = f' lang="{escape(language)}"' if language and language != languages[0].tag else ""
        inside = "".join(_segment(segment, text, findings, name) for segment in block)
        written = direction(text[start:end]) or story_direction
        yield f'<{tag} class="b-{role}" dir="{written}"{lang}>{inside}</{tag}>\n'


def _language(languages: Sequence[Language], start: int, end: int) -> str | None:
    """The tag of the smallest span with a language that covers the block."""
    covering = [found for found in languages if found.start <= start and end <= found.end]
    return min(covering, key=lambda found: found.end - found.start).tag if covering else None


def _segment(segment: Segment, text: str, findings: Sequence[Finding], name: str) -> str:
    inside = escape(text[segment.start : segment.end], quote=False)
    marks = [mark for mark in segment.marks if mark.role not in _BLOCK_ROLES]
    here = f'id="{name}-p{segment.start}"'
    if not marks:
        return f"<span {here}>{inside}</span>" if segment.marks else inside
    linked = dict.fromkeys(f"a{mark.finding}" for mark in marks if mark.finding < _LINKED)
    classes = " ".join([*dict.fromkeys(css_classes(mark.role) for mark in marks), *linked])
    told = one_line(" · ".join(dict.fromkeys(_told(mark.role, findings[mark.finding]) for mark in marks)), 300)
    return f'<span {here} class="{classes}" title="{escape(told)}">{inside}</span>'


def _told(role: str, finding: Finding) -> str:
    kind = finding.fields.get("kind")
    return f"{role} ({kind})" if role == finding.type and isinstance(kind, str) else role
