"""The reference leaves nothing out."""

from __future__ import annotations

import errno
import inspect
import re

import pytest
from tests.docs.blocks import ROOT

import copydesk
from copydesk._cli import _events, _exits
from copydesk._cli._main import copydesk as command_line
from copydesk._cli._manual import option_rows
from copydesk._plugins._discovery import InstalledPlugin, installed_plugins
from copydesk._plugins._hookspecs import STAGES, hook_arguments

REFERENCE = ROOT / "docs" / "reference"
OURS = [plugin for plugin in installed_plugins() if plugin.distribution == "copydesk"]


def page(name: str) -> str:
    return (REFERENCE / name).read_text("utf-8")


def headings(name: str) -> set[str]:
    return set(re.findall(r"^#+ (\w+)", page(name), re.MULTILINE))


@pytest.mark.parametrize(("hook", "arguments"), hook_arguments().items())
def test_each_hook_has_a_section_that_gives_its_exact_signature(hook: str, arguments: tuple[str, ...]) -> None:
    section = page("hooks.md").split(f"\n## {hook}\n")[1].split("\n## ")[0]
    assert section.strip().startswith(f"`{hook}({', '.join(arguments)})`")


@pytest.mark.parametrize("name", copydesk.__all__)
def test_each_public_name_has_a_section(name: str) -> None:
    assert name in headings("plugin-api.md") | headings("annotations.md")


def test_each_exit_code_has_a_row_and_no_other() -> None:
    numbers = {name: value for name, value in vars(_exits).items() if name.isupper() and isinstance(value, int)}
    ends = {value for name, value in numbers.items() if not hasattr(errno, name)}
    errors = [error for _, error in inspect.getmembers(copydesk, inspect.isclass) if hasattr(error, "exit_code")]
    codes = {0} | ends | {error.exit_code for error in errors}
    assert {int(code) for code in re.findall(r"^\| (\d+) \|", page("exit-codes.md"), re.MULTILINE)} == codes


@pytest.mark.parametrize("plugin", OURS, ids=lambda plugin: plugin.name)
def test_each_plugin_has_a_page_with_all_its_options(plugin: InstalledPlugin) -> None:
    text = page(f"plugins/{plugin.name}.md")
    for cls in plugin.classes():
        assert [row.name for row in option_rows(cls) if f"| `{row.name}` |" not in text] == []


def test_no_page_is_about_a_plugin_that_is_gone() -> None:
    assert {path.stem for path in REFERENCE.glob("plugins/*.md")} == {plugin.name for plugin in OURS}


@pytest.mark.parametrize("setting", [row.name for row in option_rows(copydesk.RunSettings)])
def test_each_setting_of_a_run_is_told(setting: str) -> None:
    assert f"| `{setting}` |" in page("pipeline-file.md")


@pytest.mark.parametrize("table", [*STAGES, "use"])
def test_each_table_of_a_pipeline_file_is_told(table: str) -> None:
    assert f"| `[[{table}]]` |" in page("pipeline-file.md")


@pytest.mark.parametrize("command", command_line.commands)
def test_each_command_has_a_section(command: str) -> None:
    assert f"\n## copydesk {command}\n" in page("command-line.md")


def test_each_event_of_a_run_is_told() -> None:
    written = set(re.findall(r'_write\(\s*"(\w+)"', inspect.getsource(_events)))
    assert set(re.findall(r"^\| `(\w+)` \|", page("command-line.md"), re.MULTILINE)) == written
