from __future__ import annotations

from dataclasses import replace
from datetime import date

from contracts.context import OrderStatus
from contracts.platform import Platform
from contracts.reply import Validity
from contracts.taxonomy import Taxonomy, Topic
from desk.replies.coverage import Count, Cover, coverage, is_bound, state_coverage
from retrieval.library import Library
from tests.doubles import make_reply

TAXONOMY = Taxonomy([Topic("invoice", "issue", "能不能开"), Topic("invoice", "type", "专票普票")])
ANY = make_reply("a.any", "可以")
PAID = make_reply("a.paid", "可以", when={"order.status": ["paid"]}, platforms=frozenset({Platform.JD}))
SHORT = make_reply("a.short", "可以", valid=Validity(last=date(2026, 11, 12)))


def test_replies_are_counted_by_topic_platform_state_and_hour() -> None:
    library = Library((replace(ANY, auto=True), PAID, replace(SHORT, auto=True)))
    counted = coverage(library, TAXONOMY)
    assert list(counted) == ["invoice/issue", "invoice/type"]
    assert counted["invoice/issue"][Platform.JD] == Cover(Count(1, 2), Count(1, 1))
    assert counted["invoice/issue"][Platform.PDD] == Cover(Count(1, 1), Count(1, 1))
    assert counted["invoice/type"][Platform.JD] == Cover(Count(), Count())
    assert str(Count(3, 2)) == "3+2"


def test_what_binds_a_reply() -> None:
    assert [is_bound(reply) for reply in (ANY, PAID, SHORT)] == [False, True, True]


def test_replies_are_counted_by_the_state_of_the_order() -> None:
    more = make_reply("a.more", "可以", when={"order.status": ["paid"], "item.custom": [True]})
    counted = state_coverage(Library((replace(ANY, auto=True), PAID, SHORT, more)), TAXONOMY, Platform.JD)
    issue = counted["invoice/issue"]
    assert set(issue) == {None, *OrderStatus}
    assert issue[None] == issue[OrderStatus.SHIPPED] == Cover(Count(1, 1), Count(1, 0))
    assert issue[OrderStatus.PAID] == Cover(Count(2, 2), Count(1, 0))
    assert counted["invoice/type"][OrderStatus.PAID] == Cover(Count(), Count())
    tmall = state_coverage(Library((PAID,)), TAXONOMY, Platform.TMALL)
    assert tmall["invoice/issue"][OrderStatus.PAID] == Cover(Count(), Count())
