from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from contracts.clause import Severity
from contracts.conversation import Delivery
from contracts.finding import Finding, Verdict
from desk.night.first_reply import Outcome
from desk.send import Sender
from desk.shops import AutoRecord
from desk.storage.nights import claim_night
from tests.desk.night.life import SHOP, NightLife
from tests.desk.talk import Counter

FREIGHT = ("包邮吗", "shipping/freight")
INVOICE = ("帮我开张发票", "invoice/issue")
HELLO = ("在吗", "greet/hello")
ANSWER = "shipping.freight.checkout"


def _decide_while(life: NightLife, happens: Callable[[], object]) -> None:
    """Decide the line that waits; something happens between the decision and its being kept."""

    class Slow:
        def __getattr__(self, name: str) -> Any:
            return getattr(life.attendant.first_reply, name)

        def buyer_line(self, *arguments: Any, **named: Any) -> Outcome:
            outcome = life.attendant.first_reply.buyer_line(*arguments, **named)
            happens()
            return outcome

    slow: Any = Slow()
    assert replace(life.attendant, first_reply=slow).step()


def test_an_agent_who_takes_over_silences_it(life: NightLife) -> None:
    talk = life.ask(*FREIGHT).conversation
    life.say(talk, "您好，我在的，您说")
    life.clock.forward(minutes=3)
    life.ask(*INVOICE)
    assert life.got(talk) == [ANSWER]


def test_an_agent_s_line_sent_while_the_answer_is_made_wins(life: NightLife) -> None:
    received = life.write(*FREIGHT)
    life.notice()

    _decide_while(life, lambda: life.say(received.conversation, "您好，我是店长，我来帮您看"))
    life.answer()
    assert life.got(received.conversation) == []
    assert [message.text for message in life.channel.got] == ["您好，我是店长，我来帮您看"]


def test_what_has_not_left_yet_is_taken_back_when_a_person_speaks(life: NightLife) -> None:
    received = life.write(*FREIGHT)
    life.notice()
    assert life.attendant.step()
    life.say(received.conversation, "您好，我在的，您说")
    life.answer()
    assert [line.delivery for line in life.lines(received.conversation)][1:] == [
        Delivery.WITHDRAWN,
        Delivery.DELIVERED,
    ]


def test_what_the_rules_stop_at_the_door_counts_as_never_said(life: NightLife) -> None:
    class Strict:
        """Lets nothing pass."""

        def check(self, *_: Any) -> Verdict:
            return Verdict((Finding("tmall.x", Severity.BLOCK, (0, 1), "", ""),), 1)

    strict: Any = Strict()
    sender = Sender(life.database, strict, life.settings.shops, life.orders, Counter(), clock=life.clock)
    good, life.attendant = life.attendant, replace(life.attendant, sender=sender)
    talk = life.ask(*HELLO).conversation
    assert life.got(talk) == []
    (entry,) = life.book()
    assert (entry.entry["answered"], entry.entry["promises"]) == ([], [])
    life.attendant = good
    life.clock.forward(minutes=1)
    life.ask("在不在", "greet/hello")
    assert life.got(talk) == ["night.notice"]


def test_the_notice_leaves_in_place_of_an_answer_that_the_rules_stop_at_the_door(life: NightLife) -> None:
    class Wary:
        """Stops what speaks of freight."""

        def check(self, text: str, *_: Any) -> Verdict:
            found = (Finding("tmall.x", Severity.BLOCK, (0, 1), "", ""),) if "运费" in text else ()
            return Verdict(found, 1)

    wary: Any = Wary()
    sender = Sender(life.database, wary, life.settings.shops, life.orders, Counter(), clock=life.clock)
    life.attendant = replace(life.attendant, sender=sender)
    received = life.ask(*FREIGHT)
    assert life.got(received.conversation) == ["night.notice"]
    (entry,) = life.book()
    assert [promise["text"] for promise in entry.entry["promises"]] == ["客服上班后第一时间回复"]


def test_what_an_agent_promised_stands_in_the_live_entry(life: NightLife) -> None:
    talk = life.ask(*FREIGHT).conversation
    life.say(talk, "您好，明天中午前给您补寄一份")
    life.clock.forward(minutes=30)
    life.ask("那我等着", "affirm/yes")
    (entry,) = life.book()
    assert {"text": "客服说过：“明天中午前给您补寄一份”", "due": "2026-11-21T12:00:00+08:00"} in entry.entry["promises"]


def test_two_processes_never_answer_one_line_twice(life: NightLife) -> None:
    received = life.write(*FREIGHT)
    life.notice()
    other = replace(life.attendant, holder="n2")

    class Slow:
        """The other process takes over while this one is still making its answer."""

        def __getattr__(self, name: str) -> Any:
            return getattr(life.attendant.first_reply, name)

        def buyer_line(self, *arguments: Any, **named: Any) -> Outcome:
            outcome = life.attendant.first_reply.buyer_line(*arguments, **named)
            life.clock.forward(seconds=11)
            while other.step():
                pass
            return outcome

    slow: Any = Slow()
    replace(life.attendant, first_reply=slow).step()
    life.answer()
    assert life.got(received.conversation) == [ANSWER]
    assert len(life.channel.got) == 1


def test_a_conversation_whose_process_died_is_taken_by_another(life: NightLife) -> None:
    received = life.write(*FREIGHT)
    life.notice()
    with life.database.transaction() as connection:
        assert claim_night(connection, life.clock.now, "dead", timedelta(seconds=10)) is not None
    assert not life.attendant.step()
    life.clock.forward(seconds=11)
    life.answer()
    assert life.got(received.conversation) == [ANSWER]


def test_switched_off_by_the_leader_nothing_leaves_and_all_is_in_the_book(life: NightLife) -> None:
    life.settings.set_policy(SHOP, AutoRecord(mode="off"), None, "zhao")
    talk = life.ask(*FREIGHT).conversation
    assert life.got(talk) == []
    assert len(life.book()) == 1


def test_switched_off_for_the_installation_nothing_leaves(life: NightLife) -> None:
    life.limited(send=False)
    talk = life.ask(*FREIGHT).conversation
    assert life.got(talk) == []
    assert len(life.book()) == 1


def test_switched_off_while_the_answer_is_made_nothing_leaves(life: NightLife) -> None:
    received = life.write(*FREIGHT)
    life.notice()

    _decide_while(life, lambda: life.settings.set_policy(SHOP, AutoRecord(mode="off"), None, "zhao"))
    life.answer()
    assert life.got(received.conversation) == []
