from __future__ import annotations

from pathlib import Path

import pytest

from contracts.errors import DataError
from files.jsonl import count_lines, read_jsonl


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
