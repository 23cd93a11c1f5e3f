from __future__ import annotations

from pathlib import Path

import pytest

from contracts.errors import DataError, InputError
from evaluation.cases import case_json
from evaluation.running.spool import Spool, held
from evaluation.running.worker import Finished
from tests.evaluation.made import asked, said

CASES = [asked(1), said(2), asked(3)]


def fill(spool: Spool, *numbers: int) -> list[int]:
    batches = [[Finished(CASES[n].where.dialogue, (case_json(CASES[n]),))] for n in numbers]
    return list(spool.add(batches))


def test_what_is_finished_is_kept_in_order(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "new" / "cases.jsonl", "f1")
    assert spool.begin() == 0
    assert fill(spool, 0, 1, 2) == [1, 1, 1]
    assert list(spool.cases()) == CASES
    assert list(spool.cases()) == CASES


def test_a_run_goes_on_behind_what_is_finished(tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"
    first = Spool(path, "f1")
    first.begin()
    fill(first, 0, 1)
    again = Spool(path, "f1")
    assert again.resume() == 2
    fill(again, 2)
    assert list(again.cases()) == CASES


def test_a_line_that_was_cut_off_is_done_again(tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"
    spool = Spool(path, "f1")
    spool.begin()
    fill(spool, 0, 1)
    path.write_bytes(path.read_bytes()[:-20])
    assert Spool(path, "f1").resume() == 1
    fill(spool, 1, 2)
    assert list(spool.cases()) == CASES


def test_what_another_run_left_is_not_taken(tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"
    Spool(path, "f1").begin()
    with pytest.raises(InputError, match="is of another run"):
        Spool(path, "f2").resume()
    path.write_text("{", encoding="utf-8")
    with pytest.raises(InputError, match="is of another run"):
        Spool(path, "f1").resume()


def test_with_nothing_left_a_run_begins(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "cases.jsonl", "f1")
    assert spool.resume() == 0
    assert list(spool.cases()) == []
    spool.remove()
    spool.remove()
    assert not spool.path.exists()


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DataError, match="cannot be written"):
        Spool(tmp_path / "file" / "cases.jsonl", "f1").begin()


def test_two_runs_do_not_share_a_file(tmp_path: Path) -> None:
    path = tmp_path / "new" / "cases.jsonl"
    with held(path), pytest.raises(InputError, match="is in use by another evaluation"), held(path):
        pass
    with held(path):
        pass
    assert list(path.parent.iterdir()) == []
