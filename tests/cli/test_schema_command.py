"""``copydesk schema`` prints a schema that describes what ``copydesk run`` writes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]  # it ships no types

SEEDS = Path(__file__).parents[2] / "seeds"


def test_the_schema_holds_for_what_the_json_plugin_writes(cli: Any, desk: Path) -> None:
    done = cli("schema")
    assert done.returncode == 0
    schema = json.loads(done.stdout)
    pipeline = f"""
        ingest = [{{ plugin = "seed-file", paths = [{json.dumps(str(SEEDS))}] }}]
        enrich = [{{ plugin = "quotes" }}]
        export = [{{ plugin = "json", path = "-" }}]
    """
    (desk / "records.toml").write_text(pipeline, "utf-8")
    lines = cli("run", "records.toml").stdout.splitlines()
    assert lines
    for line in lines:
        jsonschema.validate(json.loads(line), schema)


def test_a_plugin_that_cannot_be_imported_is_only_a_warning(cli: Any, desk: Path) -> None:
    info = desk / "site/broken-1.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: broken\nVersion: 1\n")
    (info / "entry_points.txt").write_text("[copydesk]\nbroken = no_such_module:X\n")
    done = cli("schema", PYTHONPATH=str(desk / "site"))
    assert done.returncode == 0
    assert "warning: plugin 'broken' of broken 1 cannot be imported" in done.stderr
    assert "$defs" in json.loads(done.stdout)
