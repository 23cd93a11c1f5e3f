from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Huashu
from tests.evaluation.written import buyer, labelled_record, write_lines


@pytest.fixture
def questions(tmp_path: Path) -> str:
    """Two questions about business and a greeting."""
    records = [
        labelled_record(),
        labelled_record(id="d2", turns=[buyer("到底什么时候发货", "shipping/dispatch_time", "0")]),
        labelled_record(id="d3", turns=[buyer("在吗", "greet/hello")]),
    ]
    return str(write_lines(tmp_path / "labelled.jsonl", records))


def test_two_rows_on_the_same_questions(with_vectors: Huashu, questions: str, tmp_path: Path) -> None:
    page = tmp_path / "peers.md"
    ended = with_vectors(
        "bench", "peers", "--on", questions, "--peers", "huashu-no-rasa,faiss-same", "--out", str(page), "--json"
    )
    assert ended.code == 0
    assert ended.json["left_out"] == []
    assert [row["name"] for row in ended.json["rows"]] == ["huashu-no-rasa", "faiss-same"]
    for row in ended.json["rows"]:
        assert (row["all"]["messages"], row["clear"]["messages"]) == (2, 1)
        assert row["index_seconds"] > 0
        assert row["megabytes"] > 0
        assert row["duel"] is None
    assert "Huashu, intent model switched off" in page.read_text(encoding="utf-8")


def test_what_cannot_run_is_said_and_left_out(with_vectors: Huashu, questions: str, tmp_path: Path) -> None:
    ended = with_vectors(
        "bench", "peers", "--on", questions, "--peers", "faiss-same,faiss-m3e", "--model", str(tmp_path / "none")
    )
    assert ended.code == 0
    assert "faiss-m3e is left out" in ended.err
    assert "Left out: faiss-m3e (--model" in ended.out


def test_when_none_can_run_it_is_an_error(with_vectors: Huashu, questions: str, tmp_path: Path) -> None:
    ended = with_vectors("bench", "peers", "--on", questions, "--peers", "faiss-m3e", "--model", str(tmp_path / "none"))
    assert ended.code == 2
    assert "no peer could run" in ended.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--peers", "bm52"), "unknown 'bm52'"),
        (("--on", "nowhere.jsonl"), "nowhere.jsonl: cannot be read"),
        (("--on", "."), "holds no labelled dialogues"),
    ],
)
def test_what_cannot_be_used_is_named(with_vectors: Huashu, arguments: tuple[str, ...], message: str) -> None:
    ended = with_vectors("bench", "peers", *arguments)
    assert ended.code == 2
    assert message in ended.err


def test_without_a_label_there_is_nothing_to_measure(with_vectors: Huashu, tmp_path: Path) -> None:
    file = write_lines(tmp_path / "plain.jsonl", [labelled_record(turns=[buyer("在吗")])])
    ended = with_vectors("bench", "peers", "--on", str(file))
    assert ended.code == 2
    assert "holds no labelled question" in ended.err
