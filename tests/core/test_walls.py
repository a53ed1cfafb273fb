"""The walls: the engine knows no plugin by name, and what is installed is what is here."""

from __future__ import annotations

import ast
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from configparser import ConfigParser
from pathlib import Path
from typing import Any

import pytest
import tomli

from copydesk import Annotation
from copydesk._documents import _vocabulary

ROOT = Path(__file__).parents[2]
PROJECT: dict[str, Any] = tomli.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PLUGINS: dict[str, str] = PROJECT["project"]["entry-points"]["copydesk"]
PACKAGES: list[str] = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]


def strings(tree: ast.Module) -> Iterator[str]:
    """Every string of a program but its docstrings."""
    prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
            yield node.value


@pytest.mark.parametrize("module", sorted((ROOT / "core").rglob("*.py")), ids=lambda path: path.stem)
def test_no_module_of_the_engine_names_a_plugin(module: Path) -> None:
    text = module.read_text(encoding="utf-8")
    packages = {target.partition(":")[0] for target in PLUGINS.values()}
    assert not [package for package in packages if package in text]
    vocabulary = {
        kind for kind in vars(_vocabulary).values() if isinstance(kind, type) and issubclass(kind, Annotation)
    }
    words_of_its_own = {kind.type for kind in vocabulary}
    assert not (PLUGINS.keys() - words_of_its_own) & set(strings(ast.parse(text)))


def test_the_list_of_packages_is_that_of_the_folders() -> None:
    folders = [path for top in ("core", "plugins") for path in (ROOT / top).iterdir()]
    assert sorted(PACKAGES) == sorted(
        path.relative_to(ROOT).as_posix() for path in folders if (path / "__init__.py").exists()
    )


def test_every_plugin_has_an_entry_point_and_stands_behind_the_walls() -> None:
    plugins = {Path(package).name for package in PACKAGES} - {"copydesk"}
    assert {target.partition(":")[0] for target in PLUGINS.values()} == plugins
    linter = PROJECT["tool"]["importlinter"]
    assert set(linter["root_packages"]) == plugins | {"copydesk"}
    walls = {contract["name"]: contract for contract in linter["contracts"]}
    assert set(walls["The engine knows no plugin"]["forbidden_modules"]) == plugins
    assert set(walls["No plugin knows another"]["modules"]) == plugins
    assert set(walls["Plugins see only the engine's public face"]["source_modules"]) == plugins


@pytest.mark.parametrize("top", ["core", "plugins", "tests", "examples", "docs", "seeds"])
def test_no_top_folder_is_a_package(top: str) -> None:
    assert not (ROOT / top / "__init__.py").exists()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without the network."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.iterdir()
    return built


def test_the_wheel_holds_the_packages_with_their_types_and_data_and_nothing_else(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    here = {
        f"{Path(package).name}/{path.relative_to(ROOT / package).as_posix()}"
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and not any(part.startswith((".", "__pycache__")) for part in path.relative_to(ROOT).parts)
    }
    assert {f"{Path(package).name}/py.typed" for package in PACKAGES} <= here
    assert {name for name in names if ".dist-info/" not in name} == here


def test_the_wheel_has_the_entry_points_and_the_licence(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (metadata,) = {name.partition("/")[0] for name in archive.namelist() if ".dist-info/" in name}
        entry_points = ConfigParser()
        entry_points.read_string(archive.read(f"{metadata}/entry_points.txt").decode())
        assert archive.read(f"{metadata}/licenses/LICENSE") == (ROOT / "LICENSE").read_bytes()
    assert dict(entry_points["copydesk"]) == PLUGINS
    assert dict(entry_points["console_scripts"]) == PROJECT["project"]["scripts"]


def test_what_is_in_the_wheel_is_enough_for_the_main_job(
    wheel: Path, environment: Callable[[Path], Path], tmp_path: Path
) -> None:
    python = environment(wheel)
    where = [str(python), "-c", "import copydesk, copydesk_rss; print(copydesk.__file__, copydesk_rss.__file__)"]
    printed = subprocess.run(where, cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    assert printed.count(str(python.parents[1])) == 2
    for folder, name in (("seeds", "*.txt"), ("examples", "seeds.toml")):
        (tmp_path / folder).mkdir()
        for path in (ROOT / folder).glob(name):
            (tmp_path / folder / path.name).write_bytes(path.read_bytes())
    run = [str(python), "-m", "copydesk", "run", "examples/seeds.toml"]
    ran = subprocess.run(run, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert (tmp_path / "examples/out/feed.xml").stat().st_size > 10_000


MODULES = sorted(path for folder in ("core", "plugins", "docs") for path in (ROOT / folder).rglob("*.py"))


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_no_module_gives_one_name_two_meanings(module: Path) -> None:
    statements = ast.parse(module.read_text(encoding="utf-8")).body
    targets = [target for statement in statements if isinstance(statement, ast.Assign) for target in statement.targets]
    names = [name.id for target in targets for name in ast.walk(target) if isinstance(name, ast.Name)]
    assert sorted(names) == sorted(set(names))
