from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from pathlib import Path

import pytest

from contracts.turn import Speaker
from desk.clocks import load_clocks
from desk.period import Period
from desk.send import Blocked
from desk.statistics.book import Book
from desk.statistics.figures import Statistics
from desk.statistics.table import COLUMNS, Rows, table_bytes
from desk.storage.orders import OrderRow, put_orders
from desk.storage.outbox import withdraw
from desk.storage.suggestions import latest_suggested
from tests.desk.talk import LAMPS, SHOES, START, SmallDesk

DAY = date(2026, 11, 20)
PERIOD = Period(DAY, DAY, "Asia/Shanghai")
"""START is at ten in the morning of it."""


@pytest.fixture
def book(small_desk: SmallDesk, data: Path) -> Book:
    return Book(small_desk.database, load_clocks(data / "clocks"))


def _choose(desk: SmallDesk, conversation: str, rank: int, key: str, more: str = "") -> None:
    """Send the suggestion at a rank, with something behind it."""
    with desk.database.transaction() as connection:
        suggested = latest_suggested(connection, conversation)
    assert suggested is not None
    text = suggested.answer["suggestions"][rank - 1]["text"]
    desk.sender.send(desk.draft(conversation, text + more, key, suggestion=suggested.id, rank=rank))


def test_an_empty_shop_has_an_empty_book(book: Book) -> None:
    total = book.read(LAMPS, PERIOD).total
    assert (total.buyers, total.received, total.people.median, total.conversion) == (0, 0, None, None)
    assert total.choices.accepted(1) is None


def test_a_day_in_the_shop(small_desk: SmallDesk, book: Book) -> None:
    zhang = small_desk.ask("能开专票吗").conversation
    assert small_desk.assistant.step()
    small_desk.clock.forward(seconds=10)
    _choose(small_desk, zhang, 1, "k1")
    small_desk.clock.forward(hours=1)
    wang = small_desk.ask("能开专票吗", "wang").conversation
    assert small_desk.assistant.step()
    small_desk.clock.forward(seconds=2)
    small_desk.sender.send(small_desk.draft(wang, "在的，您稍等", "k2", speaker=Speaker.ROBOT))
    small_desk.clock.forward(seconds=300)
    _choose(small_desk, wang, 2, "k3", "～")
    with pytest.raises(Blocked):
        small_desk.sender.send(small_desk.draft(wang, "开票要加6个点", "k4"))
    small_desk.ask("还在吗", "zhao")
    small_desk.ask("鞋子偏大吗", "zhou", shop="shoes")

    found = book.read(LAMPS, PERIOD)

    total = found.total
    assert (total.buyers, total.received, total.sent_by_people, total.sent_automatically) == (2, 3, 2, 1)
    assert (total.people.answered, total.people.unanswered) == (2, 1)
    assert (total.people.median, total.automatic.median) == (156, 2)
    assert total.people.within_limit == pytest.approx(1 / 3)
    assert total.automatic.within_limit == 1
    assert (total.choices.approved, total.choices.edited, total.choices.sent) == ((1, 0, 0, 0), 1, 2)
    assert (total.choices.accepted(1), total.choices.accepted(2), total.choices.edited_share) == (0.5, 0, 0.5)
    assert 0 < (total.choices.edit_distance or 0) < 0.2
    assert total.blocked == 1
    assert set(found.clauses.values()) == {1}
    assert found.days[DAY] == total
    assert [hour for hour, figures in enumerate(found.hours) if figures.received] == [10, 11]
    assert (found.agents["li"].buyers, found.agents["li"].sent_by_people, found.agents["li"].received) == (2, 2, 0)
    assert book.read(SHOES, PERIOD).total.received == 1


def test_an_answer_after_midnight_belongs_to_the_day_of_the_question(small_desk: SmallDesk, book: Book) -> None:
    small_desk.clock.forward(hours=13, minutes=59)
    talk = small_desk.ask("能开专票吗").conversation
    small_desk.clock.forward(minutes=2)
    small_desk.sender.send(small_desk.draft(talk, "可以的，您放心"))
    found = book.read(LAMPS, Period(DAY, DAY + timedelta(days=1), "Asia/Shanghai"))
    first, second = found.days.values()
    assert (first.buyers, first.people.median, first.sent_by_people) == (1, 120, 0)
    assert (second.buyers, second.people.answered, second.sent_by_people) == (0, 0, 1)
    assert book.read(LAMPS, PERIOD).total.people.median == 120


def test_a_limit_that_pauses_at_night_is_kept_by_an_answer_in_the_morning(small_desk: SmallDesk, book: Book) -> None:
    small_desk.clock.forward(hours=13, minutes=30)
    talk = small_desk.ask("能开专票吗").conversation
    small_desk.clock.forward(hours=8, minutes=31)
    small_desk.sender.send(small_desk.draft(talk, "可以的，您放心"))
    assert book.read(LAMPS, PERIOD).total.people.within_limit == 1


def test_a_line_that_was_taken_back_was_never_said(small_desk: SmallDesk, book: Book) -> None:
    talk = small_desk.ask("能开专票吗").conversation
    sent = small_desk.sender.send(small_desk.draft(talk, "可以的，您放心")).message
    with small_desk.database.transaction() as connection:
        assert withdraw(connection, sent.id, small_desk.clock.now)
    total = book.read(LAMPS, PERIOD).total
    assert (total.buyers, total.sent_by_people, total.people.unanswered) == (0, 0, 1)


def test_orders_say_who_bought(small_desk: SmallDesk, book: Book) -> None:
    for buyer in ("zhang", "wang", "zhao"):
        talk = small_desk.ask("能开专票吗", buyer).conversation
        small_desk.sender.send(small_desk.draft(talk, "可以的，您放心", buyer))
    paid = {"zhang": START + timedelta(hours=2), "zhao": START - timedelta(hours=2)}
    rows = [OrderRow(buyer, buyer, START, {"paid_at": at.isoformat()}) for buyer, at in paid.items()]
    with small_desk.database.transaction() as connection:
        put_orders(connection, "lamps", rows, START)
    found = book.read(LAMPS, PERIOD).total.conversion
    assert found is not None
    assert (found.asked, found.paid, found.rate) == (2, 1, 0.5)


def _table(found: Statistics, rows: Rows) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(table_bytes(found, rows).decode("utf-8-sig"))))


def test_the_table_has_a_row_for_each_and_the_total(small_desk: SmallDesk, book: Book) -> None:
    talk = small_desk.ask("能开专票吗").conversation
    small_desk.clock.forward(seconds=20)
    small_desk.sender.send(small_desk.draft(talk, "可以的，您放心"))
    found = book.read(LAMPS, PERIOD)
    assert [row["日期"] for row in _table(found, Rows.DAY)] == ["2026-11-20", "合计"]
    assert [row["客服"] for row in _table(found, Rows.AGENT)] == ["li", "合计"]
    assert len(_table(found, Rows.HOUR)) == 25
    total = _table(found, Rows.DAY)[-1]
    assert set(total) == {"日期", *COLUMNS}
    assert (total["人工首响中位数(秒)"], total["手写发出"], total["转化率"]) == ("20", "1", "")
