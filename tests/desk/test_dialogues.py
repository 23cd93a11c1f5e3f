from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.context import OrderStatus
from contracts.errors import DataError, HuashuError, InputError
from contracts.order import Order
from contracts.platform import Platform
from contracts.turn import Speaker
from desk.dialogues import build_context, inquiry_of, parse_dialogue, parse_order

BEIJING = timezone(timedelta(hours=8))


def _turns(*lines: str) -> list[dict[str, Any]]:
    """Turns from `b:text` (buyer), `a:` (agent), `r:` (robot), `s:` (system)."""
    speakers = {speaker.value[0]: speaker.value for speaker in Speaker}
    return [{"speaker": speakers[line[0]], "text": line[2:]} for line in lines]


def _dialogue(*lines: str, **changes: Any) -> dict[str, Any]:
    return {"id": "d1", "platform": "tmall", "turns": _turns(*lines), **changes}


WHOLE = {
    "id": "d1",
    "platform": "tmall",
    "shop": "demo-tmall",
    "order": {"status": "paid"},
    "context": {"item.custom": True},
    "source": "written",
    "hours": {"shifts": []},
    "turns": [
        {
            "speaker": "buyer",
            "at": "2026-11-20T10:00:00+08:00",
            "text": "能开专票吗",
            "intents": ["invoice"],
            "topics": ["invoice/type"],
            "message_id": "m1",
            "clear": "1",
        },
        {"speaker": "agent", "at": "2026-11-20T02:01:00Z", "text": "不能", "violates": ["tmall.invoice.x"]},
    ],
}


def test_every_field_is_read_and_other_keys_are_left_alone() -> None:
    dialogue = parse_dialogue(WHOLE, "d.jsonl", 3)
    buyer, agent = dialogue.turns
    assert (dialogue.id, dialogue.platform, dialogue.shop) == ("d1", Platform.TMALL, "demo-tmall")
    assert (dialogue.order, dialogue.context, dialogue.source) == ({"status": "paid"}, {"item.custom": True}, "written")
    assert (buyer.intents, buyer.topics, buyer.message_id) == (("invoice",), ("invoice/type",), "m1")
    assert buyer.at == datetime(2026, 11, 20, 10, tzinfo=BEIJING)
    assert agent.violates == ("tmall.invoice.x",)
    assert agent.at == datetime(2026, 11, 20, 10, 1, tzinfo=BEIJING)


@pytest.mark.parametrize("name", ["shop", "order", "context", "source"])
def test_null_is_as_absent(name: str) -> None:
    with_null = parse_dialogue(_dialogue("b:在吗", **{name: None}), "d.jsonl", 1)
    assert with_null == parse_dialogue(_dialogue("b:在吗"), "d.jsonl", 1)


@pytest.mark.parametrize("name", ["at", "message_id", "intents", "topics", "violates"])
def test_null_in_a_turn_is_as_absent(name: str) -> None:
    value = _dialogue("b:在吗")
    value["turns"][0][name] = None
    assert parse_dialogue(value, "d.jsonl", 1) == parse_dialogue(_dialogue("b:在吗"), "d.jsonl", 1)


FAULTS = [
    ({"id": None}, "id"),
    ({"id": 7}, "id"),
    ({"platform": None}, "platform"),
    ({"platform": "amazon"}, "platform"),
    ({"platform": ["jd"]}, "platform"),
    ({"shop": 3}, "shop"),
    ({"order": "paid"}, "order"),
    ({"order": ["paid"]}, "order"),
    ({"context": "none"}, "context"),
    ({"turns": None}, "turns"),
    ({"turns": []}, "turns"),
    ({"turns": {"speaker": "buyer"}}, "turns"),
    ({"turns": ["在吗"]}, "turns[0]"),
    ({"turns": [{"text": "在吗"}]}, "turns[0].speaker"),
    ({"turns": [{"speaker": "seller", "text": "在吗"}]}, "turns[0].speaker"),
    ({"turns": [{"speaker": ["buyer"], "text": "在吗"}]}, "turns[0].speaker"),
    ({"turns": [{"speaker": "buyer"}]}, "turns[0].text"),
    ({"turns": [{"speaker": "buyer", "text": 3}]}, "turns[0].text"),
    ({"turns": [*_turns("b:在吗"), {"speaker": "buyer", "text": None}]}, "turns[1].text"),
    ({"turns": [{"speaker": "buyer", "text": "在", "at": "today"}]}, "turns[0].at"),
    ({"turns": [{"speaker": "buyer", "text": "在", "at": 1_700_000_000}]}, "turns[0].at"),
    ({"turns": [{"speaker": "buyer", "text": "在", "intents": "greet"}]}, "turns[0].intents"),
    ({"turns": [{"speaker": "buyer", "text": "在", "topics": [3]}]}, "turns[0].topics"),
    ({"turns": [{"speaker": "buyer", "text": "在", "message_id": 3}]}, "turns[0].message_id"),
]


@pytest.mark.parametrize(("change", "field"), FAULTS, ids=str)
def test_a_fault_names_file_line_and_field(change: dict[str, Any], field: str) -> None:
    with pytest.raises(DataError) as caught:
        parse_dialogue({**_dialogue("b:在吗"), **change}, "d.jsonl", 9)
    assert (caught.value.file, caught.value.line, caught.value.field) == ("d.jsonl", 9, field)


@pytest.mark.parametrize(
    ("lines", "text", "agent", "buyer"),
    [
        pytest.param(["b:能开票吗"], "能开票吗", "", "", id="one line"),
        pytest.param(["b:在吗", "b:能开票吗", "b:专票"], "在吗 能开票吗 专票", "", "", id="a burst is one message"),
        pytest.param(["b:在吗", "a:在的", "b:能开票吗"], "能开票吗", "在的", "在吗", id="the lines before"),
        pytest.param(
            ["b:一", "a:二", "b:三", "b:四", "a:五", "r:六", "b:七", "b:八"],
            "七 八",
            "五 六",
            "三 四",
            id="bursts before",
        ),
        pytest.param(["b:问", "r:您好", "b:答"], "答", "您好", "问", id="a robot's line is the shop's"),
        pytest.param(["b:一", "s:已下单", "b:二"], "一 二", "", "", id="a system line does not end a burst"),
        pytest.param(["b:一", "a:二", "s:已付款", "b:三"], "三", "二", "一", id="a system line is nobody's"),
        pytest.param(["a:欢迎", "b:在吗"], "在吗", "欢迎", "", id="the shop begins"),
        pytest.param(["b:一", "b:二", "a:三", "s:四"], "一 二", "", "", id="what comes after is not looked at"),
        pytest.param(["b:  能开\n票吗\x00 "], "能开 票吗", "", "", id="cleaned"),
        pytest.param(["b:能开票吗", "b:", "b:  "], "能开票吗", "", "", id="empty lines in a burst"),
        pytest.param(["b: ", "a: ", "b:在"], "在", "", "", id="empty lines before"),
        pytest.param(["b:\u200b", "a:\u200b\ud800", "b:在"], "在", "", "", id="invisible lines before"),
    ],
)
def test_the_message_and_the_lines_before(lines: list[str], text: str, agent: str, buyer: str) -> None:
    inquiry = inquiry_of(parse_dialogue(_dialogue(*lines), "d.jsonl", 1))
    assert (inquiry.text, inquiry.previous_agent, inquiry.previous_buyer) == (text, agent, buyer)


def test_the_same_message_twice_is_one() -> None:
    value = _dialogue("b:能开票吗", "b:能开票吗", "b:专票")
    value["turns"][0]["message_id"] = value["turns"][1]["message_id"] = "m1"
    value["turns"][2]["message_id"] = "m2"
    assert inquiry_of(parse_dialogue(value, "d.jsonl", 1)).text == "能开票吗 专票"


@pytest.mark.parametrize("lines", [["a:在的"], ["s:已下单", "r:您好"], ["b: "], ["b:\u200b"]])
def test_where_the_buyer_wrote_nothing_there_is_no_message(lines: list[str]) -> None:
    with pytest.raises(InputError):
        inquiry_of(parse_dialogue(_dialogue(*lines), "d.jsonl", 1))


def test_order_and_context_come_with_the_message() -> None:
    inquiry = inquiry_of(parse_dialogue(WHOLE, "d.jsonl", 1))
    assert inquiry.context.order.status is OrderStatus.PAID
    assert inquiry.context.item.custom is True
    assert inquiry.order.status is OrderStatus.PAID
    assert (inquiry.platform, inquiry.shop) == (Platform.TMALL, "demo-tmall")


def test_a_context_key_wins_over_the_order() -> None:
    context, warnings = build_context({"status": "paid", "number": "A1"}, {"order.status": "shipped"})
    assert context.order.status is OrderStatus.SHIPPED
    assert warnings == ()


def test_what_cannot_be_used_is_warned_about() -> None:
    context, warnings = build_context({"presale": "perhaps"}, {"order.colour": "red"})
    assert context.order.presale is None
    assert len(warnings) == 2


def test_an_order_is_read_field_by_field() -> None:
    order, warnings = parse_order(
        {
            "status": "shipped",
            "number": " A\n1 ",
            "amount": "88.5",
            "paid_at": "2026-11-20T10:00:00+08:00",
            "carrier": "中通",
            "tracking_number": 123,
            "shipped_on": "2026-11-21",
            "eta": "2026-11-23T09:00:00Z",
            "item": "保温杯",
            "colour": "red",
        }
    )
    assert warnings == ()
    assert order == Order(
        status=OrderStatus.SHIPPED,
        number="A 1",
        amount=88.5,
        paid_at=datetime(2026, 11, 20, 10, tzinfo=BEIJING),
        carrier="中通",
        tracking_number="123",
        shipped_on=date(2026, 11, 21),
        eta=date(2026, 11, 23),
        item="保温杯",
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("status", "payed"),
        ("status", ["paid"]),
        ("status", {"name": "paid"}),
        ("number", ""),
        ("number", "\u200b"),
        ("number", ["A1"]),
        ("item", {"name": "杯"}),
        ("carrier", True),
        ("amount", "a lot"),
        ("amount", [1]),
        ("amount", True),
        ("amount", float("nan")),
        ("amount", float("inf")),
        ("amount", "nan"),
        ("amount", -3),
        pytest.param("amount", 10**400, id="amount-too large"),
        ("paid_at", "today"),
        ("paid_at", 5),
        ("shipped_on", "2026-02-30"),
        ("eta", ["2026-11-23"]),
    ],
)
def test_an_unusable_field_is_left_out_with_a_warning(field: str, value: Any) -> None:
    order, warnings = parse_order({field: value, "item" if field == "number" else "number": "A1"})
    assert len(warnings) == 1
    assert field in warnings[0]
    assert getattr(order, field) is None
    assert order in (Order(number="A1"), Order(item="A1"))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(codec=None), max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=3,
)
FIELDS = st.sampled_from(["id", "platform", "shop", "order", "context", "source", "turns"])
ORDER = st.sampled_from(["status", "number", "amount", "paid_at", "carrier", "shipped_on", "eta", "item", "presale"])


@settings(deadline=None, derandomize=True)
@given(st.dictionaries(FIELDS, JSON, max_size=3), st.dictionaries(ORDER, JSON, max_size=3))
def test_any_json_gives_a_message_or_an_error_for_a_person(change: dict[str, Any], order: dict[str, Any]) -> None:
    try:
        inquiry = inquiry_of(parse_dialogue({**_dialogue("b:在吗", order=order), **change}, "d.jsonl", 1))
    except HuashuError:
        return
    assert inquiry.text == "在吗"
