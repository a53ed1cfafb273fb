"""Every key and value of a TOML text is found where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from copydesk._pipelines._toml_positions import Path, find_positions

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=8)
NAMES = st.sampled_from(["a", "b-1", "_c", "12", "مفتاح", "with space", 'quo"te', "dot.ted", ""])
SPACES = st.sampled_from(["", " ", "  ", "\t"])
GAPS = st.sampled_from(["", " ", "\n", " # a comment, with = [brackets] and 'quotes'\n  "])


def leaves(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Everything in parsed TOML that was written as a value, and the arrays and tables that were not."""
    items: Any = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield (*path, key), item
        yield from leaves(item, (*path, key))


def basic(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def written_key(name: str) -> str:
    return name if name and name.isascii() and name.replace("-", "").replace("_", "").isalnum() else basic(name)


@st.composite
def strings(draw: st.DrawFn) -> str:
    text = draw(TEXTS)
    quoted = [basic(text), f'"""\n{basic(text)[1:-1]}"""', '"""x\\\n  "" """']
    if "'" not in text:
        quoted += [f"'{text}'", f"'''{text}\n'''"]
    return draw(st.sampled_from(quoted))


SCALARS = st.one_of(
    strings(),
    st.integers(-(2**40), 2**40).map(str),
    st.sampled_from(
        ["true", "false", "1.5e3", "-inf", "0xff", "1_000", "2015-08-10", "2015-08-10 07:32:00", "07:32:00"]
    ),
)


@st.composite
def arrays(draw: st.DrawFn, values: st.SearchStrategy[str]) -> str:
    items = [draw(GAPS) + item + draw(GAPS) for item in draw(st.lists(values, max_size=3))]
    comma = draw(st.sampled_from(["", ","])) if items else ""
    return "[" + ",".join(items) + comma + draw(GAPS) + "]"


@st.composite
def inline_tables(draw: st.DrawFn, values: st.SearchStrategy[str]) -> str:
    names = draw(st.lists(NAMES, max_size=3, unique=True))
    return "{" + ", ".join(f"{written_key(name)}{draw(SPACES)}={draw(SPACES)}{draw(values)}" for name in names) + "}"


VALUES = st.recursive(SCALARS, lambda values: arrays(values) | inline_tables(values), max_leaves=6)


@st.composite
def pairs(draw: st.DrawFn) -> str:
    lines = []
    for name in draw(st.lists(NAMES, max_size=3, unique=True)):
        dotted = draw(st.sampled_from(["", f".{draw(SPACES)}sub"]))
        comment = draw(st.sampled_from(["", "  # said ] } , = «here»"]))
        lines.append(f"{draw(SPACES)}{written_key(name)}{dotted} = {draw(VALUES)}{draw(SPACES)}{comment}\n")
    return "".join(lines)


@st.composite
def documents(draw: st.DrawFn) -> str:
    parts = [draw(pairs())]
    for number in range(draw(st.integers(0, 3))):
        header = draw(st.sampled_from(["[t{0}]", "[[steps]]", "[ 't{0}' . sub ]", "[[deep.{0}.er]]", '["t{0} é"]']))
        parts.append(f"{header.format(number)} # a comment\n{draw(pairs())}\n")
    return "".join(parts)


@given(documents())
def test_what_stands_at_a_position_is_the_value_and_the_key(text: str) -> None:
    positions = find_positions(text)
    for path, value in leaves(tomli.loads(text)):
        if path in positions.values:
            start, end = positions.values[path]
            assert repr(tomli.loads(f"it = {text[start:end]}")["it"]) == repr(value)
        else:
            assert isinstance(value, (dict, list)), "every value that is written in one place is found there"
        if isinstance(path[-1], str) and path in positions.values:
            start, end = positions.keys[path]
            assert tomli.loads(f"{text[start:end]} = 0") == {path[-1]: 0}


@given(documents())
def test_everything_has_a_nearest_position(text: str) -> None:
    positions = find_positions(text)
    for path, _ in leaves(tomli.loads(text)):
        assert positions.nearest(path) is not None
        assert positions.nearest((*path, "not there")) is not None


@pytest.mark.parametrize(
    ("text", "path", "found"),
    [
        ("name = 'x'", ("name",), "'x'"),
        ("[[enrich]]\nplugin = 'a'\n[[enrich]]\nplugin = 'b'", ("enrich", 1, "plugin"), "'b'"),
        ("[[enrich]]\n[[enrich]]", ("enrich", 1), "[[enrich]]"),
        ("[[enrich]]\n[enrich.when]\nlanguage = ['ar']", ("enrich", 0, "when", "language", 0), "'ar'"),
        ("[[a]]\n[[a.b]]\nx = 1\n[[a]]\n[[a.b]]\nx = 2", ("a", 1, "b", 0, "x"), "2"),
        ("when = { language = ['ar', \"en\"] }", ("when", "language", 1), '"en"'),
        ("a.b.c = 1979-05-27 07:32:00 # when", ("a", "b", "c"), "1979-05-27 07:32:00"),
        ('t = """a"""""', ("t",), '"""a"""""'),
        ("t = ''", ("t",), "''"),
        ("t = [\n 1, # one ]\n 2,\n]", ("t", 1), "2"),
    ],
)
def test_positions_by_example(text: str, path: Path, found: str) -> None:
    span = find_positions(text).nearest(path)
    assert span is not None
    assert text[slice(*span)] == found


def test_a_key_is_preferred_where_the_key_is_wrong() -> None:
    text = "[[export]]\npth = 'out'"
    span = find_positions(text).nearest(("export", 0, "pth"), key=True)
    assert span is not None
    assert text[slice(*span)] == "pth"


def test_deeply_nested_arrays_are_no_problem() -> None:
    text = "x = " + "[" * 300 + "]" * 300
    assert find_positions(text).values[("x",)] == (4, 604)
