"""Outputs appear whole or not at all, all together, at the end of a run."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from threading import Thread

import pytest

import copydesk
from copydesk._runs._outputs import Outputs

Python = Callable[..., CompletedProcess[str]]


def test_nothing_is_there_until_everything_is_committed(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_text("old", encoding="utf-8")
    outputs = Outputs()
    outputs.open(one).write(b"new")
    outputs.open(two).write(b"other")
    assert one.read_text(encoding="utf-8") == "old"
    assert not two.exists()
    assert outputs.commit() == (one, two)
    assert (one.read_bytes(), two.read_bytes()) == (b"new", b"other")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one", "two"]


def test_a_step_may_close_its_output(tmp_path: Path) -> None:
    outputs = Outputs()
    with outputs.open(tmp_path / "one") as file:
        file.write(b"new")
    outputs.commit()
    assert (tmp_path / "one").read_bytes() == b"new"


def test_an_output_of_text_is_whole_although_nobody_flushes_it(tmp_path: Path) -> None:
    run = copydesk.Run("wire", tmp_path)
    file = run.output(tmp_path / "lines.csv", encoding="utf-8")
    file.write("قصة,1\r\nstory,2\n")
    run.outputs.commit()
    assert (tmp_path / "lines.csv").read_bytes() == "قصة,1\r\nstory,2\n".encode()
    assert file.closed


def test_text_for_standard_output_leaves_that_open(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    run = copydesk.Run("wire", Path())
    file = run.output(Path("-"), encoding="utf-8")
    file.write("قصة\n")
    run.outputs.commit()
    del file
    assert not sys.stdout.buffer.closed
    assert capfdbinary.readouterr().out == "قصة\n".encode()


def test_what_is_discarded_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    one = tmp_path / "one"
    one.write_text("old", encoding="utf-8")
    outputs = Outputs()
    outputs.open(one).write(b"new")
    outputs.open(tmp_path / "two").write(b"other")
    outputs.discard()
    assert [path.name for path in tmp_path.iterdir()] == ["one"]
    assert one.read_text(encoding="utf-8") == "old"
    outputs.discard()
    assert outputs.commit() == ()


def test_folders_above_an_output_are_made(tmp_path: Path) -> None:
    outputs = Outputs()
    outputs.open(tmp_path / "a/b/قصص.jsonl").write(b"x")
    outputs.commit()
    assert (tmp_path / "a/b/قصص.jsonl").read_bytes() == b"x"


def test_two_exports_cannot_write_one_file(tmp_path: Path) -> None:
    outputs = Outputs()
    outputs.open(tmp_path / "feed.xml")
    (tmp_path / "link").symlink_to("feed.xml")
    for again in ("feed.xml", "./sub/../feed.xml", "link"):
        with pytest.raises(copydesk.UsageError) as caught:
            outputs.open(tmp_path / again)
        assert str(caught.value) == f"two exports write to {tmp_path}/feed.xml; give one of them another path"
    outputs.discard()


def test_a_folder_is_no_output(tmp_path: Path) -> None:
    with pytest.raises(copydesk.UsageError) as caught:
        Outputs().open(tmp_path)
    assert str(caught.value) == f"cannot write {tmp_path}: Is a directory; check the path and its permissions"


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(copydesk.UsageError) as caught:
        Outputs().open(tmp_path / "file/feed.xml")
    assert str(caught.value) == (
        f"cannot write {tmp_path}/file/feed.xml: Not a directory; check the path and its permissions"
    )


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path, python: Python) -> None:
    """Run as a user that permissions bind; root may write everything."""
    (tmp_path / "locked").mkdir(mode=0o555)
    tmp_path.chmod(0o755)
    ran = python("""
        import os
        from pathlib import Path
        from copydesk import UsageError
        from copydesk._runs._outputs import Outputs

        if os.getuid() == 0:
            os.setgid(65534)
            os.setuid(65534)
        try:
            Outputs().open(Path("locked/feed.xml"))
        except UsageError as error:
            print(error)
    """)
    assert ran.stdout == (
        f"cannot write {tmp_path}/locked/feed.xml: Permission denied; check the path and its permissions\n"
    ), ran.stderr


def test_a_full_disk_leaves_the_old_files(tmp_path: Path, python: Python) -> None:
    (tmp_path / "small").write_text("old", encoding="utf-8")
    (tmp_path / "large").write_text("old", encoding="utf-8")
    ran = python("""
        import resource
        from pathlib import Path
        from copydesk import RunError
        from copydesk._runs._outputs import Outputs

        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
        outputs = Outputs()
        outputs.open(Path("small")).write(b"new")
        outputs.open(Path("large")).write(b"x" * 5000)
        try:
            outputs.commit()
        except RunError as error:
            print(error)
    """)
    assert ran.stdout == (f"{tmp_path}/large cannot be written: File too large; the old outputs are as they were\n"), (
        ran.stderr
    )
    assert {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()} == {
        "small": "old",
        "large": "old",
    }


def test_an_output_that_became_a_folder_meanwhile_is_told(tmp_path: Path) -> None:
    outputs = Outputs()
    for name in ("one", "two", "three"):
        outputs.open(tmp_path / name).write(b"new")
    (tmp_path / "two").mkdir()
    with pytest.raises(copydesk.RunError) as caught:
        outputs.commit()
    assert str(caught.value) == (
        f"{tmp_path}/two cannot be put in place: Is a directory; outputs opened before it are new"
    )
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one", "two"]


def test_permissions_of_the_old_file_are_kept_and_new_ones_follow_the_umask(tmp_path: Path) -> None:
    old = tmp_path / "old"
    old.touch()
    old.chmod(0o640)
    before = os.umask(0o027)
    try:
        outputs = Outputs()
        outputs.open(old)
        outputs.open(tmp_path / "new")
        outputs.commit()
    finally:
        os.umask(before)
    assert stat.S_IMODE(old.stat().st_mode) == 0o640
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o640


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "target").write_text("old", encoding="utf-8")
    (tmp_path / "link").symlink_to("target")
    outputs = Outputs()
    outputs.open(tmp_path / "link").write(b"new")
    assert outputs.commit() == (tmp_path / "target",)
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "target").read_bytes() == b"new"


def test_a_pipe_is_written_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    received: list[bytes] = []
    reader = Thread(target=lambda: received.append(pipe.read_bytes()))
    reader.start()
    outputs = Outputs()
    outputs.open(pipe).write(b"story")
    assert outputs.commit() == (pipe,)
    reader.join(timeout=10)
    assert received == [b"story"]
    assert pipe.is_fifo()
    assert list(tmp_path.iterdir()) == [pipe]


def test_a_dash_is_standard_output_once(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    outputs = Outputs()
    assert outputs.open(Path("-")) is sys.stdout.buffer
    outputs.open(Path("-").absolute().parent / "sub" / ".." / "never-opened-twice")
    with pytest.raises(copydesk.UsageError) as caught:
        outputs.open(Path("-"))
    assert str(caught.value) == "two exports write to -; give one of them another path"
    outputs.discard()
    assert not sys.stdout.closed


def test_standard_output_is_flushed_and_left_open(python: Python) -> None:
    ran = python("""
        from pathlib import Path
        from copydesk._runs._outputs import Outputs

        outputs = Outputs()
        outputs.open(Path("-")).write("قصة\\n".encode())
        print(outputs.commit())
    """)
    assert (ran.stdout, ran.stderr) == ("قصة\n()\n", "")
