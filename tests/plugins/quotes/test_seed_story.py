"""The Arabic seed story, whole: its ten speech acts and nothing else."""

from __future__ import annotations

from pathlib import Path

import copydesk
from copydesk_quotes import Quotes

STORY = Path(__file__).parents[3] / "seeds" / "000_58bfc6433e7137c5.txt"
JOINT = "قيادة العمليات المشتركة في العراق"
BODY_DATELINE = "اربيل (كوردستان 24)- "

# kind, cue, speaker, what the speaker stands for, first words, last words
EXPECTED = [
    ("mixed", "قالت", JOINT, None, "اتفقت مع", "على طول خط التماس"),
    ("mixed", "قالت", JOINT, None, "اتفقت مع", "عن القوات الكوردية"),
    ("mixed", "وقالت", "قيادة العمليات المشتركة", JOINT, 'تم في الاجتماع "بحث', 'خروقات امنية"'),
    ("mixed", "وأضاف", "البيان", JOINT, 'تم "الاتفاق على', 'جميع المناطق"'),
    ("indirect", "قالت", "وسائل اعلام محلية", None, "القائد العام للقوات المسلحة", "الى تلك المناطق"),
    ("direct", "وقالت", "قيادة العمليات المشتركة", JOINT, '"هذه المزاعم كاذبة', 'عن الصحة"'),
    ("mixed", "وذكرت", "وسائل إعلام محلية عراقية", None, 'الاتفاق على "اعادة', "ووزارة الدفاع"),
    ("direct", "وجاء", "البيان", JOINT, '"لم يتم (في الاجتماع)', 'المحاذية للإقليم"'),
    ("indirect", "قال", "عبد المهدي", "القائد العام للقوات المسلحة عادل عبد المهدي", "قوات البيشمركة", "تنظيم داعش"),
    ("indirect", "ويقول", "اقليم كوردستان", None, "قواته المسلحة", "من البلاد"),
]


def seed_story() -> copydesk.Document:
    text = STORY.read_text("utf-8").rstrip("\n")
    parts = text.split("\n\n")
    found: list[copydesk.Annotation] = [copydesk.Language(0, len(text), tag="ar")]
    at = 0
    for number, part in enumerate(parts):
        cls = (copydesk.Headline, copydesk.Standfirst)[number] if number < 2 else copydesk.Paragraph
        found.append(cls(at, at + len(part)))
        at += len(part) + 2
    start = text.index(BODY_DATELINE)
    end = start + len(BODY_DATELINE)
    found.append(copydesk.Dateline(start, end - 1, text=text[start : end - 1], body_start=end))
    return copydesk.Document(text).with_annotations(*found)


def test_the_seed_story_has_its_ten_speech_acts_and_no_other() -> None:
    document = seed_story()
    quotes = sorted(Quotes().enrich(document), key=lambda quote: quote.start)
    told = []
    for quote, (_, _, _, _, first, last) in zip(quotes, EXPECTED, strict=True):
        (span,) = quote.spans
        content = document.text[slice(*span)]
        assert content == quote.text
        assert content.startswith(first)
        assert content.endswith(last)
        assert quote.cue is not None
        assert quote.speaker is not None
        resolved = quote.speaker.resolved
        told.append((quote.kind, quote.cue.text, quote.speaker.text, resolved and resolved.text))
    assert told == [row[:4] for row in EXPECTED]


def test_every_span_of_the_seed_story_is_the_text_it_says() -> None:
    document = seed_story()
    for quote in Quotes().enrich(document):
        assert (quote.start, quote.end) == (quote.spans[0][0], quote.spans[-1][1])
        assert quote.cue is not None
        assert document.text[quote.cue.start : quote.cue.end] == quote.cue.text
        assert quote.speaker is not None
        assert document.text[quote.speaker.start : quote.speaker.end] == quote.speaker.text


def test_without_paragraph_annotations_a_blank_line_ends_a_paragraph() -> None:
    text = seed_story().text
    document = copydesk.Document(text).with_annotations(copydesk.Language(0, len(text), tag="ar"))
    assert len(list(Quotes().enrich(document))) == len(EXPECTED)
