"""What plugins print, kept out of the data on standard output."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper


@contextmanager
def prints_aside() -> Iterator[None]:
    """Have what is printed, by plugins or by programs that they call, go to standard error; bytes go on to output."""
    data = sys.stdout
    data.flush()
    place = data.fileno()
    kept = os.dup(place)
    os.dup2(sys.stderr.fileno(), place)
    with open(kept, "wb") as output:
        sys.stdout = aside = _Aside(output)
        try:
            yield
        finally:
            sys.stdout = data
            os.dup2(kept, place)
            aside.detach()


class _Aside(TextIOWrapper):
    """Standard output for bytes, standard error for text."""

    def write(self, text: str) -> int:
        return sys.stderr.write(text)
