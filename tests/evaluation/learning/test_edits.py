from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.learning.edits import changed_share, edit_distance


@pytest.mark.parametrize(
    ("before", "after", "distance"),
    [
        ("", "", 0),
        ("可以", "可以", 0),
        ("", "可以", 2),
        ("可以开", "可以", 1),
        ("可以开", "不可以开", 1),
        ("可以开票", "可以退票", 1),
        ("kitten", "sitting", 3),
        ("flaw", "lawn", 2),
    ],
)
def test_the_distance_by_hand(before: str, after: str, distance: int) -> None:
    assert edit_distance(before, after) == distance


def test_the_share_is_of_the_longer_text() -> None:
    assert changed_share("可以开的", "可以") == 0.5
    assert changed_share("", "") == 0.0
    assert changed_share("", "好") == 1.0


@given(before=st.text("可以开票吗", max_size=8), after=st.text("可以开票吗", max_size=8))
def test_it_is_a_distance(before: str, after: str) -> None:
    distance = edit_distance(before, after)
    assert distance == edit_distance(after, before)
    assert abs(len(before) - len(after)) <= distance <= max(len(before), len(after))
    assert (distance == 0) == (before == after)
