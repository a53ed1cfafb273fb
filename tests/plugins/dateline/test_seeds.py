"""The seed stories' datelines, found on bare text and on marked blocks alike."""

from __future__ import annotations

from pathlib import Path

import pytest

import copydesk
from copydesk_dateline import Datelines

SEEDS = Path(__file__).parents[3] / "seeds"
PLUGIN = Datelines()

EXPECTED = {
    "000_58bfc6433e7137c5.txt": ("اربيل (كوردستان 24)-", "Erbil", "IQ", "kurdistan24", None),
    "001_en_erbil_bread_market.txt": ("ERBIL, Iraq (AP) —", "Erbil", "IQ", "ap", None),
    "002_fr_marseille_bibliotheque_flottante.txt": (
        "Marseille, 12 mars 2024 (AFP) -", "Marseille", "FR", "afp", "2024-03-12",
    ),
    "003_ckb_slemani_parki_nwe.txt": ("سلێمانی (کوردستان 24)-", "Sulaymaniyah", "IQ", "kurdistan24", None),
    "004_kmr_duhok_festivala_hingiv.txt": ("Duhok (K24) –", "Dihok", "IQ", "kurdistan24", None),
    "005_fa_sanandaj_ketabkhane_sayyar.txt": ("سنندج- ایرنا-", "Sanandaj", "IR", "irna", None),
    "006_tr_van_golu_temizlik.txt": ("VAN (AA) -", "Van", "TR", "aa", None),
    "007_zh_lanzhou_liangcang_shufang.txt": ("新华社兰州3月15日电", "Lanzhou", "CN", "xinhua", "--03-15"),
    "008_de_goerlitz_repair_cafe.txt": ("Görlitz (dpa/sn) -", "Görlitz", "DE", "dpa", None),
}  # fmt: skip


def marked(text: str) -> copydesk.Document:
    """A document with its blocks marked, the first as headline."""
    spans = []
    position = 0
    for block in text.split("\n\n"):
        spans.append((position, position + len(block)))
        position += len(block) + 2
    blocks = [copydesk.Headline(*spans[0]), *(copydesk.Paragraph(*span) for span in spans[1:])]
    return copydesk.Document(text, annotations=tuple(blocks))


@pytest.mark.parametrize("make", [copydesk.Document, marked])
@pytest.mark.parametrize("name", EXPECTED)
def test_each_seed_story_tells_place_agency_and_date(name: str, make: type[copydesk.Document]) -> None:
    text, place, country, agency, date = EXPECTED[name]
    story = (SEEDS / name).read_text("utf-8")
    [found] = PLUGIN.enrich(make(story))
    assert found.text == text == story[found.start : found.end]
    assert [(p.name, p.country) for p in found.places] == [(place, country)]
    assert found.agency is not None
    assert found.agency.id == agency
    assert (found.date.value if found.date else None) == date
    assert found.confidence >= 0.95


def test_the_arabic_seed_is_filed_within_25_km_of_the_citadel_and_its_body_follows_at_once() -> None:
    story = (SEEDS / "000_58bfc6433e7137c5.txt").read_text("utf-8")
    [found] = PLUGIN.enrich(copydesk.Document(story))
    [erbil] = found.places
    assert erbil.latitude == pytest.approx(36.19, abs=0.1)
    assert erbil.longitude == pytest.approx(44.01, abs=0.1)
    assert found.agency is not None
    assert found.agency.name == "Kurdistan 24"
    assert story[found.body_start :].startswith("قالت قيادة العمليات المشتركة في العراق إنها")


def test_a_text_without_dateline_has_none() -> None:
    assert list(PLUGIN.enrich(copydesk.Document("A town rebuilds\n\nThe town has rebuilt its old bridge."))) == []
    assert list(PLUGIN.enrich(copydesk.Document(""))) == []
