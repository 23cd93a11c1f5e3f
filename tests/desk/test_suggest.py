from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timezone
from functools import partial
from typing import Any

import pytest

from compliance.checker import Checker
from contracts.answer import Answer, Route
from contracts.context import Context
from contracts.order import Order
from contracts.platform import Platform
from contracts.reply import Validity
from contracts.shop import Shop
from contracts.turn import Inquiry
from contracts.understanding import Guess, Understanding
from desk.choosing import choose
from desk.suggest import Suggester
from desk.understand import NoReader
from retrieval.index import SearchIndex
from retrieval.library import Library
from retrieval.retriever import Retriever
from retrieval.vectors.milvus import MilvusIndex
from retrieval.vectors.place import MilvusPlace
from tests.desk.conftest import INVOICE, MakeSuggester
from tests.doubles import FixedReader, make_reply

TMALL = Platform.TMALL
MESSAGES = [
    "能开专票吗",
    "东西坏了我要退",
    "便宜点呗 加个微信",
    "啥时候发货",
    "有优惠券没",
    "在吗",
    "asdf",
    "🙂",
    "不要发票能便宜不",
]
SURCHARGE = make_reply("bad.tax", "要票的话加6个点", "能开专票吗", topic="invoice/type")
PLAIN = make_reply("good.type", "专票普票都能开", "能开专票吗", topic="invoice/type")


def _ids(answer: Answer) -> list[str]:
    return [item.candidate.reply.id for item in answer.suggestions]


def _context(values: Mapping[str, Any]) -> Context:
    context, warnings = Context().with_values(values)
    assert warnings == ()
    return context


@pytest.mark.parametrize("platform", list(Platform))
def test_every_suggestion_is_for_the_platform_and_passes_its_rules(
    shipped: Suggester, checker: Checker, platform: Platform
) -> None:
    for text in MESSAGES:
        answer = shipped.suggest(Inquiry(text, platform))
        assert len(answer.suggestions) <= 3
        for item in answer.suggestions:
            assert platform in item.candidate.reply.platforms
            assert item.verdict.clauses_checked == len(checker.catalogue.for_platform(platform))
            context = _context({"buyer.text": text})
            assert not checker.check(item.candidate.text, platform, context).blocked, item.candidate.reply.id


def test_the_message_is_answered_with_reasons(shipped: Suggester, tmall_shop: Shop) -> None:
    answer = shipped.suggest(Inquiry("能开专票吗", TMALL, shop=tmall_shop.id), tmall_shop)
    best = answer.suggestions[0]
    assert best.candidate.reply.topic == "invoice/type"
    assert best.candidate.scores.prior == 0.9
    assert best.candidate.sendable
    assert answer.understanding == INVOICE
    assert answer.route is Route.PANEL
    assert answer.reason
    assert answer.notes == ()


def test_the_reader_gets_the_message_and_the_lines_before(make_suggester: MakeSuggester) -> None:
    reader = FixedReader(INVOICE)
    inquiry = Inquiry("可以", TMALL, previous_agent="要开票吗", previous_buyer="在吗")
    make_suggester(Library((PLAIN,)), reader).suggest(inquiry)
    (asked,) = reader.asked
    assert (asked.text, asked.previous_agent, asked.previous_buyer) == ("可以", "要开票吗", "在吗")
    assert asked.platform is TMALL


def test_what_breaks_a_rule_is_blocked_and_never_suggested(make_suggester: MakeSuggester) -> None:
    answer = make_suggester(Library((SURCHARGE, PLAIN))).suggest(Inquiry("能开专票吗", TMALL))
    assert _ids(answer) == ["good.type"]
    assert [item.reply_id for item in answer.blocked] == ["bad.tax"]
    assert all(finding.why and finding.instead for finding in answer.blocked[0].findings)


def test_when_everything_breaks_a_rule_the_reason_says_so(make_suggester: MakeSuggester) -> None:
    answer = make_suggester(Library((SURCHARGE,))).suggest(Inquiry("能开专票吗", TMALL))
    assert (_ids(answer), answer.route) == ([], Route.PANEL)
    assert "1条" in answer.reason
    assert "规则" in answer.reason


def test_a_filled_slot_is_checked_as_it_would_be_sent(make_suggester: MakeSuggester) -> None:
    library = Library((make_reply("a.item", "{item.name}有货", "能开专票吗", topic="invoice/type"),))
    suggester = make_suggester(library)
    harmless = suggester.suggest(Inquiry("能开专票吗", TMALL, order=Order(item="保温杯")))
    harmful = suggester.suggest(Inquiry("能开专票吗", TMALL, order=Order(item="要票的话加6个点")))
    assert harmless.suggestions[0].candidate.text == "保温杯有货"
    assert [item.reply_id for item in harmful.blocked] == ["a.item"]


def test_rasa_down_still_suggests_and_says_so(shipped: Suggester, tmall_shop: Shop) -> None:
    suggester = Suggester(replace(shipped.parts, reader=NoReader()))
    try:
        answer = suggester.suggest(Inquiry("能开发票吗", TMALL), tmall_shop)
    finally:
        suggester.close()
    assert answer.suggestions
    assert answer.suggestions[0].candidate.reply.topic.startswith("invoice/")
    assert answer.understanding.source == "retrieval"
    assert answer.understanding.degraded
    assert answer.understanding.intents[0].name == "invoice"
    assert sum(guess.confidence for guess in answer.understanding.intents) == pytest.approx(1)
    assert any("意图模型" in note for note in answer.notes)
    assert answer.timings.understand == 0


def test_without_encoder_keywords_find_it(shipped: Suggester, shipped_library: Library) -> None:
    parts = replace(
        shipped.parts, encoder=None, retriever=Retriever(shipped_library, SearchIndex.keyword_only(shipped_library))
    )
    suggester = Suggester(replace(parts, notes=("只用关键词检索",)))
    try:
        answer = suggester.suggest(Inquiry("能开专票吗", TMALL))
    finally:
        suggester.close()
    assert answer.suggestions[0].candidate.reply.topic == "invoice/type"
    assert all(item.candidate.scores.dense == 0 for item in answer.suggestions)
    assert answer.timings.encode == 0
    assert answer.notes == ("只用关键词检索",)


def test_vectors_that_do_not_answer_leave_keywords_with_a_note(make_suggester: MakeSuggester) -> None:
    suggester = make_suggester(Library((PLAIN,)))
    retriever = suggester.parts.retriever
    down = MilvusIndex(MilvusPlace("http://127.0.0.1:1"), "huashu_a", 64, expected=2)
    index = SearchIndex(retriever.index.entries, retriever.index.terms, down)
    suggester.swap(replace(suggester.parts, retriever=Retriever(retriever.library, index)))
    for _ in range(2):
        answer = suggester.suggest(Inquiry("能开专票吗", TMALL))
        assert _ids(answer) == ["good.type"]
        assert answer.suggestions[0].candidate.scores.dense == 0
        (note,) = answer.notes
        assert note.startswith("只用关键词检索：Milvus at http://127.0.0.1:1: ")
    assert suggester.parts.faults()[0].startswith("只用关键词检索：Milvus at ")
    suggester.warm_up()


def test_neither_rasa_nor_encoder_still_suggests(make_suggester: MakeSuggester) -> None:
    answer = make_suggester(Library((PLAIN,)), NoReader(), vectors=False).suggest(Inquiry("能开专票吗", TMALL))
    assert _ids(answer) == ["good.type"]
    assert answer.understanding.source == "retrieval"


def test_two_questions_get_an_answer_to_both(shipped: Suggester, tmall_shop: Shop) -> None:
    both = Understanding(
        intents=(Guess("invoice", 0.52), Guess("shipping", 0.45)),
        topics=(Guess("invoice/type", 0.5), Guess("shipping/dispatch_time", 0.44)),
    )
    suggester = Suggester(replace(shipped.parts, reader=FixedReader(both)))
    try:
        answer = suggester.suggest(Inquiry("能开专票吗 啥时候发货呀", TMALL), tmall_shop)
    finally:
        suggester.close()
    topics = {item.candidate.reply.topic for item in answer.suggestions}
    assert {"invoice/type", "shipping/dispatch_time"} <= topics


@pytest.mark.parametrize("vectors", [True, False])
def test_nothing_for_the_platform_is_an_answer_with_a_reason(make_suggester: MakeSuggester, vectors: bool) -> None:
    library = Library((make_reply("a.b", "专票能开", "能开专票吗", platforms=frozenset({Platform.JD})),))
    for reader in (FixedReader(INVOICE), NoReader()):
        answer = make_suggester(library, reader, vectors=vectors).suggest(Inquiry("能开专票吗", Platform.PDD))
        assert (answer.suggestions, answer.blocked, answer.route) == ((), (), Route.PANEL)
        assert "没有放心的建议" in answer.reason


def test_too_little_confidence_is_an_answer_with_a_reason(make_suggester: MakeSuggester) -> None:
    nothing = Understanding(intents=(Guess("out_of_scope", 0.9),), topics=(Guess("out_of_scope/other", 0.9),))
    answer = make_suggester(Library((PLAIN,)), FixedReader(nothing)).suggest(Inquiry("zzzz", TMALL))
    assert answer.suggestions == ()
    assert "没有放心的建议" in answer.reason


def test_an_empty_reading_is_no_obstacle(make_suggester: MakeSuggester) -> None:
    answer = make_suggester(Library((PLAIN,)), FixedReader(Understanding())).suggest(Inquiry("能开专票吗", TMALL))
    assert answer.route is Route.PANEL
    assert answer.reason


@pytest.mark.parametrize(("k", "count"), [(1, 1), (2, 2), (3, 3), (20, 5)])
def test_at_most_k(make_suggester: MakeSuggester, k: int, count: int) -> None:
    library = Library(
        tuple(make_reply(f"a.{word}", f"专票能开{word}", "能开专票吗", topic="invoice/type") for word in "一二三四五")
    )
    assert len(make_suggester(library).suggest(Inquiry("能开专票吗", TMALL), k=k).suggestions) == count


def test_an_unfilled_slot_is_named_and_such_a_reply_stands_below(make_suggester: MakeSuggester) -> None:
    slotted = make_reply("a.slot", "专票{invoice.issue_days}天内开", "能开专票吗", topic="invoice/type")
    suggester = make_suggester(Library((slotted, PLAIN)))
    lacking = suggester.suggest(Inquiry("能开专票吗", TMALL))
    assert _ids(lacking) == ["good.type", "a.slot"]
    assert lacking.suggestions[1].candidate.missing_slots == ("invoice.issue_days",)
    assert not lacking.suggestions[1].candidate.sendable
    shop = Shop("s", TMALL, "店", variables={"invoice.issue_days": "3"})
    filled = suggester.suggest(Inquiry("能开专票吗", TMALL), shop)
    assert "专票3天内开" in {item.candidate.text for item in filled.suggestions}
    assert all(item.candidate.sendable for item in filled.suggestions)


def test_the_state_of_the_order_decides(make_suggester: MakeSuggester) -> None:
    paid = make_reply("a.paid", "已付款可以开", "能开专票吗", topic="invoice/type", when={"order.status": ["paid"]})
    suggester = make_suggester(Library((paid, PLAIN)))
    known = suggester.suggest(Inquiry("能开专票吗", TMALL, context=_context({"order.status": "paid"})))
    unknown = suggester.suggest(Inquiry("能开专票吗", TMALL))
    other = suggester.suggest(Inquiry("能开专票吗", TMALL, context=_context({"order.status": "unpaid"})))
    assert "a.paid" in _ids(known)
    assert "a.paid" not in _ids(unknown) + _ids(other)


def test_what_the_shop_has_promised_counts_unless_the_message_knows_better(make_suggester: MakeSuggester) -> None:
    quick = make_reply("a.quick", "两天内发", "能开专票吗", topic="invoice/type", when={"shop.ship_hours": [48]})
    suggester = make_suggester(Library((quick,)))
    shop = Shop("s", TMALL, "店", context={"shop.ship_hours": 48})
    assert _ids(suggester.suggest(Inquiry("能开专票吗", TMALL), shop)) == ["a.quick"]
    known = _context({"shop.ship_hours": 72})
    assert _ids(suggester.suggest(Inquiry("能开专票吗", TMALL, context=known), shop)) == []


@pytest.mark.parametrize(("hour", "there"), [(15, False), (17, True)])
def test_a_reply_is_there_on_its_days_where_the_shop_is(
    make_suggester: MakeSuggester, tmall_shop: Shop, hour: int, there: bool
) -> None:
    reply = make_reply(
        "a.day", "专票可以开的", "能开专票吗", topic="invoice/type", valid=Validity(date(2026, 11, 27), None)
    )
    inquiry = Inquiry("能开专票吗", TMALL, context=Context(now=datetime(2026, 11, 26, hour, tzinfo=timezone.utc)))
    assert bool(_ids(make_suggester(Library((reply,))).suggest(inquiry, tmall_shop))) is there


def test_rules_see_what_the_buyer_asked(make_suggester: MakeSuggester) -> None:
    yes = make_reply("a.yes", "是的呢", "你们家是不是不开发票", topic="invoice/type")
    suggester = make_suggester(Library((yes,)))
    assert _ids(suggester.suggest(Inquiry("能开专票吗", TMALL))) == ["a.yes"]
    assert [item.reply_id for item in suggester.suggest(Inquiry("你们家是不是不开发票", TMALL)).blocked] == ["a.yes"]


def test_every_step_is_timed(shipped: Suggester) -> None:
    timings = shipped.suggest(Inquiry("能开专票吗", TMALL)).timings
    steps = (timings.encode, timings.search, timings.rank, timings.check)
    assert all(step > 0 for step in (*steps, timings.understand))
    assert timings.total >= sum(steps)


@pytest.mark.parametrize("text", ["", " ", "\ud800", "\x00\x1e", "票" * 2_000, "{order.eta}", "<script>", "'; DROP"])
def test_any_text_is_safe(shipped: Suggester, text: str) -> None:
    assert shipped.suggest(Inquiry(text, TMALL)).reason


def test_many_at_once_get_the_same_as_one_after_another(shipped: Suggester) -> None:
    inquiries = [Inquiry(text, platform) for text in MESSAGES for platform in (TMALL, Platform.JD)]
    alone = [_ids(shipped.suggest(inquiry)) for inquiry in inquiries]
    with ThreadPoolExecutor(4) as pool:
        together = [_ids(answer) for answer in pool.map(shipped.suggest, inquiries)]
    assert together == alone


def test_candidates_that_cannot_stand_beside_the_best_are_not_made_and_change_nothing(shipped: Suggester) -> None:
    limits = shipped.parts.limits
    for text in MESSAGES:
        inquiry = Inquiry(text, TMALL)
        whole = shipped.rank(inquiry)
        assert len(shipped.rank(inquiry, None, limits.beside).candidates) < len(whole.candidates)
        prove = partial(shipped.parts.checker.check, platform=TMALL, context=whole.inquiry.context)
        chosen = choose(whole.candidates, whole.understanding, prove, limits, 3)
        assert _ids(shipped.suggest(inquiry)) == [item.candidate.reply.id for item in chosen.suggestions]


def test_closing_gives_the_reader_back(make_suggester: MakeSuggester) -> None:
    reader = FixedReader(INVOICE)
    make_suggester(Library((PLAIN,)), reader).close()
    assert reader.closed
