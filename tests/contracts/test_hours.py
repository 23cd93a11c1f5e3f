from __future__ import annotations

import pytest

from contracts.hours import STANDARD, WEEK, DayRule, Hours, Shift, Span, describe

HOUR = 3600


def _shift(days: tuple[int, ...], *spans: tuple[float, float]) -> Shift:
    return Shift("", frozenset(days), tuple(Span(int(first * HOUR), int(last * HOUR)) for first, last in spans))


@pytest.mark.parametrize(
    ("hours", "text"),
    [
        (STANDARD, "每天9:00-22:30"),
        (Hours((_shift(WEEK, (9, 17.5)), _shift(WEEK, (17.5, 22.5)))), "每天9:00-22:30"),
        (Hours((_shift((0, 1, 2, 3, 4), (9, 12), (13, 18)),)), "周一至周五9:00-12:00和13:00-18:00"),
        (Hours((_shift((5, 6), (17.5, 25)),)), "周六、周日17:30-次日1:00"),
        (Hours((_shift(WEEK, (0, 24)),)), "每天0:00-24:00"),
        (Hours((_shift((0, 1, 2), (9, 18)), _shift((3,), (10, 11)))), "周一至周三9:00-18:00，周四10:00-11:00"),
        (Hours((_shift(WEEK, (9, 18)),), public_holidays=DayRule.CLOSED), "每天9:00-18:00，法定节假日休息"),
        (Hours(()), ""),
    ],
)
def test_a_week_as_a_shop_writes_it(hours: Hours, text: str) -> None:
    assert describe(hours) == text
