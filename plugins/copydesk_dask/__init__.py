"""Work on units on a Dask cluster."""

from copydesk_dask._plugin import Dask as Dask
