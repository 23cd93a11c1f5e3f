from __future__ import annotations

from dataclasses import replace

from compliance.checker import Checker
from contracts.answer import Route
from contracts.clause import Severity
from contracts.context import Context
from contracts.dialogue import Dialogue
from contracts.finding import Finding, Verdict
from contracts.platform import Platform
from contracts.policy import AutoMode, AutoPolicy
from contracts.shop import Shop
from contracts.turn import Speaker, Turn
from desk.assembly import Desk, open_first_reply
from desk.dialogues import parse_dialogue
from desk.night.first_reply import FirstReply, Outcome
from desk.night.talk import Talk
from desk.shifts import Calendar
from tests.replay_cases.expectations import NightCase
from tests.replay_cases.reader import LabelReader


class Strict(Checker):
    """Lets nothing pass."""

    def __init__(self) -> None: ...

    def check(
        self,
        text: str,  # noqa: ARG002
        platform: Platform,  # noqa: ARG002
        context: Context | None = None,  # noqa: ARG002
        shop: Shop | None = None,  # noqa: ARG002
    ) -> Verdict:
        return Verdict((Finding("tmall.x", Severity.BLOCK, (0, 1), "", ""),), 1)


class Lenient(Strict):
    """Lets pass what holds one of these words."""

    def __init__(self, *words: str) -> None:
        self._words = words

    def check(self, text: str, platform: Platform, context: Context | None = None, shop: Shop | None = None) -> Verdict:
        if any(word in text for word in self._words):
            return Verdict((), 1)
        return super().check(text, platform, context, shop)


def _dialogue(*lines: tuple[str, str]) -> Dialogue:
    """Buyer lines at 02:00, a minute apart, each with its topic."""
    turns = [
        {
            "speaker": "buyer",
            "at": f"2026-11-20T02:{minute:02}:00+08:00",
            "text": text,
            "topics": [topic],
            "intents": [topic.split("/")[0]],
        }
        for minute, (text, topic) in enumerate(lines)
    ]
    return parse_dialogue({"id": "d", "platform": "tmall", "shop": "demo-tmall", "turns": turns}, "d", 1)


def _play(first_reply: FirstReply, label_reader: LabelReader, shop: Shop, *lines: tuple[str, str]) -> list[Outcome]:
    dialogue = _dialogue(*lines)
    label_reader.case = NightCase(dialogue, (), down=False)
    talk = Talk(dialogue, shop, Calendar.of(shop))
    return [first_reply.buyer_line(talk, turn, turn.at) for turn in dialogue.turns if turn.at]


INVOICE = ("能开发票吗", "invoice/issue")
FREIGHT = ("包邮吗", "shipping/freight")
HUMAN = ("转人工", "human/request")


def test_switched_off_nothing_leaves_and_all_is_handed_over(
    night_desk: Desk, label_reader: LabelReader, tmall_shop: Shop
) -> None:
    shop = replace(tmall_shop, auto=AutoPolicy(AutoMode.OFF))
    outcomes = _play(open_first_reply(night_desk), label_reader, shop, INVOICE, HUMAN)
    assert [(outcome.route, outcome.sends) for outcome in outcomes] == [(Route.HOLD, None)] * 2
    handover = outcomes[-1].handover
    assert handover is not None
    assert handover.urgent
    assert "能开发票吗" in handover.wants


def test_a_line_of_the_shift_without_a_word_keeps_nothing_from_being_answered(
    night_desk: Desk, label_reader: LabelReader, tmall_shop: Shop
) -> None:
    dialogue = _dialogue(FREIGHT)
    label_reader.case = NightCase(dialogue, (), down=False)
    talk = Talk(dialogue, tmall_shop, Calendar.of(tmall_shop))
    (turn,) = dialogue.turns
    assert turn.at is not None
    at = turn.at.replace(day=19, hour=22, minute=20)
    talk.heard(Turn(Speaker.BUYER, "\u200b", at), at)
    outcome = open_first_reply(night_desk).buyer_line(talk, turn, turn.at)
    assert outcome.sends is not None
    assert outcome.sends.reply_id == "shipping.freight.checkout"


def test_notices_only(night_desk: Desk, label_reader: LabelReader, tmall_shop: Shop) -> None:
    shop = replace(tmall_shop, auto=AutoPolicy(AutoMode.NOTICE))
    lines = (INVOICE, ("帮我开张发票", "invoice/issue"), HUMAN)
    sent = [
        outcome.sends and outcome.sends.reply_id
        for outcome in _play(open_first_reply(night_desk), label_reader, shop, *lines)
    ]
    assert sent == ["night.notice", None, "night.person"]


def test_only_the_topics_that_the_shop_allows(night_desk: Desk, label_reader: LabelReader, tmall_shop: Shop) -> None:
    shop = replace(tmall_shop, auto=AutoPolicy(topics=frozenset({"shipping"})))
    first, second = _play(open_first_reply(night_desk), label_reader, shop, INVOICE, FREIGHT)
    assert (first.route, first.sends and first.sends.reply_id) == (Route.HOLD, "night.notice")
    assert (second.route, second.sends and second.sends.reply_id) == (Route.AUTO, "shipping.freight.checkout")


def test_what_the_checker_blocks_does_not_leave(night_desk: Desk, label_reader: LabelReader, tmall_shop: Shop) -> None:
    first_reply = open_first_reply(replace(night_desk, checker=Strict()))
    for outcome in _play(first_reply, label_reader, tmall_shop, FREIGHT, HUMAN):
        assert (outcome.route, outcome.sends) == (Route.HOLD, None)
        assert "规则检查" in outcome.reason


def test_the_notice_leaves_in_place_of_a_blocked_text_once(
    night_desk: Desk, label_reader: LabelReader, tmall_shop: Shop
) -> None:
    lines = (("帮我开张发票", "invoice/issue"), FREIGHT, ("我要退掉这一件", "returns/how"), HUMAN)
    first_reply = open_first_reply(replace(night_desk, checker=Lenient("记录", "在线")))
    first, *others = _play(first_reply, label_reader, tmall_shop, *lines)
    assert (first.route, first.sends and first.sends.reply_id) == (Route.HOLD, "night.notice")
    assert "规则检查" in first.reason
    assert [outcome.sends and outcome.sends.reply_id for outcome in others] == [None, None, "night.person"]
    assert first.handover is not None
    assert "还缺" in first.handover.asks[0]


def test_after_a_blocked_question_the_next_line_is_not_its_answer(
    night_desk: Desk, label_reader: LabelReader, tmall_shop: Shop
) -> None:
    first_reply = open_first_reply(replace(night_desk, checker=Lenient("在线")))
    lines = (("帮我开张发票", "invoice/issue"), ("你们店真大", "out_of_scope/other"))
    outcome = _play(first_reply, label_reader, tmall_shop, *lines)[-1]
    assert outcome.handover is not None
    assert "invoice_title" not in outcome.handover.collected


def test_a_text_that_was_stopped_on_its_way_out_is_not_tried_again(
    night_desk: Desk, label_reader: LabelReader, tmall_shop: Shop
) -> None:
    dialogue = _dialogue(FREIGHT)
    label_reader.case = NightCase(dialogue, (), down=False)
    talk = Talk(dialogue, tmall_shop, Calendar.of(tmall_shop))
    turn, first_reply = dialogue.turns[0], open_first_reply(night_desk)
    assert turn.at is not None
    outcome = first_reply.buyer_line(talk, turn, turn.at, barred="shipping.freight.checkout")
    assert outcome.sends is not None
    assert outcome.sends.reply_id == "night.notice"


def test_an_answer_leaves_only_to_its_own_question(
    night_desk: Desk, label_reader: LabelReader, tmall_shop: Shop
) -> None:
    lines = (("运费怎么算", "shipping/freight"), ("运费能开进发票吗", "shipping/freight"))
    own, other = _play(open_first_reply(night_desk), label_reader, tmall_shop, *lines)
    assert (own.route, own.sends and own.sends.reply_id) == (Route.AUTO, "shipping.freight.checkout")
    assert (other.route, other.sends and other.sends.reply_id) == (Route.HOLD, "night.notice")


def test_what_a_reply_asked_for_waits_in_the_entry(
    night_desk: Desk, label_reader: LabelReader, tmall_shop: Shop
) -> None:
    (outcome,) = _play(open_first_reply(night_desk), label_reader, tmall_shop, ("能发顺丰吗", "shipping/carrier"))
    assert outcome.sends is not None
    assert outcome.sends.reply_id == "shipping.carrier.choose"
    assert outcome.handover is not None
    assert outcome.handover.promises == ()
    assert outcome.handover.asks == ("已请买家补充（发什么快递），收到后：问仓库能否指定快递：“能发顺丰吗”",)


def test_a_word_more_after_an_answer_gets_no_notice(
    night_desk: Desk, label_reader: LabelReader, tmall_shop: Shop
) -> None:
    dialogue = _dialogue(FREIGHT)
    turns = (*dialogue.turns, replace(dialogue.turns[0], text="急", topics=("out_of_scope/other",)))
    label_reader.case = NightCase(replace(dialogue, turns=turns), (), down=False)
    talk = Talk(dialogue, tmall_shop, Calendar.of(tmall_shop))
    outcomes = [open_first_reply(night_desk).buyer_line(talk, turn, turn.at) for turn in turns if turn.at]
    assert [outcome.sends and outcome.sends.reply_id for outcome in outcomes] == ["shipping.freight.checkout", None]


def test_promises_are_due_when_people_are_back(night_desk: Desk, label_reader: LabelReader, tmall_shop: Shop) -> None:
    (outcome,) = _play(open_first_reply(night_desk), label_reader, tmall_shop, ("在吗", "greet/hello"))
    assert outcome.handover is not None
    (promise,) = outcome.handover.promises
    assert promise.due == outcome.handover.returns_at
    assert promise.due is not None
    assert promise.due.isoformat() == "2026-11-20T09:00:00+08:00"


def test_a_person_s_line_counts_as_said(night_desk: Desk, label_reader: LabelReader, tmall_shop: Shop) -> None:
    first_reply = open_first_reply(night_desk)
    dialogue = _dialogue(FREIGHT)
    label_reader.case = NightCase(dialogue, (), down=False)
    talk = Talk(dialogue, tmall_shop, Calendar.of(tmall_shop))
    at = dialogue.turns[0].at
    assert at is not None
    answer = "您填好收货地址，下单页会直接显示运费；显示0元就是不用付，发货时也不再另加。"
    first_reply.shop_line(talk, Turn(Speaker.AGENT, answer), at.replace(hour=1, minute=0))
    outcome = first_reply.buyer_line(talk, dialogue.turns[0], at)
    assert (outcome.route, outcome.sends) == (Route.HOLD, None)


def test_what_a_quick_buyer_writes_is_kept_when_automatic_answers_stop(
    night_desk: Desk, label_reader: LabelReader, tmall_shop: Shop
) -> None:
    night = night_desk.settings.night.model_copy(update={"most_sends": 1})
    hasty = replace(night_desk, settings=night_desk.settings.model_copy(update={"night": night}))
    lines = (FREIGHT, ("能开专票吗", "invoice/type"))
    _, second = _play(open_first_reply(hasty), label_reader, tmall_shop, *lines)
    assert (second.route, second.sends) == (Route.HOLD, None)
    assert "太多" in second.reason
    assert second.handover is not None
    assert any("能开专票吗" in ask for ask in second.handover.asks)
