from __future__ import annotations

from dataclasses import replace

from desk.replies.plan import Change, Plan
from tests.doubles import make_reply

REPLY = make_reply("a.b", "可以", "能吗", when={"order.status": ["paid"]})


def test_a_change_names_the_fields_that_differ() -> None:
    after = replace(REPLY, text="可以的", when=(), auto=True)
    assert Change(REPLY, after).fields == {
        "text": ("可以", "可以的"),
        "when": ({"order.status": ["paid"]}, None),
        "auto": (None, True),
    }
    assert Change(REPLY, REPLY).fields == {}


def test_a_reply_moves_when_its_intent_does() -> None:
    assert Change(REPLY, replace(REPLY, topic="shipping/issue")).moves
    assert not Change(REPLY, replace(REPLY, topic="invoice/type")).moves


def test_a_plan_without_changes_is_empty() -> None:
    assert Plan(unchanged=3).empty
    assert not Plan(added=(REPLY,)).empty
    assert not Plan(changed=(Change(REPLY, REPLY),)).empty
