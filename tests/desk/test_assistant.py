from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from contracts.errors import ServiceDown
from desk.storage.conversations import messages_of
from desk.storage.feed import events_after
from desk.storage.suggestions import latest_suggested
from desk.storage.unread import claim_unread, unread_count
from tests.desk.talk import SmallDesk


def _kinds(desk: SmallDesk) -> list[str]:
    with desk.database.transaction() as connection:
        return [event.kind for event in events_after(connection, "lamps", 0, 100)]


def test_a_line_gets_its_suggestions_once(small_desk: SmallDesk) -> None:
    asked = small_desk.ask("能开专票吗")
    assert small_desk.assistant.step()
    assert not small_desk.assistant.step()
    with small_desk.database.transaction() as connection:
        offered = latest_suggested(connection, asked.conversation)
    assert offered is not None
    assert offered.message == asked.message
    assert offered.answer["suggestions"]
    assert _kinds(small_desk) == ["message", "suggestions"]


def test_a_burst_is_understood_as_one(small_desk: SmallDesk) -> None:
    for text in ("在吗", "那个", "能开专票吗"):
        last = small_desk.ask(text)
    assert small_desk.assistant.step()
    assert not small_desk.assistant.step()
    with small_desk.database.transaction() as connection:
        offered = latest_suggested(connection, last.conversation)
        assert len(messages_of(connection, last.conversation, 10)) == 3
    assert offered is not None
    assert offered.message == last.message


def test_a_line_whose_reader_died_is_read_by_another(small_desk: SmallDesk) -> None:
    small_desk.ask("能开专票吗")
    with small_desk.database.transaction() as connection:
        assert claim_unread(connection, small_desk.clock.now, "dead", timedelta(seconds=30)) is not None
    assert not small_desk.assistant.step()
    small_desk.clock.forward(seconds=31)
    assert small_desk.assistant.step()
    assert _kinds(small_desk) == ["message", "suggestions"]


def test_a_failure_leaves_the_line_in_the_queue(small_desk: SmallDesk) -> None:
    class Failing:
        def suggest(self, *arguments: Any) -> Any:  # noqa: ARG002
            raise RuntimeError

    small_desk.ask("能开专票吗")
    broken: Any = Failing()
    with pytest.raises(RuntimeError):
        replace(small_desk.assistant, suggester=broken).step()
    assert not small_desk.assistant.step()
    small_desk.clock.forward(seconds=6)
    assert small_desk.assistant.step()
    with small_desk.database.transaction() as connection:
        assert unread_count(connection) == 0


def test_orders_that_cannot_be_asked_are_said_in_a_note(small_desk: SmallDesk) -> None:
    small_desk.orders.down = ServiceDown("timeout")
    asked = small_desk.ask("啥时候发货")
    assert small_desk.assistant.step()
    with small_desk.database.transaction() as connection:
        offered = latest_suggested(connection, asked.conversation)
    assert offered is not None
    assert any("订单系统没有回应" in note for note in offered.answer["notes"])
