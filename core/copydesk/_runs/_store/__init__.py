"""The store: finished units, what the last run wrote, one run at a time."""

from __future__ import annotations

from copydesk._runs._store._manifest import Export as Export
from copydesk._runs._store._manifest import Manifest as Manifest
from copydesk._runs._store._manifest import commit as commit
from copydesk._runs._store._manifest import read_manifest as read_manifest
from copydesk._runs._store._manifest import state_of as state_of
from copydesk._runs._store._manifest import write_synced as write_synced
from copydesk._runs._store._schedule import Planned as Planned
from copydesk._runs._store._schedule import Schedule as Schedule
from copydesk._runs._store._store import Store as Store
from copydesk._runs._store._unit_file import Summary as Summary
from copydesk._runs._store._unit_file import TornError as TornError
from copydesk._runs._store._watch import NoWatch as NoWatch
from copydesk._runs._store._watch import Place as Place
from copydesk._runs._store._watch import Verdict as Verdict
from copydesk._runs._store._watch import Watch as Watch
