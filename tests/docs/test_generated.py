"""What the documentation takes from the code is as the code has it."""

from __future__ import annotations

import subprocess
import sys

from tests.docs.blocks import ROOT


def test_the_generated_parts_and_the_picture_are_up_to_date() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "docs.generate", "--check"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_picture_is_of_a_seed_story() -> None:
    picture = (ROOT / "docs" / "images" / "show.svg").read_text("utf-8").replace("&#160;", " ")
    story = (ROOT / "seeds" / "001_en_erbil_bread_market.txt").read_text("utf-8")
    assert story.splitlines()[0] in picture
