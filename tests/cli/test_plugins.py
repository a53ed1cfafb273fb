"""``copydesk plugins``: what is installed, and how it is used."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import tomli


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """A folder of installed distributions: one that works, one that cannot be imported."""
    folder = tmp_path / "site"
    (folder / "working_desk").mkdir(parents=True)
    (folder / "working_desk/__init__.py").write_text(
        "import copydesk\n\n\n@copydesk.plugin\nclass Works:\n    '''Do the work.'''\n\n    times: int = 2\n"
        "    '''How often.'''\n\n    @copydesk.hookimpl\n    def enrich(self, document):\n        return None\n"
    )
    (folder / "broken_desk.py").write_text("import no_such_module\n")
    for name, target in (("working", "working_desk:Works"), ("broken", "broken_desk:Breaks")):
        info = folder / f"{name}_desk-1.5.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}-desk\nVersion: 1.5\n")
        (info / "entry_points.txt").write_text(f"[copydesk]\n{name} = {target}\n")
    return folder


def test_every_installed_plugin_is_listed_with_hooks_origin_and_summary(cli: Any, installed: Path) -> None:
    done = cli("plugins", PYTHONPATH=str(installed))
    assert done.returncode == 0
    (line,) = [line for line in done.stdout.splitlines() if line.startswith("working")]
    assert line.split() == ["working", "enrich", "working-desk", "1.5", "Do", "the", "work."]


def test_a_plugin_that_cannot_be_imported_is_listed_with_its_error(cli: Any, installed: Path) -> None:
    done = cli("plugins", PYTHONPATH=str(installed))
    assert done.returncode == 0
    told = " ".join(done.stdout.split())
    assert "broken - broken-desk 1.5" in told
    assert "no_such_module" in told


def test_the_plugins_that_ship_are_listed(cli: Any) -> None:
    done = cli("plugins")
    for name in ("dateline", "json", "quotes", "rss", "seed-file"):
        assert any(line.startswith(f"{name} ") for line in done.stdout.splitlines())


def test_a_manual_tells_tables_hooks_docstring_and_options(cli: Any) -> None:
    done = cli("plugins", "desk.py:Shouts")
    assert done.returncode == 0
    assert "Goes in [[enrich]]; hooks: enrich." in done.stdout
    assert "Find words in capitals.\n\nWords such as STOP count." in done.stdout
    rows = [" ".join(line.split()) for line in done.stdout.splitlines()]
    assert "loudness a number 1.5 How loud a word in capitals is." in rows
    assert 'mode "all" or "first" "all"' in rows


def test_a_required_option_is_told_as_such(cli: Any) -> None:
    rows = [" ".join(line.split()) for line in cli("plugins", "desk.py:Notes").stdout.splitlines()]
    assert "paths an array of paths required Which files." in rows


@pytest.mark.parametrize("name", ["working", "working_desk:Works"])
def test_an_installed_plugin_is_explained_by_its_name_or_its_class(cli: Any, installed: Path, name: str) -> None:
    done = cli("plugins", name, PYTHONPATH=str(installed))
    assert done.returncode == 0
    assert "How often." in done.stdout


def test_the_lines_to_paste_make_a_pipeline(cli: Any, desk: Path) -> None:
    pasted = ""
    for name in ("Notes", "Shouts", "Texts"):
        manual = cli("plugins", f"desk.py:{name}").stdout
        _, _, snippet = manual.partition("In a pipeline file\n")
        pasted += "\n".join(line.strip() for line in snippet.splitlines()) + "\n"
    assert set(tomli.loads(pasted)) == {"ingest", "enrich", "export"}
    (desk / "path/to/file").mkdir(parents=True)
    (desk / "pasted.toml").write_text(pasted, "utf-8")
    assert cli("check", "pasted.toml").returncode == 0


@pytest.mark.parametrize("name", ["cache", "dask"])
def test_middleware_and_runners_are_explained_as_going_in_use(cli: Any, name: str) -> None:
    lines = [line.strip() for line in cli("plugins", name).stdout.splitlines()]
    assert lines[1].startswith("Goes in [[use]]; hooks: ")
    assert [line for line in lines if line.startswith("[[")] == ["[[use]]"]


def test_every_default_can_be_uncommented(cli: Any, desk: Path) -> None:
    manual = cli("plugins", "desk.py:Shouts").stdout
    _, _, snippet = manual.partition("In a pipeline file\n")
    table = tomli.loads("\n".join(line.strip().removeprefix("# ") for line in snippet.splitlines()))
    assert table["enrich"][0] == {
        "plugin": "desk.py:Shouts",
        "loudness": 1.5,
        "mode": "all",
        "drop": "",
        "fail": "",
        "say": "",
        "wait": "",
    }


def test_an_unknown_name_is_an_error_with_the_closest_right_one(cli: Any, installed: Path) -> None:
    done = cli("plugins", "workin", PYTHONPATH=str(installed))
    assert (done.returncode, done.stdout) == (2, "")
    assert "no plugin is named 'workin'; did you mean 'working'?" in done.stderr


def test_a_plugin_that_cannot_be_imported_is_an_error_where_it_is_asked_for(cli: Any, installed: Path) -> None:
    done = cli("plugins", "broken", PYTHONPATH=str(installed))
    assert done.returncode == 2
    assert "plugin 'broken' of broken-desk 1.5 cannot be imported" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_options_within_a_table_are_told_too(cli: Any, desk: Path) -> None:
    (desk / "nested.py").write_text(
        "import attrs\nimport copydesk\n\n\n@attrs.frozen\nclass Town:\n    size: int\n    'How many live there.'\n\n\n"
        "@copydesk.plugin\nclass Towns:\n    home: Town\n    others: dict[str, Town] = attrs.field(factory=dict)\n\n"
        "    @copydesk.hookimpl\n    def enrich(self, document):\n        return None\n",
        "utf-8",
    )
    done = cli("plugins", "nested.py:Towns")
    rows = [" ".join(line.split()) for line in done.stdout.splitlines()]
    assert "home.size a whole number required How many live there." in rows
    assert "others.*.size a whole number required How many live there." in rows
    assert "home = { size = 1 }" in rows
    assert "(no manual)" not in done.stdout


def test_of_a_table_that_may_hold_itself_the_options_are_told_once(cli: Any, desk: Path) -> None:
    (desk / "tree.py").write_text(
        "import attrs, copydesk\n"
        "@attrs.frozen\nclass Branch:\n    leaves: int\n    branches: 'tuple[Branch, ...]' = ()\n"
        "@copydesk.plugin\nclass Tree:\n    root: Branch\n"
        "    @copydesk.hookimpl\n    def enrich(self, document): ...\n",
        "utf-8",
    )
    manual = cli("plugins", "tree.py:Tree")
    assert manual.returncode == 0
    names = [line.split()[0] for line in manual.stdout.splitlines() if line.startswith("root")]
    assert names == ["root", "root.leaves", "root.branches"]
