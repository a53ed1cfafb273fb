"""What holds for every text, however odd."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk_seedfile._blocks import is_blank, paragraphs, read_blocks
from copydesk_seedfile._decoding import decode
from copydesk_seedfile._language import guess_language
from copydesk_seedfile._story import read_story

PIECES = [
    *(
        "\n",
        "\r\n",
        "\r",
        "\x85",
        "\u2028",
        "\u2029",
        "\n\n",
        " ",
        "\t",
        "\u00a0",
        "\u3000",
        "\u200f",
        "\ufeff",
        "\u202b",
    ),
    *(". ", "。", "؟", ":", "“", "”", "—", "- ", "(", ")", "【", "=", "/", "\x00", "\ud800", "\U0001f642"),
    *("By Lana Aziz", "Published: 2024-03-05", "作者：陈一凡", "url: https://example.org/", "ERBIL, Iraq (AP) — "),
    *("bread", "Bread", "خبز", "نان", "面包", "빵", "word " * 30),
]
texts = st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=40).map("".join))


@settings(deadline=None)
@given(texts)
def test_blocks_hold_every_line_that_is_not_blank(text: str) -> None:
    lines = [line for block in read_blocks(text) for line in block]
    covered = {offset for line in lines for offset in range(line.start, line.end)}
    assert all(is_blank(char) for offset, char in enumerate(text) if offset not in covered)
    assert all(one.end <= other.start for one, other in pairwise(lines))
    assert all(text[line.start : line.end] == text[line.start : line.end].strip() != "" for line in lines)


@settings(deadline=None)
@given(texts)
def test_paragraphs_hold_their_blocks_and_follow_one_another(text: str) -> None:
    for block in read_blocks(text):
        spans = paragraphs(text, block)
        assert (spans[0].start, spans[-1].end) == (block[0].start, block[-1].end)
        assert all(is_blank(text[one.end : other.start]) for one, other in pairwise(spans))


@settings(deadline=None)
@given(texts)
def test_parts_lie_in_the_text_in_order_and_do_not_overlap(text: str) -> None:
    parts = read_story(text).parts
    assert all(0 <= part.start < part.end <= len(text) for part in parts)
    assert all(one.end <= other.start for one, other in pairwise(parts))
    assert all(text[part.start : part.end].strip() for part in parts)


@settings(deadline=None)
@given(texts)
def test_what_no_part_holds_was_read_as_a_meta_line(text: str) -> None:
    story = read_story(text)
    covered = {offset for part in story.parts for offset in range(part.start, part.end)}
    left = "".join(char for offset, char in enumerate(text) if offset not in covered)
    assert is_blank(left) or story.meta.metadata or story.meta.published


@settings(deadline=None)
@given(texts)
def test_a_guess_is_a_tag_and_a_share(text: str) -> None:
    guess = guess_language(text)
    assert guess is None or (guess.tag and 0 < guess.confidence < 1)


@settings(deadline=None)
@given(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]),
)
def test_decoding_gives_back_every_character_but_the_byte_order_mark(text: str, encoding: str) -> None:
    unmarked = text.lstrip("\ufeff")
    assert decode(unmarked.encode(encoding), "utf-8", "story.txt") == unmarked
