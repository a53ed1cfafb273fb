"""copydesk: raw copy in, marked-up stories out.

Everything that plugins and embedders use is here; modules with a leading underscore are private.
Each name is imported when it is first used, so that the command line can answer before the engine is loaded.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from copydesk._annotation import Annotation as Annotation
    from copydesk._annotation import Replace as Replace
    from copydesk._annotation import UnknownAnnotation as UnknownAnnotation
    from copydesk._document import Document as Document
    from copydesk._errors import AnnotationError as AnnotationError
    from copydesk._errors import CopydeskError as CopydeskError
    from copydesk._errors import Drop as Drop
    from copydesk._errors import PluginError as PluginError
    from copydesk._errors import RecordError as RecordError
    from copydesk._errors import RunError as RunError
    from copydesk._errors import UsageError as UsageError
    from copydesk._files import find_files as find_files
    from copydesk._hookspecs import HookSpecs as HookSpecs
    from copydesk._job import Done as Done
    from copydesk._job import Job as Job
    from copydesk._job import Task as Task
    from copydesk._pipeline import Pipeline as Pipeline
    from copydesk._pipeline import load as load
    from copydesk._plugin import hookimpl as hookimpl
    from copydesk._plugin import hookspec as hookspec
    from copydesk._plugin import plugin as plugin
    from copydesk._problems import PipelineFileError as PipelineFileError
    from copydesk._record import from_json as from_json
    from copydesk._record import to_json as to_json
    from copydesk._report import DocumentDroppedError as DocumentDroppedError
    from copydesk._report import Failure as Failure
    from copydesk._report import Report as Report
    from copydesk._report import StepError as StepError
    from copydesk._run import Run as Run
    from copydesk._runner import Runner as Runner
    from copydesk._schema import json_schema as json_schema
    from copydesk._settings import RunSettings as RunSettings
    from copydesk._sources import FileSource as FileSource
    from copydesk._sources import Source as Source
    from copydesk._sources import Unreadable as Unreadable
    from copydesk._step import Step as Step
    from copydesk._units import UnitResult as UnitResult
    from copydesk._vocabulary import Agency as Agency
    from copydesk._vocabulary import Byline as Byline
    from copydesk._vocabulary import Dateline as Dateline
    from copydesk._vocabulary import FilingDate as FilingDate
    from copydesk._vocabulary import Headline as Headline
    from copydesk._vocabulary import Language as Language
    from copydesk._vocabulary import Mention as Mention
    from copydesk._vocabulary import Paragraph as Paragraph
    from copydesk._vocabulary import Place as Place
    from copydesk._vocabulary import Quote as Quote
    from copydesk._vocabulary import Speaker as Speaker
    from copydesk._vocabulary import Standfirst as Standfirst
    from copydesk._when import When as When

_NAMES = {
    "_annotation": ("Annotation", "Replace", "UnknownAnnotation"),
    "_document": ("Document",),
    "_errors": ("AnnotationError", "CopydeskError", "Drop", "PluginError", "RecordError", "RunError", "UsageError"),
    "_files": ("find_files",),
    "_hookspecs": ("HookSpecs",),
    "_job": ("Done", "Job", "Task"),
    "_pipeline": ("Pipeline", "load"),
    "_plugin": ("hookimpl", "hookspec", "plugin"),
    "_problems": ("PipelineFileError",),
    "_record": ("from_json", "to_json"),
    "_report": ("DocumentDroppedError", "Failure", "Report", "StepError"),
    "_run": ("Run",),
    "_runner": ("Runner",),
    "_schema": ("json_schema",),
    "_settings": ("RunSettings",),
    "_sources": ("FileSource", "Source", "Unreadable"),
    "_step": ("Step",),
    "_units": ("UnitResult",),
    "_vocabulary": (
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
    "_when": ("When",),
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
