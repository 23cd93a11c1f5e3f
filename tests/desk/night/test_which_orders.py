from __future__ import annotations

import pytest

from desk.night.book import collect
from desk.night.which_orders import speaks_of_which, told_orders


@pytest.mark.parametrize(
    ("text", "cancelled", "kept"),
    [
        ("取消尾号4471 留5620", ("尾号4471",), ("尾号5620",)),
        ("说错了 4471的别取消，5620的取消", ("尾号5620",), ("尾号4471",)),
        ("尾号9033那单不要了", ("尾号9033",), ()),
        ("尾号9033的留着就行", (), ("尾号9033",)),
        ("订单4471取消掉哈", ("尾号4471",), ()),
    ],
)
def test_which_goes_and_which_stays(text: str, cancelled: tuple[str, ...], kept: tuple[str, ...]) -> None:
    told = told_orders(text)
    assert (told.cancelled, told.kept) == (cancelled, kept)


@pytest.mark.parametrize("text", ["取消订单", "1500元退给我", "不要8801 要8802", "尾号4471什么时候发", "取消一单"])
def test_other_numbers_tell_nothing_apart(text: str) -> None:
    assert not told_orders(text)


@pytest.mark.parametrize("text", ["留贵的那单", "取消后面那个单", "第一笔不要了", "先拍的那个留着"])
def test_one_of_several_in_words(text: str) -> None:
    assert speaks_of_which(text)


@pytest.mark.parametrize("text", ["留个电话", "能留那单吗", "便宜点", "取消"])
def test_others_name_none(text: str) -> None:
    assert not speaks_of_which(text)


def test_a_number_to_be_kept_never_stands_alone() -> None:
    collected = {"order_number": "尾号4471"}
    collect(collected, "反了 4471留着 取消5620", ())
    assert collected == {"order_number": "尾号5620"}
    collect(collected, "5620也留着", ())
    assert collected == {}
