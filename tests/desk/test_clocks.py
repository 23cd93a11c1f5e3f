from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from contracts.errors import DataError
from contracts.platform import Platform
from desk.clocks import Clocks, ClockStanding, clock_json, load_clocks

SHANGHAI = ZoneInfo("Asia/Shanghai")
GOOD = """\
clocks:
  - from: 2024-01-01
    goal_seconds: 180
    limit_seconds: 300
    counts: [human, assisted]
    hours: ["08:00-23:00"]
    source: {document: a page}
"""


def _clocks(folder: Path, text: str = GOOD, name: str = "pdd") -> Clocks:
    (folder / f"{name}.yml").write_text(text, encoding="utf-8")
    return load_clocks(folder)


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


DAY = "2026-11-20T"
TABLE = [
    # within one opening
    (f"{DAY}10:00:00", f"{DAY}10:00:00", "running", 300),
    (f"{DAY}10:00:00", f"{DAY}10:02:59", "running", 121),
    (f"{DAY}10:00:00", f"{DAY}10:03:00", "due", 120),
    (f"{DAY}10:00:00", f"{DAY}10:04:59", "due", 1),
    (f"{DAY}10:00:00", f"{DAY}10:04:59.999999", "due", 1),
    (f"{DAY}10:00:00", f"{DAY}10:05:00", "over", 0),
    (f"{DAY}10:00:00", f"{DAY}10:05:01", "over", -1),
    (f"{DAY}10:00:00", "2026-11-21T10:05:00", "over", -86_400),
    # asked before the hours begin
    (f"{DAY}07:59:59", f"{DAY}07:59:59", "paused", 300),
    (f"{DAY}02:00:00", f"{DAY}07:59:59", "paused", 300),
    (f"{DAY}02:00:00", f"{DAY}08:00:00", "running", 300),
    (f"{DAY}02:00:00", f"{DAY}08:03:00", "due", 120),
    (f"{DAY}02:00:00", f"{DAY}08:05:00", "over", 0),
    # asked as the hours end
    (f"{DAY}22:59:00", f"{DAY}22:59:59", "running", 241),
    (f"{DAY}22:59:00", f"{DAY}23:00:00", "paused", 240),
    (f"{DAY}22:59:00", "2026-11-21T03:00:00", "paused", 240),
    (f"{DAY}22:59:00", "2026-11-21T08:00:00", "running", 240),
    (f"{DAY}22:59:00", "2026-11-21T08:01:59", "running", 121),
    (f"{DAY}22:59:00", "2026-11-21T08:02:00", "due", 120),
    (f"{DAY}22:59:00", "2026-11-21T08:04:00", "over", 0),
    # a goal that was passed before the pause
    (f"{DAY}22:56:00", f"{DAY}22:59:59", "due", 61),
    (f"{DAY}22:56:00", f"{DAY}23:00:00", "paused", 60),
    (f"{DAY}22:56:00", "2026-11-21T08:00:00", "due", 60),
    # a limit that falls together with the end of the hours
    (f"{DAY}22:55:00", f"{DAY}22:59:59", "due", 1),
    (f"{DAY}22:55:00", f"{DAY}23:00:00", "over", 0),
    (f"{DAY}23:00:00", f"{DAY}23:00:00", "paused", 300),
    # a clock that is read before the buyer has asked
    (f"{DAY}10:00:00", f"{DAY}09:59:00", "running", 300),
]


@pytest.mark.parametrize(("since", "at", "state", "left"), TABLE)
def test_the_clock_at_every_boundary(tmp_path: Path, since: str, at: str, state: str, left: int) -> None:
    found = _clocks(tmp_path).deadline(Platform.PDD, _at(since), _at(at))
    assert found is not None
    assert (found.state.value, found.seconds_left) == (state, left)


@pytest.mark.parametrize(
    ("since", "goal", "limit"),
    [
        (f"{DAY}10:00:00", f"{DAY}10:03:00", f"{DAY}10:05:00"),
        (f"{DAY}07:00:00", f"{DAY}08:03:00", f"{DAY}08:05:00"),
        (f"{DAY}22:56:00", f"{DAY}22:59:00", "2026-11-21T08:01:00"),
        (f"{DAY}22:55:00", f"{DAY}22:58:00", f"{DAY}23:00:00"),
        (f"{DAY}23:30:00", "2026-11-21T08:03:00", "2026-11-21T08:05:00"),
    ],
)
def test_goal_and_limit_are_moments(tmp_path: Path, since: str, goal: str, limit: str) -> None:
    found = _clocks(tmp_path).deadline(Platform.PDD, _at(since), _at(since))
    assert found is not None
    assert (found.goal_at, found.limit_at) == (_at(goal), _at(limit))


def test_a_paused_clock_says_when_it_goes_on(tmp_path: Path) -> None:
    found = _clocks(tmp_path).deadline(Platform.PDD, _at(f"{DAY}23:30:00"), _at(f"{DAY}23:45:00"))
    assert found is not None
    assert found.state is ClockStanding.PAUSED
    assert found.resumes_at == _at("2026-11-21T08:00:00")


def test_the_state_flips_once(tmp_path: Path) -> None:
    clocks, since = _clocks(tmp_path), _at(f"{DAY}22:57:30")
    seen = []
    for second in range(0, 12 * 3600, 7):
        found = clocks.deadline(Platform.PDD, since, since + timedelta(seconds=second))
        assert found is not None
        if not seen or seen[-1] != found.state.value:
            seen.append(found.state.value)
    assert seen == ["running", "paused", "running", "due", "over"]


def test_hours_are_those_of_the_shops_zone(tmp_path: Path) -> None:
    clocks, since = _clocks(tmp_path), _at(f"{DAY}10:00:00")
    berlin = clocks.deadline(Platform.PDD, since, since, "Europe/Berlin")
    assert berlin is not None
    assert (berlin.state.value, berlin.resumes_at) == ("paused", datetime(2026, 11, 20, 7, tzinfo=timezone.utc))


def test_a_night_on_which_the_clock_is_put_forward_counts_real_seconds(tmp_path: Path) -> None:
    clocks = _clocks(
        tmp_path, GOOD.replace("08:00-23:00", "00:00-24:00").replace("limit_seconds: 300", "limit_seconds: 7200")
    )
    since = datetime(2026, 3, 29, 0, 30, tzinfo=timezone.utc)  # 1:30 in Berlin, where 2:00 becomes 3:00
    found = clocks.deadline(Platform.PDD, since, since + timedelta(hours=1), "Europe/Berlin")
    assert found is not None
    assert (found.seconds_left, found.limit_at) == (3600, since + timedelta(hours=2))


def test_hours_may_reach_past_midnight_and_be_several(tmp_path: Path) -> None:
    clocks = _clocks(tmp_path, GOOD.replace('["08:00-23:00"]', '["09:00-12:00", "20:00-01:00"]'))
    found = clocks.deadline(Platform.PDD, _at("2026-11-21T00:58:00"), _at("2026-11-21T00:59:00"))
    assert found is not None
    assert (found.state.value, found.limit_at) == ("running", _at("2026-11-21T09:03:00"))
    assert (clock_json(found) or {})["hours"] == ["9:00-12:00", "20:00-次日1:00"]


def test_the_entry_of_the_day_on_which_the_waiting_began_holds(tmp_path: Path) -> None:
    later = GOOD.partition("\n")[2].replace("2024-01-01", "2026-11-20").replace("180", "60").replace("300", "120")
    clocks = _clocks(tmp_path, GOOD + later)
    before, after = _at("2026-11-19T23:59:00"), _at("2026-11-20T00:01:00")
    limits = []
    for since in (before, after):
        found = clocks.deadline(Platform.PDD, since, after)
        assert found is not None
        limits.append(found.rule.limit)
    assert limits == [300, 120]


def test_there_is_no_clock_where_nobody_waits_or_nothing_is_known(tmp_path: Path) -> None:
    clocks, moment = _clocks(tmp_path), _at(f"{DAY}10:00:00")
    assert clocks.deadline(Platform.PDD, None, moment) is None
    assert clocks.deadline(Platform.JD, moment, moment) is None
    assert clocks.deadline(Platform.PDD, _at("2023-12-31T10:00:00"), moment) is None
    assert clock_json(None) is None


def test_a_moment_without_a_zone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="time zone"):
        _clocks(tmp_path).deadline(Platform.PDD, datetime(2026, 11, 20, 10), _at(f"{DAY}10:00:00"))


def test_the_json_says_what_counts_and_where_it_is_from(tmp_path: Path) -> None:
    found = _clocks(tmp_path).deadline(Platform.PDD, _at(f"{DAY}10:00:00"), _at(f"{DAY}10:04:00"))
    assert clock_json(found) == {
        "state": "due",
        "goal_at": "2026-11-20T02:03:00+00:00",
        "limit_at": "2026-11-20T02:05:00+00:00",
        "seconds_left": 60,
        "resumes_at": None,
        "goal_seconds": 180,
        "limit_seconds": 300,
        "counts": ["human", "assisted"],
        "hours": ["8:00-23:00"],
        "note": "",
        "source": "a page",
        "verified_on": None,
    }


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("goal_seconds: 180", "goal_seconds: 301", r"the goal \(301 s\) lies behind the limit"),
        ("goal_seconds: 180", "goal_seconds: 0", "greater than or equal to 1"),
        ("counts: [human, assisted]", "counts: [robot]", "counts.0"),
        ("counts: [human, assisted]", "counts: []", "counts"),
        ('["08:00-23:00"]', "[]", "hours"),
        ('["08:00-23:00"]', '["8-23"]', "is not a span"),
        ("source: {document: a page}", "source: {}", "source.document"),
        ("source: {document: a page}", "colour: red\n    source: {document: a page}", "unknown key"),
        ("from: 2024-01-01", "from: yesterday", "from"),
        ("clocks:", "clock:", "only top-level key"),
    ],
)
def test_a_faulty_file_is_refused_with_its_place(tmp_path: Path, old: str, new: str, fault: str) -> None:
    with pytest.raises(DataError, match=fault) as refused:
        _clocks(tmp_path, GOOD.replace(old, new))
    assert "pdd.yml:" in str(refused.value)


def test_entries_stand_in_order_and_files_are_named_after_platforms(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="order of their days"):
        _clocks(tmp_path, GOOD + GOOD.partition("\n")[2])
    (tmp_path / "pdd.yml").unlink()
    with pytest.raises(DataError, match="unknown platform 'amazon'"):
        _clocks(tmp_path, GOOD, name="amazon")


def test_every_platform_has_a_clock_today(data: Path) -> None:
    clocks = load_clocks(data / "clocks")
    assert clocks.platforms == frozenset(Platform)
    found = {platform: clocks.rule(platform, date(2026, 11, 20)) for platform in Platform}
    assert {platform.value: rule.limit for platform, rule in found.items() if rule} == {
        "tmall": 180,
        "taobao": 180,
        "jd": 30,
        "pdd": 300,
        "douyin": 180,
        "kuaishou": 300,
    }
    assert all("automatic" not in rule.counts for rule in found.values() if rule)


def test_taobao_counted_until_midnight_before_2025(data: Path) -> None:
    clocks = load_clocks(data / "clocks")
    hours = []
    for since in (_at("2024-12-31T23:30:00"), _at("2025-01-01T23:30:00")):
        found = clocks.deadline(Platform.TAOBAO, since, since)
        assert found is not None
        hours.append(found.state.value)
    assert hours == ["running", "paused"]
