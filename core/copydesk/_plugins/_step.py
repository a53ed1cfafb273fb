"""Steps: configured plugins in a pipeline."""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs

from copydesk._documents._document import Document
from copydesk._errors import INTERRUPTIONS, CopydeskError, PluginError, RunError, describe
from copydesk._forks import end_if_forked
from copydesk._plugins._checks import check_plugin, implemented_hooks, wanted_arguments
from copydesk._plugins._fingerprints import fingerprint
from copydesk._plugins._when import When
from copydesk._where import where


@attrs.frozen(eq=False)
class Step:
    """One configured plugin in one pipeline.

    Building a pipeline in Python, pass plugin instances as they are, or steps where a name or a
    condition is wanted: ``Step(Quotes(), when=When(language=("ar",)))``.

    Raises PluginError where the plugin breaks the rules.
    """

    plugin: Any
    name: str = attrs.field(default="", kw_only=True)
    """Unique in its stage; the class's name where none is given."""
    when: When | None = attrs.field(default=None, kw_only=True)
    stage: str = attrs.field(default="", kw_only=True)
    """``ingest``, ``enrich``, ``export`` or ``use``; the pipeline sets it."""

    def __attrs_post_init__(self) -> None:
        if isinstance(self.plugin, type):
            name = self.plugin.__qualname__
            raise PluginError(f"{where(self.plugin)}: a step needs an instance: write {name}(…), not {name}")
        if isinstance(self.plugin, str):
            raise PluginError(
                f"a step needs a plugin, not the text {self.plugin!r}; give an instance of its class, "
                "or name it in a pipeline file and load that"
            )
        check_plugin(type(self.plugin))
        if not self.name:
            object.__setattr__(self, "name", type(self.plugin).__name__)

    def call(self, hook: str, **given: Any) -> Any:
        """Call the plugin's implementation of a hook with the arguments it asks for; None where it has none.

        Raises RunError, naming the step, for whatever the plugin raises that is no error of copydesk's.
        """
        kind: type = type(self.plugin)
        if hook not in implemented_hooks(kind):
            return None
        method = getattr(self.plugin, hook)
        process = os.getpid()
        try:
            return method(**{name: given[name] for name in wanted_arguments(kind, hook)})
        except (CopydeskError, *INTERRUPTIONS):
            raise
        except BaseException as error:
            end_if_forked(process, error)
            raise self.failed(error) from error
        finally:
            end_if_forked(process)

    def failed(self, error: BaseException) -> RunError:
        """The error that ends a run because this step raised outside of a document."""
        return RunError(f"{self.stage} step {self.name!r} failed: {describe(error)}{raised_at(error)}")

    def fingerprint(self, folder: Path) -> str:
        """A text that changes when the step's options, its plugin's code or files that it uses do.

        Relative paths start at ``folder``, so that the text is the same wherever that lies.
        """
        return str(fingerprint(self, folder))

    def enricher(self) -> Callable[[Document], Any]:
        """The plugin's enrich hook, to be called with a document alone."""
        method: Callable[..., Any] = self.plugin.enrich
        kind: type = type(self.plugin)
        wanted = wanted_arguments(kind, "enrich")
        if wanted == ("document",):
            return method
        return lambda document: method(**{name: document if name == "document" else self for name in wanted})


def raised_at(error: BaseException) -> str:
    """`` (file:line)`` of the innermost frame of an exception."""
    frames = traceback.extract_tb(error.__traceback__)
    return f" ({frames[-1].filename}:{frames[-1].lineno})" if frames else ""
