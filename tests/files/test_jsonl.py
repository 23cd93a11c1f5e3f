from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from contracts.errors import DataError
from files.jsonl import count_lines, read_jsonl, writing


def test_every_line_with_its_number_blank_ones_left_out(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes('\ufeff{"a": "甲"}\r\n\n   \n{"a": "\\ud800"}\n{"a": 3}'.encode())
    lines = list(read_jsonl(file))
    assert [(line.number, line.value, line.error) for line in lines] == [
        (1, {"a": "甲"}, None),
        (4, {"a": "\ud800"}, None),
        (5, {"a": 3}, None),
    ]
    assert count_lines(file) == 3


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        pytest.param(b'{"a": ', "is not JSON", id="cut off"),
        pytest.param(b"[1, 2]", "is not a JSON object", id="a list"),
        pytest.param(b"null", "is not a JSON object", id="null"),
        pytest.param(b'{"a": "\xff"}', "is not UTF-8 \\(byte 7\\)", id="not UTF-8"),
        pytest.param(b"[" * 100_000, "is not JSON", id="nested too deeply"),
        pytest.param(b'{"a": ' + b"9" * 5_000 + b"}", "is not JSON", id="a number without end"),
        pytest.param(b"\x00", "is not JSON", id="a zero byte"),
    ],
)
def test_a_broken_line_is_reported_and_the_rest_goes_on(tmp_path: Path, bad: bytes, message: str) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(b'{"a": 1}\n' + bad + b'\n{"a": 2}\n')
    first, broken, last = read_jsonl(file)
    assert (first.value, last.value) == ({"a": 1}, {"a": 2})
    assert broken.value == {}
    with pytest.raises(DataError, match=f"{file}:2: {message}"):
        raise broken.error or AssertionError("no error")


@pytest.mark.parametrize("name", ["absent", "folder"])
def test_a_file_that_cannot_be_read_is_an_error(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(DataError, match="cannot be read"):
        count_lines(tmp_path / name)
    with pytest.raises(DataError, match="cannot be read"):
        list(read_jsonl(tmp_path / name))


def test_the_file_appears_when_the_block_ends(tmp_path: Path) -> None:
    file = tmp_path / "new" / "out.jsonl"
    with writing(file) as stream:
        stream.write("甲\n")
        assert not file.exists()
    assert file.read_text(encoding="utf-8") == "甲\n"
    assert [path.name for path in file.parent.iterdir()] == ["out.jsonl"]


def _interrupted(file: Path) -> None:
    with writing(file) as stream:
        stream.write("half")
        raise KeyboardInterrupt


def test_a_failure_in_the_middle_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "out.jsonl"
    file.write_text("old")
    with pytest.raises(KeyboardInterrupt):
        _interrupted(file)
    assert file.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["out.jsonl"]


def test_the_file_may_be_read_by_whom_the_shell_allows(tmp_path: Path) -> None:
    (tmp_path / "plain").write_text("")
    with writing(tmp_path / "out.jsonl") as stream:
        stream.write("a")
    assert (tmp_path / "out.jsonl").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_a_device_is_written_to_and_never_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        with writing(pipe) as stream:
            stream.write("a\n")
        assert stat.S_ISFIFO(pipe.stat().st_mode)
        assert os.read(reader, 10) == b"a\n"
    finally:
        os.close(reader)


def test_a_folder_in_the_way_is_an_error_before_the_work_begins(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=str(tmp_path)):
        writing(tmp_path).__enter__()


def test_a_link_keeps_pointing_where_it_did(tmp_path: Path) -> None:
    (tmp_path / "real.jsonl").write_text("old")
    (tmp_path / "link.jsonl").symlink_to("real.jsonl")
    with writing(tmp_path / "link.jsonl") as stream:
        stream.write("new")
    assert (tmp_path / "link.jsonl").is_symlink()
    assert (tmp_path / "real.jsonl").read_text() == "new"
