from __future__ import annotations

from datetime import datetime

import pytest

from compliance.durations import durations, until_dates


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("72小时内发", [72]),
        ("3-5天到", [120]),
        ("23天就到", [72]),
        ("12天内", [288]),
        ("1周左右", [168]),
        ("5个工作日", [168]),
        ("半个月", [360]),
        ("下周发", [168]),
        ("支持7天无理由", []),
        ("没有时间", []),
    ],
)
def test_reads_the_longest_that_may_be_meant(text: str, hours: list[float]) -> None:
    assert [pytest.approx(duration.hours) for duration in durations(text)] == hours


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("26号发", [144]),
        ("11月21日发", [24]),
        ("12月03日发", [312]),
        ("3号发", [312]),
        ("18号付的款", []),
        ("19号发的", []),
        ("38号色", []),
        ("2号线", []),
    ],
)
def test_coming_days_count_from_now(text: str, hours: list[float]) -> None:
    found = until_dates(text, datetime(2026, 11, 20))
    assert [duration.hours for duration in found] == hours


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("明天发", [6]),
        ("明早寄", [6]),
        ("后天发", [30]),
        ("明后天能发", [30]),
        ("大后天给您寄走", [54]),
        ("大大后天", [78]),
        ("今天发", []),
        ("前天发的", []),
        ("周一发", [54]),
        ("星期天寄", [30]),
        ("礼拜四出库", [126]),
        ("周五发", []),
        ("上周一发的", []),
        ("每周一发货", []),
        ("周一到周四发货", []),
        ("周一至四发货", []),
        ("周末愉快", []),
    ],
)
def test_days_ahead_count_to_their_beginning(text: str, hours: list[float]) -> None:
    found = until_dates(text, datetime(2026, 11, 20, 18))
    assert [duration.hours for duration in found] == hours


@pytest.mark.parametrize("now", [datetime.min, datetime.max])
def test_at_the_ends_of_the_calendar_no_day_is_reckoned(now: datetime) -> None:
    assert until_dates("26号发", now) == ()
