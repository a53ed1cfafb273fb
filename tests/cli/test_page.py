"""``copydesk show --html``: one page that stands alone and marks everything in its place."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import copydesk
from copydesk._show import html_page

SEEDS = Path(__file__).parents[2] / "seeds"
VOID = {"meta", "br"}


class Topic(copydesk.Annotation, type="page topic"):
    """Of a third party."""

    score: float
    tags: tuple[str, ...] = ()


@attrs.define
class Page(HTMLParser):
    """What a browser would make of a page."""

    elements: list[tuple[str, dict[str, str | None]]] = attrs.field(factory=list)
    open: list[str] = attrs.field(factory=list)
    story: str = ""

    def __attrs_pre_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attributes)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "article" in self.open:
            self.story += data


def page_of(*documents: copydesk.Document) -> tuple[str, Page]:
    text = "".join(html_page(documents))
    page = Page()
    page.feed(text)
    page.close()
    assert page.open == []
    return text, page


def test_the_page_stands_alone(cli: Any, desk: Path) -> None:
    done = cli("show", SEEDS / "001_en_erbil_bread_market.txt", "--html", "page.html")
    text = (desk / "page.html").read_text("utf-8")
    assert done.stdout == ""
    assert "wrote page.html" in done.stderr
    assert not re.search(r"<script|<link|<img|src=|url\(|@import", text)
    assert all(target.startswith("#") for target in re.findall(r'href="([^"]*)"', text))


def test_the_page_can_go_to_standard_output(cli: Any) -> None:
    done = cli("show", "notes/a.note", "--pipeline", "desk.toml", "--html", "-")
    assert done.stdout.startswith("<!doctype html>")
    assert done.stdout.endswith("</html>\n")


def test_a_page_that_cannot_be_written_is_an_error(cli: Any) -> None:
    done = cli("show", "notes/a.note", "--pipeline", "desk.toml", "--html", "desk.py/page.html")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_blocks_have_their_own_direction_and_language() -> None:
    text = "خبر من اربيل\n\nAn English paragraph, in full.\n\nKurdistan 24: ئەمە دەقێکی کوردییە بۆ تاقیکردنەوە\n\n42"
    english = text.index("An English")
    document = copydesk.Document(text).with_annotations(
        copydesk.Language(0, len(text), tag="ckb"),
        copydesk.Language(english, english + 30, tag="en"),
        copydesk.Headline(0, 12),
    )
    _, page = page_of(document)
    article = next(attributes for tag, attributes in page.elements if tag == "article")
    assert (article["dir"], article["lang"]) == ("rtl", "ckb")
    blocks = [(tag, item["dir"], item.get("lang")) for tag, item in page.elements if "b-" in (item.get("class") or "")]
    assert blocks == [("h2", "rtl", None), ("p", "ltr", "en"), ("p", "rtl", None), ("p", "rtl", None)]


def test_overlapping_annotations_are_split_where_they_begin_and_end() -> None:
    document = copydesk.Document("abcdefghij").with_annotations(Topic(0, 6, score=1.0), Topic(4, 9, score=2.0))
    text, _ = page_of(document)
    spans = re.findall(r'<span id="d1-p(\d+)" class="([^"]*)"[^>]*>(\w+)</span>', text)
    assert [(start, re.findall(r"a\d", classes), inside) for start, classes, inside in spans] == [
        ("0", ["a0"], "abcd"),
        ("4", ["a0", "a1"], "ef"),
        ("6", ["a1"], "ghi"),
    ]


def test_an_annotation_over_several_blocks_is_marked_in_each() -> None:
    document = copydesk.Document("one two\n\nthree four").with_annotations(Topic(4, 14, score=1.0))
    text, _ = page_of(document)
    assert re.findall(r'class="o\d a0"[^>]*>(\w+)<', text) == ["two", "three"]


def test_types_that_are_not_installed_are_shown_with_their_fields() -> None:
    record = {
        "schema": 1,
        "text": "one two",
        "annotations": [{"type": "sentiment", "start": 4, "end": 7, "mood": "bright", "why": {"rule": 7}}],
    }
    text, _ = page_of(copydesk.from_json(record))
    assert "sentiment" in text
    assert '<dt>mood</dt><dd dir="ltr">bright</dd>' in text
    assert '<dt>why</dt><dd dir="ltr">rule 7</dd>' in text


def test_a_speaker_is_shown_with_whom_it_stands_for_and_a_place_with_its_coordinates() -> None:
    document = copydesk.Document("DUHOK — Majid left. He said it rains.").with_annotations(
        copydesk.Dateline(
            0,
            7,
            text="DUHOK —",
            places=(copydesk.Place(0, 5, "DUHOK", name="Duhok", country="IQ", latitude=36.87, longitude=42.99),),
            body_start=8,
        ),
        copydesk.Quote(
            28,
            36,
            kind="indirect",
            spans=((28, 36),),
            text="it rains",
            speaker=copydesk.Speaker(20, 22, "He", resolved=copydesk.Mention(8, 13, "Majid")),
            cue=copydesk.Mention(23, 27, "said"),
        ),
    )
    text, _ = page_of(document)
    assert '<dd dir="ltr">He → Majid</dd>' in text
    (place,) = re.findall(r">DUHOK → Duhok \((.*)\)</dd>", text)
    assert {"country IQ", "latitude 36.87", "longitude 42.99"} <= set(place.split(", "))
    assert re.search(r'class="m-quote m-quote-spans a\d"[^>]*>it rains<', text)
    assert re.search(r'class="m-quote-speaker a\d"[^>]*>He<', text)
    assert re.search(r'class="m-quote-cue a\d"[^>]*>said<', text)


def test_cards_lead_to_their_place(cli: Any) -> None:
    done = cli("show", SEEDS / "001_en_erbil_bread_market.txt", "--html", "-")
    places = set(re.findall(r' id="(d1-p\d+)"', done.stdout))
    targets = set(re.findall(r'href="#(d1-p\d+)"', done.stdout))
    assert targets
    assert targets <= places


def test_several_documents_have_a_section_each() -> None:
    _, page = page_of(copydesk.Document("one"), copydesk.Document("two"))
    assert [item["id"] for tag, item in page.elements if tag == "section"] == ["d1", "d2"]


@pytest.mark.parametrize("text", ["", " \n ", "\n\nlate\n"])
def test_odd_texts_make_a_page(text: str) -> None:
    _, page = page_of(copydesk.Document(text))
    assert page.story.strip() == text.strip()


def without_space(text: str) -> str:
    return "".join(text.split())


@given(
    st.text(st.characters(exclude_categories=["Cc", "Cs"]) | st.sampled_from("\n<&\"'>אب"), max_size=60),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=6),
)
def test_whatever_the_annotations_the_page_holds_the_text_once(text: str, spans: list[tuple[int, int]]) -> None:
    found = [Topic(*sorted((min(a, len(text)), min(b, len(text)))), score=0.5, tags=(text,)) for a, b in spans]
    _, page = page_of(copydesk.Document(text).with_annotations(*found))
    assert without_space(unescape(page.story)) == without_space(text)


def test_what_a_plugin_prints_does_not_stand_on_the_page(cli: Any) -> None:
    printing = ["--pipeline", "desk.toml", "--set", "enrich.Shouts.say=printed"]
    done = cli("show", "notes/a.note", *printing, "--html", "-")
    assert done.stdout.startswith("<!doctype html>")
    assert "printed" not in done.stdout
    assert done.stderr == "printed\n"


def test_the_page_takes_no_place_of_the_story(cli: Any, desk: Path) -> None:
    done = cli("show", "notes/a.note", "--pipeline", "desk.toml", "--html", "notes/../notes/a.note")
    assert done.returncode == 2
    assert done.stderr.endswith("a.note, which is the file that is shown; give another path\n")
    assert (desk / "notes/a.note").read_text("utf-8") == "STOP the press"
