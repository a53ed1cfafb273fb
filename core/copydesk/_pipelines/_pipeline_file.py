"""Reading a pipeline file: TOML, variables of the environment, overrides, and every mistake in it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import attrs

from copydesk._errors import PluginError
from copydesk._pipelines._overrides import Override, apply_overrides, step_name
from copydesk._pipelines._settings import RunSettings
from copydesk._pipelines._toml_positions import Positions, find_positions
from copydesk._pipelines._toml_text import parsed, read_text
from copydesk._plugins._discovery import Installed, UnknownPluginError, find_plugin, installed_plugins
from copydesk._plugins._hookspecs import STAGES
from copydesk._plugins._option_types import STEP_KEYS
from copydesk._plugins._options import OptionProblem, OptionsError, build_plugin
from copydesk._plugins._step import Step
from copydesk._plugins._when import When
from copydesk._problems import PipelineFileError, Place, Problem, did_you_mean

_TABLES = (*STAGES, "use")
_EVERYTHING = {
    "ingest": "an ingest step reads everything that it names",
    "use": "middleware and observers are told of every document",
}
_VARIABLE = re.compile(r"\$\$\{|\$\{([^}]*)\}")


@attrs.frozen
class PipelineFile:
    """What a pipeline file says, every plugin loaded and every option checked."""

    name: str
    folder: Path
    steps: tuple[Step, ...]
    settings: RunSettings
    environment: Mapping[str, str] = attrs.field(factory=dict, repr=False)
    """The environment variables that it names."""


def read_pipeline_file(
    path: Path, overrides: Sequence[str] = (), environment: Mapping[str, str] = os.environ
) -> PipelineFile:
    """Read a pipeline file and make its steps.

    Raises PipelineFileError with all the mistakes in it, each with its line.
    """
    reader = _Reader(path, read_text(path))
    return reader.read(overrides, environment)


@attrs.define
class _Reader:
    path: Path
    text: str
    positions: Positions = attrs.field(factory=Positions)
    problems: list[Problem] = attrs.field(factory=list)
    overrides: list[Override] = attrs.field(factory=list)
    installed: Installed = attrs.field(factory=lambda: cache(installed_plugins))

    def read(self, overrides: Sequence[str], environment: Mapping[str, str]) -> PipelineFile:
        # Of names that the locale cannot encode, os.environ would not even say that it has them not.
        environment = dict(environment)
        content = self.content(overrides, environment)
        self.check_top(content)
        found = PipelineFile(
            name=self.name(content),
            folder=self.folder,
            steps=tuple(self.steps(content)),
            settings=self.settings(content),
            environment={name: environment[name] for name in _VARIABLE.findall(self.text) if name in environment},
        )
        if self.problems:
            raise PipelineFileError(self.problems)
        return found

    @property
    def folder(self) -> Path:
        return self.path.absolute().parent

    def content(self, overrides: Sequence[str], environment: Mapping[str, str]) -> dict[str, Any]:
        try:
            content = parsed(self.path, self.text)
            self.positions = find_positions(self.text)
            self.overrides, problems = apply_overrides(content, overrides)
            self.problems += problems
            expanded: dict[str, Any] = self.expanded(content, (), environment)
        except RecursionError:
            message = f"pipeline file {self.path} has tables or arrays nested too deeply to be read"
            raise PipelineFileError([Problem(message, help="unnest them")]) from None
        return expanded

    def place(self, path: tuple[str | int, ...], *, key: bool = False, part: str = "") -> Place | None:
        """Where the value at ``path`` (its key, or a ``part`` of the value) was written."""
        for override in reversed(self.overrides):
            if all(mine == its for mine, its in zip(path, override.path, strict=False)):
                return override.place(key=key, part=part)
        span = self.positions.nearest(path, key=key)
        if span is None:
            return None
        at = self.text.find(part, *span) if part else -1
        return Place(str(self.path), self.text, *((at, at + len(part)) if at >= 0 else span))

    def complain(self, message: str, path: tuple[str | int, ...], *, key: bool = False, **more: str) -> None:
        self.problems.append(Problem(message, self.place(path, key=key), **more))

    def expanded(self, value: Any, path: tuple[str | int, ...], environment: Mapping[str, str]) -> Any:
        """The value with ``${NAME}`` replaced; ``$${`` stands for ``${`` itself."""
        if isinstance(value, dict):
            return {key: self.expanded(item, (*path, key), environment) for key, item in value.items()}
        if isinstance(value, list):
            return [self.expanded(item, (*path, index), environment) for index, item in enumerate(value)]
        if not isinstance(value, str) or "${" not in value:
            return value

        def replacement(match: re.Match[str]) -> str:
            name = match[1]
            if name is None:
                return "${"
            if name not in environment:
                self.problems.append(
                    Problem(
                        f"environment variable {name!r} is not set",
                        self.place(path, part=match[0]),
                        did_you_mean(name, environment),
                        f"set it before the run, or write $${{{name}}} for the text itself",
                    )
                )
            return environment.get(name, match[0])

        return _VARIABLE.sub(replacement, value)

    def check_top(self, content: dict[str, Any]) -> None:
        allowed = ("name", "run", *_TABLES)
        has_steps = any(content.get(stage) for stage in STAGES)
        for key, value in content.items():
            if key not in allowed:
                note = did_you_mean(key, allowed)
                self.complain(
                    f"unknown key {key!r}",
                    (key,),
                    key=True,
                    note=note,
                    help=f"a pipeline has {', '.join(allowed)}",
                )
            elif key in _TABLES and not (isinstance(value, list) and all(isinstance(item, dict) for item in value)):
                self.complain(f"{key!r} must be an array of tables", (key,), key=True, note=f"write [[{key}]]")
                content[key] = []
        if not has_steps:
            self.problems.append(
                Problem(
                    f"pipeline file {self.path} has no steps",
                    help='write [[ingest]], [[enrich]] and [[export]] tables, each with plugin = "…"',
                )
            )

    def name(self, content: dict[str, Any]) -> str:
        name = content.get("name", self.path.stem)
        if not isinstance(name, str) or not name:
            self.complain("the pipeline's name must be a string", ("name",))
        return str(name)

    def settings(self, content: dict[str, Any]) -> RunSettings:
        table = content.get("run", {})
        if not isinstance(table, dict):
            self.complain("'run' must be a table", ("run",), key=True, note="write [run]")
            return RunSettings()
        try:
            settings: RunSettings = build_plugin(RunSettings, table, self.folder)
        except OptionsError as error:
            self.option_problems(
                error.problems, ("run",), "the settings are described in the reference, «Pipeline files»"
            )
            return RunSettings()
        return settings

    def steps(self, content: dict[str, Any]) -> Iterator[Step]:
        for stage in _TABLES:
            first_of: dict[str, int] = {}
            for index, table in enumerate(content.get(stage, ())):
                name = step_name(table)
                if first_of.setdefault(name, index) != index:
                    self.duplicate(stage, name, first_of[name], index)
                step = self.step(stage, name, table, (stage, index))
                if step is not None:
                    yield step

    def duplicate(self, stage: str, name: str, first: int, second: int) -> None:
        other, spot = (self.place(self.named(stage, index)) for index in (first, second))
        problem = Problem(
            f"two {stage} steps are named {name!r}",
            spot,
            note=f"the first is in line {other.line}" if other else "",
            help='give one of them a name of its own: name = "…"',
        )
        self.problems.append(problem)

    def named(self, stage: str, index: int) -> tuple[str | int, ...]:
        """The way to the value that a step has its name from."""
        path = (stage, index, "name")
        return path if path in self.positions.values else (stage, index, "plugin")

    def step(self, stage: str, name: str, table: dict[str, Any], path: tuple[str | int, ...]) -> Step | None:
        reference = table.get("plugin")
        if not isinstance(reference, str) or not reference:
            message = "a step needs a plugin" if reference is None else "plugin must be a string"
            self.complain(
                message,
                (*path, "plugin"),
                note='add plugin = "…"',
                help="`copydesk plugins` lists what is installed",
            )
            return None
        if "name" in table and (not isinstance(table["name"], str) or not table["name"]):
            self.complain("a step's name must be a string", (*path, "name"))
        if "when" in table and stage not in ("enrich", "export"):
            self.complain(f"'when' limits enrich and export steps; {_EVERYTHING[stage]}", (*path, "when"))
            table = {key: value for key, value in table.items() if key != "when"}
        when = self.when(table, path)
        plugin = self.plugin(reference, stage, table, path)
        return None if plugin is None else Step(plugin, name=name, when=when, stage=stage)

    def when(self, table: dict[str, Any], path: tuple[str | int, ...]) -> When | None:
        if "when" not in table:
            return None
        if not isinstance(table["when"], dict):
            self.complain("'when' must be a table", (*path, "when"), note='write when = { language = ["ar"] }')
            return None
        try:
            condition: When = build_plugin(When, table["when"], self.folder)
        except OptionsError as error:
            self.option_problems(error.problems, (*path, "when"), "a condition may name language and source")
            return None
        return condition

    def plugin(self, reference: str, stage: str, table: dict[str, Any], path: tuple[str | int, ...]) -> Any:
        options = {key: value for key, value in table.items() if key not in STEP_KEYS}
        try:
            return build_plugin(find_plugin(reference, stage, self.folder, self.installed), options, self.folder)
        except UnknownPluginError as error:
            self.complain(
                str(error),
                (*path, "plugin"),
                note=error.hint,
                help="`copydesk plugins` lists what is installed",
            )
        except PluginError as error:
            self.complain(str(error), (*path, "plugin"))
        except OptionsError as error:
            self.option_problems(error.problems, path, f"`copydesk plugins {reference}` lists its options", reference)
        return None

    def option_problems(
        self, problems: Sequence[OptionProblem], path: tuple[str | int, ...], help: str, reference: str = ""
    ) -> None:
        of = f" of plugin {reference!r}" if reference else ""
        for problem in problems:
            where = (*path, *problem.path) if problem.path or not reference else (*path, "plugin")
            is_told = problem.message.startswith(("unknown option", "missing option"))
            name = ".".join(key for key in problem.path if isinstance(key, str))
            subject = "" if is_told or not name or problem.message.startswith((name, repr(name))) else f"{name}: "
            self.complain(
                f"{subject}{problem.message}{of if is_told else ''}",
                where,
                key=problem.about_key,
                note=problem.note,
                help=help,
            )
