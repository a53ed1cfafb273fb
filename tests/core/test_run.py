"""Runs: every document accounted for, outputs whole or as they were, the same bytes each time."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from math import nan
from pathlib import Path
from textwrap import dedent
from typing import IO, Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import copydesk
from copydesk import Document, FileSource, Headline, Pipeline, Report, Run, RunSettings, Source, Step, Unreadable, When

Write = Callable[..., Path]


class Score(copydesk.Annotation):
    """A finding that JSON cannot always carry."""

    value: float
    name: str = ""


class Panic(BaseException):
    """As libraries in Rust raise: it derives from BaseException only."""


def panic() -> None:
    raise Panic("no more")


@attrs.frozen
class Lines(FileSource):
    """A file with one document a line; what a line says is what becomes of it."""

    def read(self) -> Iterator[Document | Unreadable]:
        for number, line in enumerate(self.path.read_text(encoding="utf-8").splitlines(), 1):
            match line:
                case "unreadable":
                    yield Unreadable(f"line {number}", ValueError("no document"), line.encode())
                case "broken":
                    raise ValueError("the rest is lost")
                case "junk":
                    yield "no document"  # type: ignore[misc]  # the mistake is the point
                case "misplaced":
                    yield Document(line, annotations=[Headline(0, 99)])
                case "drop in read":
                    raise copydesk.Drop("not here")
                case "panic in read":
                    raise Panic("no more")
                case "odd metadata":
                    yield Document(line, metadata={"thing": object()})
                case _:
                    yield Document(line)


@copydesk.plugin
class ReadLines:
    """Reads files of lines."""

    paths: tuple[Path, ...]

    @copydesk.hookimpl
    def ingest(self) -> Iterator[Source]:
        return map(Lines, copydesk.find_files(self.paths, (".txt",)))


@copydesk.plugin
class Act:
    """Does to a document what its text says."""

    log: Any = None

    @copydesk.hookimpl
    def enrich(self, document: Document) -> Any:
        if self.log is not None:
            self.log.append(document.id)
        match document.text:
            case "raise":
                raise ValueError("it says so")
            case "exit":
                sys.exit("it says so")
            case "drop":
                raise copydesk.Drop("it says so")
            case "drop oddly":
                raise copydesk.Drop(["un", "hashable"])  # type: ignore[arg-type]  # the mistake is the point
            case "junk finding":
                return ["junk"]
            case "bad span":
                return Headline(3, 2)
            case "nan":
                return Score(0, 1, value=nan)
            case "surrogate":
                return Score(0, 1, value=1.0, name="\ud800")
            case _:
                return Headline(0, len(document.text))


@copydesk.plugin
class WriteTitles:
    """Writes ids and titles; opens its output before any work."""

    path: Path
    fail_on: str | None = None
    _output: IO[bytes] = attrs.field(init=False)

    @copydesk.hookimpl
    def start(self, run: Run) -> None:
        self._output = run.output(self.path)

    @copydesk.hookimpl
    def export(self, documents: Iterable[Document]) -> None:
        for document in documents:
            if document.text == self.fail_on:
                raise ValueError("cannot be exported")
            self._output.write(f"{document.id}\t{document.title}\n".encode())


def desk(folder: Path, *lines: str, settings: RunSettings | None = None, **options: Any) -> Pipeline:
    (folder / "in.txt").write_text("\n".join(lines), encoding="utf-8")
    return Pipeline(
        ingest=[ReadLines(paths=(folder / "in.txt",))],
        enrich=[Act()],
        export=[WriteTitles(path=folder / "out.tsv", **options)],
        folder=folder,
        settings=settings,
    )


def entries(folder: Path) -> list[dict[str, Any]]:
    text = (folder / "quarantine.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# Accounting.


def test_a_run_reads_enriches_and_exports(tmp_path: Path) -> None:
    report = desk(tmp_path, "one", "two").run()
    assert (tmp_path / "out.tsv").read_text(encoding="utf-8") == "in.txt\tone\nin.txt#2\ttwo\n"
    assert (report.sources, report.read, report.exported, report.ok) == (1, 2, 2, True)
    assert (report.outputs, report.quarantine) == ((tmp_path / "out.tsv",), None)
    assert [(time.stage, time.step) for time in report.steps] == [
        ("ingest", "ReadLines"),
        ("enrich", "Act"),
        ("export", "WriteTitles"),
    ]
    assert all(0 < time.seconds < report.seconds for time in report.steps)


@pytest.mark.parametrize(
    ("line", "stage", "step", "error"),
    [
        ("raise", "enrich", "Act", "ValueError: it says so"),
        ("exit", "enrich", "Act", "SystemExit: it says so"),
        (
            "junk finding",
            "enrich",
            "Act",
            (
                "AnnotationError: found 'junk', which is no annotation; "
                "yield objects of your own subclass of copydesk.Annotation"
            ),
        ),
        (
            "bad span",
            "enrich",
            "Act",
            "AnnotationError: headline has the span 3 to 2, which does not lie within the text's 0 to 8 code points",
        ),
        (
            "nan",
            "enrich",
            "Act",
            (
                "RecordError: record 'in.txt#2': annotations[0].value is nan, "
                "which JSON cannot carry; leave it out or write None"
            ),
        ),
        (
            "surrogate",
            "enrich",
            "Act",
            (
                "RecordError: record 'in.txt#2': annotations[0].name has a lone surrogate, "
                "which UTF-8 cannot carry; replace it by U+FFFD"
            ),
        ),
        (
            "odd metadata",
            "ingest",
            "ReadLines",
            (
                "RecordError: record 'in.txt#2': metadata.thing is of type object, "
                "which JSON cannot carry; write a string or a number"
            ),
        ),
        ("unreadable", "ingest", "ReadLines", "ValueError: no document"),
        ("junk", "ingest", "ReadLines", "TypeError: read() gave 'no document', which is no Document"),
        (
            "misplaced",
            "ingest",
            "ReadLines",
            "AnnotationError: headline has the span 0 to 99, which does not lie within the text's 0 to 9 code points",
        ),
    ],
)
def test_a_failure_costs_one_document_and_is_kept(tmp_path: Path, line: str, stage: str, step: str, error: str) -> None:
    report = desk(tmp_path, "one", line, "three").run()
    assert (report.read, report.exported, report.quarantined, report.ok) == (3, 2, 1, False)
    assert report.quarantine == tmp_path / "quarantine.jsonl"
    (entry,) = entries(tmp_path)
    assert (entry["stage"], entry["step"], entry["error"]) == (stage, step, error)
    assert "in.txt" in entry["source"]
    assert entry["traceback"].startswith(("Traceback", "ValueError: no document"))
    assert (tmp_path / "out.tsv").read_text(encoding="utf-8") == "in.txt\tone\nin.txt#3\tthree\n"


@pytest.mark.parametrize("line", ["broken", "drop in read", "panic in read"])
def test_a_source_that_breaks_midway_keeps_what_was_read(tmp_path: Path, line: str) -> None:
    report = desk(tmp_path, "one", line, "never read").run()
    assert (report.read, report.exported, report.quarantined) == (2, 1, 1)
    assert entries(tmp_path)[0]["source"] == "in.txt"


def test_dropped_documents_are_counted_by_reason(tmp_path: Path) -> None:
    report = desk(tmp_path, "drop", "one", "drop", "drop oddly").run()
    assert (report.read, report.exported, report.quarantined) == (4, 1, 0)
    assert report.dropped == {"it says so": 2, "['un', 'hashable']": 1}


FATES = [
    "fine", "raise", "exit", "drop", "drop oddly", "junk finding", "bad span", "nan", "surrogate", "odd metadata",
    "unreadable", "junk", "misplaced", "broken", "drop in read", "panic in read", "",
]  # fmt: skip


@given(st.lists(st.lists(st.sampled_from(FATES), max_size=40), max_size=4), st.booleans())
def test_every_document_is_accounted_for(files: list[list[str]], dry: bool) -> None:
    """``read == exported + dropped + quarantined``, and each number is what is really there."""
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "in").mkdir()
        for number, lines in enumerate(files):
            (folder / f"in/{number}.txt").write_text("\n".join(lines), encoding="utf-8")
        export = [WriteTitles(path=folder / "out.tsv")]
        reader = ReadLines(paths=(folder / "in",))
        report = Pipeline(ingest=[reader], enrich=[Act()], export=export, folder=folder).run(dry=dry)
        exported = (folder / "out.tsv").read_text(encoding="utf-8").count("\n") if not dry else report.exported
        kept = len(entries(folder)) if report.quarantined else 0
    assert report.read == report.exported + sum(report.dropped.values()) + report.quarantined
    assert report.sources == len(files)
    assert (report.exported, report.quarantined) == (exported, kept)


# Runs that stop.


@pytest.fixture
def before(tmp_path: Path) -> dict[str, bytes]:
    """What an earlier run left."""
    (tmp_path / "out.tsv").write_text("old\n", encoding="utf-8")
    (tmp_path / "quarantine.jsonl").write_text('{"old": true}\n', encoding="utf-8")
    return tree(tmp_path)


def told(pipeline: Pipeline, error: type[copydesk.CopydeskError]) -> str:
    with pytest.raises(error) as caught:
        pipeline.run()
    return str(caught.value)


def test_on_error_stop_ends_the_run_at_the_first_failure(tmp_path: Path, before: dict[str, bytes]) -> None:
    pipeline = desk(tmp_path, "one", "raise", "three", settings=RunSettings(on_error="stop"))
    assert told(pipeline, copydesk.RunError) == (
        "stopped, since enrich step 'Act' failed on in.txt: ValueError: it says so; "
        'the old outputs are as they were (on_error = "stop")'
    )
    assert (tmp_path / "out.tsv").read_bytes() == before["out.tsv"]
    assert [entry["error"] for entry in entries(tmp_path)] == ["ValueError: it says so"]
    assert sorted(tree(tmp_path)) == ["in.txt", "out.tsv", "quarantine.jsonl"]


def test_an_export_that_raises_ends_the_run(tmp_path: Path, before: dict[str, bytes]) -> None:
    message = told(desk(tmp_path, "one", "two", fail_on="two"), copydesk.RunError)
    assert message.startswith("export step 'WriteTitles' failed: ValueError: cannot be exported (")
    assert {name: tree(tmp_path)[name] for name in before} == before
    assert sorted(tree(tmp_path)) == ["in.txt", "out.tsv", "quarantine.jsonl"]


@pytest.mark.parametrize("hook", ["start", "finish"])
@pytest.mark.parametrize("stage", ["ingest", "enrich", "export", "use"])
def test_a_step_that_cannot_start_or_finish_ends_the_run(
    tmp_path: Path, before: dict[str, bytes], stage: str, hook: str
) -> None:
    pipeline = desk(tmp_path, "one")
    steps: dict[str, Any] = {it: list(pipeline.stage(it)) for it in ("ingest", "enrich", "export", "use")}
    steps[stage].append(Step((FailsToStart if hook == "start" else FailsToFinish)(), name="last"))
    message = told(Pipeline(**steps, folder=tmp_path), copydesk.RunError)
    assert message.startswith(f"{stage} step 'last' failed: ValueError: no (")
    assert (tmp_path / "out.tsv").read_bytes() == before["out.tsv"]
    assert {name for name in tree(tmp_path) if name.endswith(".part")} == set()


@copydesk.plugin
class FailsToStart:
    """Fits every table, and cannot start."""

    @copydesk.hookimpl
    def start(self) -> None:
        raise ValueError("no")

    @copydesk.hookimpl
    def ingest(self) -> Iterable[Source]:
        return ()

    @copydesk.hookimpl
    def enrich(self) -> None: ...

    @copydesk.hookimpl
    def export(self) -> None: ...

    @copydesk.hookimpl
    def run_started(self) -> None: ...


@copydesk.plugin
class FailsToFinish(FailsToStart):
    """Fits every table, and cannot finish."""

    @copydesk.hookimpl
    def start(self) -> None: ...

    @copydesk.hookimpl
    def finish(self) -> None:
        raise ValueError("no")


@copydesk.plugin
class Gives:
    """An ingest that gives what it is told."""

    give: Any

    @copydesk.hookimpl
    def ingest(self) -> Any:
        return self.give()


def fails_late() -> Iterator[Document]:
    yield from map(Document, ["one"] * 100)
    raise ValueError("too late")


@pytest.mark.parametrize(
    ("give", "message"),
    [
        (fails_late, "ingest step 'Gives' failed: ValueError: too late ("),
        (lambda: 1 / 0, "ingest step 'Gives' failed: ZeroDivisionError: division by zero ("),
        (lambda: 5, "ingest step 'Gives' gave 5; yield its sources, or its documents"),
        (lambda: Document("one"), "ingest step 'Gives' gave Document("),
        (lambda: ["one.txt"], "ingest step 'Gives' gave 'one.txt', which is neither a Source nor a Document"),
        (lambda: sys.exit(3), "ingest step 'Gives' failed: SystemExit: 3 ("),
        (panic, "ingest step 'Gives' failed: Panic: no more ("),
    ],
)
def test_an_ingest_that_raises_ends_the_run(tmp_path: Path, before: dict[str, bytes], give: Any, message: str) -> None:
    export = [WriteTitles(path=tmp_path / "out.tsv")]
    pipeline = Pipeline(ingest=[Gives(give=give)], export=export, folder=tmp_path)
    assert told(pipeline, copydesk.RunError).startswith(message)
    assert tree(tmp_path) == before


def test_a_source_without_a_name_costs_only_itself(tmp_path: Path) -> None:
    class Nameless(Source):
        @property
        def uri(self) -> str:
            raise ValueError("nameless")

        @property
        def fingerprint(self) -> str:
            return ""

        def read(self) -> Iterator[Document]:
            yield Document("never")

    pipeline = Pipeline(ingest=[Gives(give=lambda: [Nameless(), Lines(tmp_path / "gone.txt")])], folder=tmp_path)
    report = pipeline.run()
    assert (report.read, report.quarantined) == (2, 2)
    assert [entry["source"] for entry in entries(tmp_path)][1] == "gone.txt"
    assert [entry["error"].partition(":")[0] for entry in entries(tmp_path)] == ["ValueError", "FileNotFoundError"]


# Before any work.


def test_a_missing_input_is_told_before_anything_is_touched(tmp_path: Path, before: dict[str, bytes]) -> None:
    pipeline = Pipeline(
        ingest=[ReadLines(paths=(tmp_path / "gone",))],
        export=[WriteTitles(path=tmp_path / "new/out.tsv")],
        folder=tmp_path,
    )
    assert told(pipeline, copydesk.UsageError) == (
        f"there is no file or folder {tmp_path}/gone; check the path, which is relative to the pipeline file"
    )
    assert tree(tmp_path) == before
    assert not (tmp_path / "new").exists()


def test_an_output_that_cannot_be_written_is_told_before_any_document_is_read(
    tmp_path: Path, before: dict[str, bytes]
) -> None:
    log: list[str] = []
    (tmp_path / "in.txt").write_text("one", encoding="utf-8")
    pipeline = Pipeline(
        ingest=[ReadLines(paths=(tmp_path / "in.txt",))],
        enrich=[Act(log=log)],
        export=[WriteTitles(path=tmp_path / "out.tsv"), Step(WriteTitles(path=tmp_path / "in.txt/out"), name="second")],
        folder=tmp_path,
    )
    assert told(pipeline, copydesk.UsageError) == (
        f"cannot write {tmp_path}/in.txt/out: Not a directory; check the path and its permissions"
    )
    assert tree(tmp_path) == before | {"in.txt": b"one"}
    assert log == []


def test_two_exports_to_one_path_are_told_before_any_document_is_read(tmp_path: Path) -> None:
    pipeline = desk(tmp_path, "one")
    export = [*pipeline.stage("export"), Step(WriteTitles(path=tmp_path / "out.tsv"), name="second")]
    again = Pipeline(ingest=pipeline.stage("ingest"), export=export, folder=tmp_path)
    assert told(again, copydesk.UsageError) == (
        f"two exports write to {tmp_path}/out.tsv; give one of them another path"
    )
    assert sorted(tree(tmp_path)) == ["in.txt"]


# Runs without much to do.


def test_empty_inputs_give_empty_outputs(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    export = [WriteTitles(path=tmp_path / "out.tsv")]
    report = Pipeline(ingest=[ReadLines(paths=(tmp_path / "in",))], export=export, folder=tmp_path).run()
    assert (report.sources, report.read, report.exported) == (0, 0, 0)
    assert (tmp_path / "out.tsv").read_bytes() == b""


@pytest.mark.parametrize("stages", [("ingest",), ("enrich",), ("export",), ("ingest", "export"), ()])
def test_a_pipeline_without_some_stages_runs(tmp_path: Path, stages: tuple[str, ...]) -> None:
    pipeline = desk(tmp_path, "one")
    steps: dict[str, Any] = {stage: pipeline.stage(stage) for stage in stages}
    report = Pipeline(**steps, folder=tmp_path).run()
    assert report.read == report.exported == ("ingest" in stages)


def test_a_dry_run_finds_what_would_fail_and_writes_no_output(tmp_path: Path) -> None:
    report = desk(tmp_path, "one", "raise", "nan").run(dry=True)
    assert (report.dry, report.read, report.exported, report.quarantined) == (True, 3, 1, 2)
    assert not (tmp_path / "out.tsv").exists()


def test_a_run_without_failures_takes_the_last_runs_quarantine_away(tmp_path: Path) -> None:
    desk(tmp_path, "raise").run()
    assert (tmp_path / "quarantine.jsonl").exists()
    desk(tmp_path, "one").run()
    assert not (tmp_path / "quarantine.jsonl").exists()


def test_a_condition_limits_an_export(tmp_path: Path) -> None:
    pipeline = desk(tmp_path, "one")
    no_md = Step(WriteTitles(path=tmp_path / "md.tsv"), name="md", when=When(source=("*.md",)))
    report = Pipeline(ingest=pipeline.stage("ingest"), export=[no_md], folder=tmp_path).run()
    assert report.exported == 1
    assert (tmp_path / "md.tsv").read_bytes() == b""


def test_one_export_cannot_take_documents_from_another(tmp_path: Path) -> None:
    @copydesk.plugin
    class Greedy:
        @copydesk.hookimpl
        def export(self, documents: Any) -> None:
            getattr(documents, "clear", list)()

    pipeline = desk(tmp_path, "one")
    export = [Greedy(), *pipeline.stage("export")]
    Pipeline(ingest=pipeline.stage("ingest"), export=export, folder=tmp_path).run()
    assert (tmp_path / "out.tsv").read_bytes() != b""


# The same each time, from wherever.

WIRE = """
    [[ingest]]
    plugin = "desk.py:Read"
    paths = ["in"]

    [[enrich]]
    plugin = "desk.py:Find"

    [[export]]
    plugin = "json"
    path = "out/stories.jsonl"
"""
DESK = """
    from pathlib import Path

    import attrs
    import copydesk
    from copydesk import Document, FileSource, Mention, Paragraph, Quote


    @attrs.frozen
    class File(FileSource):
        def read(self):
            for text in self.path.read_text(encoding="utf-8").split("--"):
                yield Document(text)


    @copydesk.plugin
    class Read:
        paths: tuple[Path, ...]

        @copydesk.hookimpl
        def ingest(self):
            return map(File, copydesk.find_files(self.paths, (".txt",)))


    @copydesk.plugin
    class Find:
        @copydesk.hookimpl
        def enrich(self, document):
            words = {word for word in document.text.split()}
            return {Paragraph(0, 1), *(Quote(0, 1, kind="direct", spans=((0, 1),), text=word) for word in words)}
"""


@pytest.fixture
def wire(write: Write) -> Path:
    """A pipeline file with its plugins and stories."""
    write("desk.py", DESK)
    write("in/b.txt", "دوو سێ چوار--five six seven")
    write("in/a/قصة.txt", "واحد اثنان ثلاثة أربعة")
    return write("wire.toml", WIRE)


def run_elsewhere(pipeline: Path, cwd: Path, seed: str) -> bytes:
    program = "import sys, copydesk; copydesk.load(sys.argv[1]).run()"
    subprocess.run(
        [sys.executable, "-c", program, os.path.relpath(pipeline, cwd)],
        cwd=cwd,
        env={**os.environ, "PYTHONHASHSEED": seed},
        check=True,
    )
    return (pipeline.parent / "out/stories.jsonl").read_bytes()


def test_repeated_runs_give_the_same_bytes_from_wherever_they_are_started(wire: Path, tmp_path: Path) -> None:
    copydesk.load(wire).run()
    first = (tmp_path / "out/stories.jsonl").read_bytes()
    assert first == run_elsewhere(wire, tmp_path, "1") == run_elsewhere(wire, tmp_path / "in/a", "2")
    records = [json.loads(line) for line in first.splitlines()]
    assert [(record["id"], record["source"]) for record in records] == [
        ("in/a/قصة.txt", "in/a/قصة.txt"),
        ("in/b.txt", "in/b.txt"),
        ("in/b.txt#2", "in/b.txt"),
    ]


def test_a_folder_that_is_moved_gives_the_same_bytes(wire: Path, tmp_path: Path) -> None:
    copydesk.load(wire).run()
    first = (tmp_path / "out/stories.jsonl").read_bytes()
    moved = tmp_path.with_name(tmp_path.name + " moved")
    tmp_path.rename(moved)
    copydesk.load(moved / "wire.toml").run()
    assert (moved / "out/stories.jsonl").read_bytes() == first
    moved.rename(tmp_path)


def test_sources_outside_the_folder_are_named_from_it(tmp_path: Path) -> None:
    (tmp_path / "desk").mkdir()
    pipeline = desk(tmp_path, "one")
    (document,) = Pipeline(ingest=pipeline.stage("ingest"), folder=tmp_path / "desk").stream()
    assert document.source == "../in.txt"


def test_a_file_whose_name_is_no_utf_8_is_named_with_escapes(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9.txt")
    try:
        path.write_text("one", encoding="utf-8")
    except OSError:
        pytest.skip("the file system takes UTF-8 names only")
    export = [WriteTitles(path=tmp_path / "out.tsv")]
    report = Pipeline(ingest=[ReadLines(paths=(tmp_path,))], export=export, folder=tmp_path).run()
    assert report.exported == 1
    assert (tmp_path / "out.tsv").read_text(encoding="utf-8") == "caf\\udce9.txt\tNone\n"


def test_documents_that_are_read_already_are_named_after_their_step(tmp_path: Path) -> None:
    pipeline = Pipeline(ingest=[Step(Gives(give=lambda: map(Document, "ab")), name="wire")], folder=tmp_path)
    assert [(one.id, one.source) for one in pipeline.stream()] == [("wire", "wire"), ("wire#2", "wire")]


def test_an_id_of_its_own_is_kept(tmp_path: Path) -> None:
    pipeline = Pipeline(ingest=[Gives(give=lambda: [Document("a", id="42", source="s")])], folder=tmp_path)
    assert [(one.id, one.source) for one in pipeline.stream()] == [("42", "s")]


# Signals.

SLOW = """
    import time
    from pathlib import Path
    import copydesk
    from copydesk import Document, Pipeline

    @copydesk.plugin
    class Slow:
        @copydesk.hookimpl
        def ingest(self):
            return (Document(str(number)) for number in range(10_000))

        @copydesk.hookimpl
        def enrich(self, document):
            if document.text == "40":
                Path("began").touch()
            time.sleep(0.005)
            if document.text == "3":
                raise ValueError("no")

    @copydesk.plugin
    class Write:
        @copydesk.hookimpl
        def start(self, run):
            self.output = run.output(Path("out.txt"))

        @copydesk.hookimpl
        def export(self, documents):
            self.output.write(b"new")

    Pipeline(ingest=[Slow()], enrich=[Slow()], export=[Write()]).run()
"""


def test_ctrl_c_leaves_the_old_outputs(tmp_path: Path) -> None:
    (tmp_path / "out.txt").write_text("old", encoding="utf-8")
    process = subprocess.Popen([sys.executable, "-c", dedent(SLOW)], cwd=tmp_path, stderr=subprocess.PIPE)
    deadline = time.monotonic() + 30
    while not (tmp_path / "began").exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=30)
    assert process.returncode == -signal.SIGINT, errors.decode()
    assert (tmp_path / "out.txt").read_text(encoding="utf-8") == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["began", "out.txt", "quarantine.jsonl"]
    assert [entry["error"] for entry in entries(tmp_path)] == ["ValueError: no"]


def test_the_report_is_ok_unless_something_was_quarantined() -> None:
    assert Report("wire").ok
    assert not Report("wire", quarantined=1).ok


def refused(write: Write, folder: Path, run: str, export: str = "") -> str:
    """What a run over one note is refused with, before it touches anything."""
    write("notes/a.txt", "A headline\n\nA story of one paragraph.\n")
    ingest = '[[ingest]]\nplugin = "seed-file"\npaths = ["notes"]\n'
    pipeline = write("wire.toml", f"[run]\n{run}\n{ingest}{export}")
    before = {name: content for name, content in tree(folder).items() if ".copydesk" not in name}
    with pytest.raises(copydesk.UsageError) as caught:
        copydesk.load(pipeline).run()
    assert {name: content for name, content in tree(folder).items() if ".copydesk" not in name} == before
    return str(caught.value)


@pytest.mark.parametrize("store", ["true", "false"])
@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("notes/a.txt", "notes/a.txt, which ingest step 'seed-file' reads; give it another path"),
        ("notes/new/b.txt", "notes/new/b.txt, which ingest step 'seed-file' reads; give it another path"),
        ("wire.toml", "wire.toml, which is the pipeline file; give another path"),
        ("kept/../quarantine.jsonl", "quarantine.jsonl, which is the quarantine; give another path"),
    ],
)
def test_an_output_takes_no_place_of_what_the_run_reads_or_keeps(
    write: Write, tmp_path: Path, store: str, path: str, told: str
) -> None:
    export = f'[[export]]\nplugin = "json"\npath = "{path}"\n'
    assert told in refused(write, tmp_path, f"store = {store}", export)


@pytest.mark.parametrize("store", ["true", "false"])
@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("notes/a.txt", "notes/a.txt, which ingest step 'seed-file' reads; give it another path"),
        ("wire.toml", "wire.toml, the pipeline file; set run.quarantine"),
    ],
)
def test_the_quarantine_takes_no_place_of_what_the_run_reads(
    write: Write, tmp_path: Path, store: str, path: str, told: str
) -> None:
    """A run without failures would remove it."""
    message = refused(write, tmp_path, f'store = {store}\nquarantine = "{path}"')
    assert message.startswith("the quarantine would be ")
    assert message.endswith(told)
