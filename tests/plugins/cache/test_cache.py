"""The cache: a step is asked once about a text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import copydesk
from copydesk import Document, Headline, Pipeline, Replace
from copydesk_cache import Cache


@copydesk.plugin
class Expensive:
    """Finds the first word, and counts how often it is asked."""

    length: int = 4

    def __attrs_post_init__(self) -> None:
        self.asked: list[str] = []

    @copydesk.hookimpl
    def enrich(self, document: Document) -> Iterator[Headline]:
        self.asked.append(document.text)
        yield Headline(0, self.length)


@copydesk.plugin
class Correcting:
    """Replaces what it finds."""

    def __attrs_post_init__(self) -> None:
        self.asked = 0

    @copydesk.hookimpl
    def enrich(self, document: Document) -> Replace:
        self.asked += 1
        (headline,) = document.all(Headline)
        return Replace(headline, Headline(0, 1))


def pipeline(folder: Path, *enrich: object, steps: tuple[str, ...] = ("Expensive",)) -> Pipeline:
    return Pipeline(enrich=enrich, use=[Cache(steps=steps)], folder=folder)


def test_a_step_is_asked_once_about_a_text_whatever_it_is_called(tmp_path: Path) -> None:
    step = Expensive()
    with pipeline(tmp_path, step) as desk:
        first = desk.enrich(Document("Rain fell over Akre.", id="one"))
    with pipeline(tmp_path, step) as desk:
        second = desk.enrich(Document("Rain fell over Akre.", id="two"))
    assert first.annotations == second.annotations == (Headline(0, 4, by="Expensive"),)
    assert step.asked == ["Rain fell over Akre."]


def test_other_metadata_or_annotations_are_another_question(tmp_path: Path) -> None:
    step = Expensive()
    with pipeline(tmp_path, step) as desk:
        desk.enrich(Document("Rain fell."))
        desk.enrich(Document("Rain fell.", metadata={"desk": "weather"}))
        desk.enrich(Document("Rain fell.", annotations=[Headline(0, 1)]))
    assert len(step.asked) == 3


def test_other_options_are_another_step(tmp_path: Path) -> None:
    for length in (4, 9):
        with pipeline(tmp_path, Expensive(length=length)) as desk:
            assert desk.enrich("Rain fell.").annotations == (Headline(0, length, by="Expensive"),)


def test_what_replaces_is_not_kept(tmp_path: Path) -> None:
    step = Correcting()
    with pipeline(tmp_path, step, steps=("Correcting",)) as desk:
        for _ in range(2):
            found = desk.enrich(Document("Rain fell.", annotations=[Headline(0, 4)]))
            assert found.annotations == (Headline(0, 1, by="Correcting"),)
    assert step.asked == 2


def test_steps_that_are_not_named_are_asked_each_time(tmp_path: Path) -> None:
    step = Expensive()
    with pipeline(tmp_path, step, steps=("Other",)) as desk:
        desk.enrich("Rain fell.")
        desk.enrich("Rain fell.")
    assert len(step.asked) == 2


def test_a_file_that_is_no_cache_is_told(tmp_path: Path) -> None:
    (tmp_path / ".copydesk").mkdir()
    (tmp_path / ".copydesk/cache.sqlite").write_text("something else, long enough to be read as a header " * 20)
    with pytest.raises(copydesk.UsageError, match="delete it, or name another"):
        pipeline(tmp_path, Expensive()).enrich("Rain fell.")


def test_the_caches_own_file_changes_no_fingerprint(tmp_path: Path) -> None:
    step = copydesk.Step(Cache(steps=("Expensive",), path=tmp_path / "cache.sqlite"), stage="use")
    before = step.fingerprint(tmp_path)
    (tmp_path / "cache.sqlite").write_text("grown")
    assert step.fingerprint(tmp_path) == before
