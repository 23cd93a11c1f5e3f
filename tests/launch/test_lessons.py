from __future__ import annotations

from pathlib import Path

import pytest

from contracts.errors import DataError
from contracts.utterance import CONTEXT_CHARACTERS
from launch.lessons import read_lessons
from retrieval.encoder.lesson import Lesson

FILE = """\
version: "3.1"
nlu:
- intent: invoice
  metadata:
    topic: invoice/issue
  examples: |
    - 能开票不
    - [订单x] 开票
- intent: invoice
  metadata:
    topic: invoice/title
    context: true
  examples:
  - text: "公司"
    metadata:
      agent: "您好 抬头写什么"
      also: [inform/details]
"""


def test_lines_with_and_without_lines_before(tmp_path: Path) -> None:
    (tmp_path / "invoice.yml").write_text(FILE, encoding="utf-8")
    assert read_lessons(tmp_path) == (
        Lesson("能开票不", "", "", ("invoice/issue",)),
        Lesson("[订单x] 开票", "", "", ("invoice/issue",)),
        Lesson("公司", "您好 抬头写什么", "", ("invoice/title", "inform/details")),
    )


def test_of_a_line_before_its_end_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text(FILE.replace("您好", "好" * 500), encoding="utf-8")
    agent = read_lessons(tmp_path)[-1].agent
    assert len(agent) == CONTEXT_CHARACTERS
    assert agent.endswith("抬头写什么")


def test_a_fault_is_named_with_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text(FILE.replace("also:", "too:"), encoding="utf-8")
    with pytest.raises(DataError, match=r"a\.yml.*unknown key"):
        read_lessons(tmp_path)


def test_the_shipped_lines_are_all_there(data: Path) -> None:
    lessons = read_lessons(data / "nlu")
    assert len(lessons) > 4000
    assert all(lesson.text and lesson.topics[0] for lesson in lessons)
