"""The speech acts of each language in its own ways, and sentences that hold none: ``languages/*.toml``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import tomli

import copydesk
from copydesk_quotes import Quotes

FILES = sorted((Path(__file__).parent / "languages").glob("*.toml"))


def cases(table: str) -> list[Any]:
    found = []
    for file in FILES:
        data = tomli.loads(file.read_text("utf-8"))
        for number, case in enumerate(data[table]):
            found.append(pytest.param(data["language"], case, id=f"{file.stem}-{number}"))
    return found


def read(language: str, text: str) -> list[copydesk.Quote]:
    tag = copydesk.Language(0, len(text), tag=language)
    quotes = Quotes().enrich(copydesk.Document(text).with_annotations(tag))
    return sorted(quotes, key=lambda quote: (quote.start, quote.end))


def told(quote: copydesk.Quote) -> dict[str, str]:
    """A quote as the data files write it: what is missing is left out."""
    speaker, cue = quote.speaker, quote.cue
    row = {"kind": quote.kind, "content": quote.text}
    if speaker is not None and speaker.text:
        row["speaker"] = speaker.text
    if speaker is not None and speaker.resolved is not None:
        row["stands_for"] = speaker.resolved.text
    if cue is not None:
        row["cue"] = cue.text
    return row


@pytest.mark.parametrize(("language", "story"), cases("story"))
def test_every_speech_act_is_found_with_its_words_speaker_and_cue(language: str, story: dict[str, Any]) -> None:
    assert [told(quote) for quote in read(language, story["text"])] == story["quotes"]


@pytest.mark.parametrize(("language", "quiet"), cases("quiet"))
def test_nothing_is_found_where_nobody_speaks(language: str, quiet: dict[str, str]) -> None:
    assert [told(quote) for quote in read(language, quiet["text"])] == []
