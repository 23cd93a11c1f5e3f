from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime

from contracts.forms import FORMS, FormState, FormStatus
from contracts.handover import Promise
from desk.night.points import Point
from desk.night.record import NightState, read_state, state_json
from desk.night.talk import Period, Sent, Want

AT = datetime.fromisoformat("2026-11-19T22:30:00+08:00")
FULL = NightState(
    Period(
        since=AT,
        sent=(Sent(AT, "您好"),),
        noticed=True,
        calmed=frozenset({"upset"}),
        person_coming=True,
        halted=True,
        urgent=True,
        form=FormState(
            FORMS[0],
            values=(("invoice_title", "张三"),),
            asked="kind",
            tries=(("tax_number", 2),),
            refused=(("tax_number", "9133"),),
            parts=(("province", "浙江"),),
            status=FormStatus.HANDED,
            about="invoice/title",
            put_off=("email",),
            holder="个人",
            had=("黑",),
        ),
        laid=(FormState(FORMS[1], values=(("order_number", "1111"),)),),
        wants=(Want("invoice/issue", "开票", urgent=True),),
        asks=(Point("invoice/issue", "待答复：", ("开票吗", "怎么开")),),
        promises=(Promise("上班后开票", AT, "invoice/title"), Promise("回复")),
        robot_at=AT,
    ),
    {"invoice_title": "张三"},
    frozenset({3, 5}),
    AT,
)


def test_a_night_is_read_as_it_was_written() -> None:
    assert read_state(json.loads(json.dumps(state_json(FULL))), AT) == FULL


def test_what_a_promise_is_about_is_kept_and_may_be_missing() -> None:
    written = json.loads(json.dumps(state_json(FULL)))
    assert read_state(written, AT).period.promises[0].about == "invoice/title"
    written["promises"] = [["上班后开票", None]]
    del written["form"]["about"], written["form"]["put_off"], written["form"]["holder"]
    earlier = read_state(written, AT).period
    assert (earlier.promises[0].about, earlier.form and earlier.form.put_off) == ("", ())
    assert earlier.form is not None
    assert earlier.form.holder == ""


def test_a_point_whose_words_were_kept_in_its_text_is_read() -> None:
    written = json.loads(json.dumps(state_json(FULL)))
    written["asks"] = [["invoice/issue", "待答复：“开票吗”"]]
    assert read_state(written, AT).period.asks == (Point("invoice/issue", "待答复：“开票吗”"),)


def test_another_night_begins_with_nothing() -> None:
    later = AT.replace(day=20)
    assert read_state(state_json(FULL), later) == NightState(Period(later))
    assert read_state({}, AT) == NightState(Period(AT))


def test_a_form_that_is_no_more_is_left_out() -> None:
    written = state_json(FULL)
    written["form"]["id"] = "survey"
    assert read_state(written, AT).period == replace(FULL.period, form=None)
