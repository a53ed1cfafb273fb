"""The settings of ``[run]``: how a pipeline is carried out, not what it does."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import attrs


def _at_least_one(_settings: Any, _setting: Any, value: Any) -> None:
    if value != "auto" and (not isinstance(value, int) or value < 1):
        raise ValueError('workers must be 1 or more, or "auto"')


def _positive(_settings: Any, _setting: Any, value: float | None) -> None:
    if value is not None and value <= 0:
        raise ValueError("timeout must be more than 0 seconds")


def _no_less_than_nothing(_settings: Any, _setting: Any, value: float | None) -> None:
    if value is not None and (value < 0 or (isinstance(value, float) and value > 1)):
        raise ValueError("max_failures must be a whole number, or a share between 0.0 and 1.0")


@attrs.frozen(kw_only=True)
class RunSettings:
    """How a run is carried out."""

    on_error: Literal["quarantine", "stop"] = attrs.field(
        default="quarantine", validator=attrs.validators.in_(("quarantine", "stop"))
    )
    """What happens to the run when a step raises on a document."""
    quarantine: Path = Path("quarantine.jsonl")
    """Where documents that a step failed on are put."""
    max_failures: int | float | None = attrs.field(default=None, validator=_no_less_than_nothing)
    """How many documents may fail before the run stops: a number, or a share of those read such as 0.05."""
    workers: int | Literal["auto"] = attrs.field(default=1, validator=_at_least_one)
    """How many processes enrich; ``auto`` is one for each processor."""
    timeout: float | None = attrs.field(default=None, validator=_positive)
    """Seconds that reading or enriching one document may take (and up to a quarter more)."""
    store: bool = True
    """Whether finished work is kept in ``.copydesk/`` beside the pipeline file, and not done again."""
    fingerprint: Literal["stat", "content"] = attrs.field(
        default="stat", validator=attrs.validators.in_(("stat", "content"))
    )
    """How changed files are told: by size and time, or by reading them."""
