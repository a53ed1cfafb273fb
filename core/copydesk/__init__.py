"""copydesk: raw copy in, marked-up stories out.

Everything that plugins and embedders use is here; modules with a leading underscore are private.
Each name is imported when it is first used, so that the command line can answer before the engine is loaded.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from copydesk._documents._annotation import Annotation as Annotation
    from copydesk._documents._annotation import Replace as Replace
    from copydesk._documents._annotation import UnknownAnnotation as UnknownAnnotation
    from copydesk._documents._document import Document as Document
    from copydesk._documents._language_tags import is_language_tag as is_language_tag
    from copydesk._documents._record import from_json as from_json
    from copydesk._documents._record import to_json as to_json
    from copydesk._documents._schema import json_schema as json_schema
    from copydesk._documents._vocabulary import Agency as Agency
    from copydesk._documents._vocabulary import Byline as Byline
    from copydesk._documents._vocabulary import Dateline as Dateline
    from copydesk._documents._vocabulary import FilingDate as FilingDate
    from copydesk._documents._vocabulary import Headline as Headline
    from copydesk._documents._vocabulary import Language as Language
    from copydesk._documents._vocabulary import Mention as Mention
    from copydesk._documents._vocabulary import Paragraph as Paragraph
    from copydesk._documents._vocabulary import Place as Place
    from copydesk._documents._vocabulary import Quote as Quote
    from copydesk._documents._vocabulary import Speaker as Speaker
    from copydesk._documents._vocabulary import Standfirst as Standfirst
    from copydesk._errors import AnnotationError as AnnotationError
    from copydesk._errors import CopydeskError as CopydeskError
    from copydesk._errors import Drop as Drop
    from copydesk._errors import PluginError as PluginError
    from copydesk._errors import RecordError as RecordError
    from copydesk._errors import RunError as RunError
    from copydesk._errors import UsageError as UsageError
    from copydesk._files import find_files as find_files
    from copydesk._pipelines._pipeline import Pipeline as Pipeline
    from copydesk._pipelines._pipeline import load as load
    from copydesk._pipelines._settings import RunSettings as RunSettings
    from copydesk._plugins._hookspecs import HookSpecs as HookSpecs
    from copydesk._plugins._plugin import hookimpl as hookimpl
    from copydesk._plugins._plugin import hookspec as hookspec
    from copydesk._plugins._plugin import plugin as plugin
    from copydesk._plugins._step import Step as Step
    from copydesk._plugins._when import When as When
    from copydesk._problems import PipelineFileError as PipelineFileError
    from copydesk._runs._job import Done as Done
    from copydesk._runs._job import Job as Job
    from copydesk._runs._job import Task as Task
    from copydesk._runs._report import DocumentDroppedError as DocumentDroppedError
    from copydesk._runs._report import Failure as Failure
    from copydesk._runs._report import Report as Report
    from copydesk._runs._report import StepError as StepError
    from copydesk._runs._run import Run as Run
    from copydesk._runs._runner import Runner as Runner
    from copydesk._runs._units import UnitResult as UnitResult
    from copydesk._sources import FileSource as FileSource
    from copydesk._sources import Source as Source
    from copydesk._sources import Unreadable as Unreadable

_NAMES = {
    "_documents._annotation": ("Annotation", "Replace", "UnknownAnnotation"),
    "_documents._document": ("Document",),
    "_documents._language_tags": ("is_language_tag",),
    "_errors": ("AnnotationError", "CopydeskError", "Drop", "PluginError", "RecordError", "RunError", "UsageError"),
    "_files": ("find_files",),
    "_plugins._hookspecs": ("HookSpecs",),
    "_runs._job": ("Done", "Job", "Task"),
    "_pipelines._pipeline": ("Pipeline", "load"),
    "_plugins._plugin": ("hookimpl", "hookspec", "plugin"),
    "_problems": ("PipelineFileError",),
    "_documents._record": ("from_json", "to_json"),
    "_runs._report": ("DocumentDroppedError", "Failure", "Report", "StepError"),
    "_runs._run": ("Run",),
    "_runs._runner": ("Runner",),
    "_documents._schema": ("json_schema",),
    "_pipelines._settings": ("RunSettings",),
    "_sources": ("FileSource", "Source", "Unreadable"),
    "_plugins._step": ("Step",),
    "_runs._units": ("UnitResult",),
    "_documents._vocabulary": (
        "Agency",
        "Byline",
        "Dateline",
        "FilingDate",
        "Headline",
        "Language",
        "Mention",
        "Paragraph",
        "Place",
        "Quote",
        "Speaker",
        "Standfirst",
    ),
    "_plugins._when": ("When",),
}
_MODULES = {name: module for module, names in _NAMES.items() for name in names}

__all__ = sorted(_MODULES)  # noqa: PLE0605  # type checkers read the imports above


if not TYPE_CHECKING:
    # Out of type checkers' sight, for whom any name would exist.
    def __getattr__(name: str) -> Any:
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = globals()[name] = getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
        return value


def __dir__() -> list[str]:
    return [*globals(), *__all__]
