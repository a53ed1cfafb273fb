"""Paragraphs of a text that no earlier step has parted."""

from __future__ import annotations

import pytest

import copydesk
from copydesk_quotes import Quotes


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028"])
def test_a_line_end_ends_no_paragraph_and_a_blank_line_does(end: str) -> None:
    text = f"“We doubt that the road{end}opens in spring,” said Azad Omer.{end}{end}Nobody answered him."
    (quote,) = Quotes(language="en").enrich(copydesk.Document(text))
    assert quote.text == f"“We doubt that the road{end}opens in spring,”"
