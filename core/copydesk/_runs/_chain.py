"""The enrichers of a pipeline, called one by one on a document."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from time import perf_counter
from types import GeneratorType
from typing import TYPE_CHECKING, Any, TypeAlias

import attrs
import pluggy

from copydesk._documents._annotation import Annotation, Replace
from copydesk._documents._document import Document
from copydesk._errors import INTERRUPTIONS, AnnotationError, Drop
from copydesk._plugins._plugin import hookimpl
from copydesk._plugins._step import Step
from copydesk._runs._report import DocumentDroppedError, StepError, StepTime

if TYPE_CHECKING:
    Finding: TypeAlias = Annotation | Replace
    Call: TypeAlias = Callable[[Document], Any]


class _Adapter:
    """Stands for one step in the plugin manager, so that middleware wraps the whole of its work."""

    def __init__(self, call: Call) -> None:
        self._call = call

    @hookimpl
    def enrich(self, document: Document) -> tuple[Finding, ...]:
        return _collected(self._call, document)


@attrs.frozen
class Chain:
    """The enrich steps in order, each ready to be called with a document."""

    steps: tuple[Step, ...]
    calls: tuple[Call, ...]

    @classmethod
    def of(cls, steps: Sequence[Step], manager: pluggy.PluginManager) -> Chain:
        """Register the steps; where the manager has middleware, their calls go through it."""
        calls: list[Call] = [step.enricher() for step in steps]
        if any(_is_middleware(plugin) for plugin in manager.get_plugins()):
            calls = _wrapped_calls(steps, calls, manager)
        return cls(tuple(steps), tuple(calls))

    def times(self) -> list[StepTime]:
        """A clock for each step, to be handed to ``enrich``."""
        return [StepTime("enrich", step.name) for step in self.steps]

    def enrich(self, document: Document, times: Sequence[StepTime]) -> Document:
        """The document with what every step found.

        Raises StepError where a step raises or finds what does not fit, DocumentDroppedError where one
        drops the document.
        """
        before = perf_counter()
        for step, call, time in zip(self.steps, self.calls, times, strict=True):
            if step.when is None or step.when.holds(document):
                try:
                    found = call(document)
                    if found is not None:
                        several = found if found.__class__ is GeneratorType else _several(found)
                        document = document.with_findings(several, step.name)
                except Drop as drop:
                    raise DocumentDroppedError(step.name, drop.reason) from None
                except INTERRUPTIONS:
                    raise
                except BaseException as error:
                    raise StepError("enrich", step.name, document, error) from error
                finally:
                    now = perf_counter()
                    time.seconds += now - before
                    before = now
        return document


def _several(found: Any) -> Iterable[Finding]:
    if isinstance(found, (Annotation, Replace)):
        return (found,)
    if not hasattr(found, "__iter__"):
        raise AnnotationError(f"gave {found!r:.200}, which is neither an annotation nor several; yield what was found")
    return found  # type: ignore[no-any-return]  # with_findings checks what is in it


def _collected(enrich: Call, document: Document) -> tuple[Finding, ...]:
    """Run the body of a hook to its end, so that what is wrapped around it covers the whole of it."""
    found = enrich(document)
    return () if found is None else tuple(_several(found))


def _is_middleware(plugin: Any) -> bool:
    return hasattr(plugin, "enrich")


def _wrapped_calls(steps: Sequence[Step], calls: Sequence[Call], manager: pluggy.PluginManager) -> list[Call]:
    adapters = [_Adapter(call) for call in calls]
    for step, adapter in zip(steps, adapters, strict=True):
        manager.register(adapter, name=f"enrich.{step.name}")
    wrapped: list[Call] = []
    for step, adapter in zip(steps, adapters, strict=True):
        hook = manager.subset_hook_caller("enrich", [other for other in adapters if other is not adapter])
        wrapped.append(partial(_call_hook, hook, step))
    return wrapped


def _call_hook(hook: pluggy.HookCaller, step: Step, document: Document) -> Any:
    return hook(document=document, step=step)
