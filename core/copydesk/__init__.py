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
from copydesk._plugin import Replace as Replace
from copydesk._plugin import hookimpl as hookimpl
from copydesk._plugin import plugin as plugin
from copydesk._sources import FileSource as FileSource
from copydesk._sources import Source as Source
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
