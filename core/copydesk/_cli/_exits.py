"""How the command line ends: exit codes, and errors told without a traceback."""

from __future__ import annotations

import os
import select
import signal
import sys
import threading
import traceback
from contextlib import suppress
from errno import EDQUOT, EIO, ENOSPC
from io import TextIOWrapper
from time import monotonic
from types import FrameType

import click

from copydesk._cli._messages import tell, tell_error
from copydesk._errors import CopydeskError, Interruption

STOPPED = 1
QUARANTINED = 3
BUG = 70
INTERRUPTED = 130
PIPE_CLOSED = 141
TERMINATED = 143

_PATIENCE = 1.0
"""Seconds in which threads may end without being told of."""
_UNTOUCHED = "outputs of earlier runs are as they were"


class OutputLost(Interruption):
    """Standard output cannot be written any more; the cause says why."""


class Terminated(Interruption):
    """The process was asked to end (SIGTERM)."""


class Session:
    """What the command line was asked for that concerns its end."""

    traceback = False


def guarded(command: click.Command) -> int:
    """Carry a command out; return its exit code, every error told on standard error."""
    session = Session()
    _open_missing_streams()
    signal.signal(signal.SIGTERM, _terminate)
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        return _carried_out(command, session)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        tell(f"interrupted; {_UNTOUCHED}")
        return INTERRUPTED
    except Terminated:
        tell(f"terminated; {_UNTOUCHED}")
        return TERMINATED
    except OutputLost as lost:
        return _told_lost_output(lost.__cause__)
    except CopydeskError as error:
        return _told(error, with_traceback=session.traceback)
    except OSError as error:
        if error.errno not in (ENOSPC, EDQUOT, EIO) and not isinstance(error, BrokenPipeError):
            return _told_bug()
        return _told_lost_output(error)
    except Exception:
        return _told_bug()


def tell_of_threads() -> None:
    """Say what Python is going to wait for: threads that a plugin left, which may never end."""
    left = [it for it in threading.enumerate() if not it.daemon and it is not threading.main_thread()]
    ends = monotonic() + _PATIENCE
    with suppress(KeyboardInterrupt):
        for thread in left:
            thread.join(max(0.0, ends - monotonic()))
    if names := ", ".join(thread.name for thread in left if thread.is_alive()):
        tell(f"all is done, but threads that a plugin started still run: {names}; waiting for them to end")


def _open_missing_streams() -> None:
    """Put the null device in the place of standard streams that were closed before the program began."""
    if sys.stdin is None:
        sys.stdin = open(os.devnull)  # noqa: SIM115  # open as long as the process
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115  # open as long as the process
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w")  # noqa: SIM115  # open as long as the process


def _carried_out(command: click.Command, session: Session) -> int:
    code: int | None = command.main(prog_name="copydesk", standalone_mode=False, obj=session)
    sys.stdout.flush()
    return code or 0


def _terminate(_signal: int, _frame: FrameType | None) -> None:
    raise Terminated


def _told(error: CopydeskError, *, with_traceback: bool) -> int:
    if isinstance(error.__cause__, BrokenPipeError) and _is_closed():
        return _told_lost_output(error.__cause__)
    if with_traceback and error.__cause__ is not None:
        tell("".join(traceback.format_exception(error.__cause__)).rstrip())
    tell_error(str(error))
    return error.exit_code


def _told_lost_output(error: BaseException | None) -> int:
    """Say why standard output is lost, nothing where its reader has enough; keep Python from trying again."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
    if isinstance(error, BrokenPipeError):
        return PIPE_CLOSED
    tell_error(f"standard output cannot be written: {getattr(error, 'strerror', None) or error}")
    return STOPPED


def _is_closed() -> bool:
    """Whether standard output's reader has gone; a plugin's own pipes and sockets break too."""
    if not hasattr(select, "poll"):
        return True
    poll = select.poll()
    poll.register(sys.stdout.fileno(), 0)
    return bool(poll.poll(0))


def _told_bug() -> int:
    tell(traceback.format_exc().rstrip())
    tell_error("this is a bug in copydesk, and no fault of yours; please report it with the lines above")
    return BUG
