"""Plain-text stories: files in, documents with headline, standfirst, paragraphs and language out."""

from __future__ import annotations

from copydesk_seedfile._plugin import SeedFile as SeedFile
from copydesk_seedfile._plugin import SeedFiles as SeedFiles
