"""What runs cost: reading JSON Lines, four cheap enrichers, writing JSON Lines, in several ways side by side.

Documents are 5 KB with 20 annotations each. Every way runs in a process of its own and writes the same findings, which
is checked; rounds are interleaved, and medians are shown. CPU seconds are those of all its processes; what
they need for one document is taken for their start, and told apart. ``--stories`` adds datelines and quotes in
stories, with one worker and two; ``--files`` adds the second run of so many files.

    python -m tests.benchmarks.runs [--documents 20000] [--rounds 5] [--stories 5000] [--files 100000]

Peers are measured where they are installed: ``pip install -e '.[benchmarks]'``.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from importlib.util import find_spec
from itertools import cycle
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any, NamedTuple

from tests.benchmarks.quotes_speed import stories
from tests.benchmarks.ways import PATTERNS, PEERS, TEXT, WAYS

ROOT = Path(__file__).parents[2]
DESK = """
import copydesk
from tests.benchmarks.ways import matches


class Finding(copydesk.Annotation):
    label: str


@copydesk.plugin
class Matches:
    pattern: int

    @copydesk.hookimpl
    def enrich(self, document):
        for start, end, label in matches(document.text, self.pattern):
            yield Finding(start, end, label=label)
"""
INGEST = '[[ingest]]\nplugin = "json"\npaths = ["in.jsonl"]\nid = "id"\ntext = "text"\n'
CHEAP = "".join(
    f'[[enrich]]\nname = "matches-{number}"\nplugin = "desk.py:Matches"\npattern = {number}\n'
    for number in range(len(PATTERNS))
)
REAL = 'language = "language"\n[[enrich]]\nplugin = "dateline"\n[[enrich]]\nplugin = "quotes"\n'
EXPORT = '[[export]]\nplugin = "json"\npath = "out.jsonl"\n'


class Cost(NamedTuple):
    """What a run cost: CPU seconds of all its processes, wall seconds, and the megabytes of the largest of them."""

    cpu: float
    wall: float
    megabytes: float


def measured(command: Sequence[str], folder: Path) -> Cost:
    """The cost of a command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = perf_counter()
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *filter(None, sys.path)])}
    process = subprocess.Popen([sys.executable, *command], cwd=folder, env=environment, stderr=subprocess.DEVNULL)
    _, process.returncode, usage = os.wait4(process.pid, 0)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} failed")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(cpu, perf_counter() - began, usage.ru_maxrss / 1024)


def way(name: str, folder: Path) -> Cost:
    """The cost of one way, from nothing."""
    for left in (".copydesk", "logs", "datatrove"):
        shutil.rmtree(folder / left, ignore_errors=True)
    (folder / "out.jsonl").unlink(missing_ok=True)
    return measured(["-m", "tests.benchmarks.ways", name], folder)


def findings(folder: Path) -> list[Any]:
    """How many records were written, and what is in the first and the last of them."""
    count, first, last = 0, b"", b""
    with (folder / "out.jsonl").open("rb") as lines:
        for last in lines:
            first = first or last
            count += 1
    records = map(json.loads, (first, last))
    return [count, *((it["id"], it["text"], it.get("annotations") or it["metadata"]["annotations"]) for it in records)]


def desk(folder: Path, pipeline: str, records: Iterable[dict[str, str]]) -> Path:
    """A folder with a pipeline and what it reads."""
    folder.mkdir()
    (folder / "desk.py").write_text(DESK)
    (folder / "wire.toml").write_text(INGEST + pipeline + EXPORT)
    with (folder / "in.jsonl").open("w") as lines:
        lines.writelines(json.dumps(record) + "\n" for record in records)
    return folder


def compare(base: Path, documents: int, rounds: int) -> None:
    """Print what each way costs."""
    record = {"id": "story", "text": TEXT}
    one, many = desk(base / "one", CHEAP, [record]), desk(base / "many", CHEAP, [record] * documents)
    names = [name for name in WAYS if name not in PEERS or find_spec(PEERS[name])]
    starts: dict[str, list[Cost]] = {name: [] for name in names}
    costs: dict[str, list[Cost]] = {name: [] for name in names}
    for _ in range(rounds):
        for name in names:
            starts[name].append(way(name, one))
            costs[name].append(way(name, many))
            if name == names[0]:
                expected = findings(many)
            elif findings(many) != expected:
                raise AssertionError(f"{name} found something else")
    print(
        f"{documents:,} documents{'':8}{'start':>7}{'µs each':>9}{'a CPU-s':>9}{'loop = 1':>10}{'wall s':>8}{'MB':>6}"
    )
    base_each = 0.0
    for name in names:
        start, (cpu, wall, megabytes) = medians(starts[name]).cpu, medians(costs[name])
        each = (cpu - start) / max(1, documents - 1)
        base_each = base_each or each
        print(
            f"{name:24}{start:6.2f}{each * 1e6:9.1f}{1 / each:9,.0f}{each / base_each:10.2f}{wall:8.2f}{megabytes:6.0f}"
        )
    for name in WAYS.keys() - names:
        print(f"{name:24} is not installed")


def medians(costs: Sequence[Cost]) -> Cost:
    """The median of each kind of cost."""
    return Cost(*map(median, zip(*costs, strict=True)))


def real_work(folder: Path, documents: int, rounds: int) -> None:
    """Print what the store and a second worker cost where datelines and quotes are found."""
    languages = cycle(stories().items())
    records = (
        {"id": str(number), "language": tag, "text": text}
        for number, (tag, text) in zip(range(documents), languages, strict=False)
    )
    desk(folder, REAL, records)
    names = [name for name in WAYS if name.startswith("copydesk")]
    costs: dict[str, list[Cost]] = {name: [] for name in names}
    for _ in range(rounds):
        for name in names:
            costs[name].append(way(name, folder))
    print(f"\n{documents:,} stories{'':10}{'CPU s':>8}{'wall s':>8}{'MB':>6}")
    for name in names:
        print(f"{name:24}{{:8.2f}}{{:8.2f}}{{:6.0f}}".format(*medians(costs[name])))


def second_run(folder: Path, files: int) -> None:
    """Print what a run of unchanged files costs."""
    folder.mkdir()
    for number in range(files):
        path = folder / "in" / f"{number // 1000:04}" / f"{number:07}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"Rain in Akre\n\nRain fell {number} times.\n")
    (folder / "wire.toml").write_text('[[ingest]]\nplugin = "seed-file"\npaths = ["in"]\n' + EXPORT)
    print(f"\n{files:,} files{'':12}{'CPU s':>8}{'wall s':>8}{'MB':>6}")
    for name in ("first run", "second run"):
        cost = measured(["-c", "import copydesk; copydesk.load('wire.toml').run()"], folder)
        print(f"{name:24}{{:8.2f}}{{:8.2f}}{{:6.0f}}".format(*cost))


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--stories", type=int, default=0)
    parser.add_argument("--files", type=int, default=0)
    arguments = parser.parse_args()
    with TemporaryDirectory() as folder:
        compare(Path(folder), arguments.documents, arguments.rounds)
        if arguments.stories:
            real_work(Path(folder, "stories"), arguments.stories, arguments.rounds)
        if arguments.files:
            second_run(Path(folder, "files"), arguments.files)


if __name__ == "__main__":
    main()
