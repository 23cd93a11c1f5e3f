from __future__ import annotations

from pathlib import Path

import pytest

from contracts.errors import DataError, InputError
from desk.settings import Settings
from evaluation.labelled_files import files_of, open_questions
from tests.evaluation.written import agent, buyer, labelled_record, write_lines


def test_a_folder_is_its_files_by_name(tmp_path: Path) -> None:
    for name in ("b.jsonl", "a.jsonl", "notes.md"):
        write_lines(tmp_path / name, [])
    assert files_of(tmp_path) == (tmp_path / "a.jsonl", tmp_path / "b.jsonl")
    assert files_of(tmp_path / "b.jsonl") == (tmp_path / "b.jsonl",)


def test_a_folder_without_dialogues_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no labelled dialogues"):
        files_of(tmp_path)


def test_questions_of_several_files_in_order(tmp_path: Path, small_data: Path) -> None:
    files = [
        write_lines(tmp_path / "a.jsonl", [labelled_record(turns=[buyer("能开票吗", "invoice/issue")])]),
        write_lines(tmp_path / "b.jsonl", [labelled_record(id="d2", turns=[buyer("在吗", "greet/hello")])]),
    ]
    assert [question.id for question in open_questions(files, Settings(data=small_data))] == ["d1#0", "d2#0"]


def test_a_rule_of_the_shop_itself_may_be_named(tmp_path: Path, data: Path) -> None:
    turns = [buyer("能开票吗", "invoice/issue"), agent("免费安装", "shop.demo-tmall.no-free-installation")]
    file = write_lines(tmp_path / "a.jsonl", [labelled_record(shop="demo-tmall", turns=turns)])
    assert len(open_questions([file], Settings(data=data))) == 1


def test_an_unknown_topic_is_named(tmp_path: Path, data: Path) -> None:
    file = write_lines(tmp_path / "a.jsonl", [labelled_record(turns=[buyer("能开票吗", "invoice/all")])])
    with pytest.raises(DataError, match=r"a.jsonl:1: .*unknown topic 'invoice/all'"):
        open_questions([file], Settings(data=data))


def test_without_a_label_there_is_no_question(tmp_path: Path, data: Path) -> None:
    file = write_lines(tmp_path / "a.jsonl", [labelled_record(turns=[buyer("能开票吗")])])
    with pytest.raises(InputError, match="holds no labelled question"):
        open_questions([file], Settings(data=data))
