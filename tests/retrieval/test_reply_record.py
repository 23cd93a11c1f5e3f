from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from contracts.reply import Reply
from contracts.taxonomy import Taxonomy, Topic
from files.records import faults_of
from retrieval.library import Library
from retrieval.reply_record import FixedRecord, ReplyRecord, record_of

TAXONOMY = Taxonomy([Topic("invoice", "issue", "能不能开")])
WHOLE: dict[str, Any] = {
    "id": "invoice.issue.yes",
    "topic": "invoice/issue",
    "platforms": ["tmall", "jd"],
    "text": "可以开，{invoice.issue_days}天内开好",
    "promise": "开好发票",
    "questions": ["能开票吗"],
    "when": {"order.status": ["paid"], "item.custom": [False], "shop.ship_hours": [48, 24.5]},
    "auto": True,
    "valid": {"from": date(2026, 11, 1), "to": None},
    "keeps": ["tmall.invoice.free"],
    "approved": {"by": "demo", "on": date(2026, 11, 21)},
}


def _reply(record: dict[str, Any]) -> Reply:
    return ReplyRecord.model_validate(record, context=TAXONOMY).reply()


def test_a_record_and_its_reply_say_the_same() -> None:
    assert record_of(_reply(WHOLE)) == WHOLE


def test_the_record_has_every_field_in_the_order_of_the_model() -> None:
    assert list(record_of(_reply(WHOLE))) == list(ReplyRecord.model_fields)


def test_a_day_of_a_condition_is_written_as_text() -> None:
    record = {**WHOLE, "when": {"order.agreed_ship_date": ["2026-11-21"]}}
    assert record_of(_reply(record))["when"] == {"order.agreed_ship_date": ["2026-11-21"]}


def test_every_shipped_reply_survives_the_way_there_and_back(shipped_library: Library, taxonomy: Taxonomy) -> None:
    for reply in shipped_library.replies:
        assert ReplyRecord.model_validate(record_of(reply), context=taxonomy).reply() == reply


def test_all_faults_are_found_at_once() -> None:
    wrong = {
        **WHOLE,
        "id": "Yes",
        "topic": "invoice/colour",
        "platforms": ["tmal"],
        "text": "{a.b}和}",
        "questions": ["好", " "],
        "when": {"order.state": ["paid"], "order.status": []},
        "valid": {"from": "2026-11-02", "to": "2026-11-01"},
        "approved": {"by": ""},
    }
    with pytest.raises(ValidationError) as caught:
        ReplyRecord.model_validate(wrong, context=TAXONOMY)
    faults = {".".join(map(str, place)): message for place, message in faults_of(caught.value)}
    assert faults.keys() == {
        "id", "topic", "platforms", "text", "questions.1", "when", "valid", "approved.by", "approved.on",
    }  # fmt: skip
    assert faults["when"] == "order.state: unknown context key; order.status: names no value"
    assert faults["text"] == "unknown slot {a.b}; a brace that is not part of a slot"


def test_a_text_sent_by_its_name_has_no_questions() -> None:
    fixed = {**WHOLE, "questions": []}
    assert FixedRecord.model_validate(fixed, context=TAXONOMY).reply().questions == ()
    with pytest.raises(ValidationError):
        FixedRecord.model_validate(WHOLE, context=TAXONOMY)
    with pytest.raises(ValidationError):
        ReplyRecord.model_validate(fixed, context=TAXONOMY)
