from __future__ import annotations

from pathlib import Path

import pytest

from compliance.checker import Checker
from contracts.errors import DataError
from contracts.platform import Platform
from desk.replies.rules import breach_in, breaches, check_library, findings
from retrieval.library import Library, Place
from tests.doubles import make_reply

TMALL = frozenset({Platform.TMALL})


def test_a_reply_is_held_against_the_rules_in_every_state_it_is_meant_for(checker: Checker) -> None:
    text, excepted, any_item = (
        "这款不支持信用卡支付",
        {"item.no_credit_card": [True]},
        {"item.no_credit_card": [True, False]},
    )
    check_library(Library((make_reply("a.fine", text, platforms=TMALL, when=excepted),)), checker)
    with pytest.raises(DataError, match=r"a\.bad"):
        check_library(Library((make_reply("a.bad", text, platforms=TMALL, when=any_item),)), checker)


def test_the_library_is_held_against_every_platform_of_a_reply(checker: Checker) -> None:
    fine, bad = make_reply("a.fine", "可以开的"), make_reply("a.bad", "不要票的话每件便宜3块")
    check_library(Library((fine,)), checker)
    with pytest.raises(DataError) as caught:
        check_library(Library((fine, bad)), checker)
    assert caught.value.field == "a.bad"


def test_a_breach_names_the_place_where_there_is_one(checker: Checker) -> None:
    bad = make_reply("a.bad", "不要票的话每件便宜3块")
    (breach,) = breaches(Library((bad,), {"a.bad": Place(Path("x.yml"), 7)}), checker)
    assert str(breach).startswith("x.yml:7: a.bad: breaks ")
    (elsewhere,) = breaches(Library((bad,)), checker)
    assert str(elsewhere).startswith("data/replies: a.bad: breaks ")


def test_findings_come_from_every_platform(checker: Checker) -> None:
    found = list(findings(make_reply("a.bad", "加我微信聊"), checker))
    assert {platform for platform, _ in found} == set(Platform)
    assert breach_in(found).startswith("breaks ")
    assert breach_in([]) == ""


def test_slots_are_filled_and_a_finding_lies_where_the_replys_own_text_has_its_words(checker: Checker) -> None:
    text = "{order.carrier}已揽收，加我微信发您"
    found = [
        finding for platform, finding in findings(make_reply("a.bad", text), checker) if platform is Platform.TMALL
    ]
    assert all(0 <= start < end <= len(text) for start, end in (finding.span for finding in found))
    assert any("微信" in text[slice(*finding.span)] for finding in found)


def test_words_that_stand_across_a_slot_are_the_whole_text(checker: Checker) -> None:
    text = "不要票的话每件便宜{order.amount}元"
    (breach, *_) = [
        finding for platform, finding in findings(make_reply("a.bad", text), checker) if platform is Platform.TMALL
    ]
    assert text[slice(*breach.span)]
