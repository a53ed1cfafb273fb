"""How types of annotations look: the news vocabulary by name, any other in a colour of its own."""

from __future__ import annotations

from zlib import crc32

STYLES = {
    "headline": "bold",
    "standfirst": "italic",
    "paragraph": "",
    "language": "",
    "byline": "dim",
    "dateline": "cyan",
    "dateline.places": "bold cyan",
    "dateline.agency": "magenta",
    "dateline.date": "blue",
    "quote": "",
    "quote.spans": "green",
    "quote.speaker": "bold yellow",
    "quote.cue": "dim underline",
}
"""Rich styles by role; the page's style sheet has the same roles as classes."""

_OTHERS = ("bright_blue", "bright_magenta", "bright_red", "bright_cyan", "bright_yellow", "bright_green")
OTHERS = len(_OTHERS)


def terminal_style(role: str) -> str:
    """The Rich style of a role; parts of unknown types are underlined besides."""
    if role in STYLES:
        return STYLES[role]
    kind, _, part = role.partition(".")
    return f"underline {_OTHERS[palette_place(kind)]}" + (" bold" if part else "")


def palette_place(kind: str) -> int:
    """Which colour a type that has no style gets: always the same one."""
    return crc32(kind.encode()) % OTHERS


def is_plain(role: str) -> bool:
    """Whether a role looks like any text."""
    return STYLES.get(role) == ""


def css_classes(role: str) -> str:
    """The classes of a role in the page's style sheet."""
    if role in STYLES:
        return f"m-{role.replace('.', '-')}"
    kind, _, part = role.partition(".")
    return f"o{palette_place(kind)}" + (" part" if part else "")
