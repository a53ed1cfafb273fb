"""Handing units to a cluster: a few at a time, each again where its worker died."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import attrs

import copydesk

if TYPE_CHECKING:
    from distributed import Client


@attrs.frozen
class DaskRunner:
    """Does the tasks of a job on a cluster."""

    job: copydesk.Job
    address: str | None
    workers: int
    ahead: int

    def run(self, tasks: Iterable[copydesk.Task]) -> Iterator[copydesk.Done]:
        """Yield what came of each task, in the order in which they end.

        Raises UsageError where Dask is not installed or the cluster cannot be reached, RunError where it fails.
        """
        with self._client() as client:
            yield from self._run(client, iter(tasks))
            client.run(self.job.finish)

    def _run(self, client: Client, waiting: Iterator[copydesk.Task]) -> Iterator[copydesk.Done]:
        from distributed import as_completed

        in_work: dict[Any, copydesk.Task] = {}
        ended = as_completed(loop=client.loop)
        while True:
            while len(in_work) < self.ahead * self._count(client) and (task := next(waiting, None)) is not None:
                self._submit(client, task, in_work, ended)
            if not in_work:
                return
            future = next(ended)
            task = in_work.pop(future)
            done = self._outcome(future)
            if done is None:
                again = self.job.after_death(task, "worker died")
                self._submit(client, again, in_work, ended)
            else:
                yield done
            future.release()

    def _submit(self, client: Client, task: copydesk.Task, in_work: dict[Any, copydesk.Task], ended: Any) -> None:
        future = client.submit(self.job.work, task, pure=False, retries=0)
        in_work[future] = task
        ended.add(future)

    def _outcome(self, future: Any) -> copydesk.Done | None:
        """What came of a task; None where its worker died over it."""
        from distributed import KilledWorker

        try:
            done: copydesk.Done = future.result()
        except KilledWorker:
            return None
        except copydesk.CopydeskError:
            raise
        except Exception as error:  # whatever the cluster, or the plugins on it, raise
            raise copydesk.RunError(f"the Dask cluster failed: {type(error).__name__}: {error}") from error
        return done

    def _count(self, client: Client) -> int:
        return max(1, len(client.nthreads()))

    @contextmanager
    def _client(self) -> Iterator[Client]:
        try:
            import dask
            from distributed import Client, LocalCluster
        except ImportError as error:
            raise copydesk.UsageError(f"Dask is not installed ({error}); pip install 'copydesk[dask]'") from error
        if self.address is not None:
            try:
                client = Client(self.address, timeout=5, set_as_default=False)
            except OSError as error:
                raise copydesk.UsageError(f"the Dask scheduler {self.address} cannot be reached: {error}") from error
            with client:
                yield client
            return
        # One death is enough to look closer; the engine itself tries again.
        with (
            dask.config.set({"distributed.scheduler.allowed-failures": 0}),
            LocalCluster(n_workers=self.workers, threads_per_worker=1, dashboard_address=None) as cluster,
            Client(cluster, set_as_default=False) as client,
        ):
            yield client
