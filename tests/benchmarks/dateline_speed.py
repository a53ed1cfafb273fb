"""What finding datelines costs, as a multiple of a word scan over the same stories in the same run.

Run it with ``python tests/benchmarks/dateline_speed.py``. Stories have about 3,000 characters, in five languages,
with their blocks marked as an ingest does; each kind is measured in turns, and medians of CPU time are told.
"""

from __future__ import annotations

import re
import statistics
import sys
import time
from collections.abc import Callable, Iterable

import copydesk
from copydesk_dateline import Datelines

WORDS = re.compile(r"\w+")
ROUNDS = 7
LENGTH = 3000

LEADS = {
    "The town council voted on Monday to reopen the old swimming hall, which had been closed for nine years.": [
        "MILFORD, Conn. (AP) — ",
        "LEEDS, March 7 (Reuters) - ",
        "NAIROBI, Kenya, Dec. 9 Kyodo - ",
    ],
    "Die Gemeinde hat beschlossen, den alten Bahnhof zu einem Haus für Vereine und Werkstätten umzubauen.": [
        "Kassel (dpa/lhe) - ",
        "Wien/Graz (APA) – ",
    ],
    "قررت البلدية إعادة افتتاح المكتبة القديمة بعد أعمال ترميم استمرت ثلاث سنوات وشارك فيها عشرات المتطوعين.": [
        "السليمانية (كوردستان 24)- ",
        "طنجة - (أ ف ب): ",
        "سبق- الطائف: ",
    ],
    "Le conseil municipal a décidé lundi de rouvrir la piscine, fermée depuis neuf ans pour travaux.": [
        "Lille, 12 mars 2024 (AFP) - "
    ],
    "Belediye meclisi dokuz yıldır kapalı olan yüzme havuzunun yeniden açılmasına karar verdi.": ["BURSA (AA) - "],
}
FILLERS = {
    "en": "Residents had asked for it since spring, and the work is to begin after the summer holidays, she said. ",
    "ar": "وقال سكان الحي إنهم انتظروا هذا القرار طويلا، وإن العمل سيبدأ بعد عطلة الصيف مباشرة. ",
}


def stories(with_dateline: bool, count: int = 200) -> list[copydesk.Document]:
    """Marked documents of about 3,000 characters, no two alike."""
    heads = [(lead, head) for lead, listed in LEADS.items() for head in listed]
    return [_story(*heads[number % len(heads)], number, with_dateline) for number in range(count)]


def _story(lead: str, head: str, number: int, with_dateline: bool) -> copydesk.Document:
    filler = FILLERS["ar" if "\u0600" < lead[0] < "\u06ff" else "en"]
    opening = (head if with_dateline else "") + lead
    paragraphs = [f"{lead[:40]} {number}", opening, *[f"{number}{n} {filler * 4}" for n in range(8)]]
    text = "\n\n".join(paragraphs)[:LENGTH]
    spans, position = [], 0
    for block in text.split("\n\n"):
        spans.append((position, position + len(block)))
        position += len(block) + 2
    blocks = [copydesk.Headline(*spans[0]), *(copydesk.Paragraph(*span) for span in spans[1:])]
    return copydesk.Document(text, annotations=tuple(blocks))


def measured(work: Callable[[copydesk.Document], object], documents: Iterable[copydesk.Document]) -> float:
    """Microseconds of CPU time a document."""
    listed = list(documents)
    started = time.process_time()
    for document in listed:
        work(document)
    return (time.process_time() - started) / len(listed) * 1e6


def main() -> None:
    """Print the table."""
    plugin = Datelines()

    def enrich(document: copydesk.Document) -> object:
        return list(plugin.enrich(document))

    def scan(document: copydesk.Document) -> object:
        return WORDS.findall(document.text)

    kinds = {
        "stories without": stories(with_dateline=False),
        "stories with": stories(with_dateline=True),
        "one line of 1 MB": [copydesk.Document("The council met and " * 50_000)] * 3,
    }
    for documents in kinds.values():
        measured(enrich, documents)
    sys.stdout.write(f"{'':20}{'found':>8}{'word scan':>12}{'dateline':>12}{'ratio':>8}{'a second':>10}\n")
    for name, documents in kinds.items():
        pairs = [(measured(scan, documents), measured(enrich, documents)) for _ in range(ROUNDS)]
        base, cost = (statistics.median(column) for column in zip(*pairs, strict=True))
        found = sum(bool(enrich(document)) for document in documents)
        row = f"{name:20}{found:>8}{base:>9.0f} µs{cost:>9.0f} µs{cost / base:>8.2f}{1e6 / cost:>10.0f}\n"
        sys.stdout.write(row)


if __name__ == "__main__":
    main()
