from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from contracts.errors import DataError
from files.records import read_text
from files.yaml_list import ListFile

TEXT = """\
# Approved things.
things:
  # the first group
  - id: a.one
    text: 一   # a word about it
    # why it is so
    tags: [x, y]

  # the second group
  - id: b.one
    text: |
      二
      # not a comment
    tags:
      - z

  - {id: b.two, text: 三}

# the end
"""


def _file(text: str = TEXT) -> ListFile:
    return ListFile.from_text(text, "a.yml", "things")


def _records(file: ListFile) -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = yaml.safe_load(file.text)["things"]
    return loaded


@pytest.mark.parametrize(
    "text", [TEXT, TEXT.replace("\n", "\r\n"), "things: []\n", "\ufeff" + TEXT, TEXT.rstrip("\n") + "\n"]
)
def test_what_is_not_edited_stays_byte_for_byte(text: str) -> None:
    assert _file(text).text == text


def test_every_shipped_reply_file_is_taken_apart_and_put_together(data: Path) -> None:
    for path in (data / "replies").rglob("*.yml"):
        assert ListFile.from_text(read_text(path), str(path), "replies").text == read_text(path)


def test_the_names_in_order() -> None:
    assert _file().names == ("a.one", "b.one", "b.two")


def test_a_changed_field_leaves_every_other_line() -> None:
    file = _file()
    file.change({"id": "a.one", "text": "一", "tags": ["x"]}, ["tags"])
    assert file.text == TEXT.replace("tags: [x, y]", "tags: [x]")


def test_a_field_of_several_lines_is_changed_whole() -> None:
    file = _file()
    file.change({"id": "b.one", "text": "2", "tags": ["z"]}, ["text"])
    assert file.text == TEXT.replace("text: |\n      二\n      # not a comment\n", "text: '2'\n")


def test_a_new_field_stands_where_the_order_has_it_and_an_empty_one_goes() -> None:
    file = _file()
    file.change({"id": "a.one", "promise": "好", "text": "一"}, ["promise", "tags"])
    assert _records(file)[0] == {"id": "a.one", "promise": "好", "text": "一"}
    assert "  - id: a.one\n    promise: 好\n    text: 一   # a word about it\n" in file.text
    assert "tags: [x, y]" not in file.text


def test_a_record_whose_fields_share_a_line_is_written_anew() -> None:
    file = _file()
    file.change({"id": "b.two", "text": "四"}, ["text"])
    assert file.text == TEXT.replace("  - {id: b.two, text: 三}\n", "  - id: b.two\n    text: 四\n")


def test_a_new_record_stands_behind_another_or_at_the_end() -> None:
    file = _file()
    file.add({"id": "a.two"}, after="a.one")
    file.add({"id": "c.one"})
    assert file.names == ("a.one", "a.two", "b.one", "b.two", "c.one")
    assert [record["id"] for record in _records(file)] == list(file.names)
    assert "    tags: [x, y]\n\n  - id: a.two\n\n  # the second group\n" in file.text
    assert file.text.endswith("  - {id: b.two, text: 三}\n\n  - id: c.one\n\n# the end\n")


def test_new_records_have_no_blank_line_between_where_the_file_has_none() -> None:
    file = _file("things:\n- id: a.one\n- id: a.two\n")
    file.add({"id": "a.three"}, after="a.one")
    assert file.text == "things:\n- id: a.one\n- id: a.three\n- id: a.two\n"


def test_a_record_goes_and_the_headings_stay() -> None:
    file = _file()
    file.remove("b.one")
    assert file.text == TEXT[: TEXT.index("  - id: b.one")] + TEXT[TEXT.index("\n  - {id: b.two") :]
    file.remove("a.one")
    assert [record["id"] for record in _records(file)] == ["b.two"]
    assert file.text.startswith("# Approved things.\nthings:\n  # the first group\n  # the second group\n")


def test_a_record_that_is_not_there_is_an_error_with_the_file() -> None:
    for edit in (lambda: _file().remove("c"), lambda: _file().change({"id": "c"}, []), lambda: _file().add({}, "c")):
        with pytest.raises(DataError, match=r"a\.yml: c: is not there any more"):
            edit()


def test_a_file_may_become_empty_and_be_filled_again() -> None:
    file = _file("things:\n  - id: a.one\n# the end\n")
    file.remove("a.one")
    assert file.text == "things: []\n# the end\n"
    again = _file(file.text)
    again.add({"id": "a.two"})
    assert yaml.safe_load(again.text) == {"things": [{"id": "a.two"}]}
    new = ListFile.new("a.yml", "things")
    assert new.text == "things: []\n"
    new.add({"id": "a.b"})
    assert new.text == "things:\n  - id: a.b\n"


def test_the_ends_of_lines_are_the_files_own() -> None:
    file = _file(TEXT.replace("\n", "\r\n"))
    file.change({"id": "a.one", "text": "壹", "tags": ["x"]}, ["text"])
    file.add({"id": "c.one"})
    assert "\n" not in file.text.replace("\r\n", "")


def test_a_last_line_without_an_end_gets_one() -> None:
    file = _file("things:\n  - id: a.one")
    file.add({"id": "a.two"})
    assert file.text == "things:\n  - id: a.one\n  - id: a.two\n"


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("things: [{id: a.one}]\n", 1, "a list in brackets"),
        ("things:\n  -\n    id: a.one\n", 3, "on the line of its dash"),
        ("things:\n  - - id: a.one\n", None, ""),
        ("other: []\n", 1, "only top-level key"),
        ("", None, "is empty"),
    ],
)
def test_a_file_that_cannot_be_edited_by_line_is_refused(text: str, line: int | None, message: str) -> None:
    if not message:
        assert _file(text).text == text
        return
    with pytest.raises(DataError, match=message) as caught:
        _file(text)
    assert caught.value.line == line
