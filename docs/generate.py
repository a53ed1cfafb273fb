"""Rewrite the parts of the documentation that the code knows best: ``python docs/generate.py``.

A page has such parts between ``<!-- generated: NAME -->`` and ``<!-- /generated -->``. With ``--check`` nothing is
written, and the exit code is 1 where a page or the picture is not what it should be.
"""

from __future__ import annotations

import inspect
import io
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, get_origin

import attrs
import click
from click.testing import CliRunner
from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

import copydesk
from copydesk._checks import tables_for
from copydesk._cli._main import copydesk as command_line
from copydesk._cli._manual import option_rows
from copydesk._discovery import find_plugin_classes, installed_plugins
from copydesk._errors import CopydeskError
from copydesk._fields import attrs_classes, field_docs, field_types
from copydesk._schema import json_schema

DOCS = Path(__file__).parent
ROOT = DOCS.parent
OURS = [plugin.name for plugin in installed_plugins() if plugin.distribution == "copydesk"]
PICTURE = DOCS / "images" / "show.svg"
PICTURE_LINES = 49
"""What a reader takes in; the rest of the table is cut off."""
STORY = "seeds/001_en_erbil_bread_market.txt"
_PART = re.compile(r"(<!-- generated: (?P<name>[^ ]+) -->\n).*?(<!-- /generated -->)", re.DOTALL)
_ENGINES_OWN = {"with_findings", "ingested", "encoded", "outputs", "call", "failed", "started", "record"}
"""Public in the code for the engine's other modules; nobody else needs them."""
_SCREEN = {"COLUMNS": "112", "FORCE_COLOR": "1", "PYTHONUTF8": "1", "TERM": "xterm-256color"}


def hooks() -> str:
    """A table of the hooks, in the order of a run."""
    rows = []
    for name, hook in vars(copydesk.HookSpecs).items():
        if not name.startswith("_"):
            arguments = ", ".join(list(inspect.signature(hook).parameters)[1:])
            rows.append((f"[`{name}({arguments})`](#{name})", _plain(hook.__doc__)))
    return _table(("hook", "what it is for"), rows)


def api(kind: str) -> str:
    """Everything that ``import copydesk`` offers of one kind: ``functions``, ``classes`` or ``errors``."""
    chosen = [name for name in copydesk.__all__ if _kind(getattr(copydesk, name)) == kind]
    return "\n\n".join("\n\n".join(_described(name, getattr(copydesk, name))) for name in chosen)


def vocabulary() -> str:
    """The annotation classes of the news vocabulary, and the classes that their fields hold."""
    vocabulary = [copydesk.Headline, copydesk.Standfirst, copydesk.Paragraph, copydesk.Byline, copydesk.Language]
    classes: list[type] = [*vocabulary, copydesk.Dateline, copydesk.Quote]
    sections = []
    for cls in dict.fromkeys(part for whole in classes for part in attrs_classes(whole)):
        name = f" (`{cls.type}`)" if issubclass(cls, copydesk.Annotation) else ""
        sections.append(f"### {cls.__name__}{name}\n\n{_prose(cls)}{_fields_below(cls)}")
    return "\n\n".join(sections)


def record() -> str:
    """The fields of a record."""
    schema = json_schema()
    rows = [
        (f"`{name}`", "required" if name in schema["required"] else "", _plain(field["description"]))
        for name, field in schema["properties"].items()
    ]
    return _table(("field", "", "meaning"), rows)


def settings() -> str:
    """The settings of ``[run]``."""
    return _options(copydesk.RunSettings)


def conditions() -> str:
    """What ``when`` may name."""
    return _options(copydesk.When)


def plugin(name: str) -> str:
    """The manual of an installed plugin, and the options of each of its classes."""
    parts = []
    for cls in find_plugin_classes(name, ROOT):
        tables = ", ".join(f"`[[{table}]]`" for table in tables_for(cls))
        parts += [f"## In {tables}", _prose(cls), _options(cls)]
    return "\n\n".join(parts)


def help_of(name: str) -> str:
    """What ``copydesk NAME --help`` prints."""
    asked = [] if name == "copydesk" else [name]
    printed = CliRunner().invoke(command_line, [*asked, "--help"], prog_name="copydesk", terminal_width=78).output
    return f"```console\n$ {' '.join(['copydesk', *asked])} --help\n{printed.rstrip()}\n```"


def errors() -> str:
    """The tree of errors, as the module that defines them draws it."""
    tree = inspect.cleandoc(sys.modules[CopydeskError.__module__].__doc__ or "").split("\n\n")[1]
    lines = re.findall(r"^([├│└─ ]*)(\w+) +(.*)$", tree, re.MULTILINE)
    return "\n".join(f"{'  ' * (len(bars) // 4)}- `{name}`: {meaning}" for bars, name, meaning in lines)


PARTS: dict[str, Callable[[], str]] = {
    "hooks": hooks,
    **{f"api-{kind}": partial(api, kind) for kind in ("functions", "classes", "errors")},
    "vocabulary": vocabulary,
    "record": record,
    "settings": settings,
    "conditions": conditions,
    "errors": errors,
    **{f"plugin-{name}": partial(plugin, name) for name in OURS},
    **{f"help-{name}": partial(help_of, name) for name in ("copydesk", *command_line.commands)},
}


def regenerated(page: str) -> str:
    """A page's text with every generated part as it should be."""
    return _PART.sub(lambda part: f"{part[1]}{PARTS[part['name']]()}\n{part[3]}", page)


def picture() -> str:
    """What ``copydesk show`` prints of the story, as SVG."""
    shown = subprocess.run(  # noqa: S603  # the command is our own
        [sys.executable, "-m", "copydesk", "show", STORY],
        cwd=ROOT,
        env=os.environ | _SCREEN,
        capture_output=True,
        encoding="utf-8",
        check=True,
    ).stdout
    lines = [f"$ copydesk show {STORY}", *shown.splitlines()[:PICTURE_LINES], "…"]
    console = Console(record=True, width=int(_SCREEN["COLUMNS"]), file=io.StringIO())
    console.print(Text.from_ansi("\n".join(lines)))
    drawn = console.export_svg(title="copydesk show", theme=MONOKAI)
    # A picture should fetch nothing; any monospaced font will do.
    return re.sub(r"\s*@font-face \{.*?\}", "", drawn, flags=re.DOTALL)


def words(svg: str) -> list[str]:
    """The words of a picture, by which two are compared: how they are drawn differs between versions of rich."""
    return " ".join(re.findall(r"<text[^>]*>([^<]*)</text>", svg)).replace("&#160;", " ").split()


def stale() -> Iterator[tuple[Path, str]]:
    """The files that are not what they should be, each with what it should be."""
    for page in sorted(DOCS.glob("**/*.md")):
        text = page.read_text("utf-8")
        if (wanted := regenerated(text)) != text:
            yield page, wanted
    drawn = picture()
    if not PICTURE.exists() or words(PICTURE.read_text("utf-8")) != words(drawn):
        yield PICTURE, drawn


def _kind(value: Any) -> str:
    if not inspect.isclass(value):
        return "functions"
    if issubclass(value, BaseException):
        return "errors"
    return "vocabulary" if value.__module__ == copydesk.Headline.__module__ else "classes"


def _described(name: str, value: Any) -> Iterator[str]:
    yield f"### {name}"
    if inspect.isfunction(value) or (attrs.has(value) and not inspect.isabstract(value)) or _takes_arguments(value):
        yield f"`{name}{_signature(value)}`"
    yield _prose(value)
    if inspect.isclass(value):
        if attrs.has(value) and not issubclass(value, BaseException) and (fields := _fields_below(value)):
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
            lines.append(f"- `.{name}`: {_plain(member.__doc__ or inspect.getdoc(getattr(cls, name)))}")
        elif inspect.isfunction(member) and member.__doc__:
            lines.append(f"- `.{name}{_signature(member, bound=True)}`: {_plain(member.__doc__)}")
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


def _fields_below(cls: type) -> str:
    inherited = issubclass(cls, copydesk.Annotation) and cls is not copydesk.Annotation
    hidden = set(field_types(copydesk.Annotation)) if inherited else set()
    docs, types = field_docs(cls), field_types(cls)
    rows = [
        (f"`{field.name}`", f"`{_type(types[field.name])}`", _default_of(field), _plain(docs.get(field.name, "")))
        for field in attrs.fields(cls)
        if field.init and field.name not in _ENGINES_OWN | hidden
    ]
    return "\n\n" + _table(("field", "type", "default", "meaning"), rows) if rows else ""


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


def _options(cls: type) -> str:
    rows = [(f"`{row.name}`", row.type, _default_cell(row.default), _plain(row.doc)) for row in option_rows(cls)]
    return _table(("option", "type", "default", "meaning"), rows) if rows else "It has no options."


def _default_cell(default: str) -> str:
    return default if default in ("required", "computed") else "" if default == "-" else f"`{default}`"


def _prose(thing: Any) -> str:
    doc = thing.__doc__ if inspect.isroutine(thing) or inspect.isclass(thing) else _doc_below("hookimpl")
    return _markdown(inspect.cleandoc(doc or ""))


def _doc_below(name: str) -> str:
    """The string literal below a name's assignment in the module of the plugin decorator."""
    source = inspect.getsource(sys.modules[copydesk.plugin.__module__])
    found = re.search(rf'^{name} = .*\n"""(.*?)"""', source, re.MULTILINE | re.DOTALL)
    return found[1] if found else ""


def _plain(doc: str | None) -> str:
    return _markdown(" ".join(inspect.cleandoc(doc or "").split()))


def _markdown(doc: str) -> str:
    return doc.replace("``", "`")


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [tuple(head), *(tuple(cell.replace("|", "\\|") for cell in row) for row in rows)]
    lines.insert(1, ("---",) * len(lines[0]))
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


@click.command(help=__doc__)
@click.option("--check", is_flag=True, help="Write nothing; fail where something is stale.")
def main(check: bool) -> None:
    """Rewrite what is stale, or tell of it."""
    found = list(stale())
    for path, wanted in found:
        click.echo(f"{path.relative_to(ROOT)} {'is stale; run python docs/generate.py' if check else 'written'}")
        if not check:
            path.parent.mkdir(exist_ok=True)
            path.write_text(wanted, "utf-8")
    sys.exit(bool(found and check))


if __name__ == "__main__":
    main()
