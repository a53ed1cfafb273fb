"""Rewrite the parts of the documentation that the code knows best: ``python -m docs.generate``.

A page has such parts between ``<!-- generated: NAME -->`` and ``<!-- /generated -->``. With ``--check`` nothing is
written, and the exit code is 1 where a page or the picture is not what it should be.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import click
from click.testing import CliRunner
from docs.describe import described, fields_below, kind_of, options, plain, prose, table
from docs.picture import drawn, words

import copydesk
from copydesk._cli._main import copydesk as command_line
from copydesk._documents._fields import attrs_classes
from copydesk._documents._schema import json_schema
from copydesk._errors import CopydeskError
from copydesk._plugins._checks import tables_for
from copydesk._plugins._discovery import find_plugin_classes, installed_plugins
from copydesk_quotes import read_pack

DOCS = Path(__file__).parent
ROOT = DOCS.parent
OURS = [plugin.name for plugin in installed_plugins() if plugin.distribution == "copydesk"]
PACKS = ROOT / "plugins/copydesk_quotes/packs"
PICTURE = DOCS / "images" / "show.svg"
_PART = re.compile(r"(<!-- generated: (?P<name>[^ ]+) -->\n).*?(<!-- /generated -->)", re.DOTALL)


def hooks() -> str:
    """A table of the hooks, in the order of a run."""
    rows = []
    for name, hook in vars(copydesk.HookSpecs).items():
        if not name.startswith("_"):
            arguments = ", ".join(list(inspect.signature(hook).parameters)[1:])
            rows.append((f"[`{name}({arguments})`](#{name})", plain(hook.__doc__)))
    return table(("hook", "what it is for"), rows)


def api(kind: str) -> str:
    """Everything that ``import copydesk`` offers of one kind: ``functions``, ``classes`` or ``errors``."""
    chosen = [name for name in copydesk.__all__ if kind_of(getattr(copydesk, name)) == kind]
    return "\n\n".join("\n\n".join(described(name, getattr(copydesk, name))) for name in chosen)


def vocabulary() -> str:
    """The annotation classes of the news vocabulary, and the classes that their fields hold."""
    vocabulary = [copydesk.Headline, copydesk.Standfirst, copydesk.Paragraph, copydesk.Byline, copydesk.Language]
    classes: list[type] = [*vocabulary, copydesk.Dateline, copydesk.Quote]
    sections = []
    for cls in dict.fromkeys(part for whole in classes for part in attrs_classes(whole)):
        name = f" (`{cls.type}`)" if issubclass(cls, copydesk.Annotation) else ""
        sections.append(f"### {cls.__name__}{name}\n\n{prose(cls)}{fields_below(cls)}")
    return "\n\n".join(sections)


def record() -> str:
    """The fields of a record."""
    schema = json_schema()
    rows = [
        (f"`{name}`", "required" if name in schema["required"] else "", plain(field["description"]))
        for name, field in schema["properties"].items()
    ]
    return table(("field", "", "meaning"), rows)


def settings() -> str:
    """The settings of ``[run]``."""
    return options(copydesk.RunSettings)


def conditions() -> str:
    """What ``when`` may name."""
    return options(copydesk.When)


def plugin(name: str) -> str:
    """The manual of an installed plugin, and the options of each of its classes."""
    parts = []
    for cls in find_plugin_classes(name, ROOT):
        tables = ", ".join(f"`[[{table}]]`" for table in tables_for(cls))
        parts += [f"## In {tables}", prose(cls), options(cls)]
    return "\n\n".join(parts)


def packs() -> str:
    """The languages in which quotes are found, by their English names."""
    shipped = sorted((read_pack(path) for path in PACKS.glob("*.toml")), key=lambda pack: pack.name)
    return ", ".join(f"{pack.name} (`{pack.language}`)" for pack in shipped) + "."


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
    "packs": packs,
    **{f"plugin-{name}": partial(plugin, name) for name in OURS},
    **{f"help-{name}": partial(help_of, name) for name in ("copydesk", *command_line.commands)},
}


def regenerated(page: str) -> str:
    """A page's text with every generated part as it should be."""
    return _PART.sub(lambda part: f"{part[1]}{PARTS[part['name']]()}\n{part[3]}", page)


def stale() -> Iterator[tuple[Path, str]]:
    """The files that are not what they should be, each with what it should be."""
    for page in sorted(DOCS.glob("**/*.md")):
        text = page.read_text("utf-8")
        if (wanted := regenerated(text)) != text:
            yield page, wanted
    picture = drawn()
    if not PICTURE.exists() or words(PICTURE.read_text("utf-8")) != words(picture):
        yield PICTURE, picture


@click.command(help=__doc__)
@click.option("--check", is_flag=True, help="Write nothing; fail where something is stale.")
def main(check: bool) -> None:
    """Rewrite what is stale, or tell of it."""
    found = list(stale())
    for path, wanted in found:
        click.echo(f"{path.relative_to(ROOT)} {'is stale; run python -m docs.generate' if check else 'written'}")
        if not check:
            path.parent.mkdir(exist_ok=True)
            path.write_text(wanted, "utf-8")
    sys.exit(bool(found and check))


if __name__ == "__main__":
    main()
