"""Files and standard input in, documents out."""

from __future__ import annotations

import logging
import pickle
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import copydesk
from copydesk_seedfile import SeedFile, SeedFiles

STORY = "Bakers return\n\nERBIL, Iraq (AP) — Bakers came back and said that the bread was as good as ever.\n"


def documents(plugin: SeedFiles) -> Iterator[copydesk.Document]:
    for found in plugin.ingest():
        if isinstance(found, SeedFile):
            yield from found.read()
        else:
            assert isinstance(found, copydesk.Document)
            yield found


def read(path: Path, **options: str) -> copydesk.Document:
    (document,) = documents(SeedFiles(paths=(path,), **options))
    return document


def test_a_file_becomes_a_document_with_its_parts_and_language(tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    path.write_text(STORY, encoding="utf-8")
    document = read(path)
    assert document.text == STORY
    assert document.title == "Bakers return"
    assert document.language == "en"
    assert len(document.all(copydesk.Paragraph)) == 1


def test_the_seed_story_is_arabic() -> None:
    document = read(Path(__file__).parents[3] / "seeds" / "000_58bfc6433e7137c5.txt")
    assert document.title == 'تحرك مشترك بين اربيل وبغداد لاقتلاع "ثغرات داعش"'
    assert document.language == "ar"
    assert len(document.all(copydesk.Standfirst)) == 1
    assert len(document.all(copydesk.Paragraph)) == 12


def test_a_folder_gives_all_its_txt_files_and_nothing_is_read_before_it_is_asked_for(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "deep/c.txt", "notes.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"\xff\xff not readable yet")
    sources = list(SeedFiles(paths=(tmp_path,)).ingest())
    assert [source.path.name for source in sources if isinstance(source, SeedFile)] == ["a.txt", "b.txt", "c.txt"]


def test_a_source_keeps_the_settings_and_can_be_sent_to_another_process(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("خبر".encode("cp1256"))
    (source,) = SeedFiles(paths=(tmp_path,), encoding="cp1256", language="ar").ingest()
    assert pickle.loads(pickle.dumps(source)) == source
    assert isinstance(source, SeedFile)
    (document,) = source.read()
    assert (document.text, document.language) == ("خبر", "ar")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_decides_the_encoding_and_is_no_part_of_the_text(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "a.txt").write_bytes(STORY.encode(encoding))
    assert read(tmp_path / "a.txt", encoding="cp1252").text == STORY


def test_line_ends_stay_as_they_are(tmp_path: Path) -> None:
    text = "One\r\n\r\nTwo.\rThree.\x85Four.\u2028Five.\n"
    (tmp_path / "a.txt").write_bytes(text.encode())
    assert read(tmp_path / "a.txt").text == text


def test_meta_lines_become_the_documents_date_and_metadata(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Bakers return\nBy Lana Aziz\nPublished: 2024-03-05T10:00Z\n\nBread sold out.\n")
    document = read(tmp_path / "a.txt")
    assert document.published is not None
    assert document.published.isoformat() == "2024-03-05T10:00:00+00:00"
    assert document.metadata == {"author": "Lana Aziz"}


@pytest.mark.parametrize("content", [b"", b"\n \r\n", b"\xef\xbb\xbf", "\u3000\u200f\n".encode()])
def test_a_file_without_text_gives_no_document_and_a_warning(
    tmp_path: Path, content: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "a.txt").write_bytes(content)
    with caplog.at_level(logging.WARNING, logger="copydesk_seedfile"):
        assert list(documents(SeedFiles(paths=(tmp_path,)))) == []
    assert "a.txt holds no text and is left out" in caplog.text


def test_a_file_in_another_encoding_is_told_with_its_place_and_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_bytes(b"Bakers return\n\nG\xf6rlitz")
    (tmp_path / "good.txt").write_text(STORY, encoding="utf-8")
    bad, good = SeedFiles(paths=(tmp_path,)).ingest()
    assert isinstance(bad, SeedFile)
    assert isinstance(good, SeedFile)
    with pytest.raises(copydesk.UsageError) as error:
        list(bad.read())
    assert str(error.value) == (
        f"{tmp_path / 'bad.txt'} is not utf-8: byte 0xf6 at byte offset 16 does not fit (invalid start byte); "
        'set the option encoding to what the file is written in (often "cp1256" for Arabic, "cp1252" for '
        'Western Europe, "gb18030" for Chinese)'
    )
    assert len(list(good.read())) == 1


def test_the_offset_counts_the_byte_order_mark(tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_bytes(b"\xef\xbb\xbfab\xff")
    with pytest.raises(copydesk.UsageError, match=r"byte 0xff at byte offset 5 .*the file may be damaged"):
        read(tmp_path / "bad.txt")


def test_utf_16_without_a_byte_order_mark_is_told_and_can_be_set(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(STORY.encode("utf-16-be"))
    with pytest.raises(copydesk.UsageError, match='set the option encoding to "utf-16-le" or "utf-16-be"'):
        read(tmp_path / "a.txt")
    assert read(tmp_path / "a.txt", encoding="utf-16-be").text == STORY


@pytest.mark.parametrize("text", ["قال الوزير إن الجسر سيفتح في أيار.\n", "Мост откроют в мае, сказал министр.\n"])
def test_utf_16_of_other_letters_is_never_read_as_nonsense(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.txt").write_bytes(text.encode("utf-16-le"))
    with pytest.raises(copydesk.UsageError, match=r"is not utf-8: it would hold \d+ NUL characters"):
        read(tmp_path / "a.txt")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"paths": ()}, "paths is empty"),
        ({"paths": (Path("a.txt"),), "encoding": "utf-88"}, "there is no text encoding 'utf-88'"),
        ({"paths": (Path("a.txt"),), "encoding": "base64"}, "there is no text encoding 'base64'"),
        ({"paths": (Path("a.txt"),), "language": "Kurdish (Sorani)"}, "is no language tag"),
        ({"paths": (Path("a.txt"),), "language": "Kurdish"}, "is no language tag"),
    ],
)
def test_wrong_options_are_refused(options: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message.replace("(", r"\(")):
        SeedFiles(**options)  # type: ignore[arg-type]  # wrong on purpose


def test_a_missing_file_is_told_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(copydesk.UsageError, match=r"nothing\.txt"):
        SeedFiles(paths=(tmp_path / "nothing.txt",)).ingest()


def test_standard_input_is_read_beside_files(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("From a file\n\nBread sold out.\n")
    program = (
        "from pathlib import Path\n"
        "from copydesk_seedfile import SeedFiles\n"
        f"found = list(SeedFiles(paths=(Path({str(tmp_path)!r}), Path('-'), Path('-'))).ingest())\n"
        "print(found[0].title, len(found), *[document.title for document in found[1].read()], sep='|')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], input=b"From a pipe\r\n\r\nBread.", capture_output=True, check=True
    )
    assert done.stdout.decode().strip() == "From a pipe|2|From a file"
