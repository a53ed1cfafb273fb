"""Documents read from JSON of copydesk's own and of other makers."""

from __future__ import annotations

import gzip
import json
import os
import pickle
import subprocess
import sys
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import copydesk
from copydesk_json import JsonReader
from copydesk_json._source import JsonFile, parts

Found = copydesk.Document | copydesk.Unreadable


def read(*paths: Path, **options: Any) -> list[Found]:
    found: list[Found] = []
    for item in JsonReader(paths=paths, **options).ingest():
        found += item.read() if isinstance(item, copydesk.Source) else [item]
    return found


def documents(items: Iterable[Found]) -> list[copydesk.Document]:
    found = list(items)
    assert [item for item in found if not isinstance(item, copydesk.Document)] == []
    return [item for item in found if isinstance(item, copydesk.Document)]


def file(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def foreign(folder: Path, record: dict[str, Any], **options: Any) -> copydesk.Document:
    (document,) = documents(read(file(folder, "foreign.jsonl", json.dumps(record)), text="body", **options))
    return document


def failure(folder: Path, record: object, **options: Any) -> str:
    (found,) = read(file(folder, "foreign.jsonl", json.dumps(record)), text="body", **options)
    assert isinstance(found, copydesk.Unreadable)
    return str(found.error)


STORIES = [
    copydesk.Document("اربيل (أ ف ب)- هطل المطر.", id="1", source="wire", published=datetime(2024, 5, 1, tzinfo=UTC)),
    copydesk.Document("Rain.\u2028", id="2", annotations=(copydesk.Headline(0, 4, by="seed"),)),
    copydesk.Document("", id="3", metadata={"huge": 10**30, "nested": {"a": [1.5, None]}}),
]
RECORDS = [copydesk.to_json(story) for story in STORIES]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("own.jsonl", b"\n".join(RECORDS)),
        ("own.ndjson", b"\xef\xbb\xbf" + b"\r\n\r\n".join(RECORDS) + b"\r\n"),
        ("lines.json", b"\n \n".join(RECORDS)),
        ("array.json", b"[" + b",".join(RECORDS) + b"]"),
        ("pretty.json", b"\xef\xbb\xbf \n[\n  " + b",\n\n  ".join(RECORDS) + b"\n]\n"),
        ("array.jsonl", b"[\n" + b",\n".join(RECORDS) + b"\n]"),
        ("own.jsonl.gz", gzip.compress(b"\n".join(RECORDS))),
        ("array.json.gz", gzip.compress(b"[" + b",".join(RECORDS) + b"]")),
    ],
)
def test_own_records_are_read_whole(tmp_path: Path, name: str, content: bytes) -> None:
    file(tmp_path, name, content)
    assert documents(read(tmp_path)) == STORIES


def test_one_record_over_several_lines_is_read(tmp_path: Path) -> None:
    path = file(tmp_path, "one.json", json.dumps(json.loads(RECORDS[2]), indent=2))
    assert documents(read(path)) == STORIES[2:]


@pytest.mark.parametrize(("name", "content"), [("a.jsonl", ""), ("a.json", " \n"), ("b.json", "[]"), ("c.json", "[ ]")])
def test_an_empty_file_holds_no_documents(tmp_path: Path, name: str, content: str) -> None:
    assert read(file(tmp_path, name, content)) == []


@pytest.mark.parametrize(
    ("written", "tag", "kept"),
    [("ckb", "ckb", {}), ("en_US", "en-US", {}), ("English", None, {"l": "English"}), ("", None, {}), (None, None, {})],
)
def test_a_language_that_is_no_tag_stays_in_the_metadata(
    tmp_path: Path, written: str | None, tag: str | None, kept: dict[str, str]
) -> None:
    document = foreign(tmp_path, {"body": "x", "l": written}, language="l")
    assert (document.language, dict(document.metadata)) == (tag, kept)


def test_the_fields_of_other_makers_are_named(tmp_path: Path) -> None:
    document = foreign(
        tmp_path,
        {
            "article": {"id": 17, "lang": "ckb", "rank": 2},
            "when": "Wed, 01 May 2024 09:00:00 +0300",
            "body": "باران",
            "head": "هەواڵ",
            "link": "https://example.org/17",
            "a.b": "dotted",
            "tags": ["weather"],
        },
        id="article.id",
        language="article.lang",
        title="head",
        url="link",
        published="when",
    )
    assert (document.text, document.id, document.title, document.language) == ("باران", "17", "هەواڵ", "ckb")
    assert document.published == datetime(2024, 5, 1, 6, tzinfo=UTC)
    assert document.metadata == {
        "article": {"rank": 2},
        "a.b": "dotted",
        "tags": ("weather",),
        "title": "هەواڵ",
        "url": "https://example.org/17",
    }


def test_a_field_may_serve_twice_and_objects_that_are_used_up_are_gone(tmp_path: Path) -> None:
    document = foreign(tmp_path, {"body": "x", "meta": {"url": "https://example.org/1"}}, id="meta.url", url="meta.url")
    assert (document.id, dict(document.metadata)) == ("https://example.org/1", {"url": "https://example.org/1"})


def test_fields_that_are_missing_or_null_are_left_open(tmp_path: Path) -> None:
    document = foreign(tmp_path, {"body": "x", "t": None}, id="i", title="t", published="p", url="u", language="l")
    assert document == copydesk.Document("x")


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("2024-05-01T09:00:00Z", datetime(2024, 5, 1, 9, tzinfo=UTC)),
        ("2024-05-01 09:00:00+03:00", datetime(2024, 5, 1, 6, tzinfo=UTC)),
        ("2024-05-01", datetime(2024, 4, 30, 21, tzinfo=UTC)),
        ("2024-05-01T09:00", datetime(2024, 5, 1, 6, tzinfo=UTC)),
        (1714554000, datetime(2024, 5, 1, 9, tzinfo=UTC)),
        (1714554000500, datetime(2024, 5, 1, 9, 0, 0, 500_000, tzinfo=UTC)),
        (-1.5, datetime(1969, 12, 31, 23, 59, 58, 500_000, tzinfo=UTC)),
        ("", None),
    ],
)
def test_dates_are_read_as_other_programs_write_them(tmp_path: Path, value: object, moment: datetime | None) -> None:
    assert foreign(tmp_path, {"body": "", "d": value}, published="d", time_zone="Asia/Baghdad").published == moment


@pytest.mark.parametrize(
    ("record", "message"),
    [
        ([1], "a record is a JSON object"),
        ({"text": "x", "id": 1}, "the record has no field 'body'; its fields are text, id"),
        ({"body": None}, "the record has no text: 'body' is null"),
        (
            {"body": "", "i": {"$oid": "5f"}},
            "i is {'$oid': '5f'}, which is no text; name a field in it, such as i.$oid",
        ),
        ({"body": 5}, "body is 5, which is no text"),
        ({"body": "", "i": 1.5}, "i is 1.5, which is no text"),
        ({"body": "", "i": True}, "i is True, which is no text"),
        ({"body": "", "t": ["a"]}, "t is ['a'], which is no text"),
        ({"body": "", "d": "yesterday"}, "d is 'yesterday', which is no date"),
        ({"body": "", "d": 1e300}, "d is 1e+300, which is no date"),
        ({"body": "", "d": {}}, "d is {}, which is no date"),
        ({"body": "", "d": "2024-05-01T09:00:00"}, 'say it for all of them: time_zone = "Asia/Baghdad"'),
    ],
)
def test_a_record_that_does_not_fit_says_why(tmp_path: Path, record: object, message: str) -> None:
    assert message in failure(tmp_path, record, id="i", title="t", published="d")


def test_lone_surrogates_and_nan_of_other_makers_are_tolerated(tmp_path: Path) -> None:
    content = '{"body": "a\\ud83d b", "score": NaN, "low": -Infinity}'
    for name in ("a.jsonl", "a.json"):
        (document,) = documents(
            read(file(tmp_path, name, content if name == "a.jsonl" else f"[{content}]"), text="body")
        )
        assert document.text == "a\ufffd b"
        assert document.metadata == {"score": None, "low": None}
        assert copydesk.from_json(copydesk.to_json(document)) == document


def test_a_bad_line_does_not_lose_the_others(tmp_path: Path) -> None:
    lines = [RECORDS[0], b'{"schema": 1, "text"', b"\xff\xfe", b"", b'{"text": "x"}', b"[" * 100_000, RECORDS[1]]
    found = read(file(tmp_path, "a.jsonl", b"\n".join(lines)))
    assert [item for item in found if isinstance(item, copydesk.Document)] == STORIES[:2]
    bad = [item for item in found if isinstance(item, copydesk.Unreadable)]
    assert [(item.where, item.raw) for item in bad] == [
        (f"line {number}", lines[number - 1]) for number in (2, 3, 5, 6)
    ]
    assert all(isinstance(item.error, copydesk.RecordError) for item in bad)


def test_records_of_other_makers_without_options_say_which_option_is_missing(tmp_path: Path) -> None:
    (found,) = read(file(tmp_path, "a.jsonl", '{"text": "x"}'))
    assert isinstance(found, copydesk.Unreadable)
    assert 'name the field of the story: text = "…"' in str(found.error)


def test_a_bad_element_of_an_array_does_not_lose_the_others(tmp_path: Path) -> None:
    found = read(file(tmp_path, "a.json", b"[" + RECORDS[0] + b', 5, {"schema": 9}, ' + RECORDS[1] + b"]"))
    assert [item.where if isinstance(item, copydesk.Unreadable) else item.id for item in found] == [
        "1", "record 2", "record 3", "2",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("tail", "message"),
    [
        (b"", "the array does not end: the file was cut off"),
        (b',{"schema": 1, "te', "broken JSON: Unterminated string"),
        (b",{'schema': 1}]", "broken JSON: Expecting property name"),
        (b",]]", "broken JSON: Expecting value"),
        (b',"\xff"]', "not UTF-8"),
    ],
)
def test_a_broken_array_gives_what_stands_before(tmp_path: Path, tail: bytes, message: str) -> None:
    records = b",".join(RECORDS * 200)
    found = read(file(tmp_path, "a.json", b"[" + records + tail))
    assert len(documents(found[:-1])) == 600
    last = found[-1]
    assert isinstance(last, copydesk.Unreadable)
    assert last.where == "record 601"
    assert message in str(last.error)


def test_elements_longer_than_a_read_are_put_together(tmp_path: Path) -> None:
    texts = ["نص " * size for size in (1, 30_000, 200_000, 2)]
    content = json.dumps([{"body": text, "words": [1] * 50_000} for text in texts], ensure_ascii=False)
    assert [found.text for found in documents(read(file(tmp_path, "a.json", content), text="body"))] == texts


def test_utf_16_is_told(tmp_path: Path) -> None:
    path = file(tmp_path, "a.jsonl", '{"body": "x"}'.encode("utf-16"))
    with pytest.raises(copydesk.RecordError, match="UTF-16, and JSON is UTF-8; convert it: iconv"):
        read(path, text="body")


@given(
    st.lists(st.sampled_from([b"", b'{"body":"a"}', b'{"body":"\xd8\xa7"}\r', b'{"body":"", "x":"yyyyyyyyyyyy"}'])),
    st.lists(st.integers(0, 200)),
    st.booleans(),
)
def test_ranges_of_bytes_share_the_lines_of_a_file(
    tmp_path_factory: pytest.TempPathFactory, lines: list[bytes], cuts: list[int], ended: bool
) -> None:
    content = b"\n".join(lines) + (b"\n" if ended else b"")
    path = file(tmp_path_factory.mktemp("ranges"), "a.jsonl", content)
    reader = JsonReader(paths=(path,), text="body")
    whole = [document.text for source in reader.ingest() for document in source.read()]  # type: ignore[union-attr]  # all are sources and documents here
    bounds = [0, *sorted(set(cuts) - {0}), 1 << 20]
    shared = [
        document.text
        for start, stop in pairwise(bounds)
        for document in documents(JsonFile(path, reader._fields, start, stop).read())
    ]
    assert shared == whole


def test_large_files_are_read_in_parts_that_travel(tmp_path: Path) -> None:
    line = json.dumps({"body": "x" * 10_000}) + "\n"
    path = file(tmp_path, "large.jsonl", line * 500 + "broken\n")
    sources = list(JsonReader(paths=(path,), text="body").ingest())
    assert all(isinstance(source, copydesk.Source) for source in sources)
    assert [source.uri for source in sources if isinstance(source, copydesk.Source)] == [
        path.as_posix(),
        f"{path.as_posix()}@{2 << 20}",
        f"{path.as_posix()}@{4 << 20}",
    ]
    found = [item for source in pickle.loads(pickle.dumps(sources)) for item in source.read()]
    assert len(documents(found[:-1])) == 500
    assert found[-1].where == f"byte {500 * len(line)}"


def test_parts_grow_with_the_file_and_stay_where_they_are_when_it_grows(tmp_path: Path) -> None:
    path = file(tmp_path, "large.jsonl", "{}\n")
    found = []
    for megabytes in (150, 200):
        os.truncate(path, megabytes << 20)
        starts = [part.start >> 20 for part in parts(path, None)]
        sizes = [following - start for start, following in pairwise(starts)]
        assert (sizes[0], sizes[-1], sorted(sizes)) == (2, 8, sizes)
        found.append(starts)
    assert found[1][: len(found[0])] == found[0]


def test_a_large_array_is_one_source(tmp_path: Path) -> None:
    path = file(tmp_path, "large.json", json.dumps([{"body": "x" * 1_000_000}] * 9))
    (source,) = JsonReader(paths=(path,), text="body").ingest()
    assert isinstance(source, copydesk.Source)
    assert len(documents(source.read())) == 9


@pytest.mark.parametrize("content", [b"\n".join(RECORDS), b"[" + b",\n".join(RECORDS) + b"]", b""])
def test_standard_input_is_read(content: bytes) -> None:
    program = (
        "import sys, copydesk, copydesk_json, pathlib\n"
        "for document in copydesk_json.JsonReader(paths=(pathlib.Path('-'),)).ingest():\n"
        "    sys.stdout.buffer.write(copydesk.to_json(document) + b'\\n')\n"
    )
    run = subprocess.run([sys.executable, "-c", program], input=content, capture_output=True, check=True)
    assert run.stdout.splitlines() == (RECORDS if content else [])


def test_options_for_other_makers_need_the_field_of_the_story() -> None:
    with pytest.raises(copydesk.UsageError, match="'title' is for records of other makers; name the field"):
        JsonReader(paths=(Path("a.jsonl"),), title="head")


def test_an_unknown_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="there is no time zone 'Asia/Erbil'; write one such as 'Asia/Baghdad'"):
        JsonReader(paths=(Path("a.jsonl"),), text="body", time_zone="Asia/Erbil")


def test_a_missing_file_is_told_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(copydesk.UsageError, match=r"there is no file or folder .*none\.jsonl"):
        JsonReader(paths=(tmp_path / "none.jsonl",)).ingest()


def test_times_of_other_offsets_are_equal_moments(tmp_path: Path) -> None:
    document = foreign(tmp_path, {"body": "", "d": "2024-05-01T09:00:00+05:30"}, published="d")
    assert document.published == datetime(2024, 5, 1, 9, tzinfo=timezone(timedelta(hours=5, minutes=30)))


def test_what_is_appended_changes_the_digest_of_the_last_part_only(tmp_path: Path) -> None:
    line = json.dumps({"body": "x" * 10_000}) + "\n"
    path = file(tmp_path, "large.jsonl", line * 500)

    def digests() -> list[str]:
        sources = JsonReader(paths=(path,), text="body").ingest()
        return [source.digest() for source in sources if isinstance(source, copydesk.Source)]

    before = digests()
    path.write_text(path.read_text() + line)
    after = digests()
    assert len(before) == len(after) == 3
    assert before[:-1] == after[:-1]
    assert before[-1] != after[-1]


def test_a_line_over_many_parts_belongs_to_the_one_it_begins_in(tmp_path: Path) -> None:
    long = b'{"body": "' + b"x" * (10 << 20)
    path = file(tmp_path, "large.jsonl", b'{"body": "before"}\n' + long + b'y"}\n{"body": "after"}\n')
    sources = [source for source in JsonReader(paths=(path,), text="body").ingest() if isinstance(source, JsonFile)]
    read_in = [[len(document.text) for document in documents(source.read())] for source in sources]
    assert read_in == [[6, (10 << 20) + 1], [], [], [], [], [5]]
    before = [source.digest() for source in sources]
    path.write_bytes(b'{"body": "before"}\n' + long + b'z"}\n{"body": "after"}\n')
    after = [source.digest() for source in sources]
    assert [one == other for one, other in zip(before, after, strict=True)] == [False, True, True, True, True, False]
