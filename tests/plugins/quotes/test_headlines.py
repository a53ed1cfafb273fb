"""Headlines have no verb for speech: a colon, a dash or marks beside a name do its work."""

from __future__ import annotations

import pytest

import copydesk
from copydesk_quotes import Quotes


def read(language: str, headline: str) -> list[tuple[str, str]]:
    """Content and speaker of the quotes in a headline over a story in which nobody speaks."""
    text = f"{headline}\n\n1965."
    parts = copydesk.Headline(0, len(headline)), copydesk.Paragraph(len(headline) + 2, len(text))
    tag = copydesk.Language(0, len(text), tag=language)
    quotes = Quotes().enrich(copydesk.Document(text).with_annotations(tag, *parts))
    return [(quote.text, quote.speaker.text if quote.speaker else "") for quote in quotes]


@pytest.mark.parametrize(
    ("language", "headline", "content", "speaker"),
    [
        ("en", "Mayor: the road stays open", "the road stays open", "Mayor"),
        ("en", "Road to stay open until May: mayor", "Road to stay open until May", "mayor"),
        ("en", "‘We paid twice’: baker on the toll", "‘We paid twice’", "baker"),
        ("id", "Jembatan ditutup, wali kota: kami minta maaf", "kami minta maaf", "wali kota"),
        ("is", "Stjóri gömlu búðarinnar við höfn viðurkennir nú í dag: 'Við vorum of sein'", "'Við vorum of sein'", ""),
        ("bn", "মেয়র বললেন- 'রাস্তা খোলা থাকবে'", "'রাস্তা খোলা থাকবে'", ""),
        ("ja", "値上げ、店主「仕方ないと思った」", "「仕方ないと思った」", "店主"),
        ("ja", "「豆腐は生き物だと教わった」　老舗の一年", "「豆腐は生き物だと教わった」", ""),
        ("ja", "市長「深くおわびする」　断水続く", "「深くおわびする」", "市長"),
        ("ko", '다시 열린 다리… 시장 "모두가 고맙다"', '"모두가 고맙다"', "시장"),
        ("zh", "大桥重新开放 市长：绝不再涨价", "绝不再涨价", "市长"),
        ("zh", "市长：绝不再涨价 大桥重新开放", "绝不再涨价", "市长"),
    ],
)
def test_a_headline_names_its_speaker_without_a_verb(language: str, headline: str, content: str, speaker: str) -> None:
    assert read(language, headline) == [(content, speaker)]


@pytest.mark.parametrize(
    ("language", "headline"),
    [
        ("en", "Budget 2025: what it means for you"),
        ("en", "Film review: ‘The Long Way Home’"),
        ("ja", "映画「雪国の灯」　来月公開へ"),
        ("zh", "图解：大桥重新开放"),
    ],
)
def test_a_colon_or_marks_alone_make_no_headline_speech(language: str, headline: str) -> None:
    assert read(language, headline) == []


@pytest.mark.parametrize("mark", ['"', "“", "«"])
def test_marks_that_nothing_closes_run_to_the_headline_s_end(mark: str) -> None:
    assert read("en", f"Mayor: {mark}the road stays open") == [(f"{mark}the road stays open", "Mayor")]
    assert read("en", f"“Rail” toll up: {mark}We paid twice") == [(f"{mark}We paid twice", "")]


@pytest.mark.parametrize(
    ("language", "headline", "story", "name"),
    [
        ("ja", "市長「深くおわびする」", "北沢千尋市長は5日、「水は戻る」と述べた。", "北沢千尋市長"),
        (
            "id",
            "Pelatih: kami kurang sabar",
            "Pelatih Sari Melati mengatakan bahwa timnya lelah.",
            "Pelatih Sari Melati",
        ),
    ],
)
def test_an_office_in_a_headline_means_who_is_named_with_it_below(
    language: str, headline: str, story: str, name: str
) -> None:
    text = f"{headline}\n\n{story}"
    parts = copydesk.Headline(0, len(headline)), copydesk.Paragraph(len(headline) + 2, len(text))
    tag = copydesk.Language(0, len(text), tag=language)
    first, *_ = Quotes().enrich(copydesk.Document(text).with_annotations(tag, *parts))
    assert first.speaker is not None
    assert first.speaker.resolved is not None
    assert first.speaker.resolved.text == name
