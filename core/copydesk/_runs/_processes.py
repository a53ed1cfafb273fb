"""Several processes on this machine, each of which may die at any moment."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import traceback
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any

import attrs

from copydesk._errors import CopydeskError, RunError, UsageError
from copydesk._runs._job import Done, Job, Task

_AHEAD = 2
"""Tasks that a process has been given: the one in work, and one so that it need not wait."""
_ROOM = 1 << 16
"""Bytes that a pipe is sure to take while its reader is busy."""


@attrs.frozen
class _Broken:
    """What a worker says when it cannot work at all."""

    message: str
    is_usage: bool

    def error(self) -> CopydeskError:
        return UsageError(self.message) if self.is_usage else RunError(self.message)


@attrs.define(eq=False)
class _Process:
    """A worker: a process, the way to it, and the tasks it has been given, oldest first."""

    process: BaseProcess
    pipe: Connection[Any, Any]
    tasks: deque[Task] = attrs.field(factory=deque)

    @classmethod
    def spawned(cls, job: Job) -> _Process:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs, job), name="copydesk worker", daemon=True)
        process.start()
        theirs.close()
        return cls(process, ours)

    def has_room_for(self, task: Task) -> bool:
        return not self.tasks or (len(self.tasks) < _AHEAD and len(task.unit) < _ROOM)

    def give(self, task: Task) -> None:
        self.tasks.append(task)
        with suppress(OSError):  # it has died, which is seen where its answer is waited for
            self.pipe.send(task)

    def answer(self) -> Done | None:
        """What it has to say; None where it has died."""
        try:
            told = self.pipe.recv()
        except (EOFError, OSError):
            return None
        if isinstance(told, _Broken):
            raise told.error()
        self.tasks.popleft()
        done: Done = told
        return done

    def death(self) -> str:
        """How it died."""
        self.process.join()
        code = self.process.exitcode or 0
        return f"worker died (signal {-code})" if code < 0 else f"worker died (exit code {code})"

    def close(self) -> None:
        """Let it end in good order."""
        with suppress(OSError):  # it has ended already
            self.pipe.send(None)
        self.process.join()

    def kill(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()


@attrs.define
class ProcessRunner:
    """Works in processes of its own, which are replaced when they die."""

    job: Job
    workers: int
    _pool: list[_Process] = attrs.field(init=False, factory=list)
    _again: deque[Task] = attrs.field(init=False, factory=deque)

    def run(self, tasks: Iterable[Task]) -> Iterator[Done]:
        """Yield what came of each task, in the order in which they end."""
        waiting = iter(tasks)
        try:
            while True:
                self._hand_out(waiting)
                busy = [process for process in self._pool if process.tasks]
                if not busy:
                    break
                pipes = {process.pipe: process for process in busy}
                for pipe in wait(list(pipes)):
                    yield from self._heard(pipes[pipe])  # type: ignore[index]  # wait() gives back what it got
            while self._pool:
                self._pool.pop().close()
        finally:
            while self._pool:
                self._pool.pop().kill()

    def _hand_out(self, waiting: Iterator[Task]) -> None:
        """Give out tasks as long as there is room; a process is started only for a task."""
        while any(len(process.tasks) < _AHEAD for process in self._pool) or len(self._pool) < self.workers:
            task = self._again.popleft() if self._again else next(waiting, None)
            if task is None:
                return
            if not any(not process.tasks for process in self._pool) and len(self._pool) < self.workers:
                self._pool.append(_Process.spawned(self.job))
            process = min(self._pool, key=lambda process: len(process.tasks))
            if not process.has_room_for(task):
                self._again.appendleft(task)
                return
            process.give(task)

    def _heard(self, process: _Process) -> Iterator[Done]:
        done = process.answer()
        if done is not None:
            yield done
            return
        self._pool.remove(process)
        how = process.death()
        process.pipe.close()
        self._again.extendleft(list(process.tasks)[:0:-1])
        self._again.appendleft(self.job.after_death(process.tasks[0], how))


def worker_count(workers: int | str) -> int:
    """How many processes ``workers`` stands for."""
    if isinstance(workers, int):
        return workers
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _serve(pipe: Connection[Any, Any], job: Job) -> None:
    """What a worker does: load the pipeline, then one task after the other, until there are no more."""
    # The process that runs the pipeline decides what becomes of a signal to all of them.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    # Standard output is for the exports' data, whatever a plugin and the programs that it calls print.
    sys.stdout = sys.stderr
    with suppress(OSError, ValueError):
        os.dup2(sys.stderr.fileno(), 1)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        job.load()
        while (task := pipe.recv()) is not None:
            pipe.send(job.work(task))
        job.finish()
    except CopydeskError as error:
        pipe.send(_Broken(str(error), isinstance(error, UsageError)))
    except EOFError:
        pass  # the other end is gone, and nobody waits
    except Exception:
        pipe.send(_Broken(f"a worker failed: {traceback.format_exc().rstrip()}", False))


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
    os._exit(1)
