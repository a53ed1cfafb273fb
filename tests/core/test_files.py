"""Paths, folders and patterns name files: sorted, once each, hidden ones only when they are named."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import copydesk
from copydesk import find_files

Tree = Callable[..., Path]
Python = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    """Make files of these names, and return their folder."""

    def make(*names: str) -> Path:
        for name in names:
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(name, encoding="utf-8")
        return tmp_path

    return make


def found(folder: Path, *paths: str, suffixes: tuple[str, ...] = (".txt",)) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in find_files([folder / path for path in paths], suffixes)]


def test_a_folder_stands_for_the_files_below_it_with_the_suffixes(tree: Tree) -> None:
    folder = tree("b.txt", "a.txt", "c.md", "sub/d.txt", "sub/sub/e.text", ".hidden.txt", ".git/f.txt", "sub/.g.txt")
    assert found(folder, ".") == ["a.txt", "b.txt", "sub/d.txt"]
    assert found(folder, ".", suffixes=(".md", ".text")) == ["c.md", "sub/sub/e.text"]
    assert found(folder, "sub") == ["sub/d.txt"]
    assert found(folder, ".git") == [".git/f.txt"]


def test_a_file_is_taken_whatever_its_suffix(tree: Tree) -> None:
    folder = tree("story", ".hidden")
    assert found(folder, "story", ".hidden") == ["story", ".hidden"]


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("*.txt", ["a.txt", "b.txt"]),
        ("?.*", ["a.txt", "b.txt", "c.md"]),
        ("[ab].txt", ["a.txt", "b.txt"]),
        ("[!a].txt", ["b.txt"]),
        ("*", ["a.txt", "b.txt", "c.md"]),
        ("*/*", ["sub/d.txt"]),
        ("*/*/*.txt", ["sub/deep/e.txt"]),
        ("**", ["a.txt", "b.txt", "c.md", "sub/d.txt", "sub/deep/e.txt"]),
        ("**/*.txt", ["a.txt", "b.txt", "sub/d.txt", "sub/deep/e.txt"]),
        ("**/deep/*", ["sub/deep/e.txt"]),
        ("sub/**/*.txt", ["sub/d.txt", "sub/deep/e.txt"]),
        (".*", [".hidden.txt"]),
        (".*/*", [".git/f.txt"]),
        ("**/.g*", []),
        ("*.rst", []),
        ("sub/../*.txt", ["a.txt", "b.txt"]),
    ],
)
def test_patterns(tree: Tree, pattern: str, names: list[str]) -> None:
    folder = tree(
        "a.txt", "b.txt", "c.md", "sub/d.txt", "sub/deep/e.txt", ".hidden.txt", ".git/f.txt", "sub/.git/g.txt"
    )
    assert found(folder, pattern) == names


def test_a_file_whose_name_looks_like_a_pattern(tree: Tree) -> None:
    folder = tree("story[1].txt", "story1.txt", "what?.txt", "dir[a]/x.txt")
    assert found(folder, "story[1].txt", "what?.txt") == ["story[1].txt", "what?.txt"]
    assert found(folder, "dir[a]") == ["dir[a]/x.txt"]


def test_what_several_paths_name_comes_once_where_it_was_named_first(tree: Tree) -> None:
    folder = tree("a.txt", "b.txt", "sub/c.txt")
    assert found(folder, "b.txt", "*.txt", ".", "sub/c.txt") == ["b.txt", "a.txt", "sub/c.txt"]
    assert found(folder, "sub/../a.txt", "./a.txt") == ["a.txt"]


def test_the_order_is_that_of_names_whatever_the_disk_says(tree: Tree) -> None:
    folder = tree(*[f"{number:03}.txt" for number in range(99, -1, -1)], "Z.txt", "a.txt", "ب.txt", "é.txt")
    names = found(folder, ".")
    assert names == sorted(names)
    assert len(names) == 104


@pytest.mark.parametrize("path", ["gone.txt", "gone/*.txt", "gone/**/x.txt"])
def test_a_path_that_does_not_exist_is_told_at_once(tmp_path: Path, path: str) -> None:
    missing = tmp_path / path.partition("/")[0]
    with pytest.raises(copydesk.UsageError) as caught:
        find_files([tmp_path, tmp_path / path], (".txt",))
    assert str(caught.value) == (
        f"there is no file or folder {missing}; check the path, which is relative to the pipeline file"
    )


def test_a_pattern_below_a_file_is_told(tree: Tree) -> None:
    folder = tree("a.txt")
    with pytest.raises(copydesk.UsageError) as caught:
        find_files([folder / "a.txt" / "*"], (".txt",))
    assert str(caught.value) == f"{folder}/a.txt is a file, so nothing can be found below it; check the path"


def test_a_path_that_no_disk_can_hold_is_told(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 300)
    with pytest.raises(copydesk.UsageError) as caught:
        find_files([path], (".txt",))
    assert str(caught.value) == f"{path} cannot be read: File name too long; check the path and its permissions"


def test_a_link_that_leads_in_a_circle_is_followed_once(tree: Tree) -> None:
    folder = tree("a.txt", "sub/b.txt", "other/c.txt")
    (folder / "sub/up").symlink_to(folder)
    (folder / "sub/self").symlink_to("self")
    (folder / "other/aside").symlink_to(folder / "sub")
    (folder / "broken.md").symlink_to("gone")
    assert found(folder, ".") == ["a.txt", "other/aside/b.txt", "other/c.txt", "sub/b.txt"]


def test_a_linked_file_and_a_linked_folder_are_read(tree: Tree) -> None:
    folder = tree("outside/a.txt", "in/b.txt")
    (folder / "in/linked.txt").symlink_to(folder / "outside/a.txt")
    (folder / "in/folder").symlink_to(folder / "outside")
    assert found(folder, "in") == ["in/b.txt", "in/folder/a.txt", "in/linked.txt"]


def test_a_name_that_is_no_utf_8_is_found(tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9.txt")
    try:
        (tmp_path / name).write_text("x", encoding="utf-8")
    except OSError:
        pytest.skip("the file system takes UTF-8 names only")
    assert [path.name for path in find_files([tmp_path], (".txt",))] == [name]


def test_files_come_while_folders_are_still_unread(tree: Tree) -> None:
    folder = tree("a/1.txt", "b/2.txt")
    files = find_files([folder], (".txt",))
    assert next(files).name == "1.txt"
    (folder / "b/3.txt").write_text("made meanwhile", encoding="utf-8")
    assert [path.name for path in files] == ["2.txt", "3.txt"]


def test_memory_does_not_grow_with_the_number_of_files(tree: Tree, python: Python) -> None:
    """In a process of its own, where nothing else takes memory meanwhile."""
    tree(*[f"{number // 50}/{number}.txt" for number in range(2000)])
    measured = python("""
        import tracemalloc
        from pathlib import Path
        from copydesk import find_files

        tracemalloc.start()
        assert sum(1 for _ in find_files([Path.cwd()], (".txt",))) == 2000
        print(tracemalloc.get_traced_memory()[1])
    """)
    assert int(measured.stdout) < 200_000, measured.stderr


def test_a_folder_without_permission_is_told(tmp_path: Path) -> None:
    """Run as a user that permissions bind; root may read everything."""
    for name in ("listed", "unlisted"):
        (tmp_path / name).mkdir()
    (tmp_path / "unlisted").chmod(0)
    tmp_path.chmod(0o755)
    program = (
        "import os, sys, pathlib\n"
        "from copydesk import UsageError, find_files\n"
        "if os.getuid() == 0:\n    os.setgid(65534); os.setuid(65534)\n"
        "for path in sys.argv[1:]:\n"
        "    try:\n        print(list(find_files([pathlib.Path(path)], ('.txt',))))\n"
        "    except UsageError as error:\n        print(error)\n"
    )
    arguments = ["unlisted", "unlisted/*", "."]
    ran = subprocess.run(
        [sys.executable, "-c", program, *arguments], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    (tmp_path / "unlisted").chmod(0o755)
    wrong = "unlisted cannot be read: Permission denied; check the path and its permissions\n"
    assert ran.stdout == wrong * 3, ran.stderr


def raises(path: Path) -> bool:
    try:
        find_files([path], ())
    except copydesk.UsageError:
        return True
    return False


PARTS = st.lists(st.sampled_from(["a", "b", ".h", "ab.txt", "x.txt"]), min_size=1, max_size=3)
LEVELS = st.lists(st.sampled_from(["a", "*", "**", "?", "*.txt", ".*", "[ab]*"]), min_size=1, max_size=3)


@settings(max_examples=50)
@given(st.lists(PARTS, max_size=8), st.lists(LEVELS, min_size=1, max_size=3))
def test_every_pattern_agrees_with_itself(files: list[list[str]], patterns: list[list[str]]) -> None:
    """What is walked is what is named: nothing twice, nothing lost among patterns that overlap."""
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as name:
        folder = Path(name)
        for parts in files:
            path = folder.joinpath(*parts)
            if not any(above.is_file() for above in path.parents) and not path.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                path.touch()
        paths = [folder.joinpath(*levels) for levels in patterns]
        paths = [path for path in paths if not raises(path)]
        together = list(find_files(paths, ()))
        apart = {file for path in paths for file in find_files([path], ())}
    assert len(together) == len(set(together))
    assert set(together) == apart


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes of POSIX")
def test_a_pipe_is_found_only_where_it_is_named(tree: Tree) -> None:
    """Reading a pipe that nobody writes to would never end."""
    folder = tree("a.txt")
    os.mkfifo(folder / "pipe.txt")
    assert found(folder, ".") == found(folder, "*.txt") == ["a.txt"]
    assert found(folder, "pipe.txt") == ["pipe.txt"]


def test_a_link_that_leads_nowhere_is_found_so_that_it_is_told_in_reading(tree: Tree) -> None:
    folder = tree("a.txt")
    (folder / "gone.txt").symlink_to("nowhere.txt")
    assert found(folder, ".") == ["a.txt", "gone.txt"]
