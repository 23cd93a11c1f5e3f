from __future__ import annotations

from pathlib import Path

from evaluation.peers.job import (
    Answered,
    Facts,
    Job,
    Options,
    read_answers,
    read_facts,
    write_answers,
    write_facts,
)
from evaluation.peers.protocol import Ask, Canned, Hit


def test_a_job_is_read_as_it_was_written(tmp_path: Path) -> None:
    reply = Canned("a", "invoice/issue", frozenset({"jd", "pdd"}), "可以开票\n的", ("能开\u2028票吗",))
    job = Job([reply], [Ask("d1#0", "“开票”\x1e", "jd")], Options(5, "m", "http://127.0.0.1:1", ("d.jsonl",)))
    job.write(tmp_path)
    assert Job.read(tmp_path) == job


def test_answers_and_facts_are_read_as_they_were_written(tmp_path: Path) -> None:
    answers = [Answered("d1#0", (Hit("a", 0.5), Hit("b", 0.25)), 1.5), Answered("d1#2", (), 0.1)]
    write_answers(tmp_path, answers)
    write_facts(tmp_path, Facts(2.5, 4.0, 300))
    assert read_answers(tmp_path) == answers
    assert read_facts(tmp_path) == Facts(2.5, 4.0, 300)


def test_a_child_without_a_word_leaves_no_facts(tmp_path: Path) -> None:
    assert read_facts(tmp_path) is None
