"""The rules a plugin class must keep, checked when it is loaded rather than when it surprises."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import NoneType
from typing import Any, get_args

import attrs

from copydesk._documents._annotation import annotation_types
from copydesk._documents._fields import check_annotation_class
from copydesk._errors import PluginError
from copydesk._plugins._hookspecs import STAGES, hook_arguments
from copydesk._plugins._option_types import STEP_KEYS, TYPES, option_fields, unsupported
from copydesk._plugins._plugin import PROJECT, is_plugin
from copydesk._problems import closest, did_you_mean
from copydesk._where import class_name, where

_GENERATOR_HOOKS = frozenset({"enrich", "ingest"})
_MUTABLE = (list, dict, set, bytearray)
_OBSERVERS = frozenset({"run_started", "unit_done", "document_failed", "run_finished"})


def check_plugin(cls: type) -> None:
    """Check that a plugin class keeps the rules.

    Raises PluginError with everything that is wrong: plugin, hook, file and line, and what to write.
    """
    problems = [
        *_class_problems(cls),
        *_unbound_problems(cls),
        *(problem for hook in _methods(cls) for problem in _method_problems(*hook)),
        *_annotation_problems(cls),
    ]
    if problems:
        raise PluginError("\n".join([f"plugin {class_name(cls)} breaks the rules for plugins:", *problems]))


def _annotation_problems(cls: type) -> Iterator[str]:
    """What is wrong with the annotation types that the plugin's own package brings."""
    package = cls.__module__.partition(".")[0]
    for kind in annotation_types().values():
        if kind.__module__.partition(".")[0] == package:
            try:
                check_annotation_class(kind)
            except PluginError as error:
                yield f"  {error}"


@cache
def implemented_hooks(cls: type) -> tuple[str, ...]:
    """The names of the hooks that a plugin class implements, in the order of a run."""
    marked = {name for name, method in _methods(cls) if _options_of(method)}
    return tuple(hook for hook in hook_arguments() if hook in marked)


def foreign_hooks(cls: type) -> tuple[str, ...]:
    """The names of the methods marked as hooks that are none of the engine's."""
    return tuple(name for name, method in _methods(cls) if _options_of(method) and name not in hook_arguments())


def tables_for(cls: type) -> tuple[str, ...]:
    """The tables of a pipeline file that a plugin class can stand in."""
    hooks = set(implemented_hooks(cls))
    wraps = "enrich" in hooks and _works_around(cls)
    stages = tuple(stage for stage in STAGES if stage in hooks and not (wraps and stage == "enrich"))
    return (*stages, "use") if wraps or hooks & _OBSERVERS or not stages else stages


def _works_around(cls: type) -> bool:
    options = _options_of(getattr(cls, "enrich"))  # noqa: B009  # no plugin class is known here
    return bool(options and (options["wrapper"] or options["tryfirst"]))


@cache
def wanted_arguments(cls: type, hook: str) -> tuple[str, ...]:
    """The names of the arguments that a plugin class's implementation of a hook asks for."""
    return tuple(inspect.signature(getattr(cls, hook)).parameters)[1:]


def _options_of(method: Any) -> dict[str, Any] | None:
    return getattr(method, f"{PROJECT}_impl", None)


def _methods(cls: type) -> list[tuple[str, Any]]:
    routines = inspect.getmembers(cls, inspect.isroutine)
    return [(name, method) for name, method in routines if not _is_unbound(inspect.getattr_static(cls, name))]


def _is_unbound(method: Any) -> bool:
    return isinstance(method, (staticmethod, classmethod))


def _class_problems(cls: type) -> Iterator[str]:
    if not is_plugin(cls):
        yield f"  {where(cls)}: the class is not decorated; write @copydesk.plugin above it"
        return
    try:
        options = option_fields(cls)
    except Exception as error:  # a type hint may run any code
        yield f"  {where(cls)}: a type cannot be resolved: {error}; import it outside of `if TYPE_CHECKING`"
    else:
        for name, option in options.items():
            yield from (f"  {where(cls, name)}: option {name!r} {problem}" for problem in _option_problems(option))
    for name, value in vars(cls).items():
        if isinstance(value, (str, int, float, tuple, Path, NoneType, *_MUTABLE)) and _looks_like_option(cls, name):
            yield (
                f"  {where(cls, name)}: {name!r} has no type, so it is no option; write "
                f"`{name}: {_type_of(value)} = {value!r:.40}`, or `ClassVar` if it is none"
            )


def _option_problems(option: attrs.Attribute[Any]) -> Iterator[str]:
    if isinstance(option.default, _MUTABLE):
        yield (
            "has a mutable default, which all instances would share; "
            f"write a tuple, or attrs.field(factory={type(option.default).__name__})"
        )
    if option.name in STEP_KEYS:
        yield "would never be set, since every step has a key of this name; give it another name"
    if option.name.startswith("_"):
        yield "is private; write attrs.field(init=False), or make it public"
    if (wrong := unsupported(option.type)) is not None:
        name = wrong.__qualname__ if isinstance(wrong, type) and not get_args(wrong) else wrong
        yield f"has the type {name}, which TOML cannot give; use {TYPES}"


def _type_of(value: Any) -> str:
    return "str | None" if value is None else type(value).__name__


def _looks_like_option(cls: type, name: str) -> bool:
    return name.islower() and not name.startswith("_") and name not in inspect.get_annotations(cls)


def _unbound_problems(cls: type) -> Iterator[str]:
    """Static methods and class methods that are meant as hooks, wherever the mark stands."""
    for name, method in inspect.getmembers_static(cls, _is_unbound):
        if name in hook_arguments() or _options_of(method) or _options_of(method.__func__):
            kind = type(method).__name__
            yield f"  {where(method.__func__)}: {name}: is a {kind}; take @{kind} away and write `def {name}(self, …)`"


def _method_problems(name: str, method: Any) -> Iterator[str]:
    hooks = hook_arguments()
    options = _options_of(method)
    if options is None:
        if name in hooks and inspect.isfunction(method):
            yield f"  {where(method)}: {name}: is named like a hook but not marked; write @copydesk.hookimpl above it"
        return
    if options["specname"]:
        yield f"  {where(method)}: {name}: specname is not supported; name the method after its hook"
    elif name not in hooks:
        # A name that is close to none may be a hook that another plugin of the pipeline brings.
        if hint := did_you_mean(name, hooks):
            yield f"  {where(method)}: {name}: there is no hook of this name; {hint}"
    else:
        yield from _implementation_problems(name, method, options)


def _implementation_problems(name: str, method: Any, options: dict[str, Any]) -> Iterator[str]:
    at = f"  {where(method)}: {name}:"
    wrapper = options["wrapper"] or options["hookwrapper"]
    if options["hookwrapper"]:
        yield f"{at} is marked hookwrapper=True, pluggy's old way; write wrapper=True"
    if wrapper and name != "enrich":
        yield f"{at} is a wrapper, but only enrich can be wrapped; remove the mark's argument"
    if inspect.iscoroutinefunction(method) or inspect.isasyncgenfunction(method):
        yield f"{at} is async, which would never be awaited; write `def {name}` and run your loop inside"
    if wrapper and not inspect.isgeneratorfunction(method):
        yield f"{at} is a wrapper but never yields; write `result = yield`, then `return result`"
    if not wrapper and name not in _GENERATOR_HOOKS and inspect.isgeneratorfunction(method):
        yield f"{at} yields, but {name} gives nothing back, so its body would never run; remove the yield"
    for parameter in list(inspect.signature(method).parameters.values())[1:]:
        yield from (f"{at} {problem}" for problem in _parameter_problems(name, parameter))


def _parameter_problems(hook: str, parameter: inspect.Parameter) -> Iterator[str]:
    allowed = hook_arguments()[hook]
    name = parameter.name
    if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
        yield f"takes {parameter}, but a hook is passed the arguments that it names; write them out"
    elif name not in allowed:
        offered = f"it may ask for: {', '.join(allowed)}" if allowed else "it takes only self"
        meant = closest(name, allowed)
        yield f"asks for {name!r}, which it is not given; " + (f"did you mean {meant!r}?" if meant else offered)
    elif parameter.kind is parameter.KEYWORD_ONLY:
        yield f"takes {name!r} by keyword only; remove the *"
    elif parameter.default is not parameter.empty:
        yield f"gives {name!r} a default, which would never be used; remove it"
