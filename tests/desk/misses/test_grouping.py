from __future__ import annotations

import numpy as np
import pytest

from desk.misses.grouping import group, middle_row
from retrieval.encoder.protocol import Encoder

SAME = ["能开专票吗", "可以开专票吗", "你们能开专票吗"]
OTHER = ["发什么快递", "发的什么快递呀"]


def test_what_means_the_same_stands_together_in_the_order_of_the_first(embedded: Encoder) -> None:
    vectors = embedded.encode([SAME[0], OTHER[0], *SAME[1:], *OTHER[1:]])
    assert group(vectors) == [[0, 2, 3], [1, 4]]


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
