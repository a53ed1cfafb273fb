"""A plugin in a file of its own, for one desk: it marks the names that the desk watches for."""

from __future__ import annotations

import re
from collections.abc import Iterator

import copydesk


class Watched(copydesk.Annotation):
    """A place in the text where a watched name stands."""

    name: str


@copydesk.plugin
class WatchList:
    """Mark every place where a watched name stands."""

    names: tuple[str, ...]
    """The names, spelled as the stories spell them."""

    @copydesk.hookimpl
    def enrich(self, document: copydesk.Document) -> Iterator[Watched]:
        """Yield one annotation for each occurrence of each name."""
        for name in self.names:
            for match in re.finditer(re.escape(name), document.text):
                yield Watched(*match.span(), name=name)
