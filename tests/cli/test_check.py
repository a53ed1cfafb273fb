"""``copydesk check``: mistakes are found before anything is run."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def test_a_good_pipeline_is_ok_and_its_steps_are_listed(cli: Any, desk: Path) -> None:
    done = cli("check", "desk.toml")
    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        "ok: desk",
        "  ingest  Notes   3 sources",
        "  enrich  Shouts",
        "  export  Texts",
    ]
    assert not (desk / "out").exists()


def test_the_condition_of_a_step_is_told(cli: Any, desk: Path) -> None:
    text = (desk / "desk.toml").read_text("utf-8")
    (desk / "desk.toml").write_text(
        text.replace('Shouts"\n', 'Shouts"\nwhen = { language = ["ar", "ckb"], source = ["notes/*"] }\n'), "utf-8"
    )
    assert "enrich  Shouts  when language ar, ckb and source notes/*" in cli("check", "desk.toml").stdout


def test_all_mistakes_are_told(cli: Any) -> None:
    done = cli("check", "desk.toml", "--set", "enrich.Shouts.loudness=very", "--set", "export.Texts.paht=x")
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("error: ") == 2


def test_a_missing_folder_is_an_error(cli: Any) -> None:
    done = cli("check", "desk.toml", "--set", 'ingest.Notes.paths=["nowhere"]')
    assert done.returncode == 2
    assert "nowhere" in done.stderr


def test_an_empty_folder_is_a_warning(cli: Any, desk: Path) -> None:
    (desk / "empty").mkdir()
    done = cli("check", "desk.toml", "--set", 'ingest.Notes.paths=["empty"]')
    assert done.returncode == 0
    assert "warning: ingest step 'Notes' finds nothing to read" in done.stderr


def test_standard_input_is_left_for_the_run(cli: Any, desk: Path) -> None:
    code = (desk / "desk.py").read_text("utf-8")
    reader = (
        "@copydesk.plugin\nclass Lines(Notes):\n    @copydesk.hookimpl\n    def ingest(self):\n        yield input()"
    )
    (desk / "desk.py").write_text(f"{code}\n\n{reader}\n", "utf-8")
    text = (desk / "desk.toml").read_text("utf-8").replace(":Notes", ":Lines").replace('"notes"', '"-"')
    (desk / "desk.toml").write_text(text, "utf-8")
    done = cli("check", "desk.toml")
    assert done.returncode == 0
    assert "ingest  Lines   standard input" in done.stdout
