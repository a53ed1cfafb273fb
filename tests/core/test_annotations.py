"""Annotations: frozen values on spans, and the registry of their types."""

from __future__ import annotations

import importlib
import inspect
import pickle
from pathlib import Path
from typing import Any

import attrs
import pytest

import copydesk
from copydesk._documents._annotation import annotation_type, annotation_types

HERE = Path(__file__)


class WeatherWarning(copydesk.Annotation):
    """A warning of bad weather."""

    level: int
    region: str = "everywhere"


class HTTPLink2Go(copydesk.Annotation):
    """A name with capitals and digits in it."""


class Elsewhere(copydesk.Annotation, type="somewhere-else"):
    """A class whose type has a name of its own."""


class SevereWeatherWarning(WeatherWarning):
    """A subclass adds fields to those it inherits."""

    evacuate: bool = False


def line_of(thing: Any) -> int:
    return inspect.getsourcelines(thing)[1]


def test_a_span_is_positional_and_own_fields_are_keywords() -> None:
    warning = WeatherWarning(3, 7, level=2)
    assert (warning.start, warning.end, warning.span, warning.by) == (3, 7, (3, 7), "")
    assert (warning.level, warning.region) == (2, "everywhere")
    with pytest.raises(TypeError, match="positional argument"):
        WeatherWarning(3, 7, 2)  # type: ignore[call-arg, arg-type]  # the mistake is the point


def test_the_type_is_the_class_name_in_snake_case_or_what_the_class_says() -> None:
    assert [cls.type for cls in (WeatherWarning, HTTPLink2Go, Elsewhere)] == [
        "weather_warning",
        "http_link2_go",
        "somewhere-else",
    ]
    assert WeatherWarning(0, 1, level=1).type == "weather_warning"


def test_every_class_is_registered_under_its_type() -> None:
    assert annotation_type("weather_warning") is WeatherWarning
    assert annotation_type("somewhere-else") is Elsewhere
    assert annotation_type("elsewhere") is None
    assert list(annotation_types()) == sorted(annotation_types())


def test_annotations_are_immutable_equal_by_value_and_hashable() -> None:
    warning = WeatherWarning(0, 4, level=1)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        warning.level = 2  # type: ignore[misc]  # the mistake is the point
    assert warning == WeatherWarning(0, 4, level=1)
    assert warning != WeatherWarning(0, 4, level=1, by="other step")
    assert warning != SevereWeatherWarning(0, 4, level=1)
    assert len({warning, WeatherWarning(0, 4, level=1)}) == 1


def test_annotations_survive_pickling() -> None:
    warning = SevereWeatherWarning(0, 4, level=1, evacuate=True, by="weather")
    assert pickle.loads(pickle.dumps(warning)) == warning


def test_a_subclass_has_the_fields_of_its_base_and_counts_as_one() -> None:
    severe = SevereWeatherWarning(0, 4, level=3, evacuate=True)
    document = copydesk.Document("Storm", annotations=[severe])
    assert document.first(WeatherWarning) is severe
    assert document.first(SevereWeatherWarning) is severe


def test_two_classes_of_one_type_are_an_error_that_names_both() -> None:
    with pytest.raises(copydesk.PluginError) as caught:

        class Rival(copydesk.Annotation, type="weather_warning"):
            """Another one."""

    here = f"{__name__}.test_two_classes_of_one_type_are_an_error_that_names_both.<locals>.Rival"
    line = line_of(test_two_classes_of_one_type_are_an_error_that_names_both) + 3
    assert str(caught.value) == (
        f"two annotation classes are named 'weather_warning': {__name__}.WeatherWarning "
        f"({HERE}:{line_of(WeatherWarning)}) and {here} ({HERE}:{line}); "
        'rename one, or give it another name: class … (copydesk.Annotation, type="…")'
    )
    assert annotation_type("weather_warning") is WeatherWarning


def test_a_class_that_is_defined_again_replaces_its_former_self() -> None:
    def define() -> type[copydesk.Annotation]:
        class Reloaded(copydesk.Annotation):
            """Defined anew each time, as in a notebook."""

        return Reloaded

    first, second = define(), define()
    assert first is not second
    assert annotation_type("reloaded") is second


@pytest.mark.parametrize("field", ["start", "end", "by", "type", "span"])
def test_fields_that_every_annotation_has_cannot_be_declared_again(field: str) -> None:
    with pytest.raises(copydesk.PluginError) as caught:
        type("Clash", (copydesk.Annotation,), {"__annotations__": {field: "int"}, "__module__": __name__})
    assert str(caught.value) == (
        f"{__name__}: annotation class Clash declares {field}, which every annotation has already; rename the field"
    )
    assert annotation_type("clash") is None


def test_a_field_without_a_type_is_an_error_rather_than_lost() -> None:
    with pytest.raises(copydesk.PluginError) as caught:

        class Untyped(copydesk.Annotation):
            """The first field would silently be no field at all."""

            typed: int = 1
            untyped = attrs.field(default=2)

    line = line_of(test_a_field_without_a_type_is_an_error_rather_than_lost) + 7
    assert str(caught.value) == (
        f"{HERE}:{line}: annotation class "
        "test_a_field_without_a_type_is_an_error_rather_than_lost.<locals>.Untyped has fields without a type: "
        "'untyped'; write `untyped: str = attrs.field(…)`, or what it holds"
    )


def test_an_unknown_annotation_keeps_its_fields_as_json() -> None:
    kept = copydesk.UnknownAnnotation.from_fields(0, 5, "mood", "mood", {"score": 0.5, "words": ["خوش"]})
    assert (kept.span, kept.by, kept.name, kept.fields) == (
        (0, 5),
        "mood",
        "mood",
        '{"score":0.5,"words":["خوش"]}',
    )


def test_a_plugin_file_that_is_also_imported_as_a_module_keeps_its_types(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tides.py").write_text(
        "import copydesk\n\n\n"
        'class Tide(copydesk.Annotation):\n    """The sea."""\n\n    metres: float\n\n\n'
        '@copydesk.plugin\nclass Tides:\n    """Tides."""\n\n'
        "    @copydesk.hookimpl\n    def enrich(self, document):\n        yield Tide(0, 1, metres=2.0)\n"
    )
    (tmp_path / "p.toml").write_text('[[enrich]]\nplugin = "tides.py:Tides"\n')
    monkeypatch.syspath_prepend(str(tmp_path))
    importlib.import_module("tides")
    document = copydesk.load(tmp_path / "p.toml").enrich("low water")
    assert [annotation.type for annotation in document.annotations] == ["tide"]


def test_a_copy_has_other_values_in_some_fields() -> None:
    found = copydesk.Quote(0, 5, by="quotes", kind="direct", spans=((0, 5),), text="Hello")
    assert found.with_fields(kind="mixed") == copydesk.Quote(
        0, 5, by="quotes", kind="mixed", spans=((0, 5),), text="Hello"
    )
    with pytest.raises(TypeError, match="knid"):
        found.with_fields(knid="mixed")
