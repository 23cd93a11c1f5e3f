from __future__ import annotations

from tests.cli.conftest import Huashu

STEPS = {"understand", "encode", "search", "rank", "check", "total"}


def test_the_time_of_each_step(with_vectors: Huashu) -> None:
    ended = with_vectors("bench", "-n", "10", "--no-rasa", "--json")
    assert ended.code == 0
    assert ended.json["messages"] == ended.json["without_rasa"] == 10
    figures = ended.json["milliseconds"]
    assert figures.keys() == STEPS
    assert all(0 <= figure["p50"] <= figure["p95"] <= figure["p99"] for figure in figures.values())
    assert figures["total"]["p50"] > 0
    assert figures["encode"]["p50"] > 0


def test_the_table_for_a_person(huashu: Huashu) -> None:
    ended = huashu("bench", "-n", "10", "--no-rasa")
    assert ended.code == 0
    assert all(step in ended.out for step in (*STEPS, "p50", "p99"))
    assert "10 answered without the intent model" in ended.out
