from __future__ import annotations

from datetime import timedelta

import pytest

from compliance.checker import Checker
from contracts.conversation import Delivery
from contracts.errors import InputError, ServiceDown
from contracts.turn import Speaker
from desk.send import Blocked
from desk.storage.conversations import get_conversation, messages_of
from desk.storage.database import Database
from desk.storage.ledger import entries
from desk.storage.suggestions import latest_suggested
from desk.suggest import Suggester
from tests.desk.talk import SmallDesk

GOOD = "可以开的亲，付款后把抬头发我，免费给您开"
BAD = "要票的话加6个点"


def _audit(desk: SmallDesk) -> list[str]:
    with desk.database.transaction() as connection:
        return [entry.kind for entry in entries(connection, "lamps")]


def test_a_good_text_is_queued_and_ends_the_waiting(small_desk: SmallDesk) -> None:
    asked = small_desk.ask("能开专票吗")
    sent = small_desk.sender.send(small_desk.draft(asked.conversation, GOOD))
    with small_desk.database.transaction() as connection:
        talk = get_conversation(connection, asked.conversation)
        line = messages_of(connection, asked.conversation, 10)[-1]
    assert talk is not None
    assert talk.waiting_since is None
    assert (line.id, line.speaker, line.author, line.delivery) == (
        sent.message.id,
        Speaker.AGENT,
        "li",
        Delivery.QUEUED,
    )
    assert _audit(small_desk) == ["received", "sent"]
    assert small_desk.outgoing.times == 1


def test_what_breaks_a_rule_does_not_leave_and_is_written_down(small_desk: SmallDesk) -> None:
    asked = small_desk.ask("能开专票吗")
    with pytest.raises(Blocked) as caught:
        small_desk.sender.send(small_desk.draft(asked.conversation, BAD))
    assert caught.value.verdict.blocked
    with small_desk.database.transaction() as connection:
        assert len(messages_of(connection, asked.conversation, 10)) == 1
        entry = list(entries(connection, "lamps"))[-1]
    assert entry.kind == "blocked"
    assert entry.body is not None
    assert entry.body["text"] == BAD
    assert small_desk.outgoing.times == 0


def test_what_the_buyer_asked_decides_what_a_bare_answer_means(small_desk: SmallDesk) -> None:
    asked = small_desk.ask("可以给我开张发票吗")
    with pytest.raises(Blocked):
        small_desk.sender.send(small_desk.draft(asked.conversation, "不行的哦亲"))
    small_desk.ask("可以明天再付款吗")
    small_desk.sender.send(small_desk.draft(asked.conversation, "可以的哦亲", key="k2"))


def test_the_state_of_the_order_decides(small_desk: SmallDesk) -> None:
    text = "已经帮您把订单关掉了"
    asked = small_desk.ask("怎么还不发货")
    small_desk.orders.order = {"status": "paid", "buyer.asked_to_close": False}
    assert small_desk.sender.check(asked.conversation, text).blocked


def test_the_same_key_is_sent_once(small_desk: SmallDesk) -> None:
    asked = small_desk.ask("能开专票吗")
    first = small_desk.sender.send(small_desk.draft(asked.conversation, GOOD))
    again = small_desk.sender.send(small_desk.draft(asked.conversation, "换一句话说", key="k1"))
    assert again.duplicate
    assert again.message.id == first.message.id
    assert _audit(small_desk) == ["received", "sent"]


@pytest.mark.parametrize(
    ("text", "fault"),
    [("", "no text"), ("{order.eta}到货", "unfilled slots: order.eta"), ("长" * 2001, "are the most")],
)
def test_what_cannot_be_sent(small_desk: SmallDesk, text: str, fault: str) -> None:
    asked = small_desk.ask("在吗")
    with pytest.raises(InputError, match=fault):
        small_desk.sender.send(small_desk.draft(asked.conversation, text))


def test_an_unknown_conversation(small_desk: SmallDesk) -> None:
    with pytest.raises(InputError, match="unknown conversation"):
        small_desk.sender.send(small_desk.draft("nowhere", GOOD))


def test_orders_that_cannot_be_asked_stop_no_text(small_desk: SmallDesk) -> None:
    asked = small_desk.ask("能开专票吗")
    small_desk.orders.down = ServiceDown("timeout")
    small_desk.sender.send(small_desk.draft(asked.conversation, GOOD))


def test_what_became_of_a_suggestion_is_kept(small_desk: SmallDesk) -> None:
    asked = small_desk.ask("能开专票吗")
    assert small_desk.assistant.step()
    with small_desk.database.transaction() as connection:
        offered = latest_suggested(connection, asked.conversation)
    assert offered is not None
    text = offered.answer["suggestions"][0]["text"]
    send = small_desk.sender.send
    send(small_desk.draft(asked.conversation, text, suggestion=offered.id, rank=1))
    send(small_desk.draft(asked.conversation, f"{text}～", key="k2", suggestion=offered.id, rank=1))
    send(small_desk.draft(asked.conversation, GOOD, key="k3"))
    send(small_desk.draft(asked.conversation, GOOD, key="k4", suggestion=offered.id, rank=9))
    with small_desk.database.transaction() as connection:
        bodies = [entry.body for entry in entries(connection, "lamps") if entry.kind == "sent"]
    assert [body["decision"] for body in bodies if body] == ["approved", "edited", "written", "written"]
    assert bodies[1] is not None
    assert bodies[1]["offered"] == text
    assert bodies[0] is not None
    assert bodies[0]["reply_id"] == offered.answer["suggestions"][0]["reply_id"]


def test_an_agent_may_take_back_what_has_not_left(database: Database, shipped: Suggester, checker: Checker) -> None:
    desk = SmallDesk(database, shipped, checker, undo=timedelta(seconds=3))
    asked = desk.ask("能开专票吗")
    desk.sender.send(desk.draft(asked.conversation, GOOD))
    assert not desk.deliverer.step()
    desk.clock.forward(seconds=4)
    assert desk.deliverer.step()
    assert [message.text for message in desk.channel.got] == [GOOD]


def test_a_key_that_a_buyers_line_has_as_its_id_is_another_key(small_desk: SmallDesk) -> None:
    asked = small_desk.ask("能开专票吗", external_id="k1")
    sent = small_desk.sender.send(small_desk.draft(asked.conversation, GOOD, key="k1"))
    assert not sent.duplicate
    assert sent.message.text == GOOD
    again = small_desk.ask("能开专票吗", external_id="k1")
    assert (again.message, again.duplicate) == (asked.message, True)
    assert small_desk.deliverer.step()
    assert [message.text for message in small_desk.channel.got] == [GOOD]
