"""The command answers before the engine, or any plugin, is loaded."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import copydesk

HEAVY = {"rich", "cattrs", "msgspec", "attr", "attrs", "pluggy", "tomli", "json"}


def imported(environment: dict[str, str], *arguments: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "copydesk", *arguments],
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return set(re.findall(r"\|\s+([\w.]+)$", done.stderr, re.MULTILINE))


def test_help_imports_no_plugin_and_nothing_heavy(environment: dict[str, str]) -> None:
    modules = imported(environment, "--help")
    assert "copydesk._cli._main" in modules
    assert not {name for name in modules if name.startswith("copydesk_")}
    assert not {name.partition(".")[0] for name in modules} & HEAVY


def test_so_does_the_help_of_a_command_and_the_version(environment: dict[str, str]) -> None:
    for arguments in (["run", "--help"], ["show", "--help"], ["--version"]):
        modules = imported(environment, *arguments)
        assert not {name for name in modules if name.startswith("copydesk_")}
        assert not {name.partition(".")[0] for name in modules} & (HEAVY - {"json"})


def test_every_command_is_explained(cli: Any) -> None:
    text = cli("--help").stdout
    for command in ("run", "check", "show", "plugins", "schema"):
        assert re.search(rf"^  {command} +[A-Z].*[^.]\.$", text, re.MULTILINE)
        assert cli(command, "--help").returncode == 0


def test_the_version_is_printed(cli: Any) -> None:
    assert re.fullmatch(r"copydesk \d+\.\d+\.\d+\S*\n", cli("--version").stdout)


def test_every_public_name_is_there_and_no_other() -> None:
    source = Path(copydesk.__file__ or "").read_text("utf-8")
    declared = re.findall(r"^    from copydesk\.([\w.]+) import (\w+) as \2$", source, re.MULTILINE)
    assert sorted(name for _, name in declared) == copydesk.__all__
    for module, name in declared:
        assert getattr(copydesk, name) is getattr(sys.modules[f"copydesk.{module}"], name)
    assert not hasattr(copydesk, "Documnet")
