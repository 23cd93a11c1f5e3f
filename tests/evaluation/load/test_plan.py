from __future__ import annotations

from dataclasses import replace

import pytest

from contracts.errors import InputError
from evaluation.load.plan import Plan, lines, openings

PLAN = Plan(conversations=7, rate=10, seconds=5)
SHOPS, TEXTS = ("lamps", "shoes"), ("在吗", "能开票吗", "几天到")


def test_every_conversation_is_opened_once_at_the_rate() -> None:
    opened = openings(PLAN, SHOPS, TEXTS)
    assert len({(line.shop, line.buyer) for line in opened}) == 7
    assert [line.at for line in opened] == [number / 10 for number in range(7)]


def test_lines_go_to_open_conversations_within_the_time() -> None:
    opened = {(line.shop, line.buyer) for line in openings(PLAN, SHOPS, TEXTS)}
    written = lines(PLAN, SHOPS, TEXTS)
    assert len(written) == len({line.id for line in written}) == 50
    assert {(line.shop, line.buyer) for line in written} <= opened
    moments = [line.at for line in written]
    assert moments == sorted(moments)
    assert 0 <= moments[0] <= moments[-1] <= 5
    assert {line.text for line in written} == set(TEXTS)


def test_the_same_plan_is_the_same_load_and_another_seed_another() -> None:
    assert lines(PLAN, SHOPS, TEXTS) == lines(PLAN, SHOPS, TEXTS)
    assert lines(PLAN, SHOPS, TEXTS) != lines(replace(PLAN, seed=8), SHOPS, TEXTS)


@pytest.mark.parametrize(("repeats", "twice"), [(0.0, 0), (1.0, 50)])
def test_some_lines_are_handed_over_twice(repeats: float, twice: int) -> None:
    assert sum(line.twice for line in lines(replace(PLAN, repeats=repeats), SHOPS, TEXTS)) == twice


@pytest.mark.parametrize(("shops", "texts"), [((), TEXTS), (SHOPS, ())])
def test_without_shops_or_texts_there_is_no_load(shops: tuple[str, ...], texts: tuple[str, ...]) -> None:
    for make in (openings, lines):
        with pytest.raises(InputError, match="shops and texts"):
            make(PLAN, shops, texts)
