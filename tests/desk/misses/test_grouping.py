from __future__ import annotations

import numpy as np
import pytest

from desk.misses.grouping import group, middle_row
from retrieval.encoder.protocol import Encoder

MEANINGS = [
    ["灯罩能不能水洗", "灯罩可以用水洗吗", "这个灯罩脏了能洗吗", "灯罩拆下来能洗不"],
    ["能带去露营用吗"],
    ["充电宝能带得动这个灯不", "用充电宝可以供电吗", "这灯能接充电宝吗"],
    ["可以远程用手机开关吗"],
    ["能接入米家吗", "能不能接米家"],
    ["孕妇房间用这个光对眼睛有影响吗"],
    ["灯的频闪检测报告有吗", "有没有频闪报告给我看看"],
    ["可以寄到国外吗 我在新加坡", "寄新加坡多少钱"],
    ["你们招代理不", "怎么做你们代理"],
    ["有QQ不 我传你"],
    ["那我就打12315问问"],
]


def test_questions_of_one_meaning_stand_together_and_of_two_apart(embedded: Encoder) -> None:
    width = max(map(len, MEANINGS))
    texts = [meaning[place] for place in range(width) for meaning in MEANINGS if place < len(meaning)]
    groups = [[texts[row] for row in rows] for rows in group(embedded.encode(texts))]
    assert groups == MEANINGS


def test_nothing_makes_no_group() -> None:
    assert group(np.empty((0, 4), dtype=np.float32)) == []


def test_every_row_is_in_one_group_however_many_there_are() -> None:
    random = np.random.default_rng(7)
    middles = random.normal(size=(40, 32))
    rows = middles[random.integers(0, 40, 2000)] + random.normal(scale=0.15, size=(2000, 32))
    vectors = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    groups = group(vectors)
    assert sorted(row for rows_ in groups for row in rows_) == list(range(2000))
    assert 35 <= len(groups) <= 50


@pytest.mark.parametrize("near", [1.01, 2.0])
def test_where_nothing_is_near_enough_each_row_stands_alone(near: float) -> None:
    assert group(np.eye(300, 310, dtype=np.float32), near) == [[row] for row in range(300)]


def test_the_middle_row_is_the_plainest() -> None:
    vectors = np.array([[1, 0], [0.8, 0.6], [0, 1]], dtype=np.float32)
    assert middle_row(vectors, [0, 1, 2]) == 1
