from __future__ import annotations

from datetime import datetime

import pytest

from desk.when import spoken


@pytest.mark.parametrize(
    ("now", "moment", "text"),
    [
        ("2026-11-20T02:00", "2026-11-20T09:00", "今天9:00"),
        ("2026-11-20T23:00", "2026-11-21T08:30", "明天8:30"),
        ("2026-11-20T23:00", "2026-11-23T09:00", "周一9:00"),
        ("2026-09-24T23:00", "2026-09-28T09:00", "9月28日（周一）9:00"),
        ("2026-09-30T20:00", "2026-10-08T09:00", "10月8日（周四）9:00"),
        ("2025-12-31T23:00", "2026-01-04T09:00", "1月4日（周日）9:00"),
    ],
)
def test_as_people_say_it(now: str, moment: str, text: str) -> None:
    assert spoken(datetime.fromisoformat(moment), datetime.fromisoformat(now)) == text
