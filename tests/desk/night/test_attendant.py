from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from contracts.conversation import AUTOMATIC, Delivery
from contracts.errors import ServiceDown
from contracts.turn import Speaker
from desk.night.attendant import Attendant
from desk.night.first_reply import Outcome
from desk.storage.conversations import get_conversation
from desk.storage.handovers import EntryKind, EntryState, change_entry
from desk.storage.ledger import entries, verify
from tests.desk.night.life import NIGHT, SHOP, NightLife

FREIGHT = ("包邮吗", "shipping/freight")
INVOICE = ("帮我开张发票", "invoice/issue")
HELLO = ("在吗", "greet/hello")
HUMAN = ("转人工", "human/request")
ANSWER = "shipping.freight.checkout"


def test_a_question_at_night_is_answered_through_the_outbox_and_marked_automatic(life: NightLife) -> None:
    received = life.write(*FREIGHT)
    life.answer()
    asked, answered = life.lines(received.conversation)
    assert (answered.speaker, answered.author, answered.reply_id) == (Speaker.ROBOT, AUTOMATIC, ANSWER)
    assert answered.delivery is Delivery.DELIVERED
    assert [message.text for message in life.channel.got] == [answered.text]
    assert asked.speaker is Speaker.BUYER


def test_while_people_are_there_nothing_is_said(life: NightLife) -> None:
    life.clock.now = NIGHT + timedelta(hours=8)
    received = life.ask(*FREIGHT)
    assert life.got(received.conversation) == []
    assert life.book() == ()


def test_the_last_second_of_the_shift_belongs_to_people(life: NightLife) -> None:
    life.clock.now = NIGHT.replace(day=19, hour=22, minute=29, second=59)
    early = life.write(*FREIGHT, buyer="early")
    life.notice()
    life.clock.forward(seconds=1)
    late = life.write(*FREIGHT, buyer="late")
    life.answer()
    assert life.got(early.conversation) == []
    assert life.got(late.conversation) == [ANSWER]


def test_what_people_left_unanswered_is_in_the_entry(life: NightLife) -> None:
    life.clock.now = NIGHT.replace(day=19, hour=22, minute=20)
    received = life.ask("地址要改一下", "order_change/address")
    life.clock.forward(minutes=30)
    life.ask("在吗", "greet/hello")
    life.clock.forward(minutes=1)
    life.ask("浙江省杭州市余杭区示例路8号3栋", "inform/details")
    (entry,) = life.book()
    assert "地址要改一下" in entry.entry["wants"]
    assert entry.entry["form"] == "order_change"
    assert life.got(received.conversation) == ["night.notice", "form.order_change.order"]


def test_what_an_agent_answered_in_the_shift_is_not(life: NightLife) -> None:
    life.clock.now = NIGHT.replace(day=19, hour=22, minute=10)
    received = life.ask("地址要改一下", "order_change/address")
    life.say(received.conversation, "地址改好了")
    life.clock.forward(minutes=40)
    life.ask("在吗", "greet/hello")
    (entry,) = life.book()
    assert "地址要改一下" not in entry.entry["wants"]
    assert entry.entry["form"] is None


def test_what_nobody_looked_at_before_the_shift_began_is_left_to_it(life: NightLife) -> None:
    received = life.write(*FREIGHT)
    life.notice()
    life.clock.now = NIGHT.replace(hour=9)
    life.answer()
    assert life.got(received.conversation) == []


def test_the_notice_waits_for_what_comes_next_and_comes_once(life: NightLife) -> None:
    received = life.write(*HELLO)
    life.answer()
    assert life.got(received.conversation) == []
    life.clock.forward(seconds=1)
    life.answer()
    assert life.got(received.conversation) == ["night.notice"]
    life.clock.forward(minutes=5)
    life.ask("在不在", "greet/hello")
    assert life.got(received.conversation) == ["night.notice"]


def test_lines_in_a_row_get_one_answer_and_no_notice(life: NightLife) -> None:
    for text, topic in (HELLO, ("我想问下", "out_of_scope/other"), FREIGHT):
        received = life.write(text, topic)
        life.answer()
        life.clock.forward(seconds=0.6)
    life.clock.forward(seconds=5)
    life.answer()
    assert life.got(received.conversation) == [ANSWER]


def test_a_buyer_who_goes_on_writing_gets_the_notice_within_three_seconds(life: NightLife) -> None:
    started = life.clock.now
    for number in range(8):
        received = life.write(f"嗯{number}")
        life.answer()
        if life.got(received.conversation):
            break
        life.clock.forward(seconds=0.5)
    assert life.got(received.conversation) == ["night.notice"]
    assert life.clock.now - started <= timedelta(seconds=3)


def test_a_form_goes_on_from_line_to_line_and_stands_in_the_book(life: NightLife) -> None:
    life.ask(*INVOICE)
    life.clock.forward(seconds=20)
    life.ask("杭州云杉家居有限公司", "inform/details")
    life.clock.forward(seconds=20)
    life.ask("普票", "invoice/type")
    (entry,) = life.book()
    assert entry.entry["collected"]["invoice_title"] == "杭州云杉家居有限公司"
    assert entry.entry["form"] == "invoice_details"
    assert any("税号" in ask for ask in entry.entry["asks"])
    assert entry.place.period == "2026-11-19T14:30:00+00:00"


def test_the_wish_for_a_person_ends_automatic_answers(life: NightLife) -> None:
    talk = life.ask(*HUMAN).conversation
    life.clock.forward(minutes=1)
    life.ask(*FREIGHT)
    assert life.got(talk) == ["night.person"]
    (entry,) = life.book()
    assert entry.kind is EntryKind.URGENT


def test_without_the_intent_model_the_notice_goes_out_and_the_line_is_in_the_book(life: NightLife) -> None:
    received = life.write("我的碎了一地怎么办")
    life.reader.case = None
    life.answer()
    life.clock.forward(seconds=2)
    life.answer()
    assert life.got(received.conversation) == ["night.notice"]
    (entry,) = life.book()
    assert "我的碎了一地怎么办" in str(entry.entry["asks"])


def test_a_line_that_cannot_be_read_gets_the_notice_in_time(life: NightLife) -> None:
    class Broken:
        """Fails at every line that it is to read."""

        def __getattr__(self, name: str) -> Any:
            return getattr(life.attendant.first_reply, name)

        def buyer_line(self, *arguments: Any, fault: str = "", **named: Any) -> Outcome:
            if not fault:
                raise RuntimeError("boom")
            return life.attendant.first_reply.buyer_line(*arguments, fault=fault, **named)

    broken: Any = Broken()
    received = life.write("不退就投诉你们")
    life.notice()
    attendant = replace(life.attendant, first_reply=broken)
    _until_quiet(life, attendant)
    assert life.got(received.conversation) == ["night.calm.threat"]
    assert life.clock.now - NIGHT <= timedelta(seconds=3)
    (entry,) = life.book()
    assert entry.kind is EntryKind.URGENT


def _until_quiet(life: NightLife, attendant: Attendant) -> None:
    for _ in range(12):
        with suppress(RuntimeError):
            attendant.step()
        life.clock.forward(seconds=0.2)


def test_orders_that_cannot_be_asked_hold_nobody_up(life: NightLife) -> None:
    life.orders.down = ServiceDown("timeout")
    talk = life.ask(*FREIGHT).conversation
    assert life.got(talk) == [ANSWER]


@pytest.mark.parametrize(("line", "waits"), [(HELLO, True), (HUMAN, True), (FREIGHT, False)])
def test_who_was_only_held_still_waits_for_a_person(life: NightLife, line: tuple[str, str], waits: bool) -> None:
    talk = life.ask(*line).conversation
    with life.database.transaction() as connection:
        conversation = get_conversation(connection, talk)
    assert conversation is not None
    assert (conversation.waiting_since is not None) == waits


def test_a_robot_on_the_other_side_is_cut_off(life: NightLife) -> None:
    for _ in range(6):
        talk = life.ask("您好，我是自动回复，稍后联系您", "greet/hello").conversation
        life.clock.forward(seconds=5)
    assert len(life.got(talk)) <= 1


def test_a_new_question_opens_an_entry_again_that_was_ticked_off(life: NightLife) -> None:
    life.ask(*HELLO)
    (entry,) = life.book()
    with life.database.transaction() as connection:
        change_entry(connection, entry.id, EntryState.DONE, None, "li", life.clock.now)
    assert life.book() == ()
    life.clock.forward(minutes=1)
    life.ask("杯子碎了怎么办", "returns/quality")
    (again,) = life.book()
    assert again.id == entry.id


def test_of_many_lines_in_a_row_none_is_passed_over(life: NightLife) -> None:
    life.write(*FREIGHT)
    for number in range(60):
        life.clock.forward(seconds=1)
        life.write(f"第{number}件事，麻烦帮我看一下")
    life.notice()
    life.answer()
    with life.database.reading() as connection:
        decided = [entry for entry in entries(connection, SHOP) if entry.kind == "decided"]
    assert len(decided) == 61


def test_the_next_night_begins_anew(life: NightLife) -> None:
    talk = life.ask(*HELLO).conversation
    life.clock.forward(days=1)
    life.ask(*HELLO)
    assert life.got(talk) == ["night.notice", "night.notice"]
    assert len(life.book()) == 2


def test_each_shop_goes_by_its_own_hours(life: NightLife) -> None:
    life.clock.now = NIGHT.replace(hour=22, minute=45)
    one = life.write(*FREIGHT, buyer="wu")
    two = life.write(*FREIGHT, buyer="wu", shop="demo-jd")
    life.answer()
    assert life.got(one.conversation) == [ANSWER]
    assert life.got(two.conversation) == []


def test_every_decision_is_in_the_audit_and_its_chain_holds(life: NightLife) -> None:
    life.ask(*FREIGHT)
    with life.database.transaction() as connection:
        written = [(entry.kind, entry.actor) for entry in entries(connection, SHOP)]
        assert verify(connection, SHOP) is None
    assert ("decided", AUTOMATIC) in written
    assert ("sent", AUTOMATIC) in written
