"""Stories read in several threads at once, whose lexicons are shared."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

import copydesk
from copydesk_quotes import Quotes
from copydesk_quotes._languages import _lexicon

STORIES = [
    "“The road is open,” said Hana Karim. Majid Ali told reporters that it had been closed for weeks.",
    "قال الوزير سامان جلال إن الجسر سيفتح في أيار. وأضاف أن العمل بدأ قبل عام.",
    "„Die Straße ist frei“, sagte Bürgermeisterin Anna Vogt. Sie fügte hinzu, dass der Umbau ein Jahr gedauert habe.",
    "Wezîr Saman Celal got ku pir wê di gulanê de were vekirin.",
]
LONG = ["\n\n".join([story] * 8) for story in STORIES]


@pytest.fixture
def forgetful(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Lexicons that forget their words all the time, and threads that take turns as often as they can."""
    monkeypatch.setattr(_lexicon, "_MEMORY", 5)
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(interval)


@pytest.mark.usefixtures("forgetful")
def test_a_lexicon_that_forgets_its_words_in_one_thread_disturbs_no_other() -> None:
    pipeline = copydesk.Pipeline(enrich=[Quotes()])
    alone = [pipeline.enrich(story) for story in LONG]
    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(pipeline.enrich, LONG * 30))
    assert together == alone * 30
