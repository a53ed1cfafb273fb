"""``copydesk run``: what it writes, what it tells, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest


def events(output: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.splitlines()]


def test_a_run_writes_the_outputs_and_tells_a_summary_on_standard_error(cli: Any, desk: Path) -> None:
    done = cli("run", "desk.toml")
    assert done.returncode == 0
    assert done.stdout == ""
    assert (desk / "out/texts.txt").read_text("utf-8").splitlines() == ["STOP the press", "all is quiet", "قف STOP هنا"]
    assert "desk: 3 documents from 3 sources" in done.stderr
    assert "3 read = 3 exported + 0 dropped + 0 quarantined" in done.stderr
    assert f"wrote {Path('out/texts.txt')}" in done.stderr
    for step in ("ingest Notes", "enrich Shouts", "export Texts"):
        assert step in done.stderr


def test_standard_output_is_the_data_alone_where_an_export_writes_to_it(cli: Any) -> None:
    done = cli("run", "desk.toml", "--set", "export.Texts.path=-")
    assert done.stdout == "STOP the press\nall is quiet\nقف STOP هنا\n"
    assert "3 exported" in done.stderr


def test_quiet_says_nothing_where_all_is_well(cli: Any) -> None:
    done = cli("run", "desk.toml", "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_run_that_finds_nothing_to_read_says_so_even_if_quiet(cli: Any, desk: Path) -> None:
    (desk / "empty").mkdir()
    done = cli("run", "desk.toml", "--quiet", "--set", 'ingest.Notes.paths=["empty"]')
    assert (done.returncode, done.stderr) == (
        0,
        "warning: there was nothing to read; look at the paths of [[ingest]]\n",
    )


def test_a_dry_run_exports_nothing(cli: Any, desk: Path) -> None:
    done = cli("run", "desk.toml", "--dry-run")
    assert done.returncode == 0
    assert not (desk / "out").exists()
    assert "dry run" in done.stderr
    assert "3 enriched" in done.stderr


def test_dropped_documents_are_counted_by_reason(cli: Any) -> None:
    done = cli("run", "desk.toml", "--set", "enrich.Shouts.drop=quiet")
    assert done.returncode == 0
    assert "3 read = 2 exported + 1 dropped + 0 quarantined" in done.stderr
    assert "dropped: unwanted (1)" in done.stderr


def test_failed_documents_are_told_without_traceback_and_quarantined(cli: Any, desk: Path) -> None:
    done = cli("run", "desk.toml", "--set", "enrich.Shouts.fail=press")
    assert done.returncode == 3
    assert "failed: notes/a.note: enrich step 'Shouts': ValueError: cannot bear press" in done.stderr
    assert "quarantine: quarantine.jsonl" in done.stderr
    assert "Traceback" not in done.stderr
    assert json.loads((desk / "quarantine.jsonl").read_text("utf-8"))["id"] == "notes/a.note"


def test_a_run_in_which_every_document_failed_says_how_to_stop_such_a_run(cli: Any, desk: Path) -> None:
    cli("run", "desk.toml")
    before = (desk / "out/texts.txt").read_bytes()
    failing = ["run", "desk.toml", "--quiet", "--set", "enrich.Shouts.fail= "]
    stopped = cli(*failing, "--set", "run.max_failures=0.5")
    assert (stopped.returncode, (desk / "out/texts.txt").read_bytes()) == (1, before)
    done = cli(*failing)
    assert (done.returncode, (desk / "out/texts.txt").read_bytes()) == (3, b"")
    assert "warning: every document failed, and the outputs hold none; max_failures under [run] stops" in done.stderr


def test_quiet_still_tells_of_failures(cli: Any) -> None:
    done = cli("run", "desk.toml", "-q", "--set", "enrich.Shouts.fail=press")
    assert done.returncode == 3
    assert "cannot bear press" in done.stderr
    assert "quarantined 1 of 3 documents" in done.stderr


def test_tracebacks_are_told_where_asked_for(cli: Any) -> None:
    done = cli("run", "desk.toml", "--traceback", "--set", "enrich.Shouts.fail=press")
    assert "Traceback (most recent call last)" in done.stderr
    assert 'raise ValueError("cannot bear "' in done.stderr


def test_only_the_first_failures_are_told_one_by_one(cli: Any, desk: Path) -> None:
    for number in range(30):
        (desk / "notes" / f"{number}.note").write_text("bad press", "utf-8")
    done = cli("run", "desk.toml", "--set", "enrich.Shouts.fail=press")
    assert done.stderr.count("cannot bear") == 10
    assert "all are in the quarantine" in done.stderr
    assert "31 quarantined" in done.stderr


def test_a_run_that_stops_leaves_the_old_outputs(cli: Any, desk: Path) -> None:
    cli("run", "desk.toml")
    before = (desk / "out/texts.txt").read_bytes()
    done = cli("run", "desk.toml", "--set", "run.on_error=stop", "--set", "enrich.Shouts.fail=press")
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("error: stopped, since enrich step 'Shouts' failed")
    assert (desk / "out/texts.txt").read_bytes() == before


def test_all_mistakes_are_told_and_nothing_is_started(cli: Any, desk: Path) -> None:
    text = (desk / "desk.toml").read_text("utf-8").replace("paths =", "path =")
    (desk / "desk.toml").write_text(text + 'mode = "x"\n', "utf-8")
    done = cli("run", "desk.toml")
    assert done.returncode == 2
    assert "unknown option 'path'" in done.stderr
    assert "unknown option 'mode'" in done.stderr
    assert "--> desk.toml:" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (desk / "out").exists()


def test_a_mistake_in_an_override_is_shown_in_the_override(cli: Any) -> None:
    done = cli("run", "desk.toml", "--set", "export.Text.path=x")
    assert done.returncode == 2
    assert "--> --set:1:8" in done.stderr
    assert "did you mean 'Texts'?" in done.stderr


def test_json_tells_every_event_by_its_stable_name(cli: Any) -> None:
    done = cli("run", "desk.toml", "--json", "--set", "enrich.Shouts.fail=press", "--set", "enrich.Shouts.drop=quiet")
    assert done.returncode == 3
    started, failed, unit, finished = events(done.stdout)
    assert started == {"event": "run_started", "pipeline": "desk", "sources": 3, "dry": False}
    assert failed == {
        "event": "document_failed",
        "stage": "enrich",
        "step": "Shouts",
        "id": "notes/a.note",
        "source": "notes/a.note",
        "error": "ValueError: cannot bear press",
    }
    assert unit == {
        "event": "unit_done",
        "sources": 3,
        "read": 3,
        "exported": 1,
        "dropped": {"unwanted": 1},
        "quarantined": 1,
    }
    report = finished["report"]
    assert finished["event"] == "run_finished"
    assert report["read"] == report["exported"] + sum(report["dropped"].values()) + report["quarantined"] == 3
    assert [(step["stage"], step["step"]) for step in report["steps"]] == [
        ("ingest", "Notes"),
        ("enrich", "Shouts"),
        ("export", "Texts"),
    ]
    assert Path(report["outputs"][0]).name == "texts.txt"
    assert Path(report["quarantine"]).name == "quarantine.jsonl"


def test_json_tells_why_a_run_could_not_start(cli: Any) -> None:
    done = cli("run", "missing.toml", "--json")
    (stopped,) = events(done.stdout)
    assert (stopped["event"], stopped["exit_code"]) == ("run_stopped", 2)
    assert "missing.toml cannot be read" in stopped["error"]
    assert done.returncode == 2


def test_json_and_documents_cannot_both_have_standard_output(cli: Any) -> None:
    done = cli("run", "desk.toml", "--json", "--set", "export.Texts.path=-")
    assert done.returncode == 2
    assert "export step 'Texts' writes to standard output, and so does --json" in done.stderr
    assert [event["event"] for event in events(done.stdout)] == ["run_stopped"]


@pytest.mark.parametrize("hook", ["start", "finish"])
def test_a_plugin_that_fails_outside_of_documents_stops_the_run_without_traceback(
    cli: Any, desk: Path, hook: str
) -> None:
    code = f"\n\n@copydesk.plugin\nclass Bad(Texts):\n    @copydesk.hookimpl\n    def {hook}(self):\n        1 / 0\n"
    (desk / "bad.py").write_text((desk / "desk.py").read_text("utf-8") + code, "utf-8")
    pipeline = (desk / "desk.toml").read_text("utf-8").replace("desk.py:", "bad.py:").replace(":Texts", ":Bad")
    (desk / "desk.toml").write_text(pipeline, "utf-8")
    done = cli("run", "desk.toml")
    assert done.returncode == 1
    assert "export step 'Bad' failed: ZeroDivisionError" in done.stderr
    assert "Traceback" not in done.stderr
    assert "Traceback" in cli("run", "desk.toml", "--traceback").stderr
    assert not (desk / "out/texts.txt").exists()


def test_what_plugins_log_is_told_on_standard_error(cli: Any, desk: Path) -> None:
    code = (
        (desk / "desk.py")
        .read_text("utf-8")
        .replace("        at = 0\n", "        LOG.warning('odd')\n        at = 0\n")
    )
    (desk / "desk.py").write_text(
        code.replace("import time\n", "import logging\nimport time\n\nLOG = logging.getLogger('x')\n")
    )
    done = cli("run", "desk.toml", "--set", "export.Texts.path=-")
    assert done.stderr.count("warning: x: odd") == 3
    assert "odd" not in done.stdout


@pytest.mark.parametrize("workers", ["1", "2"])
def test_what_a_plugin_prints_does_not_mix_with_the_data(cli: Any, workers: str) -> None:
    printing = ["--set", "enrich.Shouts.say=printed", "--set", f"run.workers={workers}"]
    done = cli("run", "desk.toml", *printing, "--set", "export.Texts.path=-")
    assert done.stdout == "STOP the press\nall is quiet\nقف STOP هنا\n"
    assert done.stderr.count("printed\n") == 3


def test_what_a_plugin_prints_does_not_mix_with_events(cli: Any) -> None:
    done = cli("run", "desk.toml", "--set", "enrich.Shouts.say=printed", "--json")
    assert all(line.startswith('{"event": ') for line in done.stdout.splitlines())
    assert done.stderr.count("printed\n") == 3
