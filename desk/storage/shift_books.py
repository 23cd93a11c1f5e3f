"""The problem book, and the record of shifts that ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, delete, func, or_, select, update

from desk.storage.conversations import new_id
from desk.storage.tables_night import problems, shift_ends

MOST = 500
"""Rows that are read at once."""


@dataclass(frozen=True)
class Problem:
    """Something that came up at work; without `answered_at` nobody knows the answer yet."""

    id: str
    shop: str
    conversation: str | None
    text: str
    asked_by: str
    asked_at: datetime
    answer: str
    answered_by: str
    answered_at: datetime | None


@dataclass(frozen=True)
class ShiftEnd:
    """A shift that was handed over; `counts` say how much was open then."""

    id: str
    shop: str
    shift: str
    agent: str
    at: datetime
    note: str
    counts: Mapping[str, int]


def add_problem(
    connection: Connection, shop: str, text: str, agent: str, now: datetime, conversation: str | None = None
) -> Problem:
    """Write a problem down."""
    name = new_id()
    values = {"id": name, "shop": shop, "conversation": conversation, "text": text, "asked_by": agent, "asked_at": now}
    connection.execute(problems.insert().values(values))
    return Problem(name, shop, conversation, text, agent, now, "", "", None)


def answer_problem(connection: Connection, shop: str, problem: str, answer: str, agent: str, now: datetime) -> bool:
    """Write the answer beside a problem; False when the shop has no such problem."""
    mine = (problems.c.shop == shop) & (problems.c.id == problem)
    values = {"answer": answer, "answered_by": agent, "answered_at": now}
    return connection.execute(update(problems).where(mine).values(**values)).rowcount == 1


def get_problem(connection: Connection, shop: str, problem: str) -> Problem | None:
    """The problem with this id, None when the shop has none."""
    row = connection.execute(select(problems).where(problems.c.shop == shop, problems.c.id == problem)).first()
    return _problem(row) if row is not None else None


def problems_of(
    connection: Connection, shop: str, answered: bool | None = None, words: str = "", since: datetime | None = None
) -> tuple[Problem, ...]:
    """Problems, the latest first, at most MOST: answered or open ones, with `words` in them, asked since a moment."""
    wanted = select(problems).where(problems.c.shop == shop, problems.c.text != "")
    if answered is not None:
        done = problems.c.answered_at
        wanted = wanted.where(done.is_not(None) if answered else done.is_(None))
    if words:
        inside = [column.contains(words, autoescape=True) for column in (problems.c.text, problems.c.answer)]
        wanted = wanted.where(or_(*inside))
    if since is not None:
        wanted = wanted.where(problems.c.asked_at >= since)
    rows = connection.execute(wanted.order_by(problems.c.asked_at.desc(), problems.c.id).limit(MOST))
    return tuple(_problem(row) for row in rows)


def open_problems(connection: Connection, shop: str, before: datetime) -> int:
    """How many problems from before a moment have no answer."""
    waiting = select(func.count()).where(
        problems.c.shop == shop, problems.c.answered_at.is_(None), problems.c.asked_at < before, problems.c.text != ""
    )
    return int(connection.execute(waiting).scalar_one())


def add_shift_end(connection: Connection, end: ShiftEnd) -> None:
    """Write down that a shift was handed over."""
    values = {"id": end.id, "shop": end.shop, "shift": end.shift, "agent": end.agent, "at": end.at, "note": end.note}
    connection.execute(shift_ends.insert().values(**values, counts=dict(end.counts)))


def shift_ends_of(connection: Connection, shop: str, limit: int) -> tuple[ShiftEnd, ...]:
    """The latest handovers of a shop, the latest first."""
    mine = select(shift_ends).where(shift_ends.c.shop == shop).order_by(shift_ends.c.at.desc(), shift_ends.c.id)
    rows = connection.execute(mine.limit(limit))
    return tuple(ShiftEnd(row.id, row.shop, row.shift, row.agent, row.at, row.note, row.counts) for row in rows)


def erase_shift_books_before(connection: Connection, shop: str, before: datetime) -> int:
    """Delete problems and handovers from before a moment; gives their number."""
    old = connection.execute(delete(problems).where(problems.c.shop == shop, problems.c.asked_at < before)).rowcount
    ended = delete(shift_ends).where(shift_ends.c.shop == shop, shift_ends.c.at < before)
    return old + connection.execute(ended).rowcount


def _problem(row: Row[tuple[object, ...]]) -> Problem:
    return Problem(
        row.id,
        row.shop,
        row.conversation,
        row.text,
        row.asked_by,
        row.asked_at,
        row.answer,
        row.answered_by,
        row.answered_at,
    )
