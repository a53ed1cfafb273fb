"""Progress in words, for logs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from copydesk._cli._lines import Lines
from copydesk._cli._tally import Tally, time_in_words
from copydesk._runs._run import Run
from copydesk._runs._units import UnitResult


def test_a_line_of_progress_tells_how_far_how_fast_and_how_long(capsys: pytest.CaptureFixture[str]) -> None:
    lines = Lines()
    lines.run_started(Run("wire", Path(), sources=4000))
    lines._tally.began -= 10
    lines.unit_done(UnitResult(sources=1000, read=1200))
    (told,) = capsys.readouterr().err.splitlines()
    assert re.fullmatch(r"1,000 of 4,000 sources, 1,200 documents, \d+ a second, 0 failed, 3\d s left", told)
    lines.unit_done(UnitResult(sources=1000, read=1200))
    assert capsys.readouterr().err == ""


def test_the_time_left_is_told_only_where_the_number_of_sources_is_known() -> None:
    tally = Tally(None)
    tally.add(UnitResult(sources=1, read=1))
    assert tally.seconds_left is None
    assert Tally(10).seconds_left is None


@pytest.mark.parametrize(
    ("seconds", "words"), [(0.2, "0 s"), (59.4, "59 s"), (59.6, "1 min 0 s"), (200, "3 min 20 s"), (7500, "2 h 5 min")]
)
def test_time_is_told_in_its_two_largest_units(seconds: float, words: str) -> None:
    assert time_in_words(seconds) == words
