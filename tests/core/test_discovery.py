"""Plugins are found by name, by file and by module, each imported only when it is used."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from textwrap import dedent
from threading import Thread

import pytest

import copydesk
from copydesk._plugins._discovery import find_plugin, find_plugin_classes, installed_plugins

ENRICHER = """
import copydesk

@copydesk.plugin
class Enricher:
    @copydesk.hookimpl
    def enrich(self, document):
        return None
"""
Install = Callable[..., None]
Write = Callable[..., Path]


@pytest.fixture
def install(tmp_path: Path, write: Write, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Install a distribution of one module: its folder is put on the path, and forgotten after the test."""
    known = set(sys.modules)

    def add(distribution: str, module: str, code: str, **entry_points: str) -> None:
        folder = f"site/{distribution}"
        write(f"{folder}/{module}.py", code)
        lines = [f"{name.replace('_', '-')} = {target}" for name, target in entry_points.items()]
        info = f"{folder}/{distribution}-1.2.dist-info"
        write(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {distribution}\nVersion: 1.2\n")
        write(f"{info}/entry_points.txt", "\n".join(["[copydesk]", *lines]))
        monkeypatch.syspath_prepend(str(tmp_path / folder))

    yield add
    for name in set(sys.modules) - known:
        del sys.modules[name]


def told(reference: str, stage: str, folder: Path) -> str:
    with pytest.raises(copydesk.PluginError) as caught:
        find_plugin(reference, stage, folder)
    return str(caught.value)


# By name.


def test_an_installed_plugin_is_found_by_its_entry_point(install: Install, tmp_path: Path) -> None:
    install("wire-tools", "wire_tools", ENRICHER, mood="wire_tools:Enricher")
    assert find_plugin("mood", "enrich", tmp_path).__module__ == "wire_tools"


def test_installed_plugins_are_listed_without_importing_them(install: Install) -> None:
    install("wire-tools", "wire_tools", "raise SystemExit('imported')", mood="wire_tools:Mood", tone="wire_tools:Tone")
    found = [plugin for plugin in installed_plugins() if plugin.distribution == "wire-tools"]
    assert [(plugin.name, plugin.target, plugin.version) for plugin in found] == [
        ("mood", "wire_tools:Mood", "1.2"),
        ("tone", "wire_tools:Tone", "1.2"),
    ]
    assert "wire_tools" not in sys.modules


def test_a_distribution_that_is_on_the_path_twice_is_one(
    install: Install, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install("wire-tools", "wire_tools", ENRICHER, mood="wire_tools:Enricher")
    monkeypatch.syspath_prepend(str(tmp_path / "site" / "wire-tools") + os.sep)
    assert find_plugin("mood", "enrich", tmp_path).__name__ == "Enricher"


def test_two_distributions_that_offer_one_name_are_told_apart_by_module(install: Install, tmp_path: Path) -> None:
    install("one", "one_mood", ENRICHER, mood="one_mood:Enricher")
    install("two", "two_mood", ENRICHER, mood="two_mood:Enricher")
    assert told("mood", "enrich", tmp_path) == (
        "plugin 'mood' is offered by one (one_mood:Enricher) and two (two_mood:Enricher); "
        "name one of them as package:Class"
    )
    assert find_plugin("two_mood:Enricher", "enrich", tmp_path).__module__ == "two_mood"


def test_an_unknown_name_is_told_with_the_closest(install: Install, tmp_path: Path) -> None:
    install("wire-tools", "wire_tools", ENRICHER, reading_time="wire_tools:Enricher")
    with pytest.raises(copydesk.PluginError) as caught:
        find_plugin("raeding-time", "enrich", tmp_path)
    assert str(caught.value) == "no plugin is named 'raeding-time'"
    assert vars(caught.value)["hint"] == "did you mean 'reading-time'?"


@pytest.mark.parametrize(
    ("code", "error"),
    [
        (
            "import a_library_that_is_missing",
            "ModuleNotFoundError: No module named 'a_library_that_is_missing' (FILE:1)",
        ),
        ("x = 1\n\ny = x / 0", "ZeroDivisionError: division by zero (FILE:3)"),
        ("def broken(:", "SyntaxError: invalid syntax (FILE:1)"),
        ("raise SystemExit(3)", "SystemExit: 3 (FILE:1)"),
        ("other = 1", "AttributeError: module 'broken_mood' has no attribute 'Mood'"),
    ],
)
def test_a_plugin_that_cannot_be_imported_is_told_and_breaks_nobody_else(
    install: Install, tmp_path: Path, code: str, error: str
) -> None:
    install("fine", "fine_mood", ENRICHER, fine="fine_mood:Enricher")
    install("broken", "broken_mood", code, mood="broken_mood:Mood")
    error = error.replace("FILE", str(tmp_path / "site/broken/broken_mood.py"))
    assert told("mood", "enrich", tmp_path) == f"plugin 'mood' of broken 1.2 cannot be imported: {error}"
    assert find_plugin("fine", "enrich", tmp_path).__name__ == "Enricher"


def test_an_entry_point_that_is_no_class(install: Install, tmp_path: Path) -> None:
    install("wire-tools", "wire_tools", "mood = 5", mood="wire_tools:mood")
    assert (
        told("mood", "enrich", tmp_path) == "plugin 'mood' is 5, which is no class; name a class with @copydesk.plugin"
    )


BOTH_WAYS = """
import copydesk
from copydesk import Document, plugin


@copydesk.plugin
class Reader:
    @copydesk.hookimpl
    def ingest(self):
        return ()


@copydesk.plugin
class Writer:
    @copydesk.hookimpl
    def export(self, documents):
        return None
"""


def test_a_module_offers_one_class_a_stage_under_one_name(install: Install, tmp_path: Path) -> None:
    install("both", "both_ways", BOTH_WAYS, both="both_ways")
    assert find_plugin("both", "ingest", tmp_path).__name__ == "Reader"
    assert find_plugin("both", "export", tmp_path).__name__ == "Writer"
    assert [cls.__name__ for cls in find_plugin_classes("both", tmp_path)] == ["Reader", "Writer"]
    assert told("both", "enrich", tmp_path) == (
        "plugin 'both' is nothing for [[enrich]]; it belongs under [[export]] or [[ingest]]"
    )


def test_a_module_without_plugins(install: Install, tmp_path: Path) -> None:
    install("none", "no_plugins", "from copydesk import Document", nothing="no_plugins")
    assert told("nothing", "enrich", tmp_path) == (
        "plugin 'nothing' is the module no_plugins, which holds no class with @copydesk.plugin"
    )


def test_a_plugin_that_a_module_only_imports_is_not_its_own(install: Install, tmp_path: Path) -> None:
    install("own", "own_mood", ENRICHER, own="own_mood:Enricher")
    install("both", "both_ways", BOTH_WAYS + "\nfrom own_mood import Enricher\n", both="both_ways")
    assert [cls.__name__ for cls in find_plugin_classes("both", tmp_path)] == ["Reader", "Writer"]


# By module.


def test_a_class_of_any_importable_module(install: Install, tmp_path: Path) -> None:
    install("wire-tools", "wire_tools", ENRICHER)
    assert find_plugin("wire_tools:Enricher", "enrich", tmp_path).__name__ == "Enricher"
    assert told("wire_tools:Enrcher", "enrich", tmp_path) == (
        "wire_tools has no class 'Enrcher'; did you mean 'Enricher'?"
    )


@pytest.mark.parametrize(
    ("reference", "message"),
    [
        (
            "not_installed_here:X",
            "module 'not_installed_here' cannot be imported: ModuleNotFoundError: No module named ",
        ),
        (":X", "module '' cannot be imported: ValueError: Empty module name"),
        ("..x:X", "module '..x' cannot be imported: TypeError: "),
        ("copydesk:Document", "plugin copydesk._documents._document:Document breaks the rules for plugins:\n"),
        ("copydesk:load", "plugin 'copydesk:load' is <function load at 0x"),
    ],
)
def test_references_that_lead_nowhere(tmp_path: Path, reference: str, message: str) -> None:
    assert told(reference, "enrich", tmp_path).startswith(message)


# By file.


def test_a_class_of_a_file_beside_the_pipeline_or_below(write: Write, tmp_path: Path) -> None:
    write("mood.py", ENRICHER)
    write("desk/plugins/mood.py", ENRICHER)
    assert find_plugin("mood.py:Enricher", "enrich", tmp_path).__name__ == "Enricher"
    assert find_plugin("desk/plugins/mood.py:Enricher", "enrich", tmp_path).__name__ == "Enricher"


@pytest.mark.parametrize("reference", ["../mood.py:Enricher", "below/../../mood.py:Enricher", "ABSOLUTE:Enricher"])
def test_a_file_elsewhere_is_refused(write: Write, tmp_path: Path, reference: str) -> None:
    folder = tmp_path / "desk"
    folder.mkdir()
    target = write("mood.py", "raise SystemExit('it was run')")
    reference = reference.replace("ABSOLUTE", str(target))
    assert told(reference, "enrich", folder) == (
        f"plugin file {reference.rpartition(':')[0]!r} lies outside {folder}; "
        "put it beside the pipeline file or below it"
    )


def test_a_link_to_a_file_elsewhere_is_refused(write: Write, tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    folder.mkdir()
    (folder / "mood.py").symlink_to(write("mood.py", "raise SystemExit('it was run')"))
    assert told("mood.py:Enricher", "enrich", folder).startswith("plugin file 'mood.py' lies outside ")


def test_a_file_that_is_missing_or_a_folder(tmp_path: Path) -> None:
    (tmp_path / "folder.py").mkdir()
    assert told("gone.py:X", "enrich", tmp_path) == (
        f"plugin file {tmp_path}/gone.py cannot be read: No such file or directory"
    )
    assert told("folder.py:X", "enrich", tmp_path) == f"plugin file {tmp_path}/folder.py cannot be read: Is a directory"


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("1 / 0", "ZeroDivisionError: division by zero (FILE:1)"),
        ("def broken(:", "SyntaxError: invalid syntax (FILE:1)"),
        ("import sys\nsys.exit('no')", "SystemExit: no (FILE:2)"),
    ],
)
def test_a_file_that_cannot_be_run_leaves_nothing_behind(write: Write, tmp_path: Path, code: str, error: str) -> None:
    path = write("mood.py", code)
    known = set(sys.modules)
    assert told("mood.py:X", "enrich", tmp_path) == (
        f"plugin file {path} cannot be run: {error.replace('FILE', str(path))}"
    )
    assert set(sys.modules) == known
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_is_edited_is_run_again_and_one_that_is_not_is_not(write: Write, tmp_path: Path) -> None:
    path = write("mood.py", ENRICHER + "pace = 1\n")
    first = find_plugin("mood.py:Enricher", "enrich", tmp_path)
    assert find_plugin("mood.py:Enricher", "enrich", tmp_path) is first
    status = path.stat()
    write("mood.py", ENRICHER + "pace = 2\n")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    second = find_plugin("mood.py:Enricher", "enrich", tmp_path)
    assert vars(sys.modules[second.__module__])["pace"] == 2


def test_files_of_one_name_in_two_folders_are_two_plugins(write: Write, tmp_path: Path) -> None:
    write("a/mood.py", ENRICHER)
    write("b/mood.py", ENRICHER)
    one = find_plugin("mood.py:Enricher", "enrich", tmp_path / "a")
    other = find_plugin("mood.py:Enricher", "enrich", tmp_path / "b")
    assert one.__module__ != other.__module__


def test_threads_that_use_one_file_run_it_once(write: Write, tmp_path: Path) -> None:
    counter = tmp_path / "counter"
    write(
        "mood.py",
        ENRICHER
        + dedent(f"""
        import time
        with open({str(counter)!r}, "a") as counter:
            counter.write("x")
        time.sleep(0.05)
    """),
    )
    threads = [Thread(target=find_plugin, args=("mood.py:Enricher", "enrich", tmp_path)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counter.read_text(encoding="utf-8") == "x"


def test_the_plugins_that_ship_with_copydesk_are_found_like_any_other(tmp_path: Path) -> None:
    shipped = {plugin.name: plugin for plugin in installed_plugins() if plugin.distribution == "copydesk"}
    assert set(shipped) >= {"seed-file", "dateline", "quotes", "rss", "json"}
    for plugin in shipped.values():
        assert plugin.classes() == find_plugin_classes(plugin.name, tmp_path)
