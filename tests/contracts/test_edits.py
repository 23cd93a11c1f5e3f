from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.edits import edit_distance, edit_share


@pytest.mark.parametrize(
    ("before", "after", "distance"),
    [
        ("", "", 0),
        ("好的", "好的", 0),
        ("好的", "", 2),
        ("可以开票", "可以开专票", 1),
        ("kitten", "sitting", 3),
        ("三天内发货", "两天内发出", 2),
        ("abcabc", "bcabca", 2),
    ],
)
def test_distances_counted_by_hand(before: str, after: str, distance: int) -> None:
    assert edit_distance(before, after) == distance


@given(st.text("ab您", max_size=8), st.text("ab您", max_size=8), st.text("ab您", max_size=8))
def test_it_is_a_distance(one: str, two: str, three: str) -> None:
    assert edit_distance(one, two) == edit_distance(two, one)
    assert (edit_distance(one, two) == 0) == (one == two)
    assert edit_distance(one, three) <= edit_distance(one, two) + edit_distance(two, three)


def test_the_share_is_of_the_longer_text() -> None:
    assert edit_share("", "") == 0
    assert edit_share("好的", "好的亲亲") == 0.5
    assert edit_share("abc", "xyz") == 1
