"""Datelines of the world's newsrooms: where, when and for whom a story was filed."""

from __future__ import annotations

from copydesk_dateline._gazetteer import FoundPlace as FoundPlace
from copydesk_dateline._gazetteer import Gazetteer as Gazetteer
from copydesk_dateline._gazetteer import PlaceEntry as PlaceEntry
from copydesk_dateline._knowledge import AgencyEntry as AgencyEntry
from copydesk_dateline._plugin import Datelines as Datelines
from copydesk_dateline._profiles import Profile as Profile
from copydesk_dateline._service import Places as Places
