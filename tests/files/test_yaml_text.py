from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from files.yaml_text import field_line, on_one_line, record_lines


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("可以开的～", "可以开的～"),
        ("{order.eta}前到", "'{order.eta}前到'"),
        ("a: b", "'a: b'"),
        ("yes", "'yes'"),
        ("2026-11-21", "'2026-11-21'"),
        ("", "''"),
        ("一\n二", '"一\\n二"'),
        (True, "true"),
        (48, "48"),
        (date(2026, 11, 21), "2026-11-21"),
        ([], "[]"),
        (["能开吗", "有, 吗", "[a]"], "[能开吗, '有, 吗', '[a]']"),
        ({"by": "demo", "on": date(2026, 11, 21)}, "{by: demo, on: 2026-11-21}"),
        ({"order.status": ["paid"], "item.custom": [False]}, "{order.status: [paid], item.custom: [false]}"),
    ],
)
def test_a_value_as_the_files_write_it(value: Any, written: str) -> None:
    assert on_one_line(value) == written


def test_the_lines_of_a_record() -> None:
    lines = list(record_lines({"id": "a.b", "auto": True}, 2))
    assert lines == [("id", "  - id: a.b\n"), ("auto", "    auto: true\n")]
    assert field_line("auto", True, 0) == "  auto: true\n"


_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@given(st.one_of(_TEXT, st.lists(_TEXT, max_size=4), st.booleans(), st.integers(), st.dates()))
def test_what_is_written_is_read_again(value: Any) -> None:
    line = field_line("key", value, 2, first=True)
    assert len(line.splitlines()) == 1
    assert yaml.safe_load(line) == [{"key": value}]
