"""``copydesk show`` on the terminal's side: who reads the file, and what is printed of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

SEEDS = Path(__file__).parents[2] / "seeds"


def rows(output: str) -> list[str]:
    return [" ".join(line.split()) for line in output.splitlines()]


def test_a_pipeline_says_how_a_file_is_read_and_enriched(cli: Any, desk: Path) -> None:
    (desk / "elsewhere").mkdir()
    (desk / "elsewhere/d.note").write_text("HELP is near", "utf-8")
    done = cli("show", "elsewhere/d.note", "--pipeline", "desk.toml", "--set", "enrich.Shouts.loudness=7")
    assert done.returncode == 0
    assert "elsewhere/d.note" in done.stdout
    assert "\nHELP is near\n" in done.stdout
    assert "shout 0–4 HELP loudness: 7.0" in rows(done.stdout)
    assert "quiet" not in done.stdout


def test_any_type_of_annotation_is_listed_with_its_fields(cli: Any) -> None:
    listed = rows(cli("show", "notes/a.note", "--pipeline", "desk.toml").stdout)
    start = listed.index("shout 0–4 STOP loudness: 1.5")
    assert listed[start + 1 : start + 3] == ["subject: T (role second)", "urgent: no"]


def test_showing_touches_no_quarantine_and_no_output(cli: Any, desk: Path) -> None:
    (desk / "quarantine.jsonl").write_text("{}\n")
    cli("show", "notes/a.note", "--pipeline", "desk.toml")
    assert (desk / "quarantine.jsonl").read_text() == "{}\n"
    assert not (desk / "out").exists()


def test_a_step_that_fails_is_told_and_the_story_is_shown_without_it(cli: Any) -> None:
    done = cli("show", "notes/a.note", "--pipeline", "desk.toml", "--set", "enrich.Shouts.fail=press")
    assert done.returncode == 3
    assert "STOP the press" in done.stdout
    assert "enrich step 'Shouts': ValueError: cannot bear press" in done.stderr


def test_a_dropped_story_is_told(cli: Any) -> None:
    done = cli("show", "notes/a.note", "--pipeline", "desk.toml", "--set", "enrich.Shouts.drop=press")
    assert done.returncode == 0
    assert done.stderr == "dropped: unwanted (1)\n"


def test_the_language_can_be_given(cli: Any) -> None:
    done = cli("show", "notes/a.note", "--pipeline", "desk.toml", "--language", "ckb")
    assert done.stdout.startswith("notes/a.note · ckb\n")
    assert "language 0–14 STOP the press tag: ckb" in rows(done.stdout)


def test_a_file_that_nobody_reads_is_an_error_that_tells_what_is_read(cli: Any, desk: Path) -> None:
    (desk / "x.pages").write_text("")
    done = cli("show", "x.pages")
    assert done.returncode == 2
    assert "no installed plugin reads .pages files" in done.stderr
    assert "seed-file reads .txt" in done.stderr
    done = cli("show", "x.pages", "--pipeline", "desk.toml")
    assert done.returncode == 2
    assert "no ingest step of 'desk' reads .pages files (Notes reads .note)" in done.stderr


def test_overrides_need_a_pipeline(cli: Any) -> None:
    done = cli("show", "notes/a.note", "--set", "name=x")
    assert done.returncode == 2
    assert "--pipeline" in done.stderr


def test_installed_plugins_read_and_enrich_without_a_pipeline(cli: Any) -> None:
    done = cli("show", SEEDS / "000_58bfc6433e7137c5.txt")
    assert done.stdout.count("تحرك مشترك بين اربيل وبغداد") >= 2
    assert any(row.startswith("standfirst 50–211") for row in rows(done.stdout))


def test_right_to_left_cells_are_isolated_and_never_reversed(cli: Any) -> None:
    done = cli("show", "notes/c.note", "--pipeline", "desk.toml", "--language", "ar")
    assert "\nقف STOP هنا\n" in done.stdout
    assert "\u2068قف STOP هنا\u2069" in done.stdout


def test_standard_input_is_plain_text(cli: Any) -> None:
    done = cli("show", "-", stdin="A headline\n\nA first line that ends in a full stop.\n")
    assert "\nA headline\n" in done.stdout


def test_characters_that_steer_terminals_are_made_visible(cli: Any, desk: Path) -> None:
    (desk / "notes/a.note").write_text("\x1b[31mRED\x1b[0m\a and \x9b31m", "utf-8")
    done = cli("show", "notes/a.note", "--pipeline", "desk.toml")
    assert "␛[31mRED␛[0m␇ and �31m" in done.stdout
    assert not set(done.stdout) & set("\x1b\a\x9b")


def test_a_file_without_a_story_is_told(cli: Any, desk: Path) -> None:
    (desk / "empty.txt").write_text("\n\n")
    assert "the file holds no story" in cli("show", "empty.txt").stderr


def test_a_narrow_terminal_gets_a_list_in_the_place_of_a_table(cli: Any) -> None:
    listed = cli("show", "notes/a.note", "--pipeline", "desk.toml", COLUMNS="40").stdout
    start = rows(listed).index("shout 0–4")
    assert rows(listed)[start + 1 : start + 4] == ["STOP", "loudness: 1.5", "subject: T (role second)"]
    assert all(len(line) <= 40 for line in listed.splitlines()[start:])
