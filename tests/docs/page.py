"""Carry out a page of the documentation in a folder: ``python -m tests.docs.page PAGE FOLDER``.

Every block does what its reader would do with it. A title makes it a file of that name. Beyond that:

=========== ====================================================================================
python      is executed; the blocks of a page share their names
toml        is loaded where it is a pipeline, or a part of one; with ``mistakes`` it must be refused
console     its commands are run, and print what is shown; ``…`` stands for anything
json        is parsed
text        is a file, or with ``output`` what the Python block before it printed
sh          is set-up, which the tests cannot run
=========== ====================================================================================
"""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import sys
from contextlib import redirect_stdout
from pathlib import Path
from types import ModuleType

import tomli
from tests.docs.blocks import SET_UP, Block, Command, blocks, commands

import copydesk

_PIPELINE_KEYS = {"ingest", "enrich", "export", "use", "run"}
_STAGES = {"ingest", "enrich", "export"}
_SITE = ".site"
"""Where ``pip install`` puts things on a page."""
_MAY_BE_MISSING = {"jq"}
_BUILD_HERE = {
    "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    "PIP_NO_BUILD_ISOLATION": "0",  # pip's way to say yes
    "PIP_NO_DEPS": "1",
    "PIP_NO_INDEX": "1",
    "PIP_ROOT_USER_ACTION": "ignore",
}


class Reader:
    """Someone who does in a folder what a page says."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.names = ModuleType("page")
        self.printed = ""
        sys.modules["page"] = self.names

    def do(self, block: Block) -> None:
        """Do what one block says."""
        self.write(block)
        getattr(self, block.kind)(block)

    def write(self, block: Block) -> None:
        """Write the file that it is, if it is one."""
        if "title" in block.marks:
            path = self.folder / block.marks["title"]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.text, "utf-8")

    def python(self, block: Block) -> None:
        """Execute it; a titled one is for a later block to use."""
        code = compile(block.text, str(block), "exec")
        if "title" in block.marks:
            return
        printed = io.BytesIO()
        stream = io.TextIOWrapper(printed, "utf-8", write_through=True)
        with redirect_stdout(stream):
            exec(code, vars(self.names))
        self.printed = printed.getvalue().decode()

    def toml(self, block: Block) -> None:
        """Load it as ``copydesk run`` would; a part of a pipeline gets a step."""
        keys = tomli.loads(block.text).keys() if "mistakes" not in block.marks else _PIPELINE_KEYS
        if not keys & _PIPELINE_KEYS:
            return
        text = block.text if keys & _STAGES else block.text + '\n[[enrich]]\nplugin = "quotes"\n'
        path = self.folder / ".block.toml"
        path.write_text(text, "utf-8")
        variables = dict(pair.partition("=")[::2] for pair in block.marks.get("env", "").split())
        assert _loads(path, variables) != ("mistakes" in block.marks), (
            f"{block}: it should load, or be marked with mistakes"
        )

    def console(self, block: Block) -> None:
        """Run its commands, and compare what they print."""
        for command in commands(block):
            self._run(command, block)

    def json(self, block: Block) -> None:
        """Parse it; each line of JSON Lines."""
        for text in block.text.splitlines() if block.marks.get("title", "").endswith(".jsonl") else (block.text,):
            json.loads(text)

    def text(self, block: Block) -> None:
        """Compare what is shown with what the last Python block printed."""
        if "output" in block.marks:
            _compare(block, block.text, self.printed)

    def sh(self, block: Block) -> None:
        """Accept nothing but the set-up commands."""
        unknown = set(block.text.strip().split("\n")) - SET_UP
        assert not unknown, f"{block}: not run by any test: {unknown}"

    def _run(self, command: Command, block: Block) -> None:
        program = command.text.split()[0]
        if program in _MAY_BE_MISSING and shutil.which(program) is None:
            return
        done = subprocess.run(
            ["bash", "-c", command.text],
            cwd=self.folder,
            env=self._environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=60,
            check=False,
        )
        code = int(block.marks.get("exit", "0"))
        assert done.returncode == code, f"{block}: {command.text}: exit code {done.returncode}\n{done.stdout}"
        if command.expected:
            _compare(block, command.expected, done.stdout)

    def _environment(self) -> dict[str, str]:
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("COPYDESK", "PIP_", "PYTEST"))
        }
        site = str(self.folder / _SITE)
        return {
            **kept,
            **_BUILD_HERE,
            "COLUMNS": "100",
            "HOME": str(self.folder),
            "NO_COLOR": "1",
            "PATH": os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"])),
            "PIP_TARGET": site,
            "PYTHONPATH": site,
            "PYTHONUTF8": "1",
        }


def _loads(path: Path, variables: dict[str, str]) -> bool:
    """Whether a pipeline loads, tried in a process of its own: neither plugins nor variables stay."""
    child = os.fork()
    if child == 0:
        os.environ |= variables
        try:
            copydesk.load(path)
        except copydesk.PipelineFileError as error:
            print(error, file=sys.stderr, flush=True)
            os._exit(1)
        os._exit(0)
    return os.waitpid(child, 0)[1] == 0


def _compare(block: Block, expected: str, printed: str) -> None:
    assert _pattern(expected).fullmatch(_trimmed(printed)), f"{block}: it says\n{expected}\nand it prints\n{printed}"


def _pattern(expected: str) -> re.Pattern[str]:
    """What matches the text, where ``…`` stands for anything on its line, and alone for any lines."""
    lines = (re.escape(line).replace("…", ".*") for line in _trimmed(expected).split("\n"))
    joined = "".join(r"(?s:.*?)" if line.strip() == ".*" else f"{line}\n" for line in lines)
    return re.compile(joined.removesuffix("\n"))


def _trimmed(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip("\n").split("\n"))


def main() -> None:
    """Do everything that a page says, in a folder."""
    page, folder = Path(sys.argv[1]).absolute(), Path(sys.argv[2]).absolute()
    os.chdir(folder)
    sys.path[:0] = [str(folder), str(folder / _SITE)]
    reader = Reader(folder)
    found = list(blocks(page))
    # A pipeline may stand above the files that it names; where a file has versions, the first comes first.
    for block in reversed(found):
        reader.write(block)
    for block in found:
        reader.do(block)


if __name__ == "__main__":
    main()
