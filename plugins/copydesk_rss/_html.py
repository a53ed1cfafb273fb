"""The story as HTML: escaped text in a few elements of our own, none that readers strip for safety."""

from __future__ import annotations

from collections.abc import Iterator

from copydesk_rss._marks import Mark, by_block, closing_quote, marks_of, within
from copydesk_rss._story import Block, Story
from copydesk_rss._text import bidi_closers, cleaned, escape_html, is_delicate

_OPENINGS = {"standfirst": '<p class="standfirst">', "byline": '<p class="byline">', "paragraph": "<p>"}


def story_html(story: Story) -> str:
    """One ``div`` with the blocks as paragraphs and block quotes, dateline and quotes marked.

    The text is kept to the letter, but for characters that XML or HTML forbids.
    """
    language = f' lang="{story.language}"' if story.language else ""
    paragraphs = "\n".join(_Writer(story).paragraphs(story.blocks))
    return f'<div dir="{story.direction}"{language}>\n{paragraphs}\n</div>'


class _Writer:
    """Writes the text of one story, piece by piece."""

    def __init__(self, story: Story) -> None:
        self._text = story.text
        self._marks = marks_of(story)
        self._delicate = is_delicate(story.text)
        self._plain = not self._delicate and not any(map(story.text.__contains__, "&<>"))

    def paragraphs(self, blocks: list[Block]) -> Iterator[str]:
        """Each block as one ``p``, or as a ``p`` that leads in to a quote and the quote as ``blockquote``."""
        for block, marks in zip(blocks, by_block(self._marks, blocks), strict=True):
            if marks:
                yield from self._marked(block, marks)
            else:
                start, end, kind = block
                yield f"{_OPENINGS[kind]}{self._escaped(start, end)}{self._closers(start, end)}</p>"

    def _marked(self, block: Block, marks: list[Mark]) -> Iterator[str]:
        start, end, kind = block
        quote = closing_quote(self._text, start, end, marks) if kind == "paragraph" else None
        if quote is None:
            yield f"{_OPENINGS[kind]}{self._inline(start, end, marks)}</p>"
            return
        inside = [mark for mark in marks if mark is not quote.mark]
        if start < quote.start:
            yield f"<p>{self._inline(start, quote.start, inside)}</p>"
        yield f"<blockquote{quote.mark.speaker}><p>{self._inline(quote.start, end, inside)}</p></blockquote>"

    def _inline(self, start: int, end: int, marks: list[Mark]) -> str:
        pieces: list[str] = []
        around: list[Mark] = []
        position = start
        for mark in within(marks, start, end):
            while around and around[-1].end <= mark.start:
                position = self._close(around.pop(), position, pieces)
            pieces += self._escaped(position, mark.start), mark.opening
            position = mark.start
            around.append(mark)
        while around:
            position = self._close(around.pop(), position, pieces)
        pieces += self._escaped(position, end), self._closers(start, end)
        return "".join(pieces)

    def _close(self, mark: Mark, position: int, pieces: list[str]) -> int:
        pieces += self._escaped(position, mark.end), mark.closing
        return mark.end

    def _escaped(self, start: int, end: int) -> str:
        text = self._text[start:end]
        if self._plain:
            return text
        return escape_html(cleaned(text) if self._delicate else text)

    def _closers(self, start: int, end: int) -> str:
        return bidi_closers(self._text[start:end]) if self._delicate else ""
