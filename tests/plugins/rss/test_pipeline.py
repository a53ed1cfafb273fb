"""The feed as a pipeline file asks for it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.plugins.rss.desk import SEEDS
from tests.plugins.rss.rules import violations

import copydesk

PIPELINE = """
[[ingest]]
plugin = "seed-file"
paths = ["stories"]

[[export]]
plugin = "rss"
path = "{path}"
title = "The wire"
link = "{link}"
self_url = "https://example.org/wire/feed.xml"
"""


def wire(folder: Path, path: str = "feed.xml", link: str = "https://example.org/wire") -> Path:
    """A folder with the seed stories and a pipeline file that makes a feed of them."""
    (folder / "stories").mkdir(parents=True)
    for seed in SEEDS:
        (folder / "stories" / seed.name).write_bytes(seed.read_bytes())
    pipeline = folder / f"{folder.name}.toml"
    pipeline.write_text(PIPELINE.format(path=path, link=link))
    return pipeline


def test_a_pipeline_makes_a_feed_that_breaks_no_rule(tmp_path: Path) -> None:
    copydesk.load(wire(tmp_path / "wire", path="out/feed.xml")).run()
    assert violations((tmp_path / "wire/out/feed.xml").read_bytes()) == []


def test_neither_the_pipeline_nor_the_place_of_the_file_shows_in_the_feed(tmp_path: Path) -> None:
    copydesk.load(wire(tmp_path / "one", path="feed.xml")).run()
    copydesk.load(wire(tmp_path / "deep" / "two", path="out/news.rss")).run()
    assert (tmp_path / "one/feed.xml").read_bytes() == (tmp_path / "deep/two/out/news.rss").read_bytes()


def test_a_mistake_in_an_option_is_shown_in_the_pipeline_file(tmp_path: Path) -> None:
    with pytest.raises(copydesk.UsageError) as failure:
        copydesk.load(wire(tmp_path / "wire", link="example.org/wire"))
    assert "link must be a whole web address such as https://example.org/news" in str(failure.value)
    assert "wire.toml:10:" in str(failure.value)
