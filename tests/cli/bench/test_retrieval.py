from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Huashu


def test_a_page_with_a_row_for_each_size(with_vectors: Huashu, tmp_path: Path) -> None:
    page = tmp_path / "docs" / "retrieval.md"
    ended = with_vectors("bench", "retrieval", "--sizes", "200,100", "-n", "10", "--out", str(page))
    assert ended.code == 0
    assert ended.out.strip() == page.read_text(encoding="utf-8").strip()
    lines = [line for line in ended.out.splitlines() if line.startswith("| 1") or line.startswith("| 2")]
    assert [line.split("|")[1].strip() for line in lines] == ["100", "200"]
    assert "```mermaid" in ended.out


def test_the_same_as_json(with_vectors: Huashu) -> None:
    ended = with_vectors("bench", "retrieval", "--sizes", "100", "-n", "10", "--questions", "2", "--json")
    assert ended.code == 0
    (row,) = ended.json["rows"]
    assert row["replies"] == 100
    assert 250 <= row["texts"] <= 300
    assert row["encoded"] == row["texts"]
    assert row["exact"] is True
    assert row["recall"] is None
    assert 0 < row["p50"]["encode"] < row["p50"]["total"] <= row["p99"]["total"]
    assert row["megabytes"] > 0


@pytest.mark.parametrize("sizes", ["", "1000,", "many", "-5", "99", "5000001", "1e3", "1000;2000"])
def test_what_is_no_size_is_named(huashu: Huashu, sizes: str) -> None:
    ended = huashu("bench", "retrieval", "--sizes", sizes)
    assert ended.code == 2
    assert "--sizes" in ended.err


def test_without_the_encoder_it_says_what_to_do(huashu: Huashu) -> None:
    ended = huashu("bench", "retrieval", "--sizes", "100")
    assert ended.code == 3
    assert "huashu setup" in ended.err


def test_a_page_that_cannot_be_written_is_named(with_vectors: Huashu, tmp_path: Path) -> None:
    ended = with_vectors("bench", "retrieval", "--sizes", "100", "-n", "10", "--out", str(tmp_path))
    assert ended.code == 2
    assert "is a folder" in ended.err
