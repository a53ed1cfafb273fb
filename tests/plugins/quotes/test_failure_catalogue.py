"""What quote detectors commonly get wrong, case by case: ``catalogue.toml``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import tomli

import copydesk
from copydesk_quotes import Quotes

CASES = tomli.loads((Path(__file__).parent / "catalogue.toml").read_text("utf-8"))["case"]


def told(quote: copydesk.Quote, asked: dict[str, str]) -> dict[str, str]:
    """What the plugin says of the things that the case asks for."""
    speaker = quote.speaker
    resolved = speaker.resolved if speaker else None
    row = {"content": quote.text, "speaker": speaker.text if speaker else ""}
    row["stands_for"] = resolved.text if resolved else ""
    return {key: value for key, value in row.items() if key in asked}


@pytest.mark.parametrize("case", [pytest.param(case, id=f"{case['language']}: {case['name']}") for case in CASES])
def test_the_catalogue_of_failures_holds_none(case: dict[str, Any]) -> None:
    text = case["text"]
    tag = copydesk.Language(0, len(text), tag=case["language"])
    found = Quotes().enrich(copydesk.Document(text).with_annotations(tag))
    quotes = sorted(found, key=lambda quote: (quote.start, -quote.end))
    assert [quote.text for quote in quotes] == [row["content"] for row in case["quotes"]]
    assert [told(quote, row) for quote, row in zip(quotes, case["quotes"], strict=True)] == case["quotes"]
