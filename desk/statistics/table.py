"""The book as a table for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum

from desk.statistics.figures import Figures, Statistics
from files.csv_table import csv_bytes

COLUMNS = (
    "接待买家", "买家消息", "人工消息", "自动消息",
    "人工回复次数", "人工未回复", "人工首响中位数(秒)", "人工首响P90(秒)", "人工时限内",
    "自动回复次数", "自动首响中位数(秒)", "自动首响P90(秒)",
    "采纳第1条", "采纳第2条", "采纳第3条", "改后发出占比", "平均改动",
    "搜索发出", "手写发出", "驳回", "拦截", "售前咨询", "付款", "转化率",
)  # fmt: skip


class Rows(str, Enum):
    """What a row stands for."""

    DAY = "day"
    HOUR = "hour"
    AGENT = "agent"


def table_bytes(statistics: Statistics, rows: Rows) -> bytes:
    """The book as CSV, with the total as its last row."""
    body = [[name, *_cells(figures)] for name, figures in _rows(statistics, rows).items()]
    head = {Rows.DAY: "日期", Rows.HOUR: "时段", Rows.AGENT: "客服"}[rows]
    return csv_bytes((head, *COLUMNS), [*body, ["合计", *_cells(statistics.total)]])


def _rows(statistics: Statistics, rows: Rows) -> Mapping[str, Figures]:
    if rows is Rows.DAY:
        return {day.isoformat(): figures for day, figures in statistics.days.items()}
    if rows is Rows.HOUR:
        return {f"{hour:02}:00": figures for hour, figures in enumerate(statistics.hours)}
    return statistics.agents


def _cells(figures: Figures) -> Iterator[str]:
    people, automatic, choices = figures.people, figures.automatic, figures.choices
    conversion = figures.conversion
    for count in (figures.buyers, figures.received, figures.sent_by_people, figures.sent_automatically):
        yield str(count)
    yield from (str(people.answered), str(people.unanswered))
    yield from (_seconds(people.median), _seconds(people.p90), _share(people.within_limit))
    yield from (str(automatic.answered), _seconds(automatic.median), _seconds(automatic.p90))
    yield from (_share(choices.accepted(rank)) for rank in (1, 2, 3))
    yield from (_share(choices.edited_share), _share(choices.edit_distance))
    for count in (choices.searched, choices.written, choices.rejected, figures.blocked):
        yield str(count)
    yield str(conversion.asked) if conversion else ""
    yield str(conversion.paid) if conversion else ""
    yield _share(conversion.rate) if conversion else ""


def _seconds(value: float | None) -> str:
    return "" if value is None else f"{value:.0f}"


def _share(value: float | None) -> str:
    return "" if value is None else f"{value * 100:.1f}%"
