"""The condition that limits a step to the documents it is for."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import Any

import attrs

from copydesk._documents._document import Document
from copydesk._documents._language_tags import is_language_tag


def _several(_when: Any, condition: attrs.Attribute[Any], value: Any) -> None:
    if isinstance(value, str):
        raise TypeError(f"{condition.name} takes several texts: write ({value!r},)")


def _tags(_when: Any, _condition: Any, tags: tuple[str, ...]) -> None:
    for tag in tags:
        if not is_language_tag(tag):
            raise ValueError(f"{tag!r} is no language tag; write one as BCP 47 has it, such as ar, ckb or zh-Hant")


@attrs.frozen
class When:
    """Which documents a step is for; every condition that is given must hold."""

    language: tuple[str, ...] = attrs.field(default=(), validator=[_several, _tags])
    """BCP 47 tags; ``ar`` stands for ``ar-IQ`` too (RFC 4647, basic filtering)."""
    source: tuple[str, ...] = attrs.field(default=(), validator=_several)
    """Patterns (``*``, ``?``, ``[…]``) for the document's source."""

    def holds(self, document: Document) -> bool:
        """Whether the document meets the conditions."""
        if self.language and not self._speaks(document.language):
            return False
        return not self.source or any(fnmatchcase(document.source, pattern) for pattern in self.source)

    def _speaks(self, tag: str | None) -> bool:
        if tag is None:
            return False
        tag = tag.lower()
        return any(tag == wanted or tag.startswith(wanted + "-") for wanted in map(str.lower, self.language))
