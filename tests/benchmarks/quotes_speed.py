"""How fast quotes are found against ``re.findall`` on the same stories: ``python -m tests.benchmarks.quotes_speed``.

Two stories of about 250 words a language: one of news with four speech acts, as many as newsrooms print
on average, and the seed story, of which nearly every sentence is one. Times are CPU seconds of this process, the best
of several rounds, all ways timed in turn. Where spaCy is installed (the extra ``benchmarks``), its blank tokeniser
reads the same stories in the same rounds: what a tool that parses pays before it begins.

Compiled, the detector is timed with ``HATCH_BUILD_HOOKS_ENABLE=1 pip install --no-deps --target .venv/compiled .``
and ``PYTHONPATH=.venv/compiled python -m tests.benchmarks.quotes_speed --compiled``.
"""

from __future__ import annotations

import argparse
import importlib.util
import re
import time
from collections.abc import Callable
from pathlib import Path

import copydesk
from copydesk_quotes import Quotes, _document

SEEDS = Path(__file__).parents[2] / "seeds"
NEWS = Path(__file__).parent / "stories"
WORD = re.compile(r"\w+")
COUNTED = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]{1,2}|\w+")
"""What counts as a word of a story's length; two signs of Chinese are one."""
WORDS_PER_STORY = 250
STORIES = 100
ROUNDS = 7
LIMITS = {"en": 15.0}
LIMIT = 22.0
# Each seed story by the first letters of its body; the language is written here so that nothing is guessed.
LANGUAGES = {
    "AP": "en",
    "AFP": "fr",
    "کوردستان": "ckb",
    "K24": "kmr",
    "ایرنا": "fa",
    "AA": "tr",
    "新华社": "zh",
    "dpa": "de",
    "كوردستان": "ar",
}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--compiled", action="store_true", help="fail where the detector is not compiled")
    compiled = not str(_document.__file__).endswith(".py")
    if parser.parse_args().compiled and not compiled:
        raise SystemExit(f"{_document.__file__} is not compiled")
    print(f"The detector is {'compiled' if compiled else 'interpreted'}.")
    print(f"{'story':12}{'acts':>5}{'µs':>8}{'stories/s':>11}{'findall':>9}{'goal':>6}{'spaCy µs':>10}")
    for language, dense in stories().items():
        news = sized((NEWS / f"{language}.txt").read_text("utf-8").strip().split("\n\n"))
        peer = blank_spacy(language)
        for kind, text in (("news", news), ("dense", dense)):
            documents = [document(text, language) for _ in range(STORIES)]
            acts = len(list(Quotes().enrich(documents[0])))
            scan, quotes, peers = timed(documents, peer)
            cost = 1e6 * quotes / STORIES
            tokeniser = f"{1e6 * peers / STORIES:10.0f}" if peers else f"{'-':>10}"
            goal = LIMITS.get(language, LIMIT)
            story = f"{language} {kind}"
            print(f"{story:12}{acts:5}{cost:8.0f}{1e6 / cost:11.0f}{quotes / scan:8.1f}x{goal:5.0f}x{tokeniser}")
    if importlib.util.find_spec("spacy") is None:
        print("spaCy is not installed, so its tokeniser is not timed: pip install 'copydesk[benchmarks]'")


def stories() -> dict[str, str]:
    """One story of about 250 words for each language that has a seed."""
    found: dict[str, str] = {}
    for path in sorted(SEEDS.glob("*.txt")):
        text = path.read_text("utf-8").strip()
        language = next((tag for mark, tag in LANGUAGES.items() if mark in text), None)
        if language is not None:
            found[language] = sized(text.split("\n\n")[2:])
    return dict(sorted(found.items()))


def sized(paragraphs: list[str]) -> str:
    """Paragraphs, repeated or cut to about 250 words."""
    chosen: list[str] = []
    count = 0
    while count < WORDS_PER_STORY:
        paragraph = paragraphs[len(chosen) % len(paragraphs)]
        chosen.append(paragraph)
        count += len(COUNTED.findall(paragraph))
    return "\n\n".join(chosen)


def document(text: str, language: str) -> copydesk.Document:
    """A document whose language is known."""
    return copydesk.Document(text).with_annotations(copydesk.Language(0, len(text), tag=language))


def timed(documents: list[copydesk.Document], peer: Callable[[str], object] | None) -> tuple[float, float, float]:
    """CPU seconds of the word scan, the detector and a peer over the same documents, the best of each."""
    plugin = Quotes()
    scans, finds, peers = [], [], [0.0]
    for _ in range(ROUNDS):
        scans.append(cpu(lambda: [WORD.findall(document.text) for document in documents]))
        finds.append(cpu(lambda: [list(plugin.enrich(document)) for document in documents]))
        if peer is not None:
            peers.append(cpu(lambda: [peer(document.text) for document in documents]))
    return min(scans), min(finds), min(peers[1:], default=0.0)


def cpu(work: Callable[[], object]) -> float:
    """CPU seconds that ``work`` takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


def blank_spacy(language: str) -> Callable[[str], object] | None:
    """SpaCy's blank tokeniser for a language, else that for any language; None where spaCy is not installed."""
    if importlib.util.find_spec("spacy") is None:
        return None
    spacy = importlib.import_module("spacy")
    known = importlib.util.find_spec(f"spacy.lang.{language}") is not None
    tokenise: Callable[[str], object] = spacy.blank(language if known else "xx")
    return tokenise


if __name__ == "__main__":
    main()
