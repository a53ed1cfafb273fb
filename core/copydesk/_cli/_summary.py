"""The report of a run in words."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from copydesk._cli._tally import rate_in_words
from copydesk._runs._report import Report


def summary(report: Report) -> str:
    """What became of the documents, which step took how long, and where everything is."""
    return "\n".join((*_documents(report), *_times(report), *_places(report)))


def _documents(report: Report) -> Iterator[str]:
    rate = report.read / report.seconds if report.seconds else 0.0
    dropped = sum(report.dropped.values())
    yield (
        f"{report.pipeline}: {counted(report.read, 'document')} from {counted(report.sources, 'source')} "
        f"in {report.seconds:.2f} s, {rate_in_words(rate)} a second{', dry run' if report.dry else ''}"
    )
    exported = "enriched" if report.dry else "exported"
    yield (
        f"  {report.read:,} read = {report.exported:,} {exported} + {dropped:,} dropped "
        f"+ {report.quarantined:,} quarantined"
    )
    if report.kept:
        yield f"  {report.kept:,} of them were kept from earlier runs"
    for reason, count in report.dropped.most_common():
        yield f"    dropped: {reason} ({count:,})"


def _times(report: Report) -> Iterator[str]:
    names = [f"{clock.stage} {clock.step}" for clock in report.steps]
    seconds = [clock.seconds for clock in report.steps]
    names.append("engine")
    seconds.append(max(0.0, report.seconds - sum(seconds)))
    width = max(map(len, names))
    for name, spent in zip(names, seconds, strict=True):
        share = spent / report.seconds if report.seconds else 0.0
        yield f"  {name:<{width}}  {spent:>8.2f} s  {share:>4.0%}"


def _places(report: Report) -> Iterator[str]:
    for path in report.outputs:
        yield f"  wrote {_near(path)}"
    for path in report.unchanged:
        yield f"  unchanged: {_near(path)}"
    if report.quarantine is not None:
        yield f"  quarantine: {_near(report.quarantine)} (each document with its error)"


def counted(number: int, noun: str) -> str:
    """``1 document``, ``2,000 documents``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _near(path: Path) -> str:
    """The path from here, where it is not further than from the root."""
    try:
        relative = os.path.relpath(path)
    except ValueError:
        # Another drive, on Windows.
        return str(path)
    return str(path) if relative.startswith(os.pardir) else relative
