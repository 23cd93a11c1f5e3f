from __future__ import annotations

from learning.near import groups


def test_near_texts_share_a_group() -> None:
    first, other, near = groups(["亲发票要加六个点的哦", "明天给您发货", "亲发票要加八个点的哦"])
    assert first == near != other


def test_nearness_is_carried_on() -> None:
    assert len(set(groups(["abcdefgh", "cdefghij", "efghijkl"]))) == 1


def test_short_and_empty_texts_have_a_group() -> None:
    assert len(groups(["", "好", "好"])) == 3
