from __future__ import annotations

from datetime import timedelta

from contracts.conversation import Conversation
from desk.send import Draft
from desk.storage.conversations import get_conversation
from desk.storage.feed import publish
from desk.storage.shops import lock_shop
from tests.desk.office import Office, until


def _talk(office: Office, conversation: str) -> Conversation:
    with office.service.database.transaction() as connection:
        found = get_conversation(connection, conversation)
    assert found is not None
    return found


def test_the_clock_runs_while_somebody_waits(office: Office) -> None:
    talk = _talk(office, office.ask().conversation)
    clock = office.service.deadline(talk)
    assert clock is not None
    assert clock.goal_at <= clock.limit_at


def test_workers_do_all_of_it_by_themselves(office: Office) -> None:
    asked = office.ask()
    until(lambda: office.service.live.last("lamps") == 2)
    draft = Draft(asked.conversation, "可以开的亲，付款后把抬头发我，免费给您开", "li", "k")
    sent = office.service.sender.send(draft)
    until(lambda: office.channel.got)
    assert office.channel.got[0].key == sent.message.id


def test_what_was_kept_for_long_enough_goes(office: Office) -> None:
    long_ago = office.service.clock() - timedelta(days=office.service.desk.settings.storage.keep_days + 1)
    with office.service.database.transaction() as connection:
        lock_shop(connection, "lamps")
        publish(connection, "lamps", long_ago, "note", "", {})
    (tidying,) = [worker for worker in office.service.workers if worker.name == "tidying"]
    tidying.wake()
    until(lambda: not office.service.live.read("lamps", 0))


def test_all_that_works_is_said(office: Office) -> None:
    assert office.service.missing() == ()
