from __future__ import annotations

from desk.night.points import QUOTED, Point, added, settled, texts

OPEN = Point("shipping/freight", "待答复：", ("包邮吗",))
LATER = Point("invoice/issue", "待答复：", ("能开票吗",))


def test_what_is_to_be_done_alike_is_one_point_and_comes_last() -> None:
    points = added((OPEN, LATER), Point("shipping/freight", "待答复：", ("新疆呢", "包邮吗")))
    assert points == (LATER, Point("shipping/freight", "待答复：", ("包邮吗", "新疆呢")))


def test_what_is_to_be_done_otherwise_stands_beside_it() -> None:
    points = added((OPEN, LATER), Point("shipping/freight", "已请买家补充：", ("运到新疆多少",)))
    assert texts(points) == ("待答复：“能开票吗”", "待答复：“包邮吗”；已请买家补充：“运到新疆多少”")


def test_only_the_words_that_are_done_go() -> None:
    both = Point("shipping/freight", "待答复：", ("包邮吗", "运费险有吗"))
    points = settled((both, LATER), ("shipping/freight",), lambda words: words == "包邮吗")
    assert points == (Point("shipping/freight", "待答复：", ("运费险有吗",)), LATER)
    assert settled((OPEN, LATER), ("shipping/freight",), lambda _: True) == (LATER,)


def test_a_point_without_words_stays() -> None:
    person = Point("person", "先联系")
    assert settled((person,), ("person",), lambda _: True) == (person,)


def test_a_point_quotes_a_whole_line_and_cuts_a_longer_one() -> None:
    assert Point("a", "：", ("一" * QUOTED,)).text == f"：“{'一' * QUOTED}”"
    assert Point("a", "：", ("一" * (QUOTED + 1),)).text == f"：“{'一' * (QUOTED - 1)}…”"
