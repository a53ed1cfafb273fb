"""What all tests share: no deadline for an example, and virtual environments for tests of what is installed."""

from __future__ import annotations

import os
import site
import subprocess
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path

import hypothesis
import pytest

# How long an example takes says more of what else the machine does than of the code.
hypothesis.settings.register_profile("desk", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("desk")

Environment = Callable[[Path], Path]


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """Install something in a virtual environment of its own, without the network; return that one's Python.

    It sees what is installed here, behind what it holds itself.
    """

    def make(what: Path) -> Path:
        folder = tmp_path_factory.mktemp("environment")
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
        python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        packages = Path(sysconfig.get_path("purelib", "venv", {"base": str(folder), "platbase": str(folder)}))
        # addsitedir also reads the .pth file of an editable copydesk there.
        outer = "".join(f"import site; site.addsitedir({folder!r})\n" for folder in site.getsitepackages())
        (packages / "outer.pth").write_text(outer, encoding="utf-8")
        install = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet"]
        offline = ["--no-build-isolation", "--no-index", "--no-deps", "--disable-pip-version-check"]
        # An outer copydesk of the same version must not pass for the one to install.
        subprocess.run([*install, *offline, "--ignore-installed", str(what)], check=True)
        return python

    return make
