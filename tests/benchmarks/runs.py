"""What runs cost: reading JSON Lines, four cheap enrichers, writing JSON Lines, in several ways side by side.

Documents are 5 KB with 20 annotations each, one of them a count of all words. Every way runs in a process of its own;
rounds are interleaved, and medians are shown of CPU seconds (workers included) and of wall seconds. ``--files`` adds
the second run of so many files.

    python -m tests.benchmarks.runs [--documents 20000] [--rounds 5] [--files 100000]

Where they are installed, datatrove and spaCy do the same work.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

_TEXT = (
    "The council of Duhok met on Tuesday to open 3 schools. Rain fell over the valley of Akre all night. "
    "A bus from Zakho was 45 minutes late. Farmers sold 700 kilos of figs on the market of Amedi. "
) * 26
PATTERNS = (
    (re.compile(r"[^.]+\."), "sentence", 5),
    (re.compile(r"\d+"), "number", 5),
    (re.compile(r"\b[A-Z]\w+"), "name", 9),
    (re.compile(r"\w+"), "words", 0),
)

DESK = """
import copydesk
from runs import PATTERNS, matches


class Finding(copydesk.Annotation):
    label: str


@copydesk.plugin
class Matches:
    pattern: int

    @copydesk.hookimpl
    def enrich(self, document):
        for start, end, label in matches(document.text, PATTERNS[self.pattern : self.pattern + 1]):
            yield Finding(start, end, label=label)
"""
PIPELINE = '[[ingest]]\nplugin = "json"\npaths = ["in.jsonl"]\ntext = "text"\n' + "".join(
    f'[[enrich]]\nname = "matches-{number}"\nplugin = "desk.py:Matches"\npattern = {number}\n'
    for number in range(len(PATTERNS))
)
EXPORT = '[[export]]\nplugin = "json"\npath = "out.jsonl"\n'


def found(text: str) -> Iterator[dict[str, Any]]:
    """What the four enrichers find, for those that know no copydesk."""
    for start, end, label in matches(text, PATTERNS):
        yield {"start": start, "end": end, "label": label}


def matches(text: str, patterns: Iterable[tuple[re.Pattern[str], str, int]]) -> Iterator[tuple[int, int, str]]:
    """The first matches of each pattern; of one without a limit how many there are."""
    for pattern, label, limit in patterns:
        if not limit:
            yield 0, len(text), f"{len(pattern.findall(text))} {label}"
        for match, _ in zip(pattern.finditer(text), range(limit), strict=False):
            yield *match.span(), label


def loop() -> None:
    """A hand-written loop."""
    import msgspec

    with open("in.jsonl", "rb") as lines, open("out.jsonl", "wb") as output:
        for line in lines:
            record = msgspec.json.decode(line)
            record["annotations"] = list(found(record["text"]))
            output.write(msgspec.json.encode(record) + b"\n")
        output.flush()
        os.fsync(output.fileno())


def copydesk_run(*overrides: str) -> None:
    """A pipeline file, run."""
    import copydesk

    copydesk.load("wire.toml", overrides=overrides).run()


def datatrove() -> None:
    """Datatrove's own reader and writer around the same functions."""

    def enrich(documents: Any, rank: int = 0, world_size: int = 1) -> Any:
        for document in documents:
            document.metadata["annotations"] = list(found(document.text))
            yield document

    reader = import_module("datatrove.pipeline.readers").JsonlReader(".", glob_pattern="in.jsonl")
    writer = import_module("datatrove.pipeline.writers").JsonlWriter("datatrove", compression=None)
    executor = import_module("datatrove.executor").LocalPipelineExecutor
    executor(pipeline=[reader, enrich, writer], tasks=1, workers=1, logging_dir="logs", skip_completed=False).run()


def spacy() -> None:
    """A blank spaCy pipeline with a component a pattern, texts and findings passed by pipe."""
    import msgspec

    import_module("spacy.tokens").Doc.set_extension("found", default=None)

    def findings(doc: Any) -> Any:
        doc._.found = list(found(doc.text))
        return doc

    import_module("spacy.language").Language.component("findings", func=findings)
    nlp = import_module("spacy").blank("en")
    nlp.add_pipe("findings")
    with open("in.jsonl", "rb") as lines, open("out.jsonl", "wb") as output:
        texts = (msgspec.json.decode(line)["text"] for line in lines)
        output.writelines(
            msgspec.json.encode({"text": doc.text, "annotations": doc._.found}) + b"\n" for doc in nlp.pipe(texts)
        )


WAYS: dict[str, Callable[[], None]] = {
    "hand-written loop": loop,
    "copydesk, no store": lambda: copydesk_run("run.store=false"),
    "copydesk, store": copydesk_run,
    "copydesk, store, 2 workers": lambda: copydesk_run("run.workers=2"),
    "datatrove": datatrove,
    "spaCy, blank": spacy,
}
_NEEDS = {"datatrove": "datatrove", "spaCy, blank": "spacy"}


def measured(way: str, folder: Path) -> tuple[float, float, float]:
    """CPU seconds, wall seconds and the largest process's megabytes of one way, in a process of its own."""
    subprocess.run(["rm", "-rf", ".copydesk", "out.jsonl", "logs", "datatrove"], cwd=folder, check=True)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = perf_counter()
    command = [sys.executable, __file__, "--way", way]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(Path(__file__).parent), *sys.path])}
    process = subprocess.Popen(command, cwd=folder, env=environment, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = status
    if status:
        raise RuntimeError(f"{way} failed")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu, perf_counter() - began, usage.ru_maxrss / 1024


def compare(folder: Path, documents: int, rounds: int) -> None:
    """Print what each way costs."""
    record = json.dumps({"text": _TEXT}) + "\n"
    with (folder / "in.jsonl").open("w") as lines:
        lines.writelines(record for _ in range(documents))
    (folder / "desk.py").write_text(DESK)
    (folder / "wire.toml").write_text(PIPELINE + EXPORT)
    ways = [way for way in WAYS if way not in _NEEDS or find_spec(_NEEDS[way])]
    figures: dict[str, list[tuple[float, float, float]]] = {way: [] for way in ways}
    for _ in range(rounds):
        for way in ways:
            figures[way].append(measured(way, folder))
    print(f"{documents:,} documents{'':13}{'CPU s':>8}{'wall s':>8}{'MB':>7}{'CPU, loop = 1':>15}")
    base = median(cpu for cpu, _, _ in figures[ways[0]])
    for way in ways:
        cpu, wall, megabytes = (median(each) for each in zip(*figures[way], strict=True))
        print(f"{way:28}{cpu:8.2f}{wall:8.2f}{megabytes:7.0f}{cpu / base:15.2f}")


def second_run(folder: Path, files: int) -> None:
    """Print what a run of unchanged files costs."""
    for number in range(files):
        path = folder / "in" / f"{number // 1000:04}" / f"{number:07}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"Rain in Akre\n\nRain fell {number} times.\n")
    (folder / "wire.toml").write_text('[[ingest]]\nplugin = "seed-file"\npaths = ["in"]\n' + EXPORT)
    print(f"\n{files:,} files{'':17}{'CPU s':>8}{'wall s':>8}{'MB':>7}")
    program = "import copydesk; copydesk.load('wire.toml').run()"
    for name in ("first run", "second run"):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        began = perf_counter()
        process = subprocess.Popen([sys.executable, "-c", program], cwd=folder)
        _, _, usage = os.wait4(process.pid, 0)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        print(f"{name:28}{cpu:8.2f}{perf_counter() - began:8.2f}{usage.ru_maxrss / 1024:7.0f}")


def main() -> None:
    """Print the tables."""
    is_smoke = os.environ.get("COPYDESK_BENCHMARK") == "smoke"
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=200 if is_smoke else 20_000)
    parser.add_argument("--rounds", type=int, default=1 if is_smoke else 5)
    parser.add_argument("--files", type=int, default=100 if is_smoke else 0)
    parser.add_argument("--way", choices=WAYS, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.way:
        WAYS[arguments.way]()
        return
    with TemporaryDirectory() as folder:
        compare(Path(folder), arguments.documents, arguments.rounds)
        if arguments.files:
            second_run(Path(folder), arguments.files)


if __name__ == "__main__":
    main()
