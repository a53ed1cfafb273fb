"""The command line: ``main`` is what the script ``copydesk`` calls.

Modules that hold a command import nothing but click at their top, so that ``--help`` and completion start fast.
"""

from __future__ import annotations

from copydesk._cli._main import main as main
