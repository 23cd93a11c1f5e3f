from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from contracts.conversation import Delivery
from desk.channels.protocol import Refused, Undelivered
from desk.delivery import LEASE, MOST_TRIES
from desk.storage.conversations import get_message
from desk.storage.ledger import entries
from desk.storage.outbox import claim_outgoing, depth, revive, withdraw
from tests.desk.talk import SmallDesk

GOOD = "可以开的亲，付款后把抬头发我，免费给您开"


def _sent(desk: SmallDesk, text: str = GOOD, key: str = "k1", buyer: str = "zhang") -> str:
    desk.clock.forward(seconds=1)
    asked = desk.ask("能开专票吗", buyer=buyer)
    return desk.sender.send(desk.draft(asked.conversation, text, key=key)).message.id


def _state(desk: SmallDesk, message: str) -> Delivery | None:
    with desk.database.transaction() as connection:
        found = get_message(connection, message)
    assert found is not None
    return found.delivery


def test_a_message_is_delivered_once_and_noted(small_desk: SmallDesk) -> None:
    message = _sent(small_desk)
    assert small_desk.deliverer.step()
    assert not small_desk.deliverer.step()
    (got,) = small_desk.channel.got
    assert (got.key, got.buyer, got.text, got.attempt) == (message, "zhang", GOOD, 1)
    assert _state(small_desk, message) is Delivery.DELIVERED
    with small_desk.database.transaction() as connection:
        assert [entry.kind for entry in entries(connection, "lamps")][-1] == "delivered"


def test_a_failure_is_tried_again_after_a_longer_and_longer_pause(small_desk: SmallDesk) -> None:
    message = _sent(small_desk)
    small_desk.channel.faults = [Undelivered("down")] * 3
    waits = []
    while not small_desk.channel.got:
        waited = 0
        while not small_desk.deliverer.step():
            small_desk.clock.forward(seconds=1)
            waited += 1
        waits.append(waited)
    assert waits == [0, 1, 2, 4]
    assert small_desk.channel.got[0].attempt == 4
    assert _state(small_desk, message) is Delivery.DELIVERED


def test_after_the_last_attempt_a_message_is_dead_and_can_be_sent_again(small_desk: SmallDesk) -> None:
    message = _sent(small_desk)
    small_desk.channel.faults = [Undelivered("down")] * MOST_TRIES
    for _ in range(MOST_TRIES):
        small_desk.clock.forward(minutes=10)
        assert small_desk.deliverer.step()
    assert _state(small_desk, message) is Delivery.DEAD
    small_desk.clock.forward(minutes=10)
    assert not small_desk.deliverer.step()
    with small_desk.database.transaction() as connection:
        assert revive(connection, message, small_desk.clock.now)
        assert not revive(connection, message, small_desk.clock.now)
    assert small_desk.deliverer.step()
    assert [got.key for got in small_desk.channel.got] == [message]


def test_what_the_receiver_refuses_is_not_tried_again(small_desk: SmallDesk) -> None:
    message = _sent(small_desk)
    small_desk.channel.faults = [Refused("no such buyer")]
    assert small_desk.deliverer.step()
    assert not small_desk.deliverer.step()
    assert _state(small_desk, message) is Delivery.DEAD


def test_a_conversation_keeps_its_order_and_others_do_not_wait_for_it(small_desk: SmallDesk) -> None:
    _sent(small_desk, key="k1")
    _sent(small_desk, text="抬头和税号发我就行", key="k2")
    other = _sent(small_desk, key="k3", buyer="wang")
    small_desk.channel.faults = [Undelivered("down")]
    while small_desk.deliverer.step():
        pass
    assert [got.key for got in small_desk.channel.got] == [other]
    small_desk.clock.forward(seconds=5)
    while small_desk.deliverer.step():
        pass
    assert [got.text for got in small_desk.channel.got[1:]] == [GOOD, "抬头和税号发我就行"]


def test_one_who_died_while_delivering_is_followed_by_another_with_the_same_key(small_desk: SmallDesk) -> None:
    message = _sent(small_desk)
    with small_desk.database.transaction() as connection:
        claimed = claim_outgoing(connection, small_desk.clock.now, "dead", LEASE)
    assert claimed is not None
    assert not small_desk.deliverer.step()
    small_desk.clock.now += LEASE + timedelta(seconds=1)
    assert small_desk.deliverer.step()
    assert [got.key for got in small_desk.channel.got] == [message]


def test_a_slow_worker_that_lost_its_claim_settles_nothing(small_desk: SmallDesk) -> None:
    message = _sent(small_desk)
    slow = replace(small_desk.deliverer, holder="slow")
    with small_desk.database.transaction() as connection:
        claimed = claim_outgoing(connection, small_desk.clock.now, "slow", LEASE)
    assert claimed is not None
    small_desk.clock.now += LEASE + timedelta(seconds=1)
    assert small_desk.deliverer.step()
    slow._end(claimed, Delivery.DEAD, "too late")
    assert _state(small_desk, message) is Delivery.DELIVERED


def test_a_message_can_be_withdrawn_until_somebody_begins(small_desk: SmallDesk) -> None:
    message = _sent(small_desk)
    with small_desk.database.transaction() as connection:
        assert withdraw(connection, message, small_desk.clock.now)
        assert depth(connection) == {"withdrawn": 1}
    second = _sent(small_desk, key="k2")
    assert small_desk.deliverer.step()
    with small_desk.database.transaction() as connection:
        assert not withdraw(connection, second, small_desk.clock.now)
