"""Language packs: those that ship are sound, a broken one is told to its author, and none is read before its time."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import copydesk
import copydesk_quotes

PACKS = sorted((Path(copydesk_quotes.__file__).parent / "packs").glob("*.toml"))


@pytest.mark.parametrize("path", PACKS, ids=lambda path: path.stem)
def test_a_pack_that_ships_is_sound_and_named_by_its_language(path: Path) -> None:
    pack = copydesk_quotes.read_pack(path)
    assert pack.language == path.stem
    assert pack.name
    assert pack.cues


def broken(tmp_path: Path, lines: str) -> str:
    path = tmp_path / "xx.toml"
    path.write_text('language = "xx"\nname = "Test"\n' + lines, encoding="utf-8")
    with pytest.raises(copydesk.UsageError) as caught:
        copydesk_quotes.read_pack(path)
    message = str(caught.value)
    assert str(path) in message
    return message


def test_an_unknown_key_is_named(tmp_path: Path) -> None:
    assert "`verb`" in broken(tmp_path, '[[cues]]\nverb = ["said"]\nforms = ["said"]\n')


def test_a_wrong_type_is_named_with_its_place(tmp_path: Path) -> None:
    message = broken(tmp_path, '[[cues]]\nforms = "said"\n')
    assert "array" in message
    assert "cues[0].forms" in message


def test_a_missing_key_is_named(tmp_path: Path) -> None:
    assert "`forms`" in broken(tmp_path, '[[cues]]\ntakes = ["marks"]\n')


def test_an_order_that_does_not_exist_is_named(tmp_path: Path) -> None:
    assert "VCS" in broken(tmp_path, 'orders = ["VCS"]\n')


def test_a_group_of_complementizers_that_does_not_exist_is_named_with_those_that_do(tmp_path: Path) -> None:
    message = broken(tmp_path, '[complementizers]\nthat = ["that"]\n[[cues]]\nforms = ["said"]\ntakes = ["wether"]\n')
    assert "wether" in message
    assert "that" in message


def test_a_cue_without_forms_is_told(tmp_path: Path) -> None:
    assert "at least one word" in broken(tmp_path, "[[cues]]\nforms = []\n")


def test_a_pack_that_is_no_toml_is_told_with_the_line(tmp_path: Path) -> None:
    assert "line 4" in broken(tmp_path, "orders = [\n= 3\n")


def test_a_pack_that_is_not_utf_8_is_told(tmp_path: Path) -> None:
    path = tmp_path / "xx.toml"
    path.write_bytes('language = "xx"\nname = "Fran\xe7ais"\n'.encode("latin-1"))
    with pytest.raises(copydesk.UsageError, match=r"xx\.toml.*UTF-8"):
        copydesk_quotes.read_pack(path)


def test_importing_the_plugin_reads_no_pack() -> None:
    code = (
        "import builtins, io, sys\n"
        "opened = []\n"
        "sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == 'open' else None)\n"
        "import copydesk_quotes\n"
        "copydesk_quotes.Quotes()\n"
        "print([name for name in opened if name.endswith('.toml')])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
