"""The plugin manager of a pipeline, and the hooks that its plugins bring for one another."""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from typing import Any

import pluggy

from copydesk._errors import PluginError
from copydesk._plugins._checks import foreign_hooks
from copydesk._plugins._hookspecs import HookSpecs
from copydesk._plugins._plugin import PROJECT
from copydesk._plugins._step import Step
from copydesk._problems import did_you_mean
from copydesk._where import where


class _Contributions:
    """What a step's plugin implements of other plugins' hooks, apart from the hooks that the chain calls."""

    def __init__(self, methods: dict[str, Any]) -> None:
        vars(self).update(methods)


def make_manager(steps: Sequence[Step]) -> pluggy.PluginManager:
    """A plugin manager of a pipeline's own: its middleware and observers, the first asked first, and its services.

    A plugin class brings hooks of its own by ``hookspecs``, a class with ``@copydesk.hookspec`` methods; any
    plugin of the pipeline may implement them.

    Raises PluginError where two plugins bring one hook, or one implements a hook that none brings.
    """
    manager = pluggy.PluginManager(PROJECT)
    manager.add_hookspecs(HookSpecs)
    for specs in dict.fromkeys(_specs_of(step) for step in steps):
        if specs is not None:
            _add_specs(manager, specs)
    # pluggy calls what was registered last first.
    for step in reversed(steps):
        foreign = {name: getattr(step.plugin, name) for name in foreign_hooks(type(step.plugin))}
        for name, method in foreign.items():
            _require_spec(manager, name, method)
        if step.stage == "use":
            _register(manager, step, step.plugin, "use")
        elif foreign:
            # The chain registers the step's enrich hook under the step's own name.
            _register(manager, step, _Contributions(foreign), f"{step.stage} contributions")
    return manager


def _specs_of(step: Step) -> type | None:
    specs: type | None = getattr(type(step.plugin), "hookspecs", None)
    return specs


def _add_specs(manager: pluggy.PluginManager, specs: type) -> None:
    for name, _ in inspect.getmembers(specs, lambda member: hasattr(member, f"{PROJECT}_spec")):
        if _has_spec(manager, name):
            raise PluginError(f"{where(specs)}: the hook {name!r} is brought by another plugin too; rename one")
    try:
        manager.add_hookspecs(specs)
    except ValueError as error:
        raise PluginError(
            f"{where(specs)}: hookspecs has no hook; write @copydesk.hookspec above its methods"
        ) from error


def _require_spec(manager: pluggy.PluginManager, name: str, method: Any) -> None:
    if not _has_spec(manager, name):
        hint = did_you_mean(name, vars(manager.hook))
        raise PluginError(
            f"{where(method)}: {name}: no plugin of this pipeline brings a hook of this name; "
            + (hint or "add the step of the one that does, or take the method's mark away")
        )


def _has_spec(manager: pluggy.PluginManager, name: str) -> bool:
    hook = getattr(manager.hook, name, None)
    return hook is not None and hook.has_spec()


def _register(manager: pluggy.PluginManager, step: Step, plugin: Any, kind: str) -> None:
    try:
        manager.register(plugin, name=f"{kind}.{step.name}")
    except pluggy.PluginValidationError as error:
        raise PluginError(f"{step.stage} step {step.name!r}: {error}") from error
