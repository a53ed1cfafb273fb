"""Classes, functions and options in Markdown, from their docstrings, types and defaults."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, get_origin

import attrs

import copydesk
from copydesk._cli._manual import option_rows
from copydesk._documents._fields import field_docs, field_types

_ENGINES_OWN = {"with_findings", "ingested", "encoded", "outputs", "call", "failed", "started", "record"}
"""Public in the code for the engine's other modules; nobody else needs them."""


def kind_of(value: Any) -> str:
    """In which part of the API's page a public name is told."""
    if not inspect.isclass(value):
        return "functions"
    if issubclass(value, BaseException):
        return "errors"
    return "vocabulary" if value.__module__ == copydesk.Headline.__module__ else "classes"


def described(name: str, value: Any) -> Iterator[str]:
    """The paragraphs of a section on a class or function."""
    yield f"### {name}"
    if inspect.isfunction(value) or (attrs.has(value) and not inspect.isabstract(value)) or _takes_arguments(value):
        yield f"`{name}{_signature(value)}`"
    yield prose(value) if inspect.isroutine(value) or inspect.isclass(value) else _markdown(_doc_below(name))
    if inspect.isclass(value):
        if attrs.has(value) and not issubclass(value, BaseException) and (fields := fields_below(value)):
            yield fields.strip()
        if methods := _methods(value):
            yield methods


def _takes_arguments(value: Any) -> bool:
    return inspect.isclass(value) and inspect.isfunction(vars(value).get("__init__"))


def _methods(cls: type) -> str:
    lines = []
    for name, member in vars(cls).items():
        if name.startswith("_") or name in _ENGINES_OWN or cls is copydesk.HookSpecs:
            continue
        if isinstance(member, property):
            lines.append(f"- `.{name}`: {plain(member.__doc__ or inspect.getdoc(getattr(cls, name)))}")
        elif inspect.isfunction(member) and member.__doc__:
            lines.append(f"- `.{name}{_signature(member, bound=True)}`: {plain(member.__doc__)}")
    return "\n".join(lines)


def _signature(called: Any, *, bound: bool = False) -> str:
    try:
        signature = inspect.signature(called)
    except ValueError:
        return "(…)"
    parameters = list(signature.parameters.values())[bound:]
    kept = [parameter.replace(annotation=parameter.empty, default=_default(parameter)) for parameter in parameters]
    return str(signature.replace(parameters=kept, return_annotation=signature.empty))


class _Ellipsis:
    def __repr__(self) -> str:
        return "…"


def _default(parameter: inspect.Parameter) -> Any:
    plain = parameter.default is parameter.empty or isinstance(parameter.default, (str, int, float, tuple, type(None)))
    return parameter.default if plain else _Ellipsis()


def fields_below(cls: type) -> str:
    """The table of an attrs class's fields, to stand below its description; nothing where it has none."""
    inherited = issubclass(cls, copydesk.Annotation) and cls is not copydesk.Annotation
    hidden = set(field_types(copydesk.Annotation)) if inherited else set()
    docs, types = field_docs(cls), field_types(cls)
    rows = [
        (f"`{field.name}`", f"`{_type(types[field.name])}`", _default_of(field), plain(docs.get(field.name, "")))
        for field in attrs.fields(cls)
        if field.init and field.name not in _ENGINES_OWN | hidden
    ]
    return "\n\n" + table(("field", "type", "default", "meaning"), rows) if rows else ""


def _default_of(field: attrs.Attribute[Any]) -> str:
    if field.default is attrs.NOTHING:
        return "required"
    if hasattr(field.default, "factory"):
        return ""
    return f"`{str(field.default)!r}`" if isinstance(field.default, Path) else f"`{field.default!r}`"


def _type(kind: Any) -> str:
    if get_origin(kind) is None:
        return str(getattr(kind, "__name__", kind)).replace("NoneType", "None")
    return re.sub(r"\b(?:[a-z_]+\.)+", "", str(kind)).replace("NoneType", "None")


def options(cls: type) -> str:
    """The table of a class's options."""
    rows = [(f"`{row.name}`", row.type, _default_cell(row.default), plain(row.doc)) for row in option_rows(cls)]
    return table(("option", "type", "default", "meaning"), rows) if rows else "It has no options."


def _default_cell(default: str) -> str:
    return default if default in ("required", "computed") else "" if default == "-" else f"`{default}`"


def prose(thing: Any) -> str:
    """A docstring, its paragraphs kept."""
    return _markdown(inspect.cleandoc(thing.__doc__ or ""))


def _doc_below(name: str) -> str:
    """The string literal below a name's assignment in the module of the plugin decorator."""
    source = inspect.getsource(sys.modules[copydesk.plugin.__module__])
    found = re.search(rf'^{name} = .*\n"""([^"]*)"""', source, re.MULTILINE)
    return found[1] if found else ""


def plain(doc: str | None) -> str:
    """A docstring on one line."""
    return _markdown(" ".join(inspect.cleandoc(doc or "").split()))


def _markdown(doc: str) -> str:
    return doc.replace("``", "`")


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table; bars within cells are escaped."""
    lines = [tuple(head), *(tuple(cell.replace("|", "\\|") for cell in row) for row in rows)]
    lines.insert(1, ("---",) * len(lines[0]))
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
