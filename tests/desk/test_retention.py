from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from desk.erasure import Erased
from desk.retention import Retention
from desk.storage import erasing
from desk.storage.conversations import messages_of
from desk.storage.feed import events_after
from desk.storage.handovers import EntryKind, Place, entries_of, put_entry
from desk.storage.ledger import entries, verify
from desk.storage.tables import orders
from tests.desk.talk import START, SmallDesk


def _keeping(desk: SmallDesk) -> Retention:
    return Retention(desk.database, timedelta(days=30), timedelta(days=7), desk.clock)


def test_what_is_old_goes_and_what_is_not_stays(small_desk: SmallDesk) -> None:
    old = small_desk.ask("很久以前", "zhang")
    both = small_desk.ask("以前", "wang")
    with small_desk.database.transaction() as connection:
        connection.execute(orders.insert().values(shop="lamps", number="1", buyer="x", fields={}, updated_at=START))
    small_desk.clock.forward(days=20)
    small_desk.ask("最近", "wang")
    small_desk.clock.forward(days=11)
    erased = _keeping(small_desk).run()
    assert erased == Erased(conversations=1, messages=2, orders=1, entries=2)
    with small_desk.database.transaction() as connection:
        assert [line.text for line in messages_of(connection, old.conversation, 10)] == [""]
        assert [line.text for line in messages_of(connection, both.conversation, 10)] == ["", "最近"]
        assert [event.number for event in events_after(connection, "lamps", 0, 10)] == [3]
        assert connection.execute(select(func.count()).select_from(orders)).scalar() == 0
        written = list(entries(connection, "lamps"))
        assert verify(connection, "lamps") is None
    assert [entry.body is None for entry in written] == [True, True, False, False]
    assert (written[-1].kind, written[-1].actor) == ("kept_long_enough", "huashu")


def test_nothing_old_nothing_done(small_desk: SmallDesk) -> None:
    small_desk.ask("刚刚")
    assert not _keeping(small_desk).run()
    with small_desk.database.transaction() as connection:
        assert len(list(entries(connection, "lamps"))) == 1


def test_a_second_run_finds_nothing(small_desk: SmallDesk) -> None:
    small_desk.ask("很久以前")
    small_desk.clock.forward(days=31)
    assert _keeping(small_desk).run()
    assert not _keeping(small_desk).run()


def test_much_is_erased_in_pieces(small_desk: SmallDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(erasing, "_BATCH", 2)
    for number in range(5):
        small_desk.ask(f"第{number}句", f"buyer{number}")
    small_desk.clock.forward(days=31)
    assert _keeping(small_desk).run() == Erased(conversations=5, messages=5, entries=5)


def test_what_forms_collected_goes_earlier_and_the_entry_stays(small_desk: SmallDesk) -> None:
    talk = small_desk.ask("开票").conversation
    entry = {"wants": "开票", "collected": {"phone": "13812345678"}}
    with small_desk.database.transaction() as connection:
        put_entry(connection, Place("lamps", talk, ""), EntryKind.CUSTOMER, entry, None, small_desk.clock.now)
    small_desk.clock.forward(days=8)
    _keeping(small_desk).run()
    with small_desk.database.transaction() as connection:
        (kept,) = entries_of(connection, "lamps", None)
    assert kept.entry == {"wants": "开票", "collected": {}}
    small_desk.clock.forward(days=31)
    _keeping(small_desk).run()
    with small_desk.database.transaction() as connection:
        assert entries_of(connection, "lamps", None) == ()
