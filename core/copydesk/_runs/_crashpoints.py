"""Points where a test can make the process die, as in a power cut: one before or after each step of I/O."""

from __future__ import annotations

import os
from itertools import count
from multiprocessing import parent_process

_AT = int(os.environ.get("COPYDESK_CRASH_AT", "0"))
_passed = count(1)


def crashpoint(name: str) -> None:
    """End the process at once where the environment variable ``COPYDESK_CRASH_AT`` is the number of this passage."""
    if _AT and parent_process() is None and next(_passed) == _AT:
        os.write(2, f"crashed at {name}\n".encode())
        os._exit(137)
