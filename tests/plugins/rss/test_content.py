"""The story as HTML: the whole text to the letter, each quote with its speaker, and tags that always nest."""

from __future__ import annotations

import re
from html import unescape
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.plugins.rss.desk import SEEDS, bare, dateline, feed_of, quote, seed_story, story
from tests.plugins.rss.html_rules import html_violations
from tests.plugins.rss.rules import CONTENT

import copydesk


def content(document: copydesk.Document) -> str:
    """The item's HTML, empty where there is none."""
    found = ET.fromstring(feed_of(document)).find(f"channel/item/{CONTENT}encoded")
    return (found.text or "") if found is not None else ""


def paragraphs(document: copydesk.Document) -> list[str]:
    """The lines of HTML inside the div."""
    return content(document).splitlines()[1:-1]


def visible(html: str) -> str:
    """The text a reader sees, line breaks and all."""
    return unescape(re.sub("<[^>]*>", "", html))


def test_headline_is_not_repeated_and_standfirst_and_paragraphs_follow() -> None:
    document = story("Title\nStandfirst.\nOne.\n\nTwo.", language="fr", standfirst=True)
    assert content(document) == (
        '<div dir="ltr" lang="fr">\n<p class="standfirst">Standfirst.</p>\n<p>One.</p>\n<p>Two.</p>\n</div>'
    )


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name[:6])
def test_no_letter_of_a_seed_story_is_lost(path: Any) -> None:
    document = seed_story(path, 0)
    blocks = [*document.all(copydesk.Standfirst), *document.all(copydesk.Paragraph)]
    text = "".join(document.text_of(block) for block in blocks)
    assert visible(content(document)).replace("\n", "") == text


@pytest.mark.parametrize(
    ("tag", "direction"),
    [("ar", "rtl"), ("ckb", "rtl"), ("fa-IR", "rtl"), ("he", "rtl"), ("kmr", "ltr"), ("az-Arab", "rtl"), ("tr", "ltr")],
)
def test_direction_follows_the_language_and_its_script(tag: str, direction: str) -> None:
    assert content(story("Title\nText.", language=tag)).startswith(f'<div dir="{direction}" lang="{tag}">')


@pytest.mark.parametrize(("text", "direction"), [("Sernav\nNivîs.", "ltr"), ("سەردێڕ\nدەق.", "rtl")])
def test_where_a_language_is_written_both_ways_the_letters_decide(text: str, direction: str) -> None:
    assert content(story(text, language="kmr")).startswith(f'<div dir="{direction}" lang="kmr">')
    assert content(story(text)).startswith(f'<div dir="{direction}">')


def test_a_document_without_annotations_is_cut_at_blank_lines() -> None:
    assert paragraphs(bare("One\nmore.\r\n \r\nTwo.\n\n\nThree.\u2029Four.")) == [
        "<p>One",
        "more.</p>",
        "<p>Two.</p>",
        "<p>Three.</p>",
        "<p>Four.</p>",
    ]


def test_a_title_from_the_source_that_opens_the_text_is_not_repeated() -> None:
    document = bare("The  bridge\n\nIt is open.", metadata={"title": "The bridge"})
    assert paragraphs(document) == ["<p>It is open.</p>"]


def test_text_that_no_annotation_claims_is_kept() -> None:
    text = "Title\n\nBefore.\n\nParagraph.\n\nAfter one.\n\nAfter two."
    document = bare(text).with_annotations(copydesk.Headline(0, 5), copydesk.Paragraph(16, 26))
    assert [visible(line) for line in paragraphs(document)] == ["Before.", "Paragraph.", "After one.", "After two."]


def test_blocks_that_overlap_show_their_text_once() -> None:
    text = "Title and more and more."
    document = bare(text).with_annotations(
        copydesk.Headline(0, 5), copydesk.Paragraph(0, 24), copydesk.Paragraph(3, 15), copydesk.Byline(9, 9)
    )
    assert visible(content(document)).strip() == "and more and more."


def test_the_dateline_is_marked() -> None:
    text = "Title\nDUHOK (Wire) - The bridge is open."
    document = story(text).with_annotations(dateline(text, "DUHOK (Wire) -"))
    assert paragraphs(document) == ['<p><b class="dateline">DUHOK (Wire) -</b> The bridge is open.</p>']


def test_a_direct_quote_that_ends_its_paragraph_is_a_block_quote_with_its_speaker() -> None:
    text = 'Title\nOn Monday Nalin said: "It is open."'
    document = story(text).with_annotations(quote(text, '"It is open."', speaker='Nalin "N" <Omer>'))
    assert paragraphs(document) == [
        "<p>On Monday Nalin said: </p>",
        '<blockquote title="Nalin &quot;N&quot; &lt;Omer&gt;"><p>"It is open."</p></blockquote>',
    ]


def test_an_opening_mark_outside_the_quote_goes_with_it() -> None:
    text = "Title\nNalin said: «It is open.»"
    document = story(text).with_annotations(quote(text, "It is open."))
    assert paragraphs(document) == ["<p>Nalin said: </p>", "<blockquote><p>«It is open.»</p></blockquote>"]


def test_a_paragraph_that_is_a_quote_is_a_block_quote() -> None:
    text = 'Title\n"It is open."\nNext.'
    document = story(text).with_annotations(quote(text, '"It is open."', speaker="Nalin"))
    assert paragraphs(document)[0] == '<blockquote title="Nalin"><p>"It is open."</p></blockquote>'


def test_a_dateline_stays_with_the_quote_it_stands_before() -> None:
    text = 'Title\nDUHOK - "It is open."'
    document = story(text).with_annotations(dateline(text, "DUHOK -"), quote(text, '"It is open."'))
    assert paragraphs(document) == ['<p><b class="dateline">DUHOK -</b> <span class="quote">"It is open."</span></p>']


def test_the_speaker_is_named_by_the_fullest_mention() -> None:
    text = 'Title\nShe said "yes" to us.'
    speaker = copydesk.Speaker(6, 9, "She", resolved=copydesk.Mention(0, 5, "Nalin Omer"))
    found = copydesk.Quote(15, 20, kind="mixed", spans=((15, 20),), text='"yes"', speaker=speaker)
    assert paragraphs(story(text).with_annotations(found)) == [
        '<p>She said <span class="quote" title="Nalin Omer">"yes"</span> to us.</p>'
    ]


def test_printed_marks_are_not_shown_twice() -> None:
    text = 'Title\n"It is," Nalin said, "open."'
    document = story(text).with_annotations(quote(text, '"It is,"', '"open."', speaker="Nalin"))
    mark = '<span class="quote" title="Nalin">'
    assert paragraphs(document) == [f'<p>{mark}"It is,"</span> Nalin said, {mark}"open."</span></p>']


def test_a_direct_quote_printed_without_marks_gets_those_of_the_browser() -> None:
    text = "Title\nIt is open, Nalin said."
    document = story(text).with_annotations(quote(text, "It is open", speaker="Nalin"))
    assert paragraphs(document) == ['<p><q title="Nalin">It is open</q>, Nalin said.</p>']


def test_words_reported_indirectly_get_no_marks() -> None:
    text = "Title\nNalin said the bridge was open."
    document = story(text).with_annotations(quote(text, "the bridge was open", kind="indirect"))
    assert paragraphs(document) == ['<p>Nalin said <span class="quote">the bridge was open</span>.</p>']


def test_a_quote_inside_a_quote_is_nested() -> None:
    text = 'Title\nShe said he said "no" twice.'
    document = story(text).with_annotations(
        quote(text, 'he said "no" twice', kind="indirect", speaker="She"), quote(text, '"no"', speaker="He")
    )
    inner = '<span class="quote" title="He">"no"</span>'
    assert paragraphs(document) == [f'<p>She said <span class="quote" title="She">he said {inner} twice</span>.</p>']


def test_of_two_quotes_that_cross_the_later_ends_with_the_earlier() -> None:
    text = "Title\nOne two three four."
    document = story(text).with_annotations(
        quote(text, "One two three", kind="indirect", speaker="A"),
        quote(text, "three four", kind="indirect", speaker="B"),
    )
    inner = '<span class="quote" title="B">three</span>'
    assert paragraphs(document) == [f'<p><span class="quote" title="A">One two {inner}</span> four.</p>']


def test_a_quote_over_several_paragraphs_is_marked_in_each() -> None:
    text = 'Title\nNalin said: "One.\nTwo.\nThree," and left.'
    document = story(text).with_annotations(quote(text, '"One.\nTwo.\nThree,"', speaker="Nalin"))
    assert paragraphs(document) == [
        "<p>Nalin said: </p>",
        '<blockquote title="Nalin"><p>"One.</p></blockquote>',
        '<blockquote title="Nalin"><p>Two.</p></blockquote>',
        '<p><span class="quote" title="Nalin">Three,"</span> and left.</p>',
    ]


def test_markup_in_the_text_is_shown_as_text() -> None:
    assert paragraphs(bare("<b>5 > 3</b> & ]]> &amp;")) == ["<p>&lt;b&gt;5 &gt; 3&lt;/b&gt; &amp; ]]&gt; &amp;amp;</p>"]


def test_what_a_paragraph_turns_around_is_turned_back_at_its_end() -> None:
    document = bare("a \u202eb \u2067c.\n\nd \u2069 e.")
    assert paragraphs(document) == ["<p>a \u202eb \u2067c.\u2069\u202c</p>", "<p>d \u2069 e.</p>"]


CROSSING = 'One "two" three.\n\n«Four» five: "six."\nSeven & <eight>.'
spans = st.tuples(st.integers(0, len(CROSSING)), st.integers(0, len(CROSSING))).map(sorted)


@st.composite
def any_annotations(draw: st.DrawFn) -> list[copydesk.Annotation]:
    """Annotations of every kind on any spans."""
    found: list[copydesk.Annotation] = []
    for start, end in draw(st.lists(spans, max_size=12)):
        kind = draw(st.sampled_from(["headline", "standfirst", "paragraph", "byline", "dateline", "quote"]))
        if kind == "dateline":
            found.append(copydesk.Dateline(start, end, text="", body_start=end))
        elif kind == "quote":
            pieces = tuple((a, b) for a, b in draw(st.lists(spans, min_size=1, max_size=3)))
            manner: Any = draw(st.sampled_from(["direct", "indirect", "mixed"]))
            found.append(copydesk.Quote(start, end, kind=manner, spans=pieces, text=""))
        else:
            kinds = (copydesk.Headline, copydesk.Standfirst, copydesk.Paragraph, copydesk.Byline)
            found.append({cls.type: cls for cls in kinds}[kind](start, end))
    return found


@given(any_annotations())
@settings(max_examples=800, deadline=None)
def test_whatever_the_annotations_tags_nest_and_no_text_is_lost(found: list[copydesk.Annotation]) -> None:
    document = bare(CROSSING).with_annotations(*found)
    html = content(document)
    assert list(html_violations(html)) == []
    if document.first(copydesk.Headline) is None:
        assert visible(html).split() == CROSSING.split() or "".join(visible(html).split()) == "".join(CROSSING.split())
