"""Speakers whom no sentence names: labels of an interview, signatures of posts, «And from Ali:»."""

from __future__ import annotations

import pytest

import copydesk
from copydesk_quotes import Quotes


def read(language: str, text: str) -> list[tuple[str, str]]:
    """Content and speaker of each quote."""
    tag = copydesk.Language(0, len(text), tag=language)
    quotes = Quotes().enrich(copydesk.Document(text).with_annotations(tag))
    return [(quote.text, quote.speaker.text if quote.speaker else "") for quote in quotes]


@pytest.mark.parametrize(
    ("language", "asker", "question", "name", "answer"),
    [
        ("en", "The Gazette", "What is the secret", "Karim", "Patience, and a cold cellar"),
        ("ar", "الجريدة", "ما السر", "كريم", "الصبر وقبو بارد"),
        ("zh", "记者", "秘诀是什么", "李娜", "耐心和凉爽的地窖"),
        ("hi", "संवाददाता", "राज़ क्या है", "करीम", "सब्र और ठंडा तहखाना"),
    ],
)
def test_labels_of_an_interview_name_who_speaks(
    language: str, asker: str, question: str, name: str, answer: str
) -> None:
    text = f"{asker}: {question}?\n\n{name}: {answer}\n\n{asker}: {question}?\n\n{name}: {answer}"
    assert read(language, text) == [(question, asker), (answer, name)] * 2


def test_an_answer_goes_on_in_a_paragraph_without_a_label() -> None:
    more = "I still count the loaves every night before I close the door."
    text = f"Gazette: Who bakes?\n\nHana Karim: I do.\n\n{more}\n\nGazette: Why?\n\nHana Karim: For bread."
    quotes = Quotes().enrich(copydesk.Document(text).with_annotations(copydesk.Language(0, len(text), tag="en")))
    speakers = [quote.speaker and (quote.speaker.text, quote.speaker.resolved) for quote in quotes]
    assert [row and (row[0], row[1].text if row[1] else "") for row in speakers] == [
        ("Gazette", ""),
        ("Hana Karim", ""),
        ("", "Hana Karim"),
        ("Gazette", ""),
        ("Hana Karim", ""),
    ]


def test_letters_with_a_full_stop_are_labels_of_questions_and_answers() -> None:
    text = "Q. Who bakes here?\n\nA. My aunt does.\n\nQ. And who sells?\n\nA. Nobody, it is free."
    assert [speaker for _, speaker in read("en", text)] == ["Q", "A", "Q", "A"]
    assert read("en", "A. Flour?\n\nB. Water\n\nC. Salt") == []


@pytest.mark.parametrize(
    "text",
    [
        "Price: twelve pounds\n\nVerdict: dry\n\nPrice: nine pounds\n\nVerdict: good",
        "Karim: a life. Who remembers her?\n\nAziz: another one",
        "10:30 Mass\n\n10:30 Choir?\n\n11:00 Tea",
    ],
)
def test_headings_and_lists_with_colons_name_nobody(text: str) -> None:
    assert read("en", text) == []


def test_a_post_is_signed_below_its_words() -> None:
    text = "Nobody counted the loaves. — Hana Karim (@hanabakes) March 3, 2025"
    assert read("en", text) == [("Nobody counted the loaves.", "Hana Karim (@hanabakes)")]
    text = "“Nobody counted the loaves.” — Hana Karim, March 3, 2025"
    assert read("en", text) == [("“Nobody counted the loaves.”", "Hana Karim")]


@pytest.mark.parametrize(
    ("lead", "speaker"),
    [
        ("And from Professor Lena Hart:", "Professor Lena Hart"),
        ("Then this, from the council:", "the council"),
        ("Baker Omar Aziz, 44:", "Baker Omar Aziz"),
        ("On the toll:", ""),
    ],
)
def test_a_colon_does_the_work_of_a_verb(lead: str, speaker: str) -> None:
    assert read("en", f"{lead} “Nobody counted the loaves.”") == [("“Nobody counted the loaves.”", speaker)]
