from __future__ import annotations

from pathlib import Path

import pytest

from alarms.kinds import KINDS
from alarms.lines import LINES, AlarmLine, read_lines
from contracts.errors import DataError
from desk.settings import PROJECT


def test_a_line_has_its_kinds_or_what_it_is_near_to(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(
        '{"text": "骂", "kinds": ["abuse", "threat"]}\n{"text": "问", "kinds": [], "near": "abuse"}\n', encoding="utf-8"
    )
    assert read_lines(tmp_path) == (AlarmLine("骂", ("abuse", "threat")), AlarmLine("问", (), "abuse"))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('{"text": "骂", "kinds": ["rude"]}', "kinds.0"),
        ('{"text": "骂"}', "kinds"),
        ('{"text": "", "kinds": []}', "text"),
        ('{"text": "骂", "kinds": [], "id": "a"}', "id"),
        ('{"text": "骂", "kinds": ["abuse"], "near": "abuse"}', "near miss"),
        ('{"text": "骂", "kinds": []}\n{"text": "骂", "kinds": ["abuse"]}', "twice"),
        ("{", "JSON"),
    ],
)
def test_a_faulty_line_stops(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "a.jsonl").write_text(text + "\n", encoding="utf-8")
    with pytest.raises(DataError, match=says):
        read_lines(tmp_path)


def test_each_kind_has_enough_lines_and_near_misses() -> None:
    lines = read_lines(PROJECT / "data" / LINES)
    for kind in KINDS:
        assert sum(kind in line.kinds for line in lines) >= 130, kind
        assert sum(line.near == kind for line in lines) >= 120, kind
