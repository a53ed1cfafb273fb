"""The export plugin ``rss``: the newest stories as an RSS 2.0 feed."""

from __future__ import annotations

from copydesk_rss._plugin import Rss as Rss
