"""Language tags, as BCP 47 has them."""

from __future__ import annotations

import re

_TAG = re.compile(r"[a-z]{2,3}(-[a-z0-9]{1,8})*|[ix](-[a-z0-9]{1,8})+", re.IGNORECASE | re.ASCII)


def is_language_tag(tag: str) -> bool:
    """Whether this has the form of a BCP 47 tag, such as ``ar`` or ``zh-Hant``; a language's name has not."""
    return _TAG.fullmatch(tag) is not None
