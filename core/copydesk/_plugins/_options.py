"""From the options of a TOML table to a plugin instance: strict types, all mistakes at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time
from enum import Enum
from functools import partial
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import attrs
from cattrs import (
    AttributeValidationNote,
    BaseValidationError,
    Converter,
    ForbiddenExtraKeysError,
    IterableValidationNote,
)
from cattrs.cols import homogenous_tuple_structure_factory, list_structure_factory, mapping_structure_factory
from cattrs.gen import make_dict_structure_fn

from copydesk._errors import CopydeskError
from copydesk._files import STANDARD_STREAM
from copydesk._plugins._option_types import is_enum, is_union, kind_of, option_fields, type_name
from copydesk._problems import did_you_mean


@attrs.frozen
class OptionProblem:
    """One option that is wrong: the way to it from the plugin's table, and what is wrong with it."""

    path: tuple[str | int, ...]
    message: str
    note: str = ""
    about_key: bool = False


class OptionsError(Exception):
    """The options of one plugin that are wrong."""

    def __init__(self, problems: list[OptionProblem]) -> None:
        super().__init__(problems)
        self.problems = problems


def build_plugin(cls: type, options: Mapping[str, Any], folder: Path) -> Any:
    """An instance of a plugin class with these options; relative paths start at ``folder``.

    Raises OptionsError with everything that is wrong.
    """
    fields = option_fields(cls)
    problems = [
        OptionProblem((name,), f"unknown option {name!r}", did_you_mean(name, fields), about_key=True)
        for name in options
        if name not in fields
    ]
    values: dict[str, Any] = {}
    converter = _converter(folder)
    for name, field in fields.items():
        if name in options:
            try:
                values[name] = converter.structure(options[name], field.type or object)
            except Exception as error:  # cattrs raises what the hooks raise
                problems.extend(_told(error, (name,)))
        elif field.default is attrs.NOTHING:
            problems.append(OptionProblem((), f"missing option {name!r}", f"add {name} = …  ({type_name(field.type)})"))
    problems.extend(_invalid(cls, values))
    if problems:
        raise OptionsError(problems)
    try:
        return cls(**{fields[name].alias or name: value for name, value in values.items()})
    except Exception as error:  # __attrs_post_init__ may do anything
        raise OptionsError([OptionProblem((), _message(error))]) from error


def _invalid(cls: type, values: Mapping[str, Any]) -> Iterator[OptionProblem]:
    """What the class's validators say, each asked on its own so that all are heard."""
    probe: Any = object.__new__(cls)
    for field in attrs.fields(cls):
        object.__setattr__(probe, field.name, values.get(field.name, field.default))
    for field in attrs.fields(cls):
        if field.validator is not None and field.name in values:
            try:
                field.validator(probe, field, values[field.name])
            except Exception as error:  # a validator may raise anything
                yield OptionProblem((field.name,), _message(error))


def _message(error: Exception) -> str:
    """What an author's check says; attrs' own validators put the field and the value behind it."""
    if isinstance(error, (ValueError, TypeError, CopydeskError)):
        return str(error.args[0] if error.args else error)
    return f"{type(error).__name__}: {error}"


def _expected(kind: Any, value: Any) -> ValueError:
    return ValueError(f"expected {type_name(kind)}, got {kind_of(value)}")


def _converter(folder: Path) -> Converter:
    converter = Converter(forbid_extra_keys=True, detailed_validation=True)
    for kind in (str, bool, int, datetime, date, time):
        converter.register_structure_hook(kind, _exactly)
    converter.register_structure_hook(float, _number)
    converter.register_structure_hook(Path, lambda value, _: _path(value, folder))
    converter.register_structure_hook_func(partial(_has_origin, Literal), _literal)
    converter.register_structure_hook_func(is_enum, _member)
    for origin, factory in _CONTAINERS.items():
        wanted = dict if origin in (dict, Mapping) else list
        _require(converter, partial(_has_origin, origin), wanted, factory)
    _require(converter, attrs.has, dict, _table_factory)
    converter.register_structure_hook_factory(is_union, _union)
    return converter


def _require(converter: Converter, is_kind: Callable[[Any], bool], wanted: type, factory: Any) -> None:
    """Let no string pass for an array: Python would take it apart into characters."""

    def make(kind: Any, converter: Converter) -> Any:
        structure = factory(kind, converter)

        def checked(value: Any, kind: Any) -> Any:
            if not isinstance(value, wanted):
                raise _expected(kind, value)
            return structure(value, kind)

        return checked

    converter.register_structure_hook_factory(is_kind, make)


def _has_origin(origin: Any, kind: Any) -> bool:
    return get_origin(kind) is origin


def _table_factory(kind: Any, converter: Converter) -> Any:
    return make_dict_structure_fn(kind, converter, _cattrs_forbid_extra_keys=True, _cattrs_detailed_validation=True)


def _tuple_factory(kind: Any, converter: Converter) -> Any:
    members = get_args(kind)
    if members[-1:] == (Ellipsis,):
        return homogenous_tuple_structure_factory(kind, converter)

    def structure(value: list[Any], _: Any) -> tuple[Any, ...]:
        if len(value) != len(members):
            raise ValueError(f"expected an array of {len(members)} values, got {len(value)}")
        return tuple(converter.structure(item, member) for item, member in zip(value, members, strict=True))

    return structure


_CONTAINERS = {
    tuple: _tuple_factory,
    list: list_structure_factory,
    dict: mapping_structure_factory,
    Mapping: mapping_structure_factory,
}


def _exactly(value: Any, kind: Any) -> Any:
    if type(value) is not kind:
        raise _expected(kind, value)
    return value


def _number(value: Any, kind: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise _expected(kind, value)
    return float(value)


def _path(value: Any, folder: Path) -> Path:
    if not isinstance(value, str) or not value:
        raise _expected(Path, value) if value != "" else ValueError("the path is empty")
    if "\0" in value:
        raise ValueError("a path cannot hold a NUL character")
    path = Path(value)
    return path if path == STANDARD_STREAM else folder / path.expanduser()


def _literal(value: Any, kind: Any) -> Any:
    for allowed in get_args(kind):
        if value == allowed and type(value) is type(allowed):
            return value
    meant = did_you_mean(value, [str(allowed) for allowed in get_args(kind)]) if isinstance(value, str) else ""
    raise ValueError(f"expected {type_name(kind)}, got {value!r}" + (f"; {meant}" if meant else ""))


def _member(value: Any, kind: type[Enum]) -> Enum:
    try:
        return kind(value)
    except ValueError:
        raise ValueError(f"expected {type_name(kind)}, got {value!r}") from None


def _union(kind: Any, converter: Converter) -> Any:
    members = [member for member in get_args(kind) if member is not type(None)]

    def structure(value: Any, kind: Any) -> Any:
        if len(members) == 1:
            return converter.structure(value, members[0])
        for member in members:
            try:
                return converter.structure(value, member)
            except Exception:  # noqa: S112  # the next member may fit
                continue
        alike = [member for member in members if isinstance(value, _container(member))]
        if len(alike) == 1:
            # Only what is in it is wrong, and that is to be told.
            return converter.structure(value, alike[0])
        raise _expected(kind, value)

    return structure


def _container(kind: Any) -> type | tuple[()]:
    """What TOML gives for a type that holds others; nothing for other types."""
    if attrs.has(kind) or get_origin(kind) in (dict, Mapping):
        return dict
    return list if get_origin(kind) in _CONTAINERS else ()


def _told(error: BaseException, path: tuple[str | int, ...]) -> Iterator[OptionProblem]:
    """Take cattrs' tree of errors apart into one problem an option."""
    if isinstance(error, ForbiddenExtraKeysError):
        known = [field.name for field in attrs.fields(error.cl)]
        for name in sorted(error.extra_fields):
            yield OptionProblem((*path, name), f"unknown option {name!r}", did_you_mean(name, known), about_key=True)
    elif isinstance(error, BaseValidationError):
        for inner in error.exceptions:
            yield from _told(inner, path + _step(inner))
    elif isinstance(error, KeyError):
        yield OptionProblem(path[:-1], f"missing option {path[-1]!r}")
    else:
        yield OptionProblem(path, str(error))


def _step(error: BaseException) -> tuple[str | int, ...]:
    for note in getattr(error, "__notes__", ()):
        if isinstance(note, AttributeValidationNote):
            return (note.name,)
        if isinstance(note, IterableValidationNote):
            return (note.index,)
    return ()
