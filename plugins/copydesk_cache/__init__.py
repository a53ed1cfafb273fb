"""Keep what an expensive step finds."""

from copydesk_cache._plugin import Cache as Cache
