"""The ``quotes`` plugin: who said what, in every language that has a pack."""

from __future__ import annotations

from copydesk_quotes._languages._pack import Pack as Pack
from copydesk_quotes._languages._pack import read_pack as read_pack
from copydesk_quotes._plugin import Quotes as Quotes
