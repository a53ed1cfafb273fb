"""The command line: ``main`` is what the script ``copydesk`` calls.

A command stands in the module of its name, which imports nothing but click at its top, so that ``--help`` and
completion start fast. What it does stands elsewhere:

run, retry   ``_running``, watched by ``_bar``, ``_lines`` or ``_events``; these count by ``_tally``
check        ``_checking``
status       ``_standing``
show         ``_showing``, which chooses what reads a file in ``_readers``
plugins      ``_listing`` for all, ``_manual`` for one, with lines to paste from ``_snippet``

How the process ends, and with which exit code, is in ``_exits``.
"""

from __future__ import annotations

import sys
from typing import NoReturn

_INTERRUPTED = 130
"""As in ``_exits``, whose import may be what was interrupted."""


def main() -> NoReturn:
    """Carry out the command line and end the process with its exit code."""
    try:
        from copydesk._cli._exits import guarded, tell_of_threads
        from copydesk._cli._main import copydesk
    except KeyboardInterrupt:
        sys.exit(_INTERRUPTED)
    code = guarded(copydesk)
    tell_of_threads()
    sys.exit(code)
