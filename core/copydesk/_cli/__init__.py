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

from copydesk._cli._main import main as main
