"""Which language's pack a story is read with, by the tag it has."""

from __future__ import annotations

import pytest

import copydesk
from copydesk_quotes import Quotes

SORANI = "وەزیر سامان جەلال گوتی کە پردەکە لە ئایار دەکرێتەوە."
KURMANJI = "Wezîr Saman Celal got ku pir wê di gulanê de were vekirin."
ENGLISH = "The minister said that the bridge would open in May."
PERSIAN = "سامان جلال، وزیر راه، گفت که پل در ماه مه باز می‌شود."


def cues(text: str, tag: str) -> list[str]:
    document = copydesk.Document(text).with_annotations(copydesk.Language(0, len(text), tag=tag))
    return [quote.cue.text for quote in Quotes().enrich(document) if quote.cue]


@pytest.mark.parametrize("tag", ["en", "EN", "en-GB", "en-Latn-US"])
def test_a_variety_is_read_with_its_languages_pack(tag: str) -> None:
    assert cues(ENGLISH, tag) == ["said"]


@pytest.mark.parametrize("tag", ["ku", "ku-IQ", "kur"])
def test_the_text_tells_which_kurdish_it_is(tag: str) -> None:
    assert cues(SORANI, tag) == ["گوتی"]
    assert cues(KURMANJI, tag) == ["got"]


@pytest.mark.parametrize("tag", ["fa", "pes", "prs-AF"])
def test_dari_is_read_as_persian(tag: str) -> None:
    assert cues(PERSIAN, tag) == ["گفت"]


@pytest.mark.parametrize("tag", ["../packs/en", "guess/guess", "README", "sux", "-", "en/../de"])
def test_a_tag_of_no_pack_is_read_with_none(tag: str) -> None:
    assert cues(ENGLISH, tag) == []
