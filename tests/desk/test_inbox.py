from __future__ import annotations

import pytest
from sqlalchemy import func, select

from contracts.errors import InputError
from contracts.turn import Speaker
from desk.storage.conversations import get_conversation, messages_of
from desk.storage.feed import events_after
from desk.storage.ledger import entries
from desk.storage.tables import messages
from desk.storage.unread import unread_count
from tests.desk.talk import START, SmallDesk


def test_a_line_is_stored_announced_and_queued(small_desk: SmallDesk) -> None:
    received = small_desk.ask("能开专票吗")
    with small_desk.database.transaction() as connection:
        (line,) = messages_of(connection, received.conversation, 10)
        talk = get_conversation(connection, received.conversation)
        (event,) = events_after(connection, "lamps", 0, 10)
        (written,) = entries(connection, "lamps")
        assert unread_count(connection) == 1
    assert (line.text, line.speaker, line.number, line.delivery) == ("能开专票吗", Speaker.BUYER, 1, None)
    assert talk is not None
    assert (talk.buyer, talk.waiting_since) == ("zhang", START)
    assert (event.kind, event.number, event.body["text"]) == ("message", 1, "能开专票吗")
    assert (written.kind, written.actor) == ("received", "buyer")
    assert small_desk.unread.times == 1


def test_the_same_line_twice_is_one(small_desk: SmallDesk) -> None:
    first = small_desk.ask("能开专票吗", external_id="m1")
    again = small_desk.ask("能开专票吗", external_id="m1")
    assert (again.message, again.conversation, again.duplicate) == (first.message, first.conversation, True)
    other = small_desk.ask("能开专票吗", external_id="m1", buyer="wang")
    assert not other.duplicate
    with small_desk.database.transaction() as connection:
        assert connection.execute(select(func.count()).select_from(messages)).scalar() == 2
        assert len(events_after(connection, "lamps", 0, 10)) == 2


def test_a_message_keeps_its_lines(small_desk: SmallDesk) -> None:
    received = small_desk.ask("你好\r\n  能开专票吗\n\n\n急")
    with small_desk.database.reading() as connection:
        (line,) = messages_of(connection, received.conversation, 10)
    assert line.text == "你好\n能开专票吗\n\n急"


def test_buyers_and_shops_have_conversations_of_their_own(small_desk: SmallDesk) -> None:
    found = {
        small_desk.ask("在吗", buyer=buyer, shop=shop).conversation for buyer in "ab" for shop in ("lamps", "shoes")
    }
    assert len(found) == 4


@pytest.mark.parametrize(("text", "fault"), [("", "no text"), (" \u200b ", "no text"), ("长" * 2001, "are the most")])
def test_what_is_no_line_is_refused(small_desk: SmallDesk, text: str, fault: str) -> None:
    with pytest.raises(InputError, match=fault):
        small_desk.ask(text)


def test_an_unknown_shop_is_refused(small_desk: SmallDesk) -> None:
    with pytest.raises(InputError, match="unknown shop 'hats'"):
        small_desk.ask("在吗", shop="hats")
