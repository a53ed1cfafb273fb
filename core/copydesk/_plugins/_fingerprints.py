"""Fingerprints of steps: what they do, in short texts that change when their options, code or data do."""

from __future__ import annotations

import hashlib
import importlib.util
import inspect
import json
import os
import sys
from collections.abc import Iterator, Mapping
from datetime import date, time
from enum import Enum
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from copydesk._where import class_name

if TYPE_CHECKING:
    from copydesk._plugins._step import Step

_LARGE = 1 << 20
"""Files above this size are known by size and time, not by their content."""
_ENGINE = __name__.partition(".")[0]


@attrs.frozen
class Fingerprint:
    """What a step is made of; two steps whose fingerprints are equal do the same."""

    options: str
    """Its name, class, options and condition."""
    code: str
    """The files of its plugin's package."""
    files: str
    """The files that its options name."""

    def __str__(self) -> str:
        return f"{self.options}-{self.code}-{self.files}"


def engine_version() -> str:
    """The version that all work depends on."""
    return version("copydesk")


def fingerprint(step: Step, folder: Path) -> Fingerprint:
    """The fingerprint of a step in a pipeline whose relative paths start at ``folder``.

    Files named by options count for steps that enrich; ingest names what it reads, export what it writes.
    """
    options = _options(step.plugin)
    cls = type(step.plugin)
    what = [step.stage, step.name, class_name(cls), options, step.when]
    reads = step.stage in ("enrich", "use")
    writes = getattr(cls, "writes", ())
    named = {name: value for name, value in options.items() if reads and name not in writes}
    return Fingerprint(
        options=_short(json.dumps(_canonical(what, folder)).encode()),
        code=_short("".join(map(code_digest, packages_of(cls))).encode()),
        files=_short("".join(tree_digest(path) for path in sorted(_paths(named))).encode()),
    )


def plugin_file(step: Step) -> Path | None:
    """The file of a step's plugin, where it was loaded from a file beside the pipeline."""
    module = sys.modules.get(type(step.plugin).__module__)
    return Path(str(module.__file__)) if module is not None and hasattr(module, "__digest__") else None


def _short(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]


def _options(plugin: Any) -> dict[str, Any]:
    return {field.name: getattr(plugin, field.name) for field in attrs.fields(type(plugin)) if field.init}


def _canonical(value: Any, folder: Path) -> Any:
    """A value of an option as JSON that is the same in every process and wherever the folder lies."""
    if value is None or isinstance(value, (str, int, float)):
        return value
    if isinstance(value, Path):
        return os.path.relpath(value, folder) if value.is_absolute() else value.as_posix()
    if isinstance(value, Enum):
        return _canonical(value.value, folder)
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, Mapping):
        return sorted([str(key), _canonical(item, folder)] for key, item in value.items())
    if isinstance(value, (list, tuple)):
        return [_canonical(item, folder) for item in value]
    if attrs.has(type(value)):
        return [type(value).__qualname__, _canonical(_options(value), folder)]
    return repr(value)


def _paths(value: Any) -> Iterator[Path]:
    """The paths anywhere in a value."""
    if isinstance(value, Path):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _paths(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _paths(item)
    elif attrs.has(type(value)):
        yield from _paths(_options(value))


def packages_of(cls: type) -> list[str]:
    """The packages that a class and its bases come from, the engine and the standard library left out."""
    packages = {base.__module__.partition(".")[0] for base in inspect.getmro(cls)}
    return sorted(packages - {_ENGINE} - sys.stdlib_module_names)


def code_digest(package: str) -> str:
    """A digest of a package's files, or of a single module's."""
    # A file beside the pipeline may have been edited and loaded again in this process.
    return getattr(sys.modules.get(package), "__digest__", None) or _package_digest(package)


@cache
def _package_digest(name: str) -> str:
    module = sys.modules.get(name)
    spec = getattr(module, "__spec__", None) or (importlib.util.find_spec(name) if name != "__main__" else None)
    if spec is not None and spec.submodule_search_locations:
        return "".join(tree_digest(Path(folder)) for folder in spec.submodule_search_locations)
    file = getattr(module, "__file__", None) or (spec.origin if spec else None)
    return tree_digest(Path(file)) if file else name


def tree_digest(path: Path) -> str:
    """A digest of a file, or of all files below a folder; of nothing where there is none."""
    digest = hashlib.sha256()
    for file in _files(path):
        digest.update(f"{file.relative_to(path).as_posix()}\0".encode("utf-8", "surrogateescape"))
        digest.update(_file_digest(file))
    return digest.hexdigest()


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
        return
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if name != "__pycache__" and not name.startswith("."))
        yield from (Path(folder, name) for name in sorted(names) if not name.endswith(".pyc"))


def _file_digest(file: Path) -> bytes:
    try:
        status = file.stat()
        if status.st_size > _LARGE:
            return f"{status.st_size}-{status.st_mtime_ns}".encode()
        return hashlib.sha256(file.read_bytes()).digest()
    except OSError as error:
        return f"unreadable: {error.errno}".encode()
