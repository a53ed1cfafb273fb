"""Overrides: options set from outside, as with ``--set``."""

from __future__ import annotations

from typing import Any

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from copydesk._pipelines._overrides import Override, apply_overrides, step_name

WIRE = """
name = "wire"
[[ingest]]
plugin = "seed-file"
[[export]]
plugin = "json"
path = "out.jsonl"
[[export]]
plugin = "json"
name = "second"
[[export]]
plugin = "local.py:Sink"
"""


def applied(*overrides: str, text: str = WIRE) -> dict[str, Any]:
    content = tomli.loads(text)
    _, problems = apply_overrides(content, overrides)
    assert problems == []
    return content


def refused(override: str, text: str = WIRE) -> tuple[str, str, str]:
    """What is wrong, the part that is marked, and the note."""
    content = tomli.loads(text)
    done, (problem,) = apply_overrides(content, [override])
    assert done == []
    assert content == tomli.loads(text)
    assert problem.place is not None
    assert problem.place.origin == "--set"
    return problem.message, problem.place.text[problem.place.start : problem.place.end], problem.note


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("out/new.jsonl", "out/new.jsonl"),
        ("-", "-"),
        ("", ""),
        ("'quoted'", "quoted"),
        ("5", 5),
        ("'5'", "5"),
        ("true", True),
        ('["a", "b"]', ["a", "b"]),
        ("{ a = 1 }", {"a": 1}),
        ("قصص/اليوم.jsonl", "قصص/اليوم.jsonl"),
        ("a=b", "a=b"),
        ("1 = 2", "1 = 2"),
        ("1\nother = 2", "1\nother = 2"),
        ("[" * 1000, "[" * 1000),
    ],
)
def test_the_value_is_toml_and_else_a_string(written: str, value: Any) -> None:
    assert applied(f"export.json.path={written}")["export"][0]["path"] == value


def test_steps_are_found_by_their_names() -> None:
    content = applied("export.second.path=b", "export.Sink.deep.er.key=c", "ingest.'seed-file'.paths=['d']")
    assert content["export"][1]["path"] == "b"
    assert content["export"][2]["deep"] == {"er": {"key": "c"}}
    assert content["ingest"][0]["paths"] == ["d"]


def test_settings_and_the_name_can_be_set() -> None:
    content = applied("run.on_error=stop", "name=evening")
    assert (content["run"], content["name"]) == ({"on_error": "stop"}, "evening")


def test_the_last_of_two_overrides_wins() -> None:
    assert applied("name=a", "name=b")["name"] == "b"


@pytest.mark.parametrize(
    ("override", "told"),
    [
        ("nothing", ("an override needs an equals sign", "nothing", "")),
        ("=5", ("'' is no path to an option", "=5", "")),
        ("# =5", ("'# ' is no path to an option", "# ", "")),
        ("a b=5", ("'a b' is no path to an option", "a b", "")),
        ("exprt.json.path=5", ("there is no table 'exprt'", "exprt", "did you mean 'export'?")),
        ("workers=5", ("there is no table 'workers'", "workers", "did you mean 'run.workers'?")),
        ("second.path=5", ("there is no table 'second'", "second", "did you mean 'export.second'?")),
        ("export.json=5", ("'export.json' names no option of a step", "json", "")),
        ("export.jsn.path=5", ("the pipeline has no export step 'jsn'", "jsn", "did you mean 'json'?")),
        ("enrich.quotes.x=5", ("the pipeline has no enrich step 'quotes'", "quotes", "there are: none")),
        ("export.zzz.path=5", ("the pipeline has no export step 'zzz'", "zzz", "there are: json, second, Sink")),
        ("export.json.path.deep=5", ("'path' is no table", "path", "")),
        ("name.deep=5", ("'name' is no table", "name", "")),
    ],
)
def test_an_override_that_cannot_be_made_is_told(override: str, told: tuple[str, str, str]) -> None:
    assert refused(override) == told


@pytest.mark.parametrize("text", ["export = 5", "export = [1, 2]", "[export]\nplugin = 'json'", "export = 'json'"])
def test_tables_of_the_wrong_kind_have_no_steps(text: str) -> None:
    assert refused("export.json.path=5", text)[0] == "the pipeline has no export step 'json'"


@given(st.text(max_size=20) | st.text("export.json = #[]'\"\n5", max_size=12))
def test_no_text_does_more_than_be_refused(text: str) -> None:
    done, problems = apply_overrides(tomli.loads(WIRE), [text])
    assert len(done) + len(problems) == 1
    assert all(str(problem).startswith("error: ") for problem in problems)


def test_places_of_the_key_the_value_and_a_part_of_it() -> None:
    override = Override(("export", 0, "path"), "export.json.path = '${HOME}/x'")
    places = [override.place(), override.place(key=True), override.place(part="${HOME}"), override.place(part="gone")]
    assert [place.text[place.start : place.end] for place in places] == [
        " '${HOME}/x'",
        "export.json.path",
        "${HOME}",
        " '${HOME}/x'",
    ]


@pytest.mark.parametrize(
    ("table", "name"),
    [
        ({"plugin": "json"}, "json"),
        ({"plugin": "json", "name": "second"}, "second"),
        ({"plugin": "below/local.py:Sink"}, "Sink"),
        ({"plugin": "package.module:Class"}, "Class"),
        ({}, ""),
    ],
)
def test_a_step_is_named_by_itself_its_plugin_or_its_class(table: dict[str, Any], name: str) -> None:
    assert step_name(table) == name
