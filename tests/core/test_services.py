"""Plugins offer one another services, and take contributions, by hooks of their own: no import between them."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import ClassVar

import pytest

import copydesk


class Weather(copydesk.Annotation):
    """What the sky does in a town."""

    sky: str


class WeatherHooks:
    """The hooks that the weather plugin brings."""

    @copydesk.hookspec
    def weather_towns(self) -> dict[str, str]:
        """Give towns and their sky; every plugin may add some."""
        return {}

    @copydesk.hookspec(firstresult=True)
    def forecast(self, town: str) -> str | None:
        """Tell a town's sky: a service for any plugin."""


@copydesk.plugin
class Forecasts:
    """Notes the weather of each town that a story names."""

    hookspecs: ClassVar = WeatherHooks

    @copydesk.hookimpl
    def start(self, run: copydesk.Run) -> None:
        self.towns: dict[str, str] = {}
        for towns in run.call("weather_towns"):
            self.towns |= towns

    @copydesk.hookimpl
    def forecast(self, town: str) -> str | None:
        return self.towns.get(town)

    @copydesk.hookimpl
    def enrich(self, document: copydesk.Document) -> Iterator[Weather]:
        for town, sky in self.towns.items():
            at = document.text.find(town)
            if at >= 0:
                yield Weather(at, at + len(town), sky=sky)


@copydesk.plugin
class OurTowns:
    """Contributes towns."""

    @copydesk.hookimpl
    def weather_towns(self) -> dict[str, str]:
        return {"Duhok": "rain"}


@copydesk.plugin
class Umbrellas:
    """Asks another plugin's service, without importing it."""

    @copydesk.hookimpl
    def start(self, run: copydesk.Run) -> None:
        self.run = run

    @copydesk.hookimpl
    def enrich(self, document: copydesk.Document) -> Weather | None:
        sky = self.run.call("forecast", town=document.text.split()[0])
        return Weather(0, 1, sky=f"umbrella for {sky}") if sky == "rain" else None


def test_a_plugin_takes_contributions_of_others() -> None:
    pipeline = copydesk.Pipeline(enrich=[Forecasts()], use=[OurTowns()])
    assert [found.sky for found in pipeline.enrich("A bridge for Duhok").all(Weather)] == ["rain"]


def test_a_step_of_any_stage_may_contribute() -> None:
    @copydesk.plugin
    class Both:
        @copydesk.hookimpl
        def weather_towns(self) -> dict[str, str]:
            return {"Akre": "sun"}

        @copydesk.hookimpl
        def enrich(self, document: copydesk.Document) -> None:
            return None

    pipeline = copydesk.Pipeline(enrich=[Forecasts(), Both()])
    assert [found.sky for found in pipeline.enrich("A road to Akre").all(Weather)] == ["sun"]


def test_a_plugin_calls_the_service_of_another_by_name() -> None:
    with copydesk.Pipeline(enrich=[Forecasts(), Umbrellas()], use=[OurTowns()]) as pipeline:
        assert "umbrella for rain" in [found.sky for found in pipeline.enrich("Duhok opens a park").all(Weather)]


def test_a_service_that_no_plugin_brings_is_one_clear_message() -> None:
    pipeline = copydesk.Pipeline(enrich=[Umbrellas()])
    with pytest.raises(copydesk.StepError, match="no plugin of this pipeline brings the hook 'forecast'; add the step"):
        pipeline.enrich("Duhok opens a park")


def test_a_contribution_that_no_plugin_takes_is_an_error_with_its_line() -> None:
    with pytest.raises(copydesk.PluginError) as caught:
        copydesk.Pipeline(use=[OurTowns()])
    assert f"{__file__}:" in str(caught.value)
    assert "weather_towns: no plugin of this pipeline brings a hook of this name" in str(caught.value)


def test_a_contribution_with_an_argument_that_the_hook_does_not_have_is_refused() -> None:
    @copydesk.plugin
    class Wrong:
        @copydesk.hookimpl
        def weather_towns(self, country: str) -> dict[str, str]:
            return {country: ""}

    with pytest.raises(copydesk.PluginError, match="country"):
        copydesk.Pipeline(enrich=[Forecasts()], use=[Wrong()])


def test_two_plugins_cannot_bring_the_same_hook() -> None:
    class OtherHooks:
        @copydesk.hookspec
        def forecast(self, town: str) -> None: ...

    @copydesk.plugin
    class Other:
        hookspecs: ClassVar = OtherHooks

        @copydesk.hookimpl
        def enrich(self, document: copydesk.Document) -> None:
            return None

    with pytest.raises(copydesk.PluginError, match="'forecast' is brought by another plugin too"):
        copydesk.Pipeline(enrich=[Forecasts(), Other()])


def test_two_steps_of_one_plugin_share_its_hooks() -> None:
    pipeline = copydesk.Pipeline(enrich=[Forecasts(), copydesk.Step(Forecasts(), name="again")], use=[OurTowns()])
    assert len(pipeline.enrich("A bridge for Duhok").all(Weather)) == 2


def test_a_step_may_contribute_in_a_pipeline_with_middleware() -> None:
    @copydesk.plugin
    class Watch:
        @copydesk.hookimpl(wrapper=True)
        def enrich(self, document: copydesk.Document) -> Generator[None, object, object]:
            return (yield)

    pipeline = copydesk.Pipeline(enrich=[Forecasts()], use=[OurTowns(), Watch()])
    assert [found.sky for found in pipeline.enrich("A bridge for Duhok").all(Weather)] == ["rain"]
