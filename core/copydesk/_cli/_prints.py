"""What plugins print, kept out of the data on standard output."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper


@contextmanager
def prints_aside() -> Iterator[None]:
    """Have text that is printed go to standard error; bytes go on to standard output."""
    data = sys.stdout
    sys.stdout = aside = _Aside(data.buffer)
    try:
        yield
    finally:
        sys.stdout = data
        aside.detach()


class _Aside(TextIOWrapper):
    """Standard output for bytes, standard error for text."""

    def write(self, text: str) -> int:
        return sys.stderr.write(text)
