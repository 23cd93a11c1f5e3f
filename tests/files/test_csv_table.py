from __future__ import annotations

from pathlib import Path

import pytest

from contracts.errors import DataError
from files import csv_table
from files.csv_table import GBK_NOTE, csv_bytes, read_csv
from files.table import Row, Table

KNOWN = ("id", "text")
TEXT = 'id,text\r\na,"可以开,\n都能开"\r\nb,有票的\r\n'


def _read(folder: Path, content: bytes) -> Table:
    path = folder / "a.csv"
    path.write_bytes(content)
    return read_csv(path, KNOWN)


def test_what_is_written_is_what_excel_opens_and_is_read_again(tmp_path: Path) -> None:
    content = csv_bytes(KNOWN, [["a", '说"好",\n=1'], ["b", "=HYPERLINK(0)"], ["", "-1"]])
    assert content.startswith(b"\xef\xbb\xbfid,text\r\n")
    assert b"\nb,'=HYPERLINK(0)\r\n,'-1" in content
    found = _read(tmp_path, content)
    assert found.rows == (
        Row(2, {"id": "a", "text": '说"好",\n=1'}),
        Row(3, {"id": "b", "text": "=HYPERLINK(0)"}),
        Row(4, {"text": "-1"}),
    )
    assert (found.faults, found.note) == ((), "")


@pytest.mark.parametrize(
    ("encoding", "note"), [("utf-8", ""), ("utf-8-sig", ""), ("gbk", GBK_NOTE), ("utf-16", "was read as UTF-16")]
)
def test_the_encodings_of_spreadsheets(tmp_path: Path, encoding: str, note: str) -> None:
    found = _read(tmp_path, TEXT.encode(encoding))
    assert [row.cells["text"] for row in found.rows] == ["可以开,\n都能开", "有票的"]
    assert found.note == note


@pytest.mark.parametrize("separator", [";", "\t"])
def test_the_separators_of_spreadsheets(tmp_path: Path, separator: str) -> None:
    found = _read(tmp_path, f"id{separator}text\na{separator}可以,好\n".encode())
    assert found.rows == (Row(2, {"id": "a", "text": "可以,好"}),)


def test_rows_are_counted_as_the_spreadsheet_counts_them(tmp_path: Path) -> None:
    found = _read(tmp_path, b'id,text\n\na,"x\ny"\nb,z\n')
    assert [row.number for row in found.rows] == [3, 4]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(
            TEXT.encode() + "好".encode()[:2] + b"\n", r"a.csv:5: is neither UTF-8 \(byte 4", id="UTF-8 cut off"
        ),
        pytest.param(TEXT.encode("gbk") + b"\xff\xff\n", "nor GBK; save it as CSV UTF-8", id="GBK with other bytes"),
        pytest.param(b"\xff\xfeabc", r"is not UTF-16 \(byte 4", id="half of UTF-16"),
        pytest.param(b"", "has no header", id="empty"),
        pytest.param(b'id,text\na,"open\n', "is not CSV: row 2", id="open quote"),
        pytest.param(b'id,text\na,"b"c\n', "is not CSV: row 2", id="text after a quote"),
        pytest.param(b"id,text\na," + b"x" * 200_000, "is not CSV: row 2: field larger", id="endless cell"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(tmp_path: Path, content: bytes, message: str) -> None:
    with pytest.raises(DataError, match=message):
        _read(tmp_path, content)


def test_a_huge_file_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_table, "MOST_BYTES", 1 << 20)
    with pytest.raises(DataError, match="larger than 1 MB"):
        _read(tmp_path, b"id\n" + b"a" * (1 << 20))


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"a\.csv: cannot be read"):
        read_csv(tmp_path / "a.csv", KNOWN)
