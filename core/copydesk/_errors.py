"""The errors copydesk raises, each with the exit code the command line gives it.

CopydeskError                  anything copydesk tells a user; exit code 1
├── UsageError                 a mistake that stops a run before any work; exit code 2
│   ├── PluginError            a plugin that breaks the rules or cannot be imported
│   └── PipelineFileError      mistakes in a pipeline file, all of them at once
├── AnnotationError            an annotation that does not fit its document
├── RecordError                a JSON record that is no document
└── RunError                   a run that had to stop; the old outputs stay

Drop is not an error: a step raises it to leave a document out.
"""

from __future__ import annotations

from typing import Any


class CopydeskError(Exception):
    """Base of all errors that copydesk raises on purpose.

    ``str(error)`` is the message a user reads: what is wrong, where, and what to do.
    """

    exit_code = 1

    def __reduce__(self) -> tuple[Any, ...]:
        # Python's own way calls __init__ with the message alone, and a pool of processes would break on that.
        return _restored, (type(self), self.args, self.__dict__)


def _restored(cls: type[CopydeskError], args: tuple[Any, ...], state: dict[str, Any]) -> CopydeskError:
    error = cls.__new__(cls, *args)
    error.__dict__.update(state)
    return error


class UsageError(CopydeskError):
    """The user asked for something that cannot be done; nothing was started."""

    exit_code = 2


class PluginError(UsageError):
    """A plugin breaks the rules, or it cannot be found or imported."""


class AnnotationError(CopydeskError):
    """An annotation lies outside its text, or is none."""


class RecordError(CopydeskError):
    """A JSON record that cannot be read as a document, or a document that cannot be written as one."""


class RunError(CopydeskError):
    """A run that had to stop. Outputs of earlier runs are as they were."""


class Drop(BaseException):
    """Raised by an enricher to leave the document out of the exports.

    ``reason`` is what the report counts under; keep it short and the same for like documents.
    It derives from BaseException so that a plugin's ``except Exception`` lets it pass.
    """

    def __init__(self, reason: str) -> None:
        self.reason = str(reason)
        super().__init__(self.reason)


class Interruption(BaseException):
    """What ends the program's work from outside, as Ctrl-C does; it passes through whatever is being done."""


INTERRUPTIONS = (KeyboardInterrupt, Interruption)
"""What a plugin's call may end in that is no failure of the plugin's; whatever else it raises is one."""


def describe(error: BaseException) -> str:
    """An exception's class and message; a plugin's exception may fail to give one."""
    try:
        message = str(error)
    except Exception:
        message = "(its message cannot be told)"
    return f"{type(error).__name__}: {message}" if message else type(error).__name__
