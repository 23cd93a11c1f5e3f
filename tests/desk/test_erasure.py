from __future__ import annotations

import pytest
from sqlalchemy import func, select

from contracts.conversation import Delivery
from contracts.errors import InputError, NotFound
from desk.channels.protocol import Undelivered
from desk.erasure import erase_buyer
from desk.storage.conversations import get_conversation, messages_of
from desk.storage.database import Database
from desk.storage.decisions import Decision, DecisionKind, add_decision
from desk.storage.feed import events_after
from desk.storage.ledger import entries, verify
from desk.storage.suggestions import latest_suggested
from desk.storage.tables import metadata, orders
from desk.storage.unread import unread_count
from tests.desk.talk import START, SmallDesk

SECRET = "幸福路"


def _told(desk: SmallDesk, buyer: str = "zhang", shop: str = "lamps") -> str:
    """A talk of which every table knows something: asked, suggested, answered, delivered, rejected, ordered."""
    asked = desk.ask(f"能开专票吗，寄到{SECRET}", buyer, shop)
    while desk.assistant.step():
        pass
    with desk.database.transaction() as connection:
        offered = latest_suggested(connection, asked.conversation)
        assert offered is not None
        rejected = Decision(DecisionKind.REJECTED, "li", offered.id, rank=1, offered=SECRET, reason=SECRET)
        add_decision(connection, shop, asked.conversation, rejected, START)
        connection.execute(
            orders.insert().values(shop=shop, number=f"n-{buyer}", buyer=buyer, fields={"to": SECRET}, updated_at=START)
        )
    desk.sender.send(desk.draft(asked.conversation, f"好的，{SECRET}", suggestion=offered.id, rank=1))
    while desk.deliverer.step():
        pass
    return asked.conversation


def _found(database: Database, word: str) -> list[str]:
    """The tables in which a word stands somewhere."""
    with database.transaction() as connection:
        return [
            table.name
            for table in metadata.sorted_tables
            if any(word in str(tuple(row)) for row in connection.execute(select(table)))
        ]


def test_nothing_is_left_of_what_was_said(small_desk: SmallDesk) -> None:
    talk = _told(small_desk)
    assert set(_found(small_desk.database, SECRET)) >= {"messages", "decisions", "events", "audit", "orders"}
    erased = erase_buyer(small_desk.database, "lamps", "zhang", "boss", small_desk.clock)
    assert _found(small_desk.database, SECRET) == []
    assert _found(small_desk.database, "zhang") == []
    assert (erased.conversations, erased.messages, erased.orders) == (1, 2, 1)
    with small_desk.database.transaction() as connection:
        lines = messages_of(connection, talk, 10)
        assert [(line.text, line.number) for line in lines] == [("", 1), ("", 2)]
        assert lines[1].delivery is Delivery.DELIVERED
        assert latest_suggested(connection, talk) is None


def test_the_chain_holds_and_says_what_was_done(small_desk: SmallDesk) -> None:
    talk = _told(small_desk)
    erase_buyer(small_desk.database, "lamps", "zhang", "boss", small_desk.clock)
    with small_desk.database.transaction() as connection:
        assert verify(connection, "lamps") is None
        written = list(entries(connection, "lamps"))
    assert [entry.body for entry in written if entry.kind in ("received", "suggested", "sent", "delivered")] == [
        None
    ] * 4
    assert [(entry.kind, entry.actor, entry.conversation) for entry in written[-2:]] == [
        ("erased", "boss", talk),
        ("orders_erased", "boss", ""),
    ]
    assert written[-2].body == {"messages": 2, "entries": 4}


def test_events_keep_their_numbers(small_desk: SmallDesk) -> None:
    talk = _told(small_desk)
    erase_buyer(small_desk.database, "lamps", "zhang", "boss", small_desk.clock)
    with small_desk.database.transaction() as connection:
        events = events_after(connection, "lamps", 0, 100)
    assert [event.number for event in events] == list(range(1, len(events) + 1))
    assert events[0].body == {
        "message": events[0].body["message"],
        "number": 1,
        "speaker": "buyer",
        "text": "",
        "erased": True,
    }
    assert (events[-1].kind, events[-1].conversation) == ("erased", talk)


def test_everybody_else_stays(small_desk: SmallDesk) -> None:
    _told(small_desk)
    other = _told(small_desk, "wang")
    there = _told(small_desk, "zhang", "shoes")
    erase_buyer(small_desk.database, "lamps", "zhang", "boss", small_desk.clock)
    with small_desk.database.transaction() as connection:
        for talk in (other, there):
            assert all(SECRET in line.text for line in messages_of(connection, talk, 10))
            assert latest_suggested(connection, talk) is not None
        assert connection.execute(select(func.count()).select_from(orders)).scalar() == 2
        assert verify(connection, "shoes") is None


def test_what_has_not_left_does_not_leave_any_more(small_desk: SmallDesk) -> None:
    asked = small_desk.ask("能开专票吗")
    small_desk.sender.send(small_desk.draft(asked.conversation, "可以的", key="k1"))
    small_desk.channel.faults = [Undelivered("later")]
    assert small_desk.deliverer.step()
    erase_buyer(small_desk.database, "lamps", "zhang", "boss", small_desk.clock)
    small_desk.clock.forward(hours=1)
    assert not small_desk.deliverer.step()
    assert not small_desk.assistant.step()
    assert small_desk.channel.got == []
    with small_desk.database.transaction() as connection:
        assert unread_count(connection) == 0


def test_a_buyer_who_comes_back_is_somebody_new(small_desk: SmallDesk) -> None:
    talk = _told(small_desk)
    erase_buyer(small_desk.database, "lamps", "zhang", "boss", small_desk.clock)
    again = small_desk.ask("在吗")
    assert again.conversation != talk
    with small_desk.database.transaction() as connection:
        gone = get_conversation(connection, talk)
    assert gone is not None
    assert (gone.buyer, gone.buyer_name, gone.waiting_since) == (f"erased-{talk}", "", None)


def test_who_is_not_known(small_desk: SmallDesk) -> None:
    _told(small_desk)
    erase_buyer(small_desk.database, "lamps", "zhang", "boss", small_desk.clock)
    for buyer in ("zhang", "nobody", "", "\x00", "\ud800"):
        with pytest.raises(NotFound):
            erase_buyer(small_desk.database, "lamps", buyer, "boss", small_desk.clock)
    with pytest.raises(InputError, match="unknown shop"):
        erase_buyer(small_desk.database, "nowhere", "zhang", "boss", small_desk.clock)
