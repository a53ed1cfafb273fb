"""Type checkers know what plugins, annotations and pipelines are, and find mistakes in their use."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

RIGHT = """
    from collections.abc import Iterator
    from pathlib import Path
    from typing import assert_type

    import attrs
    import copydesk


    class ReadingTime(copydesk.Annotation):
        minutes: float
        note: str = ""


    @copydesk.plugin
    class ReadingTimes:
        words_per_minute: int = 200
        path: Path | None = None
        _seen: int = attrs.field(init=False, default=0)

        @copydesk.hookimpl
        def enrich(self, document: copydesk.Document) -> Iterator[ReadingTime]:
            yield ReadingTime(*document.span, minutes=len(document.text) / self.words_per_minute)


    pipeline = copydesk.Pipeline(enrich=[ReadingTimes(words_per_minute=150)])
    document = pipeline.enrich("text")
    assert_type(document, copydesk.Document)
    assert_type(document.first(ReadingTime), ReadingTime | None)
    assert_type(document.all(ReadingTime), tuple[ReadingTime, ...])
    for reading in document.all(ReadingTime):
        assert_type(copydesk.Replace(reading, reading.with_fields(minutes=2.0)).new, copydesk.Annotation | None)
    for streamed in copydesk.load("wire.toml", overrides=["run.on_error=stop"]).stream():
        assert_type(streamed.title, str | None)
    with pipeline as entered:
        assert_type(entered, copydesk.Pipeline)
        assert_type(entered.run(dry=True), copydesk.Report)
"""
WRONG = """
    ReadingTime(0, 1)  # call-arg
    ReadingTime(0, 1, 2.5)  # arg-type
    ReadingTime(0, 1, minutes="long")  # arg-type
    ReadingTimes(200)  # call-arg
    ReadingTimes(words=3)  # call-arg
    ReadingTimes(_seen=3)  # call-arg
    document.text = "other"  # misc
    found = document.first(str)  # type-var
    pipeline.enrich(5)  # arg-type
    copydesk.nothing  # attr-defined
"""


def test_mypy_understands_right_use_and_finds_every_mistake(tmp_path: Path) -> None:
    right, wrong = dedent(RIGHT).lstrip(), dedent(WRONG).lstrip()
    (tmp_path / "use.py").write_text(right + wrong, encoding="utf-8")
    first = right.count("\n") + 1
    expected = {(first + number, line.rpartition("# ")[2]) for number, line in enumerate(wrong.splitlines())}
    ran = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", str(tmp_path / "use.py")],
        capture_output=True,
        text=True,
        check=False,
    )
    found = re.findall(r"use\.py:(\d+): error: .*\[([a-z-]+)\]", ran.stdout)
    assert {int(line) for line, _ in found} == {line for line, _ in expected}, ran.stdout
    assert expected <= {(int(line), code) for line, code in found}, ran.stdout
