"""Reading the book of a shop: every line once, in pieces."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from contracts.shop import Shop
from contracts.turn import Speaker
from desk.clocks import Clocks, ClockStanding
from desk.period import Period
from desk.statistics.conversion import conversion
from desk.statistics.figures import Statistics
from desk.statistics.tally import Tally
from desk.statistics.waits import LONGEST, Wait, Waits
from desk.storage.database import Database
from desk.storage.orders import order_count
from desk.storage.tallies import (
    SaidLine,
    blocked_between,
    decided_between,
    edited_between,
    lines_between,
    orders_of_talks,
)

_PIECE = timedelta(hours=6)
"""What one transaction reads of the lines: writers of SQLite wait for it."""

MOST_BLOCKED = 2_000
MOST_EDITS = 2_000
"""Texts of one day that are looked at; of a day with more, the latest."""


@dataclass(frozen=True)
class Book:
    """Reads the statistics of shops; safe to use from several threads."""

    database: Database
    clocks: Clocks

    def read(self, shop: Shop, period: Period) -> Statistics:
        """The figures of a shop for a period. Raises ServiceDown."""
        reading = _Reading(self, shop, period)
        for line in self._lines(shop.id, period):
            reading.take(line)
        reading.finish()
        for day in period.days():
            self._decisions(reading, day)
        return reading.statistics()

    def _lines(self, shop: str, period: Period) -> Iterator[SaidLine]:
        """The lines of the period, and those before and behind it that its waits may reach to."""
        at, end = period.since - LONGEST, period.until + LONGEST
        while at < end:
            upto = min(at + _PIECE, end)
            with self.database.reading() as connection:
                piece = lines_between(connection, shop, at, upto)
            yield from piece
            at = upto

    def _decisions(self, reading: _Reading, day: date) -> None:
        """What agents decided on a day, what was stopped, and who bought."""
        shop, since, until = reading.shop.id, reading.period.begin(day), reading.period.begin(day + timedelta(days=1))
        first = reading.first_lines(day)
        with self.database.reading() as connection:
            decided = decided_between(connection, shop, since, until)
            edits = edited_between(connection, shop, since, until, MOST_EDITS)
            blocked = blocked_between(connection, shop, since, until, MOST_BLOCKED)
            known = order_count(connection, shop) > 0
            orders = orders_of_talks(connection, shop, tuple(first)) if known else []
        for decision in decided:
            for tally in reading.of(day, decision.agent):
                tally.decide(decision)
        for edit in edits:
            for tally in reading.of(day, edit.agent):
                tally.edit(edit)
        for send in blocked:
            reading.block(day, send.actor, send.at, send.clauses)
        if known:
            for tally in reading.of(day):
                tally.convert(conversion(first, orders))


class _Reading:
    """One reading of a book."""

    def __init__(self, book: Book, shop: Shop, period: Period) -> None:
        self.shop, self.period = shop, period
        self._clocks = book.clocks
        self._waits = Waits()
        self._total = Tally()
        self._days = {day: Tally() for day in period.days()}
        self._hours = tuple(Tally() for _ in range(24))
        self._agents: dict[str, Tally] = {}
        self._clauses: Counter[str] = Counter()
        self._first: dict[date, dict[str, datetime]] = {day: {} for day in self._days}
        self._since, self._until = period.since, period.until

    def of(self, day: date, agent: str = "") -> Iterator[Tally]:
        """The tallies that something of a day counts in, and an agent's where there is one."""
        yield self._total
        yield self._days[day]
        if agent:
            yield self._agents.setdefault(agent, Tally())

    def first_lines(self, day: date) -> dict[str, datetime]:
        """The conversations that were served on a day, with the moment of the buyer's first line."""
        served = self._days[day].served
        return {talk: at for talk, at in self._first[day].items() if (day, talk) in served}

    def take(self, line: SaidLine) -> None:
        """The next line."""
        for wait in self._waits.take(line):
            self._waited(wait)
        if self._since <= line.said_at < self._until:
            self._count(line)

    def finish(self) -> None:
        """There are no more lines."""
        for wait in self._waits.rest():
            self._waited(wait)

    def block(self, day: date, actor: str, at: datetime, clauses: tuple[str, ...]) -> None:
        """A text that was stopped."""
        for tally in (*self.of(day, actor), self._hours[self.period.local(at).hour]):
            tally.blocked += 1
        self._clauses.update(clauses)

    def statistics(self) -> Statistics:
        """All of it."""
        return Statistics(
            shop=self.shop.id,
            period=self.period,
            total=self._total.figures(),
            days={day: tally.figures() for day, tally in self._days.items()},
            hours=tuple(tally.figures() for tally in self._hours),
            agents={agent: tally.figures() for agent, tally in sorted(self._agents.items())},
            clauses=dict(self._clauses.most_common()),
            clock=self._clocks.rule(self.shop.platform, self.period.last),
        )

    def _count(self, line: SaidLine) -> None:
        moment = self.period.local(line.said_at)
        day, hour = moment.date(), self._hours[moment.hour]
        by_person = line.speaker is Speaker.AGENT
        for tally in (*self.of(day, line.author if by_person else ""), hour):
            tally.received += line.speaker is Speaker.BUYER
            tally.sent_by_people += by_person
            tally.sent_automatically += line.speaker is Speaker.ROBOT
        if line.speaker is Speaker.BUYER:
            self._first[day].setdefault(line.conversation, line.said_at)

    def _waited(self, wait: Wait) -> None:
        if not self._since <= wait.asked_at < self._until:
            return
        moment = self.period.local(wait.asked_at)
        day, within = moment.date(), self._in_time(wait, moment.date())
        for tally in (*self.of(day, wait.answered_by), self._hours[moment.hour]):
            (tally.automatic if wait.automatic else tally.people).add(wait.seconds, within=within)
            if wait.answered_at is not None:
                tally.served.add((day, wait.conversation))

    def _in_time(self, wait: Wait, day: date) -> bool:
        """Whether the answer came within what the platform lets a buyer wait, which some platforms pause at night."""
        rule = self._clocks.rule(self.shop.platform, day)
        if wait.seconds is None or wait.answered_at is None or rule is None:
            return False
        if wait.seconds < rule.limit:
            return True
        state = self._clocks.deadline(self.shop.platform, wait.asked_at, wait.answered_at, self.shop.timezone)
        return state is not None and state.state is not ClockStanding.OVER
