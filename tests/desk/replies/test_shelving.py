from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from contracts.errors import NotFound
from contracts.platform import Platform
from contracts.reply import Validity
from desk.replies.shelving import Order, Standing, Wanted, reply_on, select
from desk.replies.usage import Usage
from desk.suggest import Parts
from retrieval.library import Library
from tests.desk.conftest import MakeSuggester
from tests.doubles import TODAY, make_reply

LIBRARY = Library(
    (
        make_reply("a.a", "可以开票的", topic="invoice/issue"),
        make_reply("a.b", "双十一全场包邮", topic="discount/promotion", valid=Validity(last=date(2026, 11, 12))),
        make_reply("a.c", "双十二有活动", topic="discount/promotion", valid=Validity(first=date(2026, 12, 1))),
        make_reply("a.d", "发京东快递", topic="shipping/carrier", platforms=frozenset({Platform.JD})),
    )
)
TMALL = Wanted(Platform.TMALL)


@pytest.fixture
def parts(make_suggester: MakeSuggester) -> Parts:
    return make_suggester(LIBRARY).parts


def _ids(wanted: Wanted, parts: Parts, **usage: Usage) -> list[str]:
    counted = {name.replace("_", "."): value for name, value in usage.items()}
    return [reply.id for reply in select(wanted, parts, counted, TODAY, 0, 10).replies]


def test_a_shop_sees_the_replies_of_its_platform(parts: Parts) -> None:
    assert _ids(TMALL, parts) == ["a.a", "a.b", "a.c"]
    assert _ids(Wanted(Platform.JD), parts) == ["a.a", "a.b", "a.c", "a.d"]


@pytest.mark.parametrize(
    ("topic", "ids"), [("discount", ["a.b", "a.c"]), ("discount/promotion", ["a.b", "a.c"]), ("disc", [])]
)
def test_by_intent_or_topic(parts: Parts, topic: str, ids: list[str]) -> None:
    assert _ids(replace(TMALL, topic=topic), parts) == ids


@pytest.mark.parametrize(
    ("standing", "ids"), [(Standing.EXPIRED, ["a.b"]), (Standing.UPCOMING, ["a.c"]), (Standing.VALID, ["a.a"])]
)
def test_by_what_holds_today(parts: Parts, standing: Standing, ids: list[str]) -> None:
    assert _ids(replace(TMALL, standing=standing), parts) == ids


def test_by_meaning_the_best_first(parts: Parts) -> None:
    assert _ids(replace(TMALL, text="有双十二活动吗"), parts)[0] == "a.c"


def test_by_what_was_most_refused(parts: Parts) -> None:
    wanted = replace(TMALL, order=Order.REJECTED)
    assert _ids(wanted, parts, a_c=Usage(rejected=3), a_b=Usage(rejected=1, shown=9)) == ["a.c", "a.b", "a.a"]


def test_pages_follow_each_other(parts: Parts) -> None:
    first = select(TMALL, parts, {}, TODAY, 0, 2)
    second = select(TMALL, parts, {}, TODAY, first.next or 0, 2)
    assert ([len(first.replies), len(second.replies)], first.total, second.next) == ([2, 1], 3, None)


def test_a_reply_of_another_platform_is_not_there(parts: Parts) -> None:
    assert reply_on(parts, "a.d", Platform.JD).id == "a.d"
    for reply_id, platform in (("a.d", Platform.TMALL), ("a.z", Platform.JD)):
        with pytest.raises(NotFound):
            reply_on(parts, reply_id, platform)
