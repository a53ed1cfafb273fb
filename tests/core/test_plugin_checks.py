"""A plugin that breaks a rule is told so when it is loaded: plugin, hook, file, line, and what to write."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

import copydesk
from copydesk._plugins._discovery import find_plugin
from copydesk._plugins._hookspecs import HookSpecs, hook_arguments

TYPES = (
    "str, int, float, bool, Path, Literal, datetime, date, time, Enum, and tuple[…, ...], dict[str, …], "
    "unions and attrs classes of these"
)
Told = Callable[..., str]


@pytest.fixture
def told(tmp_path: Path) -> Told:
    """What is said of a plugin class with this body, its file called FILE; the body begins in line 8."""

    def load(body: str, *, decorator: str = "@copydesk.plugin", stage: str = "enrich") -> str:
        head = (
            "from __future__ import annotations\nfrom pathlib import Path\nfrom typing import Any\n"
            f"import attrs\nimport copydesk\n{decorator}\nclass Wrong:\n"
        )
        path = tmp_path / "wrong.py"
        path.write_text(head + "".join(f"    {line}\n" for line in dedent(body).strip().splitlines()), encoding="utf-8")
        with pytest.raises(copydesk.PluginError) as caught:
            find_plugin("wrong.py:Wrong", stage, tmp_path)
        return str(caught.value).replace(str(path), "FILE")

    return load


def breaks(*problems: str) -> str:
    return "\n".join(["plugin wrong.py:Wrong breaks the rules for plugins:", *(f"  {problem}" for problem in problems)])


def test_an_unknown_hook_is_told_with_the_closest_name(told: Told) -> None:
    assert told("""
        @copydesk.hookimpl
        def enrch(self, document): ...
    """) == breaks("FILE:8: enrch: there is no hook of this name; did you mean 'enrich'?")


def test_an_argument_that_the_hook_has_not_is_told_with_those_it_has(told: Told) -> None:
    assert told("""
        @copydesk.hookimpl
        def enrich(self, docment, run): ...
    """) == breaks(
        "FILE:8: enrich: asks for 'docment', which it is not given; did you mean 'document'?",
        "FILE:8: enrich: asks for 'run', which it is not given; it may ask for: document, step",
    )


def test_an_argument_of_a_hook_without_any(told: Told) -> None:
    assert told("""
        @copydesk.hookimpl
        def ingest(self, run): ...
    """) == breaks("FILE:8: ingest: asks for 'run', which it is not given; it takes only self")


def test_an_async_hook_would_never_be_awaited(told: Told) -> None:
    assert told("""
        @copydesk.hookimpl
        async def enrich(self, document): ...
    """) == breaks(
        "FILE:8: enrich: is async, which would never be awaited; write `def enrich` and run your loop inside"
    )


def test_an_async_generator_would_never_be_awaited(told: Told) -> None:
    assert told("""
        @copydesk.hookimpl
        async def enrich(self, document):
            yield 1
    """) == breaks(
        "FILE:8: enrich: is async, which would never be awaited; write `def enrich` and run your loop inside"
    )


@pytest.mark.parametrize("hook", [name for name in hook_arguments() if name not in ("enrich", "ingest")])
def test_a_stray_yield_would_keep_the_body_from_running(told: Told, hook: str) -> None:
    assert told(f"""
        @copydesk.hookimpl
        def {hook}(self):
            yield
    """) == breaks(
        f"FILE:8: {hook}: yields, but {hook} gives nothing back, so its body would never run; remove the yield"
    )


def test_a_keyword_only_argument_would_fail_when_called(told: Told) -> None:
    assert told("""
        @copydesk.hookimpl
        def enrich(self, *, document): ...
    """) == breaks("FILE:8: enrich: takes 'document' by keyword only; remove the *")


def test_a_default_would_never_be_used(told: Told) -> None:
    assert told("""
        @copydesk.hookimpl
        def enrich(self, document=None): ...
    """) == breaks("FILE:8: enrich: gives 'document' a default, which would never be used; remove it")


@pytest.mark.parametrize("catch_all", ["*args", "**kwargs"])
def test_arguments_must_be_named(told: Told, catch_all: str) -> None:
    assert told(f"""
        @copydesk.hookimpl
        def enrich(self, {catch_all}): ...
    """) == breaks(
        f"FILE:8: enrich: takes {catch_all}, but a hook is passed the arguments that it names; write them out"
    )


@pytest.mark.parametrize("marks", ["@copydesk.hookimpl\n@{}", "@{}\n@copydesk.hookimpl", "@{}"])
@pytest.mark.parametrize("kind", ["staticmethod", "classmethod"])
def test_a_hook_is_a_method_of_the_instance(told: Told, marks: str, kind: str) -> None:
    """pluggy would find some of these and pass others over in silence."""
    assert told(f"{marks.format(kind)}\ndef finish(run): ...\n@copydesk.hookimpl\ndef enrich(self, document): ...") == (
        breaks(f"FILE:8: finish: is a {kind}; take @{kind} away and write `def finish(self, …)`")
    )


def test_a_static_method_that_is_no_hook_is_nobodys_business(tmp_path: Path) -> None:
    (tmp_path / "right.py").write_text(
        "import copydesk\n@copydesk.plugin\nclass Right:\n    @copydesk.hookimpl\n    def enrich(self, document): ...\n"
        "    @staticmethod\n    def help(x): ...\n"
    )
    assert find_plugin("right.py:Right", "enrich", tmp_path).__name__ == "Right"


def test_a_method_named_like_a_hook_must_be_marked(told: Told) -> None:
    assert told("""
        def enrich(self, document): ...
    """) == breaks("FILE:8: enrich: is named like a hook but not marked; write @copydesk.hookimpl above it")


def test_specname_is_not_supported(told: Told) -> None:
    assert told("""
        @copydesk.hookimpl(specname="enrich")
        def find(self, document): ...
    """) == breaks("FILE:8: find: specname is not supported; name the method after its hook")


def test_a_wrapper_must_yield(told: Told) -> None:
    assert told(
        """
        @copydesk.hookimpl(wrapper=True)
        def enrich(self, document): ...
        """,
        stage="use",
    ) == breaks("FILE:8: enrich: is a wrapper but never yields; write `result = yield`, then `return result`")


def test_only_enrich_can_be_wrapped(told: Told) -> None:
    assert told(
        """
        @copydesk.hookimpl(wrapper=True)
        def export(self, documents):
            return (yield)
        """,
        stage="use",
    ) == breaks("FILE:8: export: is a wrapper, but only enrich can be wrapped; remove the mark's argument")


def test_old_style_wrappers_are_refused(told: Told) -> None:
    assert told(
        """
        @copydesk.hookimpl(hookwrapper=True)
        def enrich(self):
            yield
        """,
        stage="use",
    ) == breaks("FILE:8: enrich: is marked hookwrapper=True, pluggy's old way; write wrapper=True")


def test_a_class_must_be_decorated(told: Told) -> None:
    assert told(
        """
        @copydesk.hookimpl
        def enrich(self, document): ...
        """,
        decorator="# not decorated",
    ) == breaks("FILE:7: the class is not decorated; write @copydesk.plugin above it")


def test_a_mutable_default_would_be_shared(told: Told) -> None:
    assert told("""
        words: list[str] = ["a"]

        @copydesk.hookimpl
        def enrich(self, document): ...
    """) == breaks(
        "FILE:8: option 'words' has a mutable default, which all instances would share; "
        "write a tuple, or attrs.field(factory=list)"
    )


@pytest.mark.parametrize(
    ("value", "kind"),
    [("5", "int"), ("True", "bool"), ("'x'", "str"), ("(1, 2)", "tuple"), ("[1]", "list"), ("None", "str | None")],
)
def test_an_option_without_a_type_is_none(told: Told, value: str, kind: str) -> None:
    assert told(f"""
        words_per_minute = {value}

        @copydesk.hookimpl
        def enrich(self, document): ...
    """) == breaks(
        "FILE:8: 'words_per_minute' has no type, so it is no option; "
        f"write `words_per_minute: {kind} = {value}`, or `ClassVar` if it is none"
    )


def test_a_field_without_a_type_would_hide_the_others(told: Told) -> None:
    assert told("""
        words: int = 200
        pace = attrs.field(default=1)

        @copydesk.hookimpl
        def enrich(self, document): ...
    """) == (
        "plugin file FILE cannot be run: FILE:9: plugin Wrong has fields without a type: 'pace'; "
        "write `pace: str = attrs.field(…)`, or what it holds"
    )


def test_a_type_that_cannot_be_resolved(told: Told) -> None:
    assert told("""
        place: Gazetteer | None = None

        @copydesk.hookimpl
        def enrich(self, document): ...
    """) == breaks(
        "FILE:7: a type cannot be resolved: name 'Gazetteer' is not defined; import it outside of `if TYPE_CHECKING`"
    )


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [
        ("set[str]", "set[str]"),
        ("list", "list"),
        ("bytes", "bytes"),
        ("tuple[complex, ...]", "complex"),
        ("dict[str, object] | None", "object"),
    ],
)
def test_a_type_that_toml_cannot_give(told: Told, kind: str, wrong: str) -> None:
    assert told(f"""
        thing: {kind}

        @copydesk.hookimpl
        def enrich(self, document): ...
    """) == breaks(f"FILE:8: option 'thing' has the type {wrong}, which TOML cannot give; use {TYPES}")


@pytest.mark.parametrize("key", ["plugin", "name", "when"])
def test_an_option_that_every_step_has_already(told: Told, key: str) -> None:
    assert told(f"""
        {key}: str = "x"

        @copydesk.hookimpl
        def enrich(self, document): ...
    """) == breaks(
        f"FILE:8: option {key!r} would never be set, since every step has a key of this name; give it another name"
    )


def test_a_private_option(told: Told) -> None:
    assert told("""
        _seen: dict[str, int] = attrs.field(factory=dict)

        @copydesk.hookimpl
        def enrich(self, document): ...
    """) == breaks("FILE:8: option '_seen' is private; write attrs.field(init=False), or make it public")


def test_everything_that_is_wrong_is_told_at_once(told: Told) -> None:
    assert told("""
        limit = 3

        @copydesk.hookimpl
        async def start(self): ...

        def enrich(self, document): ...

        @copydesk.hookimpl
        def exprt(self, documents): ...
    """) == breaks(
        "FILE:8: 'limit' has no type, so it is no option; write `limit: int = 3`, or `ClassVar` if it is none",
        "FILE:13: enrich: is named like a hook but not marked; write @copydesk.hookimpl above it",
        "FILE:15: exprt: there is no hook of this name; did you mean 'export'?",
        "FILE:10: start: is async, which would never be awaited; write `def start` and run your loop inside",
    )


@pytest.mark.parametrize(
    ("body", "stage", "message"),
    [
        ("def export(self, documents): ...", "enrich", "it belongs under [[export]]"),
        ("def enrich(self, document): ...", "use", "it belongs under [[enrich]]"),
        ("def run_finished(self, report): ...", "ingest", "it belongs under [[use]]"),
    ],
)
def test_a_plugin_in_the_wrong_table(told: Told, body: str, stage: str, message: str) -> None:
    said = told(f"@copydesk.hookimpl\n{body}", stage=stage)
    assert said == f"plugin 'wrong.py:Wrong' is nothing for [[{stage}]]; {message}"


def test_middleware_is_no_step(told: Told) -> None:
    assert (
        told("""
        @copydesk.hookimpl(wrapper=True)
        def enrich(self, document):
            return (yield)
    """)
        == "plugin 'wrong.py:Wrong' is nothing for [[enrich]]; it belongs under [[use]]"
    )


def test_a_subclass_is_a_plugin_only_if_it_says_so() -> None:
    @copydesk.plugin
    class Base:
        words: int = 3

        @copydesk.hookimpl
        def enrich(self, document: copydesk.Document) -> None: ...

    class Undecorated(Base): ...

    @copydesk.plugin
    class Decorated(Base):
        more: int = 4

    assert copydesk.Step(Decorated(words=5)).plugin.more == 4
    with pytest.raises(copydesk.PluginError, match=r"the class is not decorated; write @copydesk.plugin above it"):
        copydesk.Step(Undecorated())


def test_steps_that_are_equal_in_every_option_stay_two_steps() -> None:
    @copydesk.plugin
    class Same:
        @copydesk.hookimpl(tryfirst=True)
        def enrich(self, document: copydesk.Document) -> None: ...

    pipeline = copydesk.Pipeline(use=[copydesk.Step(Same(), name="one"), copydesk.Step(Same(), name="two")])
    assert [step.name for step in pipeline.stage("use")] == ["one", "two"]


def test_properties_of_a_plugin_are_left_alone() -> None:
    @copydesk.plugin
    class Lazy:
        @property
        def model(self) -> None:
            raise RuntimeError("loaded too early")

        @copydesk.hookimpl
        def run_finished(self) -> None: ...

    assert copydesk.Pipeline(use=[Lazy()]).stage("use")[0].name == "Lazy"


def test_every_hook_is_documented() -> None:
    assert all(vars(HookSpecs)[hook].__doc__ for hook in hook_arguments())
