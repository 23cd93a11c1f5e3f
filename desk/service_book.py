"""The service statistics book (服务统计本): how many buyers each agent served on a day, and how many of them bought."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from contracts.errors import InputError
from contracts.shop import Shop
from desk.shifts import Calendar
from desk.storage.database import Connection
from desk.storage.services import agent_lines, orders_placed

LONGEST = 92
"""Days that one book covers at most."""

FORMULA = "转化率 = 成交人数 ÷ 接待人数；同一买家同一天同一客服只算一次，当天接待之后下单的算成交"


@dataclass(frozen=True)
class Served:
    """An agent's day: buyers answered, and those of them who placed an order later that day. `shifts` are names."""

    day: date
    agent: str
    shifts: tuple[str, ...]
    served: int
    bought: int

    @property
    def rate(self) -> float:
        """Share of the served who bought, 0..1."""
        return self.bought / self.served


def service_book(connection: Connection, shop: Shop, since: date, until: date) -> tuple[Served, ...]:
    """The days from `since` to `until`, both included, on the shop's clock. Raises InputError for too many days."""
    if not timedelta() <= until - since < timedelta(days=LONGEST):
        raise InputError(f"the days run from `since` to `until`, at most {LONGEST} of them")
    zone, calendar = ZoneInfo(shop.timezone), Calendar.of(shop)
    start, end = _midnight(since, zone), _midnight(until + timedelta(days=1), zone)
    first: dict[tuple[date, str], dict[str, datetime]] = {}
    shifts: dict[tuple[date, str], dict[str, None]] = {}
    for line in agent_lines(connection, shop.id, start, end):
        key = (line.at.astimezone(zone).date(), line.agent)
        first.setdefault(key, {}).setdefault(line.buyer, line.at)
        shifts.setdefault(key, {})[calendar.at(line.at).shift or "下班后"] = None
    placed: dict[str, list[datetime]] = {}
    for buyer, at in orders_placed(connection, shop.id, start, end):
        placed.setdefault(buyer, []).append(at)
    return tuple(
        Served(day, agent, tuple(shifts[day, agent]), len(buyers), _bought(buyers, placed, day, zone))
        for (day, agent), buyers in sorted(first.items())
    )


def _bought(buyers: dict[str, datetime], placed: dict[str, list[datetime]], day: date, zone: ZoneInfo) -> int:
    """How many of the buyers placed an order on that day after they were answered."""
    return sum(
        any(at >= answered and at.astimezone(zone).date() == day for at in placed.get(buyer, ()))
        for buyer, answered in buyers.items()
    )


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)
