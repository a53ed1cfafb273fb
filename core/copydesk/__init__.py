"""copydesk: raw copy in, marked-up stories out.

Everything that plugins and embedders use is here; modules with a leading underscore are private.
"""

from __future__ import annotations

from copydesk._annotation import Annotation as Annotation
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
from copydesk._pipeline import Pipeline as Pipeline
from copydesk._pipeline import load as load
from copydesk._plugin import Replace as Replace
from copydesk._plugin import hookimpl as hookimpl
from copydesk._plugin import plugin as plugin
from copydesk._problems import PipelineFileError as PipelineFileError
from copydesk._record import from_json as from_json
from copydesk._record import to_json as to_json
from copydesk._report import DocumentDroppedError as DocumentDroppedError
from copydesk._report import Failure as Failure
from copydesk._report import Report as Report
from copydesk._report import StepError as StepError
from copydesk._run import Run as Run
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
