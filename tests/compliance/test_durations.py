from __future__ import annotations

import pytest

from compliance.durations import durations


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
