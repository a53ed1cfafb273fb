"""A build hook of hatchling: the quotes plugin as machine code, made by mypyc from the same modules."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PACKAGE = "copydesk_quotes"
INTERPRETED = {"__init__.py", "_plugin.py", "_pack.py", "_record.py"}
"""Modules that attrs, pluggy and msgspec read at run time."""


class CompiledWheel(BuildHookInterface[Any]):
    """Adds the compiled modules to a wheel; their sources stay in it, for those who read."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile in a folder beside the sources, which stay clean."""
        if version == "editable":
            return
        self.folder = TemporaryDirectory()
        copy = Path(self.folder.name)
        shutil.copytree(Path(self.root, "plugins", PACKAGE), copy / PACKAGE)
        modules = sorted(path.relative_to(copy) for path in copy.rglob("*.py") if path.name not in INTERPRETED)
        environment = {"MYPYC_DEBUG_LEVEL": "0", **os.environ, "MYPYPATH": str(Path(self.root, "core"))}
        compile_them = [sys.executable, "-m", "mypyc", *map(str, modules)]
        subprocess.run(compile_them, cwd=copy, env=environment, check=True)  # noqa: S603  # the package's own modules
        compiled = [*copy.glob("*__mypyc.*"), *copy.glob(f"{PACKAGE}/**/*.so"), *copy.glob(f"{PACKAGE}/**/*.pyd")]
        build_data["force_include"].update({str(path): str(path.relative_to(copy)) for path in compiled})
        build_data["pure_python"] = False
        build_data["infer_tag"] = True

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002  # hatchling's
        """Clear the folder, now that the wheel is written."""
        if version != "editable":
            self.folder.cleanup()
