"""A town before a full stop or on a line of its own opens a story, where the story's language is printed."""

from __future__ import annotations

import pytest

import copydesk
from copydesk_dateline import Datelines

PLUGIN = Datelines()


def found_in(language: str, head: str, lead: str) -> list[copydesk.Dateline]:
    text = f"A headline\n\n{head}{lead}"
    second = 12 + len(head) if head.endswith("\n\n") else None
    body = [copydesk.Paragraph(12, second - 2), copydesk.Paragraph(second, len(text))] if second else []
    blocks = (copydesk.Headline(0, 10), *(body or [copydesk.Paragraph(12, len(text))]))
    whole = copydesk.Language(0, len(text), tag=language)
    return list(PLUGIN.enrich(copydesk.Document(text, annotations=(whole, *blocks))))


@pytest.mark.parametrize(
    ("language", "head", "lead", "country"),
    [
        ("de", "Cottbus. ", "Der Stadtrat hat am Montag das alte Hallenbad nach neun Jahren wieder geöffnet.", "DE"),
        ("sv", "Luleå. ", "Kommunen öppnade på måndagen den gamla simhallen efter nio år.", "SE"),
        ("bg", "Варна. ", "Общината отвори в понеделник старата плувна зала след девет години ремонт.", "BG"),
        ("sw", "Dodoma. ", "Baraza la mji limefungua tena bwawa la zamani la kuogelea siku ya Jumatatu.", "TZ"),
        ("es", "Xalapa, Ver. ", "El ayuntamiento reabrió este lunes la vieja piscina tras nueve años de obras.", "MX"),
        ("es", "San Pedro Sula, Honduras. ", "El ayuntamiento reabrió este lunes la vieja piscina.", "HN"),
        ("tr", "Ankara\n\n", "Belediye, eski yüzme havuzunu dokuz yıllık onarımın ardından pazartesi açtı.", "TR"),
    ],
)
def test_a_town_of_the_language_needs_no_capitals(language: str, head: str, lead: str, country: str) -> None:
    [found] = found_in(language, head, lead)
    assert [place.country for place in found.places] == [country]
    assert found.body_start == 12 + len(head)
    assert found_in("en", head, lead) == []


@pytest.mark.parametrize(
    ("language", "head", "lead"),
    [
        ("de", "Berlin. ", "Noch immer. Wer hier schwimmt, weiß, was gemeint ist und warum es jeden Montag voll wird."),
        ("de", "Cottbus. ", "Eine kurze Zeile."),
        ("fr", "Lyon. ", "La piscine rouvre lundi"),
        ("fr", "Marseille. ", "Une ville, une piscine, et une mer que personne ne regarde plus depuis longtemps."),
        ("en", "Portland, Oregon. ", "It is raining, and nobody in the pool minds at all, or so it seems from here."),
        ("tr", "Ankara\n\n", "İstanbul"),
    ],
)
def test_fragments_labels_and_lists_are_none(language: str, head: str, lead: str) -> None:
    assert found_in(language, head, lead) == []


@pytest.mark.parametrize(("town", "country"), [("EL FASHER", "SD"), ("İZMİR", "TR"), ("KANO", "NG")])
def test_a_town_in_capitals_on_a_line_of_its_own_opens_a_story_in_any_language(town: str, country: str) -> None:
    lead = "The town council reopened the old swimming hall on Monday after nine years of repairs."
    [found] = found_in("en", f"{town}\n\n", lead)
    assert [place.country for place in found.places] == [country]


@pytest.mark.parametrize(
    ("language", "head", "lead", "country"),
    [
        ("de", "Krems – ", "Der Stadtrat hat am Montag das alte Hallenbad nach neun Jahren wieder geöffnet.", "AT"),
        ("hr", "Sinj - ", "Gradsko je vijeće u ponedjeljak nakon devet godina ponovno otvorilo stari bazen.", "HR"),
        ("es", "Cafayate – ", "El ayuntamiento reabrió este lunes la vieja piscina tras nueve años de obras.", "AR"),
    ],
)
def test_a_small_town_of_the_language_opens_a_story_before_a_dash_and_a_sentence(
    language: str, head: str, lead: str, country: str
) -> None:
    [found] = found_in(language, head, lead)
    assert [place.country for place in found.places] == [country]
    assert found_in("en", head, lead) == []
    assert found_in(language, head, "1994 m") == []


def test_a_letter_that_begins_with_place_and_date_is_no_story() -> None:
    lead = "Dear Anna, the rain has not stopped since you left, and the swimming hall is closed again."
    assert found_in("en", "Bristol, 7 March 2024\n\n", lead) == []


def test_an_article_before_a_word_in_lower_case_is_no_next_stop() -> None:
    lead = "El metro tendrá una tercera línea en 2027, anunció el alcalde este lunes."
    [found] = found_in("es", "Santo Domingo.- ", lead)
    assert [place.country for place in found.places] == ["DO"]


def test_a_short_first_sentence_behind_the_agency_belongs_to_the_story() -> None:
    head = "ПЕРМЬ, 7 мар — РИА Новости. "
    [found] = found_in("ru", head, "Суд решил. Городской бассейн вновь открылся в понедельник после ремонта.")
    assert found.body_start == 12 + len(head)


def test_what_a_page_prints_before_the_story_does_not_hide_the_dateline() -> None:
    text = "Langer Titel\n\nStand: 07.03.2024, 18:12 Uhr\n\nVon: Anna Holm\n\nKassel (dpa) - Der Stadtrat tagt."
    starts = [0, 14, 44, 60]
    blocks = (copydesk.Headline(0, 12), *(copydesk.Paragraph(at, text.index("\n", at)) for at in starts[1:3]))
    story = copydesk.Document(text, annotations=(*blocks, copydesk.Paragraph(starts[3], len(text))))
    [found] = PLUGIN.enrich(story)
    assert (found.text, found.body_start) == ("Kassel (dpa) -", text.index("Der Stadtrat"))
