from __future__ import annotations

from datetime import datetime

import pytest

from desk.night.deadlines import deadline, is_soon

SAID = datetime.fromisoformat("2026-11-20T15:10:00+08:00")
"""A Friday."""


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("明天12点前", "2026-11-21T12:00"),
        ("明早", "2026-11-21T10:00"),
        ("今天下午", "2026-11-20T18:00"),
        ("今晚8点半之前", "2026-11-20T20:30"),
        ("后天下午三点一刻", "2026-11-22T15:15"),
        ("大后天", "2026-11-23T23:59"),
        ("十分钟内", "2026-11-20T15:20"),
        ("两个半小时内", "2026-11-20T17:40"),
        ("三天内", "2026-11-23T23:59"),
        ("周一", "2026-11-23T23:59"),
        ("下周三上午", "2026-11-25T12:00"),
        ("这周日", "2026-11-22T23:59"),
        ("28号", "2026-11-28T23:59"),
        ("3号", "2026-12-03T23:59"),
        ("一月五日", "2027-01-05T23:59"),
        ("月底", "2026-11-30T23:59"),
        ("上午", "2026-11-21T12:00"),
        ("24点前", "2026-11-20T23:59"),
        ("今晚12点前", "2026-11-20T23:59"),
        ("明天中午1点", "2026-11-21T13:00"),
        ("明天中午11点", "2026-11-21T11:00"),
        ("一两天内", "2026-11-22T23:59"),
        ("下个月5号", "2026-12-05T23:59"),
        ("下月底", "2026-12-31T23:59"),
    ],
)
def test_the_latest_moment_that_the_words_allow(words: str, due: str) -> None:
    assert deadline(words, SAID) == datetime.fromisoformat(f"{due}:00+08:00")


@pytest.mark.parametrize("words", ["到货通知您", "尽快", "", "31点", "99号", "尽早", "2号色", "19月3号"])
def test_words_without_a_time_have_no_deadline(words: str) -> None:
    assert deadline(words, SAID) is None


def test_soon_is_no_time() -> None:
    assert is_soon("稍后回复您")
    assert is_soon("马上去问")
    assert not is_soon("明天回复您")


def test_a_day_that_the_next_month_lacks_is_none() -> None:
    assert deadline("30号", datetime.fromisoformat("2027-01-31T10:00:00+08:00")) is None


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("明早回您", "2026-11-21T10:00"),
        ("明天早上给您查", "2026-11-21T10:00"),
        ("明天早8点", "2026-11-21T08:00"),
        ("明天下午", "2026-11-22T18:00"),
        ("明天给您答复", "2026-11-22T23:59"),
        ("今早", "2026-11-21T10:00"),
    ],
)
def test_a_morning_told_after_midnight_is_the_one_to_come(words: str, due: str) -> None:
    found = deadline(words, datetime.fromisoformat("2026-11-21T00:40:00+08:00"))
    assert found is not None
    assert found.strftime("%Y-%m-%dT%H:%M") == due
