"""A mistake in a pipeline file is told the way a compiler tells it, and all of them at once.

The messages stand here whole: they are what a user reads.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

import copydesk

DESK = """
from pathlib import Path
from typing import Literal

import attrs
import copydesk


@copydesk.plugin
class Read:
    paths: tuple[Path, ...]

    @copydesk.hookimpl
    def ingest(self):
        return ()


@copydesk.plugin
class Count:
    unit: Literal["words", "lines"] = "words"
    least: int = attrs.field(default=1, validator=attrs.validators.ge(1))

    @copydesk.hookimpl
    def enrich(self, document):
        return None


@copydesk.plugin
class Write:
    path: Path
    title: str

    @copydesk.hookimpl
    def export(self, documents):
        return None
"""
READ = '[[ingest]]\nplugin = "desk.py:Read"\npaths = ["in"]\n'
Told = Callable[..., str]
Write = Callable[..., Path]
Python = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder but for plugins in desk.py, which is also where the user stands."""
    (tmp_path / "desk.py").write_text(DESK, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def told(folder: Path) -> Told:
    """What is said of a pipeline file with this text."""

    def load(text: str | bytes, *overrides: str) -> str:
        Path("pipeline.toml").write_bytes(text if isinstance(text, bytes) else text.encode())
        with pytest.raises(copydesk.PipelineFileError) as caught:
            copydesk.load("pipeline.toml", overrides=overrides)
        return str(caught.value)

    return load


def lines(message: str) -> str:
    return dedent(message).strip("\n")


# The ten kinds of mistake.


def test_1_a_wrong_key(told: Told) -> None:
    text = READ + '\n[[enrich]]\nplugin = "desk.py:Count"\nleats = 3\n'
    assert told(text) == lines("""
        error: unknown option 'leats' of plugin 'desk.py:Count'
         --> pipeline.toml:7:1
          |
        7 | leats = 3
          | ^^^^^ did you mean 'least'?
          = help: `copydesk plugins desk.py:Count` lists its options
    """)


def test_2_a_wrong_type(told: Told) -> None:
    text = READ + '\n[[enrich]]\nplugin = "desk.py:Count"\nleast = "three"  # at least\n'
    assert told(text) == lines("""
        error: least: expected a whole number, got a string
         --> pipeline.toml:7:9
          |
        7 | least = "three"  # at least
          |         ^^^^^^^
          = help: `copydesk plugins desk.py:Count` lists its options
    """)


def test_3_an_unknown_plugin(told: Told) -> None:
    text = READ + '\n[[enrich]]\nplugin = "qoutes"\n'
    assert told(text) == lines("""
        error: no plugin is named 'qoutes'
         --> pipeline.toml:6:10
          |
        6 | plugin = "qoutes"
          |          ^^^^^^^^ did you mean 'quotes'?
          = help: `copydesk plugins` lists what is installed
    """)


def test_4_a_missing_option(told: Told) -> None:
    text = READ + '\n[[export]]\nplugin = "desk.py:Write"\npath = "out/feed.xml"\n'
    assert told(text) == lines("""
        error: missing option 'title' of plugin 'desk.py:Write'
         --> pipeline.toml:6:10
          |
        6 | plugin = "desk.py:Write"
          |          ^^^^^^^^^^^^^^^ add title = …  (a string)
          = help: `copydesk plugins desk.py:Write` lists its options
    """)


def test_5_bad_toml(told: Told) -> None:
    text = READ + '\n[[enrich]\nplugin = "desk.py:Count"\n'
    assert told(text) == lines("""
        error: not valid TOML: Expected ']]' at the end of an array declaration
         --> pipeline.toml:5:9
          |
        5 | [[enrich]
          |         ^
    """)


def test_6_a_duplicate_name(told: Told) -> None:
    count = '\n[[enrich]]\nplugin = "desk.py:Count"\n'
    assert told(READ + count + count) == lines("""
        error: two enrich steps are named 'Count'
         --> pipeline.toml:9:10
          |
        9 | plugin = "desk.py:Count"
          |          ^^^^^^^^^^^^^^^ the first is in line 6
          = help: give one of them a name of its own: name = "…"
    """)


def test_7_a_bad_path(told: Told, folder: Path) -> None:
    text = '[[ingest]]\nplugin = "../desk.py:Read"\npaths = []\n\n' + '[[export]]\nplugin = "desk.py:Write"\n'
    text += 'path = ""\ntitle = "The wire"\n'
    assert told(text) == lines(f"""
        error: plugin file '../desk.py' lies outside {folder}; put it beside the pipeline file or below it
         --> pipeline.toml:2:10
          |
        2 | plugin = "../desk.py:Read"
          |          ^^^^^^^^^^^^^^^^^

        error: path: the path is empty
         --> pipeline.toml:7:8
          |
        7 | path = ""
          |        ^^
          = help: `copydesk plugins desk.py:Write` lists its options
    """)


def test_8_an_undefined_variable(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WIRE_FOLDER", "/srv/wire")
    monkeypatch.delenv("WIRE_FODLER", raising=False)
    text = '[[ingest]]\nplugin = "desk.py:Read"\npaths = ["in", "${WIRE_FODLER}/new"]\n'
    assert told(text) == lines("""
        error: environment variable 'WIRE_FODLER' is not set
         --> pipeline.toml:3:17
          |
        3 | paths = ["in", "${WIRE_FODLER}/new"]
          |                 ^^^^^^^^^^^^^^ did you mean 'WIRE_FOLDER'?
          = help: set it before the run, or write $${WIRE_FODLER} for the text itself
    """)


def test_9_a_bad_override(told: Told) -> None:
    assert told(READ, "ingest.Raed.paths=['out']") == lines("""
        error: the pipeline has no ingest step 'Raed'
         --> --set:1:8
          |
        1 | ingest.Raed.paths=['out']
          |        ^^^^ did you mean 'Read'?
          = help: write TABLE.STEP.OPTION=VALUE, as in export.json.path=out.jsonl
    """)


def test_10_a_plugin_that_does_not_import(told: Told, folder: Path) -> None:
    Path("broken.py").write_text("import copydesk\nimport a_library_that_is_missing\n", encoding="utf-8")
    text = READ + '\n[[enrich]]\nplugin = "broken.py:Broken"\n'
    assert told(text) == lines(f"""
        error: plugin file {folder}/broken.py cannot be run: ModuleNotFoundError: No module named \
'a_library_that_is_missing' ({folder}/broken.py:2)
         --> pipeline.toml:6:10
          |
        6 | plugin = "broken.py:Broken"
          |          ^^^^^^^^^^^^^^^^^^
    """)


# All at once, and where the mark stands.


def test_all_mistakes_of_a_file_are_told_at_once_in_the_order_of_its_lines(told: Told) -> None:
    text = dedent("""
        nmae = "wire"

        [run]
        on_error = "stopp"
        quarantin = "failed.jsonl"

        [[ingest]]
        plugin = "desk.py:Read"
        paths = ["in", 5]

        [[enrich]]
        plugin = "desk.py:Count"
        least = 0
        unit = "line"

        [[export]]
        plugin = "desk.py:Write"
        path = "${NOT_SET_ANYWHERE}"
        titel = "x"
    """)
    assert told(text, "run.x.y") == lines("""
        error: unknown key 'nmae'
         --> pipeline.toml:2:1
          |
        2 | nmae = "wire"
          | ^^^^ did you mean 'name'?
          = help: a pipeline has name, run, ingest, enrich, export, use

        error: on_error: expected "quarantine" or "stop", got 'stopp'; did you mean 'stop'?
         --> pipeline.toml:5:12
          |
        5 | on_error = "stopp"
          |            ^^^^^^^
          = help: the settings are described in the reference, «Pipeline files»

        error: unknown option 'quarantin'
         --> pipeline.toml:6:1
          |
        6 | quarantin = "failed.jsonl"
          | ^^^^^^^^^ did you mean 'quarantine'?
          = help: the settings are described in the reference, «Pipeline files»

        error: paths: expected a path, got a whole number
          --> pipeline.toml:10:16
           |
        10 | paths = ["in", 5]
           |                ^
           = help: `copydesk plugins desk.py:Read` lists its options

        error: 'least' must be >= 1: 0
          --> pipeline.toml:14:9
           |
        14 | least = 0
           |         ^
           = help: `copydesk plugins desk.py:Count` lists its options

        error: unit: expected "words" or "lines", got 'line'; did you mean 'lines'?
          --> pipeline.toml:15:8
           |
        15 | unit = "line"
           |        ^^^^^^
           = help: `copydesk plugins desk.py:Count` lists its options

        error: missing option 'title' of plugin 'desk.py:Write'
          --> pipeline.toml:18:10
           |
        18 | plugin = "desk.py:Write"
           |          ^^^^^^^^^^^^^^^ add title = …  (a string)
           = help: `copydesk plugins desk.py:Write` lists its options

        error: environment variable 'NOT_SET_ANYWHERE' is not set
          --> pipeline.toml:19:9
           |
        19 | path = "${NOT_SET_ANYWHERE}"
           |         ^^^^^^^^^^^^^^^^^^^
           = help: set it before the run, or write $${NOT_SET_ANYWHERE} for the text itself

        error: unknown option 'titel' of plugin 'desk.py:Write'
          --> pipeline.toml:20:1
           |
        20 | titel = "x"
           | ^^^^^ did you mean 'title'?
           = help: `copydesk plugins desk.py:Write` lists its options

        error: an override needs an equals sign
         --> --set:1:1
          |
        1 | run.x.y
          | ^^^^^^^
          = help: write TABLE.STEP.OPTION=VALUE, as in export.json.path=out.jsonl
    """)


@pytest.mark.parametrize(
    ("line", "column", "shown", "mark"),
    [
        ('\tnmae = "tab"', 2, '\tnmae = "tab"', "\t^^^^"),
        ('name = "${NOPE}"', 9, 'name = "${NOPE}"', "        ^^^^^^^"),
        ('name = "通信社 ${NOPE}"', 13, 'name = "通信社 ${NOPE}"', "               ^^^^^^^"),
        ('name = "وكالة ${NOPE}"', 15, 'name = "وكالة ${NOPE}"', "              ^^^^^^^"),
        (
            'name = "قالَ\u200c\u200f ${NOPE}"',
            16,
            'name = "قالَ\u200c\u200f ${NOPE}"',
            "            ^^^^^^^",
        ),
        ('"ناو" = "x"', 1, '"ناو" = "x"', "^^^^^"),
    ],
)
def test_the_mark_stands_under_the_spot(told: Told, line: str, column: int, shown: str, mark: str) -> None:
    """Tabs are repeated, wide characters take two cells, combining and invisible ones none."""
    said = told(f"{line}\n{READ}").split("\n")
    assert said[1] == f" --> pipeline.toml:1:{column}"
    assert said[3] == f"1 | {shown}"
    assert said[4].partition(" did you")[0] == f"  | {mark}"


@pytest.mark.parametrize("end", ["\u2028", "\u2029", "\x85"])
def test_lines_end_where_toml_says_so(told: Told, end: str) -> None:
    assert told(f"# a{end}b\nnmae = 1\n{READ}").split("\n")[1:5] == [
        " --> pipeline.toml:2:1",
        "  |",
        "2 | nmae = 1",
        "  | ^^^^ did you mean 'name'?",
    ]


def test_control_characters_are_shown_rather_than_obeyed(told: Told) -> None:
    said = told("name = '\x1b[31m'\n")
    assert "\x1b" not in said
    assert "1 | name = '␛[31m'\n  |         ^" in said


def test_a_path_of_windows_in_double_quotes_is_told_how_to_be_written(told: Told) -> None:
    assert told('[[ingest]]\nplugin = "desk.py:Read"\npaths = ["C:\\stories"]\n') == lines(r"""
        error: not valid TOML: Unescaped '\' in a string
         --> pipeline.toml:3:15
          |
        3 | paths = ["C:\stories"]
          |               ^
          = help: in double quotes \ begins an escape; write a path with / or in single quotes: 'C:\stories'
    """)


def test_a_story_is_no_pipeline_file(folder: Path) -> None:
    Path("story.txt").write_text("Ferries return to Lake Van\n", encoding="utf-8")
    with pytest.raises(copydesk.PipelineFileError, match=r"help: is it a story\? `copydesk show story.txt` shows what"):
        copydesk.load("story.txt")


def test_a_name_in_other_capitals_is_known(told: Told) -> None:
    assert "did you mean 'quotes'?" in told(f'{READ}[[enrich]]\nplugin = "QUOTES"\n')


def test_a_file_that_ends_too_early(told: Told) -> None:
    assert told("[[ingest]]\nplugin = [\n") == lines("""
        error: not valid TOML: Invalid value
         --> pipeline.toml:3:1
          |
        3 |
          | ^
    """)


def test_a_file_with_windows_line_ends_and_a_byte_order_mark(told: Told) -> None:
    text = (READ + "[[enrich]]\nplugin = 'desk.py:Count'\nleast = true\n").replace("\n", "\r\n")
    assert told(b"\xef\xbb\xbf" + text.encode()) == lines("""
        error: least: expected a whole number, got a boolean
         --> pipeline.toml:6:9
          |
        6 | least = true
          |         ^^^^
          = help: `copydesk plugins desk.py:Count` lists its options
    """)


# Files that are none.


@pytest.mark.parametrize("text", ["", "\n# nothing yet\n", 'name = "wire"\n', "ingest = []\n"])
def test_a_pipeline_without_steps(told: Told, text: str) -> None:
    assert told(text) == lines("""
        error: pipeline file pipeline.toml has no steps
          = help: write [[ingest]], [[enrich]] and [[export]] tables, each with plugin = "…"
    """)


def test_a_missing_file(folder: Path) -> None:
    with pytest.raises(copydesk.PipelineFileError) as caught:
        copydesk.load("nowhere.toml")
    assert str(caught.value) == lines("""
        error: pipeline file nowhere.toml cannot be read: No such file or directory
          = help: check the path
    """)


def test_a_folder_instead_of_a_file(folder: Path) -> None:
    with pytest.raises(copydesk.PipelineFileError) as caught:
        copydesk.load(".")
    assert str(caught.value) == "error: pipeline file . cannot be read: Is a directory\n  = help: check the path"


def test_a_file_in_another_encoding(told: Told) -> None:
    assert told("# café\n".encode("latin-1")) == lines("""
        error: pipeline file pipeline.toml is not UTF-8: byte 5 cannot be decoded
          = help: save it as UTF-8
    """)


def test_toml_that_python_gives_up_on(told: Told) -> None:
    assert told("name = " + "[" * 1000).startswith("error: pipeline file pipeline.toml cannot be read: TOML inline ")
    assert told("name = " + "9" * 5000).startswith("error: pipeline file pipeline.toml cannot be read: Exceeds the ")


# Tables of the wrong kind.


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[ingest]\nplugin = "desk.py:Read"', "'ingest' must be an array of tables|1:1|write [[ingest]]"),
        ("enrich = 5\n" + READ, "'enrich' must be an array of tables|1:1|write [[enrich]]"),
        ("enrich = [1]\n" + READ, "'enrich' must be an array of tables|1:1|write [[enrich]]"),
        ("run = true\n" + READ, "'run' must be a table|1:1|write [run]"),
        ("name = 5\n" + READ, "the pipeline's name must be a string|1:8|"),
        (READ + "[[enrich]]\nleast = 3", 'a step needs a plugin|4:1|add plugin = "…"'),
        (READ + "[[enrich]]\nplugin = 3", 'plugin must be a string|5:10|add plugin = "…"'),
        (READ + "[[enrich]]\nplugin = ''", 'plugin must be a string|5:10|add plugin = "…"'),
        (READ + "name = ''", "a step's name must be a string|4:8|"),
        (
            READ + "[[enrich]]\nplugin = 'desk.py:Count'\nwhen = 'ar'",
            "'when' must be a table|6:8|write when = { language = [\"ar\"] }",
        ),
        (
            READ + "[[enrich]]\nplugin = 'desk.py:Count'\nwhen = { langauge = ['ar'] }",
            "unknown option 'langauge'|6:10|did you mean 'language'?",
        ),
        (
            READ + "[[enrich]]\nplugin = 'desk.py:Count'\nwhen = { language = 'ar' }",
            "language: expected an array of strings, got a string|6:21|",
        ),
        (READ + "[[enrich]]\nplugin = 'desk.py:Coutn'", "desk.py has no class 'Coutn'; did you mean 'Count'?|5:10|"),
        (READ + "[[enrich]]\nplugin = 'desk.py'", "no plugin is named 'desk.py'|5:10|write desk.py:Class"),
        (READ + "[[enrich]]\nplugin = 'desk.py:Path'", None),
    ],
)
def test_a_table_of_the_wrong_kind(told: Told, text: str, message: str | None) -> None:
    said = told(text).split("\n")
    if message is None:
        assert said[0].startswith("error: plugin ")
        assert "the class is not decorated; write @copydesk.plugin above it" in said[1]
        return
    wrong, place, note = message.split("|")
    assert said[0] == f"error: {wrong}"
    assert said[1] == f" --> pipeline.toml:{place}"
    assert said[4].partition("^")[2].lstrip("^").strip() == note


def test_a_condition_cannot_limit_a_step_that_reads(told: Told) -> None:
    assert told(READ + 'when = { language = ["ar"] }') == lines("""
        error: 'when' limits enrich and export steps; an ingest step reads everything that it names
         --> pipeline.toml:4:8
          |
        4 | when = { language = ["ar"] }
          |        ^^^^^^^^^^^^^^^^^^^^^
    """)


# What a right file says.


def test_variables_of_the_environment_are_put_in(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESK_IN", "wire")
    Path("pipeline.toml").write_text(
        'name = "$${DESK_IN} is ${DESK_IN}"\n[[ingest]]\nplugin = "desk.py:Read"\npaths = ["${DESK_IN}/a", "$x"]\n',
        encoding="utf-8",
    )
    pipeline = copydesk.load("pipeline.toml")
    assert pipeline.name == "${DESK_IN} is wire"
    assert pipeline.steps[0].plugin.paths == (folder / "wire/a", folder / "$x")


def test_a_pipeline_is_named_after_its_file_where_it_has_no_name(folder: Path) -> None:
    Path("evening.toml").write_text(READ, encoding="utf-8")
    pipeline = copydesk.load(folder / "evening.toml")
    assert (pipeline.name, pipeline.folder) == ("evening", folder)


def test_steps_are_named_by_themselves_else_by_their_plugin(folder: Path) -> None:
    text = READ + '[[ingest]]\nplugin = "desk.py:Read"\nname = "second"\npaths = []\n'
    text += '[[enrich]]\nplugin = "quotes"\nwhen = { language = ["ar"] }\n'
    Path("pipeline.toml").write_text(text, encoding="utf-8")
    pipeline = copydesk.load("pipeline.toml")
    assert [(step.stage, step.name) for step in pipeline.steps] == [
        ("ingest", "Read"),
        ("ingest", "second"),
        ("enrich", "quotes"),
    ]
    assert pipeline.steps[2].when == copydesk.When(language=("ar",))


def test_only_the_plugins_that_a_pipeline_uses_are_imported(folder: Path) -> None:
    Path("pipeline.toml").write_text(READ, encoding="utf-8")
    program = (
        "import sys, copydesk; copydesk.load('pipeline.toml');"
        "print([name for name in sys.modules if name.startswith('copydesk_')])"
    )
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert loaded.stdout == "[]\n"


def test_of_a_long_line_only_what_is_near_the_spot_is_shown(told: Told) -> None:
    names = ", ".join(f'"{number:04}.txt"' for number in range(1000))
    text = f'[[ingest]]\nplugin = "desk.py:Read"\npaths = [{names}, 3, {names}]\n'
    assert told(text) == lines("""
        error: paths: expected a path, got a whole number
         --> pipeline.toml:3:12010
          |
        3 | …, "0996.txt", "0997.txt", "0998.txt", "0999.txt", 3, "0000.txt", "0001.txt", "0002.txt", "0003.txt", …
          |                                                    ^
          = help: `copydesk plugins desk.py:Read` lists its options
    """)


@pytest.mark.parametrize("text", ["x = " + "[" * 600 + "]" * 600, ".".join("x" * 900) + " = 1"])
def test_what_is_nested_too_deeply_is_told(told: Told, text: str) -> None:
    assert told(READ + text).startswith("error: pipeline file pipeline.toml ")


def test_an_override_inside_of_an_option_is_shown_where_it_was_written(told: Told) -> None:
    assert told(READ, "run.quarantine.path=out") == lines("""
        error: quarantine: expected a path, got a table
         --> --set:1:21
          |
        1 | run.quarantine.path=out
          |                     ^^^
          = help: the settings are described in the reference, «Pipeline files»
    """)


def test_a_check_that_names_the_option_itself_is_not_led_by_its_name(told: Told) -> None:
    assert told(READ + "[run]\ntimeout = -1\n").startswith("error: timeout must be more than 0 seconds\n")


def test_the_installed_plugins_are_looked_up_once_a_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looked = []

    def entry_points(*, group: str) -> tuple[()]:
        looked.append(group)
        return ()

    monkeypatch.setattr("copydesk._plugins._discovery.entry_points", entry_points)
    (folder / "pipeline.toml").write_text('[[enrich]]\nplugin = "one"\n[[enrich]]\nplugin = "two"\n')
    with pytest.raises(copydesk.PipelineFileError):
        copydesk.load("pipeline.toml")
    assert looked == ["copydesk"]


def test_a_variable_that_the_locale_cannot_name_is_not_set(write: Write, python: Python) -> None:
    write("pipeline.toml", '[[ingest]]\nplugin = "seed-file"\npaths = ["${日本}"]\n')
    load = "import copydesk\ncopydesk.load('pipeline.toml')\n"
    ended = python(load, PYTHONUTF8="0", PYTHONCOERCECLOCALE="0", LC_ALL="C", PYTHONIOENCODING="utf-8")
    assert "error: environment variable '日本' is not set" in ended.stderr
