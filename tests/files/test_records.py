from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict, Field

from contracts.errors import DataError
from files.records import read_mapping, read_records


class Label(BaseModel):
    model_config = ConfigDict(extra="forbid")

    id: str
    on: date
    tags: list[str] = Field(default_factory=list)
    box: dict[str, int] = Field(default_factory=dict)


GOOD = """\
labels:
  - id: a
    on: 2026-11-21
    tags: [红, 蓝]

  - id: b
    on: 2026-11-22
    box:
      width: 3
"""


def _write(path: Path, content: str | bytes) -> Path:
    file = path / "labels.yml"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


def test_records_with_the_line_each_stands_on(tmp_path: Path) -> None:
    file = _write(tmp_path, GOOD)
    first, second = read_records(file, "labels", Label)
    assert first.value == Label(id="a", on=date(2026, 11, 21), tags=["红", "蓝"])
    assert second.value.box == {"width": 3}
    assert [(entry.file, entry.line) for entry in (first, second)] == [(str(file), 2), (str(file), 6)]
    assert str(second.error("is odd", "b: box")) == f"{file}:6: b: box: is odd"


def test_an_empty_list_holds_no_records(tmp_path: Path) -> None:
    assert read_records(_write(tmp_path, "labels: []\n"), "labels", Label) == ()


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    assert len(read_records(_write(tmp_path, b"\xef\xbb\xbf" + GOOD.encode()), "labels", Label)) == 2


FAULTS = [
    pytest.param(GOOD + "    colour: red\n", 10, "b: colour", "unknown key", id="unknown key"),
    pytest.param(GOOD.replace("width: 3", "width: wide"), 9, "b: box.width", "integer", id="wrong type, deep"),
    pytest.param(GOOD.replace("[红, 蓝]", "红"), 4, "a: tags", "list", id="a word where a list belongs"),
    pytest.param(GOOD.replace("[红, 蓝]", "[红, {b: 1}]"), 4, "a: tags.1", "string", id="wrong item"),
    pytest.param(GOOD.replace("    on: 2026-11-22\n", ""), 6, "b: on", "required", id="missing key"),
    pytest.param(GOOD.replace("2026-11-22", "2026-02-30"), 7, None, "is not a value", id="no such day"),
    pytest.param(GOOD + "    id: c\n", 10, "id", "given twice", id="double key in a record"),
    pytest.param(GOOD + "      width: 4\n", 10, "width", "given twice", id="double key, deep"),
    pytest.param(GOOD + "labels: []\n", 10, "labels", "given twice", id="double key at the top"),
    pytest.param("other: []\n" + GOOD, 1, None, "unknown key 'other'", id="another key at the top"),
    pytest.param("- id: a\n", 1, None, "must hold one mapping", id="a list at the top"),
    pytest.param("labels\n", 1, None, "must hold one mapping", id="a word at the top"),
    pytest.param("labels: {id: a}\n", 1, "labels", "must be a list", id="a mapping where the list belongs"),
    pytest.param("labels:\n", 1, "labels", "must be a list", id="nothing where the list belongs"),
    pytest.param("labels:\n  - word\n", 2, None, "", id="a word where a record belongs"),
    pytest.param("labels:\n  -\n", 2, None, "", id="nothing where a record belongs"),
    pytest.param("labels:\n  - [a, b]\n", 2, None, "", id="a list where a record belongs"),
    pytest.param(GOOD + "    ? [a, b]\n    : 1\n", 10, None, "", id="a list as a key"),
    pytest.param(GOOD + "    ? {a: b}\n    : 1\n", 10, None, "", id="a mapping as a key"),
    pytest.param("labels:\n  - id: 'a\n", 3, None, "is not YAML", id="open quote"),
    pytest.param("labels:\n  - id: a\n   on: x\n", 3, None, "is not YAML", id="wrong indent"),
    pytest.param("labels:\n\t- id: a\n", 2, None, "is not YAML", id="tab"),
    pytest.param(GOOD + "---\nlabels: []\n", 10, None, "is not YAML", id="two documents"),
    pytest.param("labels:\n  - id: !!python/name:os.system\n    on: 2026-11-21\n", 2, None, "", id="a tag of Python"),
    pytest.param(GOOD + "    <<: {on: 2026-11-23}\n", 10, "b: <<", "unknown key", id="merge key"),
    pytest.param(b"labels:\n  - id: \xff\n", None, None, "is not UTF-8", id="not UTF-8"),
    pytest.param("labels:\n  - id: a\x07b\n", None, None, "is not YAML", id="control character"),
    pytest.param("labels:\n  - a: " + "[" * 200_000, 2, None, "nested too deeply", id="a list in a list in a list"),
    pytest.param("labels:\n  " + "- " * 200_000, 2, None, "nested too deeply", id="the same without brackets"),
    pytest.param("", None, None, "is empty", id="empty"),
    pytest.param("# only words\n", None, None, "is empty", id="only a comment"),
]


@pytest.mark.parametrize(("content", "line", "field", "message"), FAULTS)
def test_a_fault_stops_with_its_place(
    tmp_path: Path, content: str | bytes, line: int | None, field: str | None, message: str
) -> None:
    file = _write(tmp_path, content)
    with pytest.raises(DataError) as caught:
        read_records(file, "labels", Label)
    assert caught.value.file == str(file)
    assert caught.value.line == line
    assert caught.value.field == field
    assert message in caught.value.message


@pytest.mark.parametrize("content", ["labels: &a\n  - *a\n", "labels:\n  - &a {id: a, box: *a}\n"])
def test_a_record_inside_itself_is_refused(tmp_path: Path, content: str) -> None:
    with pytest.raises(DataError, match=r"labels.yml"):
        read_records(_write(tmp_path, content), "labels", Label)


@pytest.mark.parametrize("name", ["absent.yml", "folder.yml"])
def test_what_cannot_be_read_is_an_error_that_names_it(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder.yml").mkdir()
    with pytest.raises(DataError, match=f"{name}: cannot be read"):
        read_records(tmp_path / name, "labels", Label)


def test_a_file_that_is_one_record(tmp_path: Path) -> None:
    file = _write(tmp_path, "id: a\non: 2026-11-21\n")
    assert read_mapping(file, Label).value.id == "a"
    with pytest.raises(DataError, match=r"labels.yml:3: a: colour: unknown key"):
        read_mapping(_write(tmp_path, "id: a\non: 2026-11-21\ncolour: red\n"), Label)
    with pytest.raises(DataError):
        read_mapping(_write(tmp_path, "- id: a\n"), Label)
