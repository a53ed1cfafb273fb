"""The ways of doing one job that ``tests.benchmarks.runs`` compares: ``python -m tests.benchmarks.ways WAY``.

The job: read JSON Lines, find 20 annotations a document with four enrichers that take about 70 µs together, write
JSON Lines with every text and its annotations. A peer is used as its manual says, with its own reader and writer
where it has them, else with msgspec, which the loop and copydesk use too.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from itertools import islice
from typing import Any

TEXT = (
    "The council of Duhok met on Tuesday to open 3 schools. Rain fell over the valley of Akre all night. "
    "A bus from Zakho was 45 minutes late. Farmers sold 700 kilos of figs on the market of Amedi. "
) * 26
PATTERNS = (
    (re.compile(r"[^.]+\."), "sentence", 5),
    (re.compile(r"\d+"), "number", 5),
    (re.compile(r"\b[A-Z]\w+"), "name", 9),
    (re.compile(r"\d+"), "numbers", 0),
)
"""What each enricher looks for, and how many of its matches are findings; 0: one that says how many there are."""
BATCH = 64


def matches(text: str, enricher: int) -> Iterator[tuple[int, int, str]]:
    """What one of the enrichers finds."""
    pattern, label, limit = PATTERNS[enricher]
    if not limit:
        yield 0, len(text), f"{len(pattern.findall(text))} {label}"
    for match in islice(pattern.finditer(text), limit):
        yield *match.span(), label


def found(text: str, enricher: int) -> list[dict[str, Any]]:
    """The same for those that know no annotations: what the record of one holds."""
    by = f"matches-{enricher}"
    return [
        {"type": "finding", "start": start, "end": end, "by": by, "label": label}
        for start, end, label in matches(text, enricher)
    ]


def loop() -> None:
    """A hand-written loop."""
    import msgspec

    with open("in.jsonl", "rb") as lines, open("out.jsonl", "wb") as output:
        for line in lines:
            document = msgspec.json.decode(line)
            text = document["text"]
            annotations: list[dict[str, Any]] = []
            for enricher in range(len(PATTERNS)):
                annotations += found(text, enricher)
            record = {"schema": 1, "id": document["id"], "source": "in.jsonl", "text": text, "annotations": annotations}
            output.write(msgspec.json.encode(record) + b"\n")
        output.flush()
        os.fsync(output.fileno())


def copydesk_run(*overrides: str) -> Callable[[], None]:
    """A pipeline file, run."""

    def run() -> None:
        import copydesk

        copydesk.load("wire.toml", overrides=overrides).run()

    return run


def datatrove() -> None:
    """Datatrove's reader, a step an enricher, its writer."""

    def step(enricher: int) -> Callable[..., Any]:
        def enrich(documents: Iterable[Any], rank: int = 0, world_size: int = 1) -> Iterator[Any]:
            for document in documents:
                document.metadata.setdefault("annotations", []).extend(found(document.text, enricher))
                yield document

        return enrich

    reader = import_module("datatrove.pipeline.readers").JsonlReader(".", glob_pattern="in.jsonl")
    writer = import_module("datatrove.pipeline.writers").JsonlWriter("datatrove", "out.jsonl", compression=None)
    executor = import_module("datatrove.executor").LocalPipelineExecutor
    steps = [reader, *map(step, range(len(PATTERNS))), writer]
    executor(pipeline=steps, tasks=1, workers=1, logging_dir="logs", skip_completed=False).run()
    os.replace("datatrove/out.jsonl", "out.jsonl")


def scrapy() -> None:
    """A Scrapy spider that yields items, an item pipeline an enricher, its feed export."""
    import msgspec

    def pipeline(number: int) -> type:
        def process_item(_pipeline: Any, item: Any) -> Any:
            item["annotations"] += found(item["text"], number)
            return item

        return type(f"Enrich{number}", (), {"process_item": process_item})

    async def start(_spider: Any) -> Any:
        with open("in.jsonl", "rb") as lines:
            for line in lines:
                yield {**msgspec.json.decode(line), "annotations": []}

    spider = type("Wire", (import_module("scrapy").Spider,), {"name": "wire", "start": start})
    settings = {
        "FEEDS": {"out.jsonl": {"format": "jsonlines", "overwrite": True}},
        "ITEM_PIPELINES": {pipeline(number): number for number in range(len(PATTERNS))},
        "LOG_LEVEL": "ERROR",
        "TELNETCONSOLE_ENABLED": False,
    }
    process = import_module("scrapy.crawler").CrawlerProcess(settings)
    process.crawl(spider)
    process.start()


def haystack() -> None:
    """A Haystack pipeline with a component an enricher, run on batches of documents."""
    import msgspec

    package = import_module("haystack")
    component = package.component

    class Enrich:
        def __init__(self, number: int) -> None:
            self.number = number
            component.set_input_types(self, documents=list)
            component.set_output_types(self, documents=list)

        def run(self, **inputs: Any) -> Any:
            for document in inputs["documents"]:
                document.meta["annotations"] += found(document.content, self.number)
            return inputs

    enrich = component(Enrich)
    pipeline = package.Pipeline()
    last = len(PATTERNS) - 1
    for number in range(last + 1):
        pipeline.add_component(f"enrich{number}", enrich(number))
    for number in range(last):
        pipeline.connect(f"enrich{number}.documents", f"enrich{number + 1}.documents")

    def document(line: bytes) -> Any:
        record = msgspec.json.decode(line)
        return package.Document(id=record["id"], content=record["text"], meta={"annotations": []})

    with open("in.jsonl", "rb") as lines, open("out.jsonl", "wb") as output:
        while batch := [document(line) for line in islice(lines, BATCH)]:
            for enriched in pipeline.run({"enrich0": {"documents": batch}})[f"enrich{last}"]["documents"]:
                record = {"id": enriched.id, "text": enriched.content, **enriched.meta}
                output.write(msgspec.json.encode(record) + b"\n")


def spacy() -> None:
    """A blank spaCy pipeline with a component an enricher; findings need not fit its tokens, so they are no spans."""
    import msgspec

    nlp = import_module("spacy").blank("en")
    import_module("spacy.tokens").Doc.set_extension("annotations", default=[])

    def component(number: int) -> Callable[[Any], Any]:
        def enrich(doc: Any) -> Any:
            doc._.annotations += found(doc.text, number)
            return doc

        return enrich

    for number in range(len(PATTERNS)):
        import_module("spacy.language").Language.component(f"matches-{number}", func=component(number))
        nlp.add_pipe(f"matches-{number}")

    with open("in.jsonl", "rb") as lines, open("out.jsonl", "wb") as output:
        records = map(msgspec.json.decode, lines)
        for doc, name in nlp.pipe(((record["text"], record["id"]) for record in records), as_tuples=True):
            record = {"id": name, "text": doc.text, "annotations": doc._.annotations}
            output.write(msgspec.json.encode(record) + b"\n")


WAYS: dict[str, Callable[[], None]] = {
    "hand-written loop": loop,
    "copydesk, no store": copydesk_run("run.store=false"),
    "copydesk, store": copydesk_run(),
    "copydesk, 2 workers": copydesk_run("run.workers=2"),
    "datatrove": datatrove,
    "Scrapy, item pipeline": scrapy,
    "Haystack, in batches": haystack,
    "spaCy, blank": spacy,
}
PEERS = {
    "datatrove": "datatrove",
    "Scrapy, item pipeline": "scrapy",
    "Haystack, in batches": "haystack",
    "spaCy, blank": "spacy",
}
"""The package that a way needs, where it needs one."""

if __name__ == "__main__":
    WAYS[sys.argv[1]]()
