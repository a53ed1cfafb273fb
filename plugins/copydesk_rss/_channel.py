"""The channel: what stands before and after the items of a feed."""

from __future__ import annotations

import attrs

from copydesk_rss._languages import language_direction, with_direction_mark
from copydesk_rss._text import escape_attribute, escape_plain, single_line

FOOT = "</channel>\n</rss>\n"

_NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "georss": "http://www.georss.org/georss",
}


@attrs.frozen(kw_only=True)
class Channel:
    """What a feed says of itself."""

    title: str
    link: str
    self_url: str
    description: str
    language: str | None
    """As RSS allows it."""
    last_build_date: str | None
    """When the newest item was published, as RSS writes it."""

    def head(self) -> str:
        """The feed up to its first item."""
        language = f' xml:lang="{self.language}"' if self.language else ""
        namespaces = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in _NAMESPACES.items())
        self_url = escape_attribute(self.self_url)
        lines = [
            '<?xml version="1.0" encoding="UTF-8"?>',
            f'<rss version="2.0"{namespaces}{language}>',
            "<channel>",
            f"<title>{self._line(self.title)}</title>",
            f"<link>{escape_plain(self.link)}</link>",
            f"<description>{self._line(self.description)}</description>",
            f'<atom:link rel="self" type="application/rss+xml" href="{self_url}"/>',
        ]
        if self.language:
            lines.append(f"<language>{self.language}</language>")
        if self.last_build_date:
            lines.append(f"<lastBuildDate>{self.last_build_date}</lastBuildDate>")
        return "\n".join(lines) + "\n"

    def _line(self, text: str) -> str:
        line = single_line(text)
        direction = language_direction(self.language) if self.language else None
        return escape_plain(with_direction_mark(line, direction) if direction else line)
