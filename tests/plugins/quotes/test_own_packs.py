"""Packs that users and other plugins bring."""

from __future__ import annotations

from pathlib import Path

import pytest

import copydesk
from copydesk_quotes import Quotes

PACK = """
language = "fo"
name = "Faroese"
[complementizers]
that = ["at"]
[[cues]]
forms = ["{verb}"]
takes = ["that", "marks"]
"""
STORY = "Majid Ali segði at brúgvin er opin."


def write(folder: Path, verb: str) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / "fo.toml"
    path.write_text(PACK.format(verb=verb), encoding="utf-8")
    return path


def contents(plugin: Quotes) -> list[str]:
    document = copydesk.Document(STORY).with_annotations(copydesk.Language(0, len(STORY), tag="fo"))
    return [quote.text for quote in plugin.enrich(document)]


def test_a_pack_of_your_own_teaches_a_language(tmp_path: Path) -> None:
    assert contents(Quotes()) == []
    assert contents(Quotes(packs=(write(tmp_path, "segði"),))) == ["brúgvin er opin"]


def test_a_folder_of_packs_is_taken_whole(tmp_path: Path) -> None:
    write(tmp_path / "packs", "segði")
    assert contents(Quotes(packs=(tmp_path / "packs",))) == ["brúgvin er opin"]


def test_a_pack_is_for_the_varieties_of_its_language_too(tmp_path: Path) -> None:
    quotes = Quotes(packs=(write(tmp_path, "segði"),))
    for tag in ("fo-DK", "FO", "fo-Latn-FO"):
        document = copydesk.Document(STORY).with_annotations(copydesk.Language(0, len(STORY), tag=tag))
        assert [quote.text for quote in quotes.enrich(document)] == ["brúgvin er opin"]


def test_a_pack_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    path = write(tmp_path, "segði")
    path.write_text(path.read_text(encoding="utf-8"), encoding="utf-8-sig")
    assert contents(Quotes(packs=(path,))) == ["brúgvin er opin"]


def test_a_folder_without_packs_is_told(tmp_path: Path) -> None:
    with pytest.raises(copydesk.UsageError, match="holds no language pack; packs names TOML files, or folders of them"):
        Quotes(packs=(tmp_path,))


def test_a_pack_that_does_not_exist_is_told(tmp_path: Path) -> None:
    with pytest.raises(copydesk.UsageError, match=r"none\.toml: No such file"):
        Quotes(packs=(tmp_path / "none.toml",))


PLUGIN = '''
from pathlib import Path

import copydesk


@copydesk.plugin
class Nordic:
    """Packs for the north."""

    @copydesk.hookimpl
    def quote_packs(self):
        return [Path(__file__).parent / "brought"]
'''


def pipeline_with_brought_pack(folder: Path, option: str) -> Path:
    write(folder / "brought", "segði")
    (folder / "nordic.py").write_text(PLUGIN, encoding="utf-8")
    path = folder / "desk.toml"
    path.write_text(f'[[enrich]]\nplugin = "quotes"\nlanguage = "fo"\n{option}\n[[use]]\nplugin = "nordic.py:Nordic"\n')
    return path


def test_another_plugin_brings_packs(tmp_path: Path) -> None:
    with copydesk.load(pipeline_with_brought_pack(tmp_path, "")) as pipeline:
        assert [quote.text for quote in pipeline.enrich(STORY).all(copydesk.Quote)] == ["brúgvin er opin"]


def test_a_pack_of_the_option_stands_before_one_that_is_brought(tmp_path: Path) -> None:
    write(tmp_path / "mine", "skrev")
    with copydesk.load(pipeline_with_brought_pack(tmp_path, 'packs = ["mine"]')) as pipeline:
        assert not pipeline.enrich(STORY).all(copydesk.Quote)


def test_quotes_less_certain_than_asked_are_left_out(tmp_path: Path) -> None:
    packs = (write(tmp_path, "segði"),)
    assert contents(Quotes(packs=packs, least_confidence=0.99)) == []


def test_a_confidence_above_one_is_refused() -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        Quotes(least_confidence=1.5)
