"""Who reads a file: an installed plugin, or a pipeline's own ingest step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs

from copydesk._cli._messages import tell_warning
from copydesk._errors import PluginError, UsageError
from copydesk._files import STANDARD_STREAM
from copydesk._pipelines._pipeline import Pipeline
from copydesk._plugins._checks import implemented_hooks
from copydesk._plugins._discovery import installed_plugins
from copydesk._plugins._option_types import option_fields
from copydesk._plugins._options import OptionsError, build_plugin
from copydesk._plugins._step import Step

Plugins = Mapping[str, tuple[type, ...]]

_PLAIN_TEXT = "standard-input.txt"


def working_plugins() -> Plugins:
    """Every installed plugin's classes by its name; one that cannot be imported is warned of and left out."""
    found = {}
    for plugin in installed_plugins():
        try:
            found[plugin.name] = plugin.classes()
        except PluginError as error:
            tell_warning(f"{error}; it is left out")
    return found


def installed_reader(file: Path, installed: Plugins) -> Step:
    """An ingest step of the first installed plugin that reads files of this kind.

    Raises UsageError where none does.
    """
    readers = [(name, cls) for name, cls in _classes_with("ingest", installed) if "paths" in option_fields(cls)]
    for name, cls in readers:
        if _reads(cls, file):
            try:
                return Step(build_plugin(cls, {"paths": [str(file)]}, Path.cwd()), name=name)
            except OptionsError:
                # It needs options that only a pipeline can give.
                continue
    raise UsageError(_nobody(file, readers, "no installed plugin") + "; or name a pipeline that does, with --pipeline")


def pipeline_reader(pipeline: Pipeline, file: Path) -> Step:
    """The pipeline's ingest step that reads files of this kind, made to read this one.

    Raises UsageError where none does.
    """
    steps = [step for step in pipeline.stage("ingest") if "paths" in option_fields(type(step.plugin))]
    for step in steps:
        if _reads(type(step.plugin), file):
            path = file if file == STANDARD_STREAM else file.absolute()
            paths = type(step.plugin.paths)([path])
            return attrs.evolve(step, plugin=attrs.evolve(step.plugin, paths=paths))
    readers = [(step.name, type(step.plugin)) for step in steps]
    raise UsageError(_nobody(file, readers, f"no ingest step of {pipeline.name!r}"))


def installed_enrichers(installed: Plugins) -> list[Step]:
    """A step for each installed plugin that enriches and needs no options, in the order of their names."""
    steps = []
    for name, cls in _classes_with("enrich", installed):
        if all(field.default is not attrs.NOTHING for field in option_fields(cls).values()):
            steps.append(Step(build_plugin(cls, {}, Path.cwd()), name=name))
    return steps


def _classes_with(hook: str, installed: Plugins) -> Iterator[tuple[str, type]]:
    for name, classes in installed.items():
        fitting = [cls for cls in classes if hook in implemented_hooks(cls)]
        for cls in fitting:
            yield name if len(fitting) == 1 else f"{name}:{cls.__name__}", cls


def _suffixes(cls: Any) -> tuple[str, ...]:
    return tuple(getattr(cls, "reads", ()))


def _reads(cls: type, file: Path) -> bool:
    name = _PLAIN_TEXT if file == STANDARD_STREAM else file.name
    return name.lower().endswith(tuple(suffix.lower() for suffix in _suffixes(cls)))


def _nobody(file: Path, readers: list[tuple[str, type]], who: str) -> str:
    kind = "plain text" if file == STANDARD_STREAM else f"{file.suffix or file.name} files"
    known = [f"{name} reads {', '.join(_suffixes(cls))}" for name, cls in readers if _suffixes(cls)]
    return f"{who} reads {kind}" + (f" ({'; '.join(known)})" if known else "")
