from __future__ import annotations

from collections import Counter
from dataclasses import asdict

import pytest

from cli.bench.desk import _table, _told
from cli.bench.desk_site import Wanted
from evaluation.load.account import account
from evaluation.load.notes import Notes
from evaluation.load.plan import Plan, openings
from evaluation.load.stored import Stored
from launch.machine import Usage
from tests.cli.conftest import Huashu


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--kill", "postgres"), "needs --storage postgresql"),
        (("--desks", "2"), "SQLite serves one process"),
        (("--storage", "nonsense"), "no database address"),
        (("--rate", "0"), "rate"),
        (("--kill", "everything"), "kill"),
    ],
)
def test_what_cannot_be_done_is_said_before_anything_starts(
    huashu: Huashu, arguments: tuple[str, ...], says: str
) -> None:
    ended = huashu("bench", "desk", *arguments)
    assert ended.code == 2
    assert says in ended.err


def test_the_table_says_what_was_lost() -> None:
    plan = Plan(conversations=2)
    lost = account(openings(plan, ("lamps",), ("在吗",)), (), Notes(), Stored(), Counter())
    told = _told(plan, Wanted("postgresql://huashu:secret@db/x"), None, Usage(2, 0.5, 1.0, 0.25), lost)
    assert told["lines"]["lost"] == 2
    assert not told["whole"]
    assert "secret" not in str(told)
    assert told["plan"] == asdict(plan)
    page = _table(told)
    assert "SOMETHING WAS LOST" in page
    assert "used by this: 1.0, by others: 0.25" in page
