"""The guess at a story's language."""

from __future__ import annotations

from pathlib import Path

import pytest
import tomli

from copydesk_seedfile._language import guess_language

SEEDS = Path(__file__).parents[3] / "seeds"
SENTENCES: dict[str, str] = tomli.loads((Path(__file__).parent / "sentences.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("tag", "sentence"), SENTENCES.items(), ids=SENTENCES)
def test_one_sentence_is_enough(tag: str, sentence: str) -> None:
    guess = guess_language(sentence)
    assert guess is not None
    assert guess.tag == tag
    assert 0 < guess.confidence < 1


@pytest.mark.parametrize("path", sorted(SEEDS.glob("*_*_*.txt")), ids=lambda path: path.stem)
def test_the_sample_stories_are_told_apart(path: Path) -> None:
    guess = guess_language(path.read_text(encoding="utf-8"))
    assert guess is not None
    assert guess.tag == path.name.split("_")[1]


def test_a_long_name_in_another_script_does_not_mislead() -> None:
    guess = guess_language(SENTENCES["ar"] + " Erbil Bread Market Association of Bakers ")
    assert guess is not None
    assert guess.tag == "ar"


def test_letters_shared_with_azerbaijani_do_not_hide_turkish() -> None:
    guess = guess_language(
        "Şirket, fabrikanın ağır sanayi bölgesine taşınacağını açıkladı, kazanların yakılacağı yazıldı."
    )
    assert guess is not None
    assert guess.tag == "tr"


@pytest.mark.parametrize("text", ["", "   ", "12 345 – 67", "🙂🙂🙂", "Görlitz Erbil Lanzhou", "\ud800\udfff"])
def test_nothing_is_guessed_where_nothing_tells(text: str) -> None:
    assert guess_language(text) is None
