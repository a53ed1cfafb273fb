"""Options: from TOML values to a plugin's typed fields, strictly, with everything that is wrong at once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from enum import Enum
from pathlib import Path
from typing import Any, Literal

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk._plugins._option_types import option_fields, type_name, unsupported
from copydesk._plugins._options import OptionProblem, OptionsError, build_plugin

FOLDER = Path("/desk")


class Shape(Enum):
    """An enumeration, given by value."""

    ROUND = "round"
    FLAT = "flat"


@attrs.frozen
class Feed:
    """A table within the options."""

    url: str
    limit: int = 10
    tags: tuple[str, ...] = ()


def plugin_with(kind: Any, **field: Any) -> type:
    return attrs.make_class("Plugin", {"it": attrs.field(type=kind, **field)}, kw_only=True, eq=False)


def structured(kind: Any, value: Any) -> Any:
    return build_plugin(plugin_with(kind), {"it": value}, FOLDER).it


def problems(cls: type, **options: Any) -> list[tuple[tuple[str | int, ...], str]]:
    with pytest.raises(OptionsError) as caught:
        build_plugin(cls, options, FOLDER)
    return [(problem.path, problem.message) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("kind", "value", "wanted"),
    [
        (str, "x", "x"),
        (bool, False, False),
        (int, 3, 3),
        (float, 2.5, 2.5),
        (float, 3, 3.0),
        (datetime, datetime(2020, 6, 1, tzinfo=UTC), datetime(2020, 6, 1, tzinfo=UTC)),
        (date, date(2020, 6, 1), date(2020, 6, 1)),
        (time, time(7, 30), time(7, 30)),
        (Literal["a", 1], 1, 1),
        (Shape, "flat", Shape.FLAT),
        (str | None, "x", "x"),
        (int | str, "x", "x"),
        (tuple[str, ...] | str, ["x"], ("x",)),
        (tuple[int, ...], [1, 2], (1, 2)),
        (tuple[str, int], ["x", 2], ("x", 2)),
        (tuple[tuple[str, ...], ...], [["a"], []], (("a",), ())),
        (list[int], [1], [1]),
        (dict[str, int], {"a": 1}, {"a": 1}),
        (Mapping[str, tuple[str, ...]], {"a": ["x"]}, {"a": ("x",)}),
        (Feed, {"url": "u", "tags": ["t"]}, Feed("u", 10, ("t",))),
        (tuple[Feed, ...], [{"url": "u"}], (Feed("u"),)),
        (dict[str, Feed], {"a": {"url": "u"}}, {"a": Feed("u")}),
        (Any, {"free": [1, "x"]}, {"free": [1, "x"]}),
    ],
)
def test_a_value_of_the_right_type(kind: Any, value: Any, wanted: Any) -> None:
    found = structured(kind, value)
    assert found == wanted
    assert type(found) is type(wanted)


@pytest.mark.parametrize(
    ("kind", "value", "message"),
    [
        (str, 5, "expected a string, got a whole number"),
        (bool, "no", "expected true or false, got a string"),
        (bool, 0, "expected true or false, got a whole number"),
        (int, True, "expected a whole number, got a boolean"),
        (int, 2.0, "expected a whole number, got a number with a fraction"),
        (int, "3", "expected a whole number, got a string"),
        (float, "2.5", "expected a number, got a string"),
        (float, True, "expected a number, got a boolean"),
        (date, datetime(2020, 6, 1, tzinfo=UTC), "expected a date, got a date with a time"),
        (Path, 3, "expected a path, got a whole number"),
        (Path, "", "the path is empty"),
        (Path, "a\0b", "a path cannot hold a NUL character"),
        (Literal["jsonl", "array"], "json", "expected \"jsonl\" or \"array\", got 'json'; did you mean 'jsonl'?"),
        (Literal[1, 2], True, "expected 1 or 2, got True"),
        (Shape, "square", 'expected "round" or "flat", got \'square\''),
        (Shape, [], 'expected "round" or "flat", got []'),
        (int | None, "x", "expected a whole number, got a string"),
        (int | str, [1], "expected a whole number or a string, got an array"),
        (tuple[str, ...], "ab", "expected an array of strings, got a string"),
        (tuple[str, ...], {"a": 1}, "expected an array of strings, got a table"),
        (tuple[str, str], "ab", "expected an array of a string and a string, got a string"),
        (tuple[int, int], [1, 2, 3], "expected an array of 2 values, got 3"),
        (list[Path], "ab", "expected an array of paths, got a string"),
        (tuple[bool, ...], 1, "expected an array of true or false, got a whole number"),
        (dict[str, str], ["a"], "expected a table, got an array"),
        (Feed, "u", "expected a table, got a string"),
    ],
)
def test_a_value_of_the_wrong_type(kind: Any, value: Any, message: str) -> None:
    assert problems(plugin_with(kind), it=value) == [(("it",), message)]


@pytest.mark.parametrize(
    ("kind", "value", "wrong"),
    [
        (tuple[int, ...], [1, "x", 2, "y"], [("it", 1), ("it", 3)]),
        (dict[str, int], {"a": 1, "b": "x"}, [("it", "b")]),
        (Feed, {"url": 1, "limit": "x"}, [("it", "url"), ("it", "limit")]),
        (tuple[Feed, ...], [{"url": "u"}, {"url": "u", "tags": ["t", 5]}], [("it", 1, "tags", 1)]),
        (dict[str, Feed], {"a": {"url": "u", "limit": 1.5}}, [("it", "a", "limit")]),
        (Feed | None, {"url": 1}, [("it", "url")]),
    ],
)
def test_what_is_wrong_within_is_told_with_the_way_to_it(kind: Any, value: Any, wrong: Any) -> None:
    assert [path for path, _ in problems(plugin_with(kind), it=value)] == wrong


def test_unknown_and_missing_keys_of_a_table_within() -> None:
    cls = plugin_with(Feed)
    assert problems(cls, it={"ulr": "u"}) == [
        (("it",), "missing option 'url'"),
        (("it", "ulr"), "unknown option 'ulr'"),
    ]


@attrs.define(kw_only=True, eq=False)
class Strict:
    """Validators, and one that looks at another field."""

    least: int = attrs.field(default=1, validator=attrs.validators.ge(1))
    most: int = attrs.field(default=5)
    title: str
    _seen: int = attrs.field(init=False, default=0)

    @most.validator
    def _in_order(self, _: Any, value: int) -> None:
        if value < self.least:
            raise ValueError(f"most must be at least {self.least}, the value of least")


def test_all_that_is_wrong_is_told_at_once() -> None:
    assert problems(Strict, least=0, most=-1, tilte="x", more=True) == [
        (("tilte",), "unknown option 'tilte'"),
        (("more",), "unknown option 'more'"),
        ((), "missing option 'title'"),
        (("least",), "'least' must be >= 1: 0"),
        (("most",), "most must be at least 0, the value of least"),
    ]


def test_a_validator_sees_the_defaults_of_other_options() -> None:
    assert problems(Strict, title="x", most=0) == [(("most",), "most must be at least 1, the value of least")]


def test_hints_say_what_was_meant_and_what_to_add() -> None:
    with pytest.raises(OptionsError) as caught:
        build_plugin(Strict, {"leest": 3}, FOLDER)
    assert caught.value.problems == [
        OptionProblem(("leest",), "unknown option 'leest'", "did you mean 'least'?", about_key=True),
        OptionProblem((), "missing option 'title'", "add title = …  (a string)"),
    ]


def test_private_state_is_no_option() -> None:
    assert list(option_fields(Strict)) == ["least", "most", "title"]
    assert problems(Strict, title="x", _seen=3) == [(("_seen",), "unknown option '_seen'")]


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (ValueError("no such language"), "no such language"),
        (KeyError("ar"), "KeyError: 'ar'"),
        (OSError(2, "No such file", "x"), "FileNotFoundError: [Errno 2] No such file: 'x'"),
    ],
)
def test_whatever_a_plugin_raises_when_it_is_made_is_told(error: Exception, message: str) -> None:
    @attrs.define(eq=False)
    class Picky:
        def __attrs_post_init__(self) -> None:
            raise error

    assert problems(Picky) == [((), message)]


@pytest.mark.parametrize(
    ("written", "arrives"),
    [
        ("in", "/desk/in"),
        ("../in", "/desk/../in"),
        ("./a b/قصة.txt", "/desk/a b/قصة.txt"),
        ("/var/in", "/var/in"),
        ("~/in", str(Path.home() / "in")),
        ("-", "-"),
    ],
)
def test_paths_start_at_the_pipeline_file_and_the_dash_stays(written: str, arrives: str) -> None:
    assert structured(Path, written) == Path(arrives)
    assert structured(tuple[Path, ...], [written]) == (Path(arrives),)
    assert structured(Path | None, written) == Path(arrives)


TOML = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.dates() | st.times(),
    lambda values: st.lists(values, max_size=3) | st.dictionaries(st.text(max_size=3), values, max_size=3),
    max_leaves=5,
)
KINDS = st.sampled_from(
    (str, int, bool, float, Path, tuple[str, ...], tuple[int, str], dict[str, Feed], Feed, int | tuple[Path, ...])
)


@given(KINDS, TOML)
def test_no_value_does_more_than_be_refused(kind: Any, value: Any) -> None:
    problems: list[OptionProblem] = []
    try:
        structured(kind, value)
    except OptionsError as error:
        problems = error.problems
    assert all(problem.message and problem.path[0] == "it" for problem in problems)


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (str, "a string"),
        (tuple[Path, ...], "an array of paths"),
        (tuple[int, ...], "an array of whole numbers"),
        (tuple[Literal["a", "b"], ...], 'an array of "a" or "b"'),
        (Literal["a", 1], '"a" or 1'),
        (int | None, "a whole number"),
        (dict[str, int], "a table"),
        (Feed, "a table"),
        (tuple[Feed, ...], "an array of tables"),
        (date, "a date"),
    ],
)
def test_types_are_named_in_an_authors_words(kind: Any, name: str) -> None:
    assert type_name(kind) == name


@pytest.mark.parametrize(
    ("kind", "part"),
    [
        (tuple[str, ...], None),
        (dict[str, Feed] | None, None),
        (set[str], set[str]),
        (list, list),
        (tuple[complex, ...], complex),
        (bytes, bytes),
    ],
)
def test_types_that_toml_cannot_give_are_found(kind: Any, part: Any) -> None:
    assert unsupported(kind) == part


@attrs.frozen
class Branch:
    """A table that may hold tables of its own kind."""

    leaves: int
    branches: tuple[Branch, ...] = ()


def test_a_table_may_hold_tables_of_its_own_kind() -> None:
    assert unsupported(Branch) is None
    value = {"leaves": 1, "branches": [{"leaves": 2}]}
    assert structured(Branch, value) == Branch(leaves=1, branches=(Branch(leaves=2),))
    assert problems(plugin_with(Branch), it={"leaves": 1, "branches": [{"leaves": "two"}]}) == [
        (("it", "branches", 0, "leaves"), "expected a whole number, got a string")
    ]


def test_an_option_may_have_another_name_for_python(tmp_path: Path) -> None:
    assert build_plugin(plugin_with(int, alias="python_name"), {"it": 5}, tmp_path).it == 5


def test_of_a_union_with_one_table_the_mistake_in_the_table_is_told() -> None:
    assert problems(plugin_with(int | Branch), it={"leaves": "x"}) == [
        (("it", "leaves"), "expected a whole number, got a string")
    ]
    assert problems(plugin_with(int | Branch), it="x") == [
        (("it",), "expected a whole number or a table, got a string")
    ]
    assert problems(plugin_with(str | tuple[int, ...]), it=[1, "x"]) == [
        (("it", 1), "expected a whole number, got a string")
    ]
