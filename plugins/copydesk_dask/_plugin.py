"""The plugin: which cluster, and how many workers where it is this machine."""

from __future__ import annotations

import attrs

import copydesk
from copydesk_dask._runner import DaskRunner


@copydesk.plugin
class Dask:
    """Work on units on a Dask cluster, or on this machine's processors the way a cluster would.

    Workers read sources and write finished units themselves: the pipeline file, its sources and its store
    must be at the same paths on every machine, as on a shared file system, and the same versions of
    copydesk and of the plugins must be installed. A worker should have one thread (``--nthreads 1``): a process
    does one unit at a time.

    Needs ``pip install 'copydesk[dask]'``.
    """

    address: str | None = None
    """The scheduler's address (``tcp://host:8786``); a cluster on this machine where not given."""
    workers: int = attrs.field(default=2, validator=attrs.validators.ge(1))
    """How many processes that cluster has."""
    ahead: int = attrs.field(default=2, validator=attrs.validators.ge(1))
    """How many units are handed out for each worker; few, so that a death is blamed on few."""

    @copydesk.hookimpl
    def runner(self, job: copydesk.Job) -> copydesk.Runner:
        """Give what hands units to the cluster.

        Raises UsageError where Dask is not installed.
        """
        return DaskRunner(job, self.address, self.workers, self.ahead)
