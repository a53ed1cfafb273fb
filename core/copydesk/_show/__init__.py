"""Documents shown to people, every annotation in its place: on a terminal, and as an HTML page.

Annotations are rendered from their records, so that any type is shown, also one that is not installed.
"""

from __future__ import annotations

from copydesk._show._html import html_page as html_page
from copydesk._show._terminal import print_document as print_document
