from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Huashu
from tests.evaluation.written import labelled_record, write_lines


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--pipelines", "dite"), "unknown 'dite'"),
        (("--on", "nowhere.jsonl"), "nowhere.jsonl: cannot be read"),
        (("--one-in", "0"), "--one-in"),
    ],
)
def test_what_cannot_be_used_is_named(with_vectors: Huashu, arguments: tuple[str, ...], message: str) -> None:
    ended = with_vectors("bench", "intent", *arguments)
    assert ended.code == 2
    assert message in ended.err


def test_without_lines_there_is_nothing_to_learn(with_vectors: Huashu, tmp_path: Path) -> None:
    file = write_lines(tmp_path / "labelled.jsonl", [labelled_record()])
    ended = with_vectors("bench", "intent", "--on", str(file))
    assert ended.code == 2
    assert "leaves none to learn from" in ended.err
