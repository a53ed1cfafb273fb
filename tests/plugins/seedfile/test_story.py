"""Headline, standfirst and paragraphs in the layouts that plain-text stories come in."""

from __future__ import annotations

from pathlib import Path

import pytest

from copydesk_seedfile._story import read_story

SEEDS = Path(__file__).parents[3] / "seeds"


def parts(text: str) -> list[tuple[str, str]]:
    """The parts of a text, each as the first letters of its type and its words."""
    return [(part.type[:4], text[part.start : part.end]) for part in read_story(text).parts]


def kinds(text: str) -> str:
    """One letter for each part: headline, standfirst, paragraph, byline."""
    return "".join(part.type[0] for part in read_story(text).parts)


def test_the_seed_story_has_a_headline_one_standfirst_and_twelve_paragraphs() -> None:
    text = (SEEDS / "000_58bfc6433e7137c5.txt").read_bytes().decode()
    assert kinds(text) == "hs" + "p" * 12
    assert parts(text)[0] == ("head", 'تحرك مشترك بين اربيل وبغداد لاقتلاع "ثغرات داعش"')
    assert parts(text)[2][1].startswith("اربيل (كوردستان 24)- قالت")


@pytest.mark.parametrize("path", sorted(SEEDS.glob("00[1-8]_*.txt")), ids=lambda path: path.stem)
def test_every_sample_story_has_a_headline_and_its_dateline_opens_the_body(path: Path) -> None:
    text = path.read_bytes().decode()
    expected = "hppppp" if "_zh_" in path.name else "hsppppp"
    assert kinds(text) == expected
    first = next(words for kind, words in parts(text) if kind == "para")
    assert any(mark in first[:45] for mark in (")", "ایرنا-", "电"))


def test_blocks_above_the_dateline_are_standfirsts() -> None:
    text = (
        "시장 다시 열려\n\n상인 30명 복귀\n9년 만의 개장\n\n"
        "(수원=연합뉴스) 김하늘 기자 = 시장이 다시 열렸다.\n\n손님이 많았다."
    )
    assert parts(text)[1] == ("stan", "상인 30명 복귀\n9년 만의 개장")
    assert kinds(text) == "hspp"


def test_a_sub_headline_right_above_the_dateline_is_a_standfirst() -> None:
    text = "Market reopens\n\nThirty bakers return\nERBIL, Iraq (AP) — Bakers came back on Saturday.\n\nBread sold out."
    assert parts(text)[1:3] == [
        ("stan", "Thirty bakers return"),
        ("para", "ERBIL, Iraq (AP) — Bakers came back on Saturday."),
    ]


def test_long_blocks_above_a_dateline_are_paragraphs() -> None:
    lead = "The council met. It voted at once. It adjourned. "
    assert kinds(f"Council votes\n\n{lead * 3}\n\nBASRA, May 3 - The vote came late.") == "hpp"


def test_without_a_dateline_only_a_block_without_a_full_stop_is_a_standfirst() -> None:
    assert kinds("Rain fills the dam\n\nFarmers relieved after two dry years\n\nIt rained on Monday.") == "hsp"
    assert kinds("Rain fills the dam\n\nFarmers were relieved.\n\nIt rained on Monday.") == "hpp"
    assert kinds("Rain fills the dam\n\nThe mayor said:\n\n“It rained on Monday.”") == "hpp"


def test_a_dateline_on_a_line_of_its_own_is_a_paragraph_of_the_body() -> None:
    text = "افتتاح السوق القديم\n\nبيروت 25 شوال 1436 هـ الموافق 10 أغسطس 2015 م واس\n\nافتتح السوق القديم اليوم."
    assert parts(text)[1] == ("para", "بيروت 25 شوال 1436 هـ الموافق 10 أغسطس 2015 م واس")
    assert kinds(text) == "hpp"


def test_in_files_without_blank_lines_every_line_is_a_block() -> None:
    text = (
        "بازار قدیمی سنندج بازگشایی شد\n"
        "سی نانوا به بازار قدیمی شهر بازگشتند.\n"
        "به گزارش ایسنا، این بازار نه سال بسته بود.\n"
        "مردم از صبح زود صف کشیدند."
    )
    assert kinds(text) == "hspp"


def test_lines_broken_to_a_page_are_one_paragraph() -> None:
    text = (
        "Market reopens\n\n"
        "Thirty bakers reopened a covered market\nbelow the citadel on Saturday, nine years\n"
        "after a leaking roof forced it to close.\n\n"
        "Bread sold out before\nnoon."
    )
    assert kinds(text) == "hpp"


def test_indented_lines_begin_paragraphs() -> None:
    text = "Market reopens\n\n    Thirty bakers came back to the\nmarket on Saturday.\n    Bread sold out before\nnoon."
    assert [words for kind, words in parts(text) if kind == "para"] == [
        "Thirty bakers came back to the\nmarket on Saturday.",
        "Bread sold out before\nnoon.",
    ]


def test_a_headline_may_be_broken_into_two_lines() -> None:
    assert parts("Bakers bring the old market\nback to life\n\nIt reopened.")[0] == (
        "head",
        "Bakers bring the old market\nback to life",
    )


def test_a_second_line_in_the_headlines_block_is_a_standfirst() -> None:
    assert kinds("Market reopens\nThirty bakers came back on Saturday.\n\nBread sold out before noon.") == "hsp"


def test_a_tab_ends_a_headline() -> None:
    assert parts("시장 다시 열려\t(수원=연합뉴스) 시장이 다시 열렸다.")[0] == ("head", "시장 다시 열려")


def test_a_first_block_as_long_as_a_lead_is_a_paragraph() -> None:
    lead = (
        "Ein Verein in Görlitz hat einen ausgemusterten Straßenbahnwagen zur Werkstatt umgebaut, in der jeden "
        "Samstag kaputte Geräte repariert werden."
    )
    assert kinds(f"{lead}\n\nDas Angebot ist kostenlos.") == "pp"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bakers return to Erbil", "h"),
        ("Bakers returned to Erbil on Saturday.", "p"),
        ("烘焙师回到埃尔比勒。", "p"),
        ("word " * 60, "p"),
    ],
)
def test_a_file_of_one_line_is_a_headline_where_it_is_short_and_has_no_full_stop(text: str, expected: str) -> None:
    assert kinds(text) == expected


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x85", "\u2028"])
def test_all_line_ends_are_understood(end: str) -> None:
    text = end.join(["Market reopens", "", "", "ERBIL (K24) – Bakers came back.", "\u00a0\u3000 ", "Bread sold out."])
    assert [words for _, words in parts(text)] == [
        "Market reopens",
        "ERBIL (K24) – Bakers came back.",
        "Bread sold out.",
    ]


def test_a_paragraph_separator_ends_a_block() -> None:
    assert kinds("Market reopens\u2029Bakers came back.\u2029Bread sold out.") == "hpp"


def test_lines_of_invisible_characters_are_blank() -> None:
    assert kinds("Market reopens\n\u200f\u202b\u202c\nBakers came back.\n\ufeff\nBread sold out.") == "hpp"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("خبر " * 2_500_000, "p"),
        ("Market reopens" + "\n" * 1_000_000 + "Bread sold out.", "hp"),
        ("(" * 1_000_000 + "\n\nBread sold out.", "pp"),
        ("Market reopens\n\n" + "A" * 1_000_000 + "\n\n" + "Bread " * 100_000, "hpp"),
    ],
    ids=["one line of 10 MB", "a million blank lines", "a million brackets", "a word of a million letters"],
)
def test_texts_of_any_size_and_shape_are_read(text: str, expected: str) -> None:
    assert kinds(text) == expected
