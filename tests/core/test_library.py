"""copydesk as a library: pipelines loaded or built, run, streamed, or asked about one text."""

from __future__ import annotations

import ast
import inspect
import pickle
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pathlib import Path
from threading import Barrier, Thread
from typing import IO, Any

import attrs
import pytest

import copydesk
from copydesk import Document, Headline, Paragraph, Pipeline, Report, Run, RunSettings, Step, When

Write = Callable[..., Path]


@copydesk.plugin
class Words:
    """Marks each word, and keeps note of being started and finished."""

    log: Any = attrs.field(factory=list)

    @copydesk.hookimpl
    def start(self, run: Run) -> None:
        self.log.append(f"start {run.pipeline}")

    @copydesk.hookimpl
    def enrich(self, document: Document) -> Iterator[Paragraph]:
        if "fail" in document.text:
            raise ValueError("it says so")
        if "drop" in document.text:
            raise copydesk.Drop("it says so")
        at = 0
        for word in document.text.split():
            at = document.text.index(word, at)
            yield Paragraph(at, at + len(word))
            at += len(word)

    @copydesk.hookimpl
    def finish(self) -> None:
        self.log.append("finish")


@copydesk.plugin
class Texts:
    """Gives documents of these texts."""

    texts: tuple[str, ...]

    @copydesk.hookimpl
    def ingest(self) -> Iterator[Document]:
        return map(Document, self.texts)


@copydesk.plugin
class SideFile:
    """An enricher that writes an output of its own."""

    path: Path
    _output: IO[bytes] = attrs.field(init=False)

    @copydesk.hookimpl
    def start(self, run: Run) -> None:
        self._output = run.output(self.path)

    @copydesk.hookimpl
    def enrich(self, document: Document) -> None:
        self._output.write(document.text.encode() + b"\n")


@copydesk.plugin
class Keep:
    """Keeps the documents it is given."""

    kept: Any = attrs.field(factory=list)

    @copydesk.hookimpl
    def export(self, documents: Iterable[Document]) -> None:
        self.kept.extend(documents)


# One text.


def test_a_text_is_enriched() -> None:
    document = Pipeline(enrich=[Words()]).enrich("قال  الوزير")
    assert [document.text_of(word) for word in document.all(Paragraph)] == ["قال", "الوزير"]
    assert {word.by for word in document.annotations} == {"Words"}


def test_a_document_keeps_what_it_has() -> None:
    given = Document("one two", id="42", annotations=[Headline(0, 3, by="desk")])
    document = Pipeline(enrich=[Words()]).enrich(given)
    assert (document.id, document.title, len(document.annotations)) == ("42", "one", 3)
    assert len(given.annotations) == 1


def test_a_failure_and_a_drop_are_raised() -> None:
    pipeline = Pipeline(enrich=[Words()])
    with pytest.raises(copydesk.StepError) as failed:
        pipeline.enrich("fail")
    assert str(failed.value) == "enrich step 'Words' failed on a document without a source: ValueError: it says so"
    with pytest.raises(copydesk.DocumentDroppedError, match=r"^enrich step 'Words' dropped the document: it says so$"):
        pipeline.enrich("drop")
    assert pipeline.enrich("fine").annotations


def test_steps_start_at_the_first_text_and_finish_at_the_close() -> None:
    words = Words()
    pipeline = Pipeline(enrich=[words], name="wire")
    assert words.log == []
    pipeline.enrich("one")
    pipeline.enrich("two")
    assert words.log == ["start wire"]
    pipeline.close()
    pipeline.close()
    assert words.log == ["start wire", "finish"]
    pipeline.enrich("three")
    assert words.log == ["start wire", "finish", "start wire"]


def test_with_starts_at_once_and_finishes_at_the_end(tmp_path: Path) -> None:
    words, side = Words(), SideFile(path=tmp_path / "side.txt")
    with Pipeline(enrich=[words, side], name="wire") as pipeline:
        assert words.log == ["start wire"]
        pipeline.enrich("one")
        assert not (tmp_path / "side.txt").exists()
    assert words.log == ["start wire", "finish"]
    assert (tmp_path / "side.txt").read_bytes() == b"one\n"


def test_an_error_in_a_with_block_finishes_nothing_and_leaves_no_output(tmp_path: Path) -> None:
    words, side = Words(), SideFile(path=tmp_path / "side.txt")
    pipeline = Pipeline(enrich=[words, side], name="wire")
    with pytest.raises(copydesk.StepError), pipeline:
        pipeline.enrich("fail")
    assert words.log == ["start wire"]
    assert list(tmp_path.iterdir()) == []


# Many documents.


def test_stream_yields_enriched_documents_and_calls_no_export(tmp_path: Path) -> None:
    keep = Keep()
    pipeline = Pipeline(
        ingest=[Texts(texts=("one two", "drop", "fail", "three"))], enrich=[Words()], export=[keep], folder=tmp_path
    )
    assert [(document.id, len(document.annotations)) for document in pipeline.stream()] == [
        ("Texts", 2),
        ("Texts#4", 1),
    ]
    assert keep.kept == []
    assert (tmp_path / "quarantine.jsonl").exists()


def test_stream_reads_no_further_than_it_is_asked(tmp_path: Path) -> None:
    read: list[int] = []

    @copydesk.plugin
    class Endless:
        @copydesk.hookimpl
        def ingest(self) -> Iterator[Document]:
            number = 0
            while True:
                read.append(number := number + 1)
                yield Document(str(number))

    words = Words()
    stream = Pipeline(ingest=[Endless()], enrich=[words], folder=tmp_path).stream()
    assert next(stream).text == "1"
    assert len(read) < 1000
    assert isinstance(stream, Iterator)
    del stream
    assert words.log == ["start pipeline"]


def test_outputs_of_enrichers_appear_when_a_stream_has_ended_and_not_when_it_is_left(tmp_path: Path) -> None:
    pipeline = Pipeline(ingest=[Texts(texts=("a", "b"))], enrich=[SideFile(path=tmp_path / "side")], folder=tmp_path)
    stream = pipeline.stream()
    next(stream)
    del stream
    assert list(tmp_path.iterdir()) == []
    assert len(list(pipeline.stream())) == 2
    assert (tmp_path / "side").read_bytes() == b"a\nb\n"


def test_a_pipeline_can_be_run_again_and_again(tmp_path: Path) -> None:
    words, keep = Words(), Keep()
    pipeline = Pipeline(ingest=[Texts(texts=("one",))], enrich=[words], export=[keep], folder=tmp_path)
    assert pipeline.run().exported == pipeline.run().exported == 1
    assert words.log == ["start pipeline", "finish"] * 2
    assert keep.kept[0] == keep.kept[1]


def test_a_run_within_a_with_block_starts_nothing_twice(tmp_path: Path) -> None:
    words = Words()
    with Pipeline(ingest=[Texts(texts=("one",))], enrich=[words], folder=tmp_path) as pipeline:
        assert pipeline.run().read == 1
        assert pipeline.enrich("two").annotations
    assert words.log == ["start pipeline", "finish"]


# Loading.

WIRE = """
    name = "wire"
    [[ingest]]
    plugin = "seed-file"
    paths = ["in.txt"]
    [[export]]
    plugin = "json"
    path = "out.jsonl"
"""


def test_load_takes_overrides_and_more_observers(write: Write, tmp_path: Path) -> None:
    reports: list[Report] = []

    @copydesk.plugin
    class Observer:
        @copydesk.hookimpl
        def run_finished(self, report: Any) -> None:
            reports.append(report)

    write("in.txt", "A headline\n\nA paragraph of a story.\n")
    pipeline = copydesk.load(write("wire.toml", WIRE), overrides=["export.json.path=new.jsonl"], use=[Observer()])
    report = pipeline.run()
    assert reports == [report]
    assert (report.pipeline, report.exported, report.outputs) == ("wire", 1, (tmp_path / "new.jsonl",))
    record = (tmp_path / "new.jsonl").read_bytes()
    assert copydesk.from_json(record).title == "A headline"


# Building.


@pytest.mark.parametrize(
    ("steps", "error", "message"),
    [
        (
            {"enrich": [Words(), Words()]},
            copydesk.UsageError,
            "two enrich steps are named 'Words'; write Step(…, name='…') for one of them",
        ),
        (
            {"ingest": [Words()]},
            copydesk.PluginError,
            "ingest step 'Words': its plugin is nothing for ingest, but for enrich",
        ),
        (
            {"enrich": [Step(Keep(), name="keep")]},
            copydesk.PluginError,
            "enrich step 'keep': its plugin is nothing for enrich, but for export",
        ),
        (
            {"ingest": [Step(Texts(texts=()), when=When(language=("ar",)))]},
            copydesk.UsageError,
            "ingest step 'Texts' has a condition, which limits enrich and export steps only",
        ),
    ],
)
def test_steps_that_do_not_fit_are_refused(steps: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error) as caught:
        Pipeline(**steps)
    assert str(caught.value) == message


def test_what_is_no_plugin_is_refused() -> None:
    for nothing in (object(), None):
        with pytest.raises(copydesk.PluginError, match=r"the class is not decorated; write @copydesk.plugin above it$"):
            Pipeline(enrich=[nothing])


def test_a_plugins_name_is_no_plugin() -> None:
    with pytest.raises(copydesk.PluginError) as caught:
        Pipeline(enrich=["quotes"])
    assert str(caught.value) == (
        "a step needs a plugin, not the text 'quotes'; give an instance of its class, "
        "or name it in a pipeline file and load that"
    )


def test_a_plugin_alone_is_not_several() -> None:
    with pytest.raises(TypeError, match=r"^enrich takes several plugins: write \[Words\(…\)\]$"):
        Pipeline(enrich=Words())  # type: ignore[arg-type]  # the mistake is the point


@pytest.mark.parametrize("tag", ["Kurdish", "arabic", "a", "ar_IQ", ""])
def test_a_condition_takes_language_tags_and_no_names_of_languages(tag: str) -> None:
    with pytest.raises(ValueError, match="is no language tag; write one as BCP 47 has it, such as ar, ckb or zh-Hant"):
        When(language=("en", tag))


@pytest.mark.parametrize("tag", ["ar", "ckb", "zh-Hant", "ar-IQ", "sr-Latn-RS", "de-1901", "x-desk", "i-klingon"])
def test_what_bcp_47_has_is_a_language_tag(tag: str) -> None:
    assert copydesk.is_language_tag(tag)


def test_steps_can_be_taken_from_one_pipeline_to_another() -> None:
    first = Pipeline(enrich=[Step(Words(), name="words")])
    second = Pipeline(enrich=first.stage("enrich"))
    assert second.enrich("one").annotations[0].by == "words"


def test_the_folder_is_made_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    pipeline = Pipeline(folder="desk", settings=RunSettings(quarantine=Path("failed.jsonl")))
    assert pipeline.folder == tmp_path / "desk"


# No global state.


def test_two_pipelines_in_threads_do_not_touch_each_other(tmp_path: Path) -> None:
    together = Barrier(2)

    @copydesk.plugin
    class Tag:
        tag: str

        @copydesk.hookimpl
        def enrich(self, document: Any) -> Iterator[Headline]:
            together.wait(timeout=10)
            yield Headline(0, 1)

    reports: dict[str, Report] = {}
    kept = {name: Keep() for name in "ab"}

    def run(name: str) -> None:
        folder = tmp_path / name
        folder.mkdir()
        texts = Texts(texts=tuple(name * 30))
        reports[name] = Pipeline(
            ingest=[texts], enrich=[Step(Tag(tag=name), name=name)], export=[kept[name]], name=name, folder=folder
        ).run()

    threads = [Thread(target=run, args=(name,)) for name in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    for name in "ab":
        assert (reports[name].pipeline, reports[name].exported) == (name, 30)
        assert {document.text for document in kept[name].kept} == {name}
        assert {one.by for document in kept[name].kept for one in document.annotations} == {name}


def test_one_pipeline_can_be_asked_from_many_threads() -> None:
    words = Words()
    pipeline = Pipeline(enrich=[words])
    found: list[int] = []
    threads = [Thread(target=lambda: found.append(len(pipeline.enrich("one two").annotations))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=10)
    assert found == [2] * 8
    assert words.log == ["start pipeline"]


# The public face.


def test_every_public_name_is_there_and_documented() -> None:
    for name in copydesk.__all__:
        assert inspect.getdoc(getattr(copydesk, name)), name
    with pytest.raises(AttributeError, match=r"^module 'copydesk' has no attribute 'quotes'$"):
        copydesk.quotes  # type: ignore[attr-defined]  # noqa: B018  # the mistake is the point


def test_type_checkers_see_the_names_that_are_there() -> None:
    tree = ast.parse(Path(copydesk.__file__).read_text(encoding="utf-8"))
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and "copydesk." in str(node.module)]
    seen = {alias.name: str(node.module) for node in imports for alias in node.names}
    assert sorted(seen) == copydesk.__all__
    for name, module in seen.items():
        assert getattr(import_module(module), name) is getattr(copydesk, name)


def test_every_error_survives_the_way_between_processes(write: Write) -> None:
    """A pool of processes breaks on an exception that does not pickle."""
    path = write("wrong.toml", '[[ingest]]\nplugin = "seedfile"\n')

    def raised(call: Callable[[], object]) -> copydesk.CopydeskError:
        with pytest.raises(copydesk.CopydeskError) as caught:
            call()
        return caught.value

    pipeline = Pipeline(enrich=[Words()])
    errors = [
        raised(lambda: copydesk.load(path)),
        raised(lambda: pipeline.enrich("fail")),
        raised(lambda: pipeline.enrich("drop")),
        raised(lambda: copydesk.from_json(b"{}")),
    ]
    for error in errors:
        copied = pickle.loads(pickle.dumps(error))
        assert (type(copied), str(copied), vars(copied)) == (type(error), str(error), vars(error))


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (
            lambda: Pipeline(enrich=[Words]),
            r"test_library\.py:\d+: a step needs an instance: write Words\(…\), not Words",
        ),
        (lambda: When(language="ar"), r"language takes several texts: write \('ar',\)"),  # type: ignore[arg-type]  # the mistake on test
        (lambda: When(source="a/*"), r"source takes several texts: write \('a/\*',\)"),  # type: ignore[arg-type]  # the mistake on test
        (lambda: copydesk.load("wire.toml", overrides="name=x"), r"overrides takes several texts: write \['name=x'\]"),
        (lambda: RunSettings(on_error="ignore"), r"'on_error' must be in \('quarantine', 'stop'\) \(got 'ignore'\)"),  # type: ignore[arg-type]  # the mistake on test
        (lambda: RunSettings(workers="many"), 'workers must be 1 or more, or "auto"'),  # type: ignore[arg-type]  # the mistake on test
        (lambda: Pipeline().enrich(None), "a document's text must be a str, not NoneType"),  # type: ignore[arg-type]  # the mistake on test
    ],
)
def test_a_mistake_in_python_is_told_where_it_is_made(call: Any, told: str) -> None:
    with pytest.raises((TypeError, ValueError, copydesk.PluginError), match=told):
        call()
