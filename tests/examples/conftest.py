"""A copy of the examples and the seed stories, to run them in."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folders ``examples`` and ``seeds`` as they are in the repository, without what was made in them."""
    folder = tmp_path_factory.mktemp("desk")
    made = shutil.ignore_patterns("out", "__pycache__", "build", "dist", "*.egg-info", "quarantine.jsonl")
    for name in ("examples", "seeds"):
        shutil.copytree(ROOT / name, folder / name, ignore=made)
    return folder
