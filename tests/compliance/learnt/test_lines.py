from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from compliance.learnt.lines import lines_of, read_lines
from contracts.errors import DataError
from contracts.platform import Platform
from tests.compliance.learnt.corpus import catalogue

LINE = {"id": "a.1", "platform": "jd", "text": "好", "context": {"order.status": "paid"}, "violates": [], "about": "a"}


def write(folder: Path, *objects: dict[str, Any]) -> Path:
    text = "\n".join(json.dumps(entry, ensure_ascii=False) for entry in objects)
    (folder / "lines.jsonl").write_text(text, encoding="utf-8")
    return folder


def test_a_line_is_read_whole(tmp_path: Path) -> None:
    (line,) = read_lines(write(tmp_path, LINE))
    assert (line.text, line.platform, line.violates, line.about) == ("好", Platform.JD, (), "a")
    assert line.context.value("order.status") == "paid"


def test_a_folder_without_files_has_no_lines(tmp_path: Path) -> None:
    assert read_lines(tmp_path) == ()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"platform": "ebay"}, "ebay"),
        ({"context": {"order.color": 1}}, "order.color"),
        ({"text": ""}, "text"),
        ({"note": "x"}, "note"),
    ],
)
def test_a_wrong_line_stops_with_its_number(tmp_path: Path, change: dict[str, Any], words: str) -> None:
    with pytest.raises(DataError, match=words) as caught:
        read_lines(write(tmp_path, LINE, {**LINE, "id": "a.2", **change}))
    assert caught.value.line == 2


def test_an_id_is_given_once(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="twice"):
        read_lines(write(tmp_path, LINE, LINE))


def test_a_line_that_is_not_json_stops(tmp_path: Path) -> None:
    (tmp_path / "lines.jsonl").write_text("{", encoding="utf-8")
    with pytest.raises(DataError, match="JSON"):
        read_lines(tmp_path)


def test_the_examples_of_a_clause_are_lines(tmp_path: Path) -> None:
    breach, fine = lines_of(catalogue(tmp_path).require("tmall.test.close"))
    assert (breach.text, breach.violates, breach.context.value("buyer.asked_to_close")) == (
        "订单关了",
        ("tmall.test.close",),
        False,
    )
    assert (fine.text, fine.violates, fine.about) == ("订单还在", (), "tmall.test.close")
