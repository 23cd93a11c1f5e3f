from __future__ import annotations

import pytest

from contracts.reply import Reply
from desk.night.wording import asks, counts, is_promise, only_offers, unmet, wants_more
from tests.doubles import make_reply

STARTS = make_reply("a.starts", "开始时间写在活动页上，到点请刷新商品页。", "活动几点开始", "是不是零点变价")
CANCEL = make_reply("a.cancel", "没付款的点取消，已付款的点申请退款。", "怎么取消订单", "能取消吗", "不想要了")
SPECIAL = make_reply("a.special", "可以的，专票请再补公司开票资料。", "能开专票不", "专票能开吗")
EXPRESS = make_reply("a.express", "默认发中通，想指定请先说一声。", "发什么快递", "走哪家物流")
DAYS = make_reply("a.days", "一般3天内开好。", "发票什么时候开好", "开票要多久")


@pytest.mark.parametrize(
    ("message", "reply"),
    [
        ("请问一下你们活动是几点开始呀", STARTS),
        ("我要取消订单 谢谢", CANCEL),
        ("專票能開嗎", SPECIAL),
        ("你们家发啥快递呢", EXPRESS),
        ("发票几天能开好", DAYS),
        ("票开要多久啊", DAYS),
        ("[订单x] 能取消不", CANCEL),
    ],
)
def test_other_ways_to_ask_the_same_leave_nothing_open(message: str, reply: object) -> None:
    assert unmet(message, reply) == ()  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("message", "reply", "missing"),
    [
        ("活动几点结束", STARTS, "结束"),
        ("专票还是普票好", SPECIAL, "两样里选"),
        ("个人也能开专票吗", SPECIAL, "个人"),
        ("怎么取消不了订单", CANCEL, "原因"),
        ("取消订单后多久退钱", CANCEL, "时间"),
        ("能开专票吗 几个点", SPECIAL, "数目"),
        ("包邮吗 发什么快递", EXPRESS, "包邮"),
        ("发票什么时候开好 寄到哪里", DAYS, "地点"),
    ],
)
def test_what_the_reply_does_not_speak_of_is_named(message: str, reply: object, missing: str) -> None:
    assert missing in unmet(message, reply)  # type: ignore[arg-type]


FREIGHT = make_reply("a.freight", "个人原因退货的，寄回运费请您付。", "退货运费谁出", "退货能包邮不")


@pytest.mark.parametrize(
    ("message", "reply", "missing"),
    [
        ("我想问下月底能开好吗", DAYS, ("月底",)),
        ("发快递放门卫室", EXPRESS, ("放", "门卫室")),
        ("专票要提供什么", CANCEL, ("专票", "所需")),
        ("礼盒有没有", EXPRESS, ("礼盒",)),
    ],
)
def test_what_is_named_is_in_the_buyers_own_words(message: str, reply: Reply, missing: tuple[str, ...]) -> None:
    assert unmet(message, reply) == missing


@pytest.mark.parametrize("message", ["开专票要什么资料", "想咨询一下专票能开吗", "专票要提供啥"])
def test_a_reply_that_asks_for_papers_says_which_are_needed(message: str) -> None:
    assert unmet(message, make_reply("b", "请补公司开票资料。", "专票能开吗", "要提供公司的吗")) == ()


@pytest.mark.parametrize("message", ["现在下单发什么快递", "下单后走哪家物流", "主播推荐的那款发什么快递"])
def test_that_somebody_buys_and_which_one_is_said_of_any_order(message: str) -> None:
    assert unmet(message, EXPRESS) == ()


@pytest.mark.parametrize(
    ("message", "missing"), [("退货不包邮吗", ("不",)), ("没退货运费谁出", ("没退",)), ("退不退货 运费谁出", ())]
)
def test_a_denial_that_no_text_has_is_a_word_of_its_own(message: str, missing: tuple[str, ...]) -> None:
    assert unmet(message, FREIGHT) == missing


def test_who_asks_when_or_how_much_wants_a_figure() -> None:
    assert all(map(counts, ("多久发货", "几天到", "能便宜多少")))
    assert not any(map(counts, ("怎么退", "发什么快递", "能开票吗")))


def test_a_part_is_a_question_by_its_form() -> None:
    assert all(map(asks, ("能叠加不", "有券吗", "多久到", "怎么退")))
    assert not any(map(asks, ("我昨天拍的", "急", "麻烦快点")))


def test_an_offer_waits_for_the_buyer_and_is_no_promise() -> None:
    offer = "定金退不退照预售页的规则来，请把订单号发来，帮您对着看。"
    assert wants_more(offer)
    assert not is_promise(offer)
    assert not is_promise("收到抬头后3天内开好。")
    assert is_promise("催单记下了，明天9:00客服上班后就去核实，请先把订单号发来。")
    assert is_promise("好的，给您备注上。")
    assert not wants_more("以下单页显示的为准。")


@pytest.mark.parametrize(
    ("text", "offers"),
    [
        ("默认发圆通。您想指定别家请先说一声。", True),
        ("尺寸都在详情页。还有不清楚的请告诉我。", True),
        ("请把订单号发来，看是哪一单。", False),
        ("可以开，您看开个人还是公司？", False),
        ("现货当天发。您要哪一款？还有别的请说一声。", False),
        ("以下单页显示的为准。", False),
    ],
)
def test_what_is_asked_in_case_of_more_is_an_offer(text: str, offers: bool) -> None:
    assert only_offers(text) is offers


def test_a_long_row_of_digits_ends() -> None:
    assert unmet(f"单号{'1' * 60}x到哪了", CANCEL)
