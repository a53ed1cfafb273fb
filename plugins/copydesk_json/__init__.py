"""The plugin ``json``: documents from JSON files, and to JSON files."""

from __future__ import annotations

from copydesk_json._reader import JsonReader as JsonReader
from copydesk_json._writer import JsonWriter as JsonWriter
