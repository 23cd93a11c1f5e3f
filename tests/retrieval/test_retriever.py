from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import cycle

import numpy as np
import pytest

from contracts.candidate import Candidate
from contracts.context import Context
from contracts.platform import Platform
from contracts.reply import Validity
from contracts.turn import Inquiry
from retrieval.encoder.protocol import Encoder
from retrieval.entries import texts_of
from retrieval.index import SearchIndex
from retrieval.library import Library
from retrieval.retriever import DEPTH, PRIOR_REPLIES, Found, Retriever
from tests.doubles import TODAY, LetterEncoder, make_reply
from tests.retrieval.plain_bm25 import PlainBm25

PAID, _ = Context().with_values({"order.status": "paid"})


NO_VECTORS = np.empty((0, 0), dtype=np.float32)


@pytest.fixture
def retriever(library: Library, encoder: LetterEncoder) -> Retriever:
    return Retriever(library, SearchIndex.build(library, encoder))


def _found(retriever: Retriever, text: str, platform: Platform = Platform.TMALL) -> Found:
    return retriever.search(text, LetterEncoder().encode([text]), platform)


def _ranked(
    retriever: Retriever,
    text: str,
    platform: Platform = Platform.TMALL,
    context: Context | None = None,
    priors: Mapping[str, float] | None = None,
    values: Mapping[str, str] | None = None,
) -> list[Candidate]:
    inquiry = Inquiry(text, platform, context=context or Context())
    return retriever.rank(inquiry, _found(retriever, text, platform), priors or {}, values or {}, TODAY)


def _ids(candidates: list[Candidate]) -> list[str]:
    return [candidate.reply.id for candidate in candidates]


def test_the_reply_whose_question_it_is_comes_first(retriever: Retriever) -> None:
    best = _ranked(retriever, "能开发票吗")[0]
    assert best.reply.id == "invoice.yes"
    assert best.text == "发票可以开的"
    assert best.scores.dense == pytest.approx(1.0, abs=1e-5)
    assert best.scores.keyword == 1.0


def test_scores_are_between_nothing_and_one(retriever: Retriever) -> None:
    for candidate in _ranked(retriever, "发票多久发货", priors={"invoice/issue": 0.4}):
        scores = candidate.scores
        assert all(0 <= part <= 1 for part in (scores.dense, scores.keyword, scores.prior, candidate.confidence))


@pytest.mark.parametrize("platform", list(Platform))
def test_a_reply_of_another_platform_never_comes(retriever: Retriever, platform: Platform) -> None:
    priors = {"invoice/issue": 1.0}
    ids = _ids(_ranked(retriever, "在哪申请发票", platform, priors=priors))
    assert ("invoice.taobao" in ids) is (platform in (Platform.TMALL, Platform.TAOBAO))
    assert "invoice.yes" in ids


def test_a_library_without_the_platform_gives_nothing(encoder: LetterEncoder) -> None:
    library = Library((make_reply("a.b", "在", platforms=frozenset({Platform.JD})),))
    retriever = Retriever(library, SearchIndex.build(library, encoder))
    assert _ranked(retriever, "在", Platform.PDD, priors={"invoice/issue": 1.0}) == []
    assert retriever.vote(_found(retriever, "在", Platform.PDD)) == ()


def test_a_state_that_is_not_known_holds_the_reply_back(retriever: Retriever) -> None:
    assert {"ship.paid", "ship.late"}.isdisjoint(_ids(_ranked(retriever, "什么时候发货")))
    ids = _ids(_ranked(retriever, "什么时候发货", context=PAID))
    assert ids[0] == "ship.paid"
    assert "ship.late" not in ids


@pytest.mark.parametrize(("day", "count"), [(date(2026, 11, 10), 0), (date(2026, 11, 11), 1), (date(2026, 11, 13), 0)])
def test_a_reply_is_there_on_its_days_only(encoder: LetterEncoder, day: date, count: int) -> None:
    library = Library((make_reply("a.b", "大促", valid=Validity(date(2026, 11, 11), date(2026, 11, 12))),))
    retriever = Retriever(library, SearchIndex.build(library, encoder))
    inquiry = Inquiry("大促", Platform.JD)
    assert len(retriever.rank(inquiry, _found(retriever, "大促", Platform.JD), {}, {}, day)) == count


def test_the_prior_weighs_and_does_not_filter(retriever: Retriever) -> None:
    plain = _ranked(retriever, "发票")
    weighed = _ranked(retriever, "发票", priors={"greet/hello": 1.0})
    assert {*_ids(plain)} <= {*_ids(weighed)}
    assert weighed[0].reply.id == "greet.hello"
    assert weighed[0].scores.prior == 1.0
    assert next(item for item in weighed if item.reply.id == "invoice.yes").scores.prior == 0.0


def test_an_intent_alone_weighs_its_topics(retriever: Retriever) -> None:
    ranked = _ranked(retriever, "多久", priors={"invoice": 0.9, "shipping": 0.1})
    priors = {item.reply.topic: item.scores.prior for item in ranked}
    assert priors["invoice/time"] == 0.9
    assert priors["shipping/when"] == 0.1


def test_what_the_model_is_sure_of_is_ranked_though_no_search_found_it(library: Library) -> None:
    retriever = Retriever(library, SearchIndex.keyword_only(library))
    found = retriever.search("zzz", NO_VECTORS, Platform.TMALL)
    assert (found.dense, found.keyword) == ({}, {})
    ranked = retriever.rank(Inquiry("zzz", Platform.TMALL), found, {"greet/hello": 0.9}, {}, TODAY)
    assert _ids(ranked) == ["greet.hello"]


def test_of_a_large_topic_the_first_usable_replies_by_id_are_ranked() -> None:
    wanted = PRIOR_REPLIES + 5
    replies = [make_reply(f"a.{number:03}", "可以", when={"order.status": ["paid"]}) for number in range(9)]
    replies += [make_reply(f"b.{number:03}", "可以") for number in reversed(range(wanted))]
    library = Library(tuple(replies))
    retriever = Retriever(library, SearchIndex.keyword_only(library))
    ranked = retriever.rank(Inquiry("zzz", Platform.TMALL), Found({}, {}), {"invoice/issue": 0.9}, {}, TODAY)
    assert _ids(ranked) == [f"b.{number:03}" for number in range(PRIOR_REPLIES)]


def test_a_vector_that_the_library_does_not_have_is_passed_over(library: Library, encoder: LetterEncoder) -> None:
    index = SearchIndex.build(library, encoder)
    assert index.dense is not None
    index.dense.add(np.array([12345]), encoder.encode(["能开发票吗"]), np.array([2 ** len(Platform) - 1]))
    found = _found(Retriever(library, index), "能开发票吗")
    assert max(found.dense.values()) == pytest.approx(1.0)
    assert set(found.dense) <= set(range(len(library)))


def test_an_unfilled_slot_is_named_and_stays_as_written(encoder: LetterEncoder) -> None:
    library = Library((make_reply("a.slot", "{order.eta}到", "何时到"),))
    retriever = Retriever(library, SearchIndex.build(library, encoder))
    lacking = _ranked(retriever, "何时到")[0]
    assert lacking.missing_slots == ("order.eta",)
    assert lacking.text == "{order.eta}到"
    assert not lacking.sendable
    filled = _ranked(retriever, "何时到", values={"order.eta": "11月3日"})[0]
    assert filled.text == "11月3日到"
    assert filled.sendable
    assert filled.confidence == lacking.confidence


def test_without_vectors_the_keywords_find_it(library: Library) -> None:
    retriever = Retriever(library, SearchIndex.keyword_only(library))
    assert not retriever.dense_ready
    found = retriever.search("能开发票吗", LetterEncoder().encode(["能开发票吗"]), Platform.TMALL)
    ranked = retriever.rank(Inquiry("能开发票吗", Platform.TMALL), found, {}, {}, TODAY)
    assert ranked[0].reply.topic == "invoice/issue"
    assert all(item.scores.dense == 0 for item in ranked)


def test_a_reply_near_to_one_part_of_the_message_is_found(retriever: Retriever) -> None:
    parts = LetterEncoder().encode(["今天天气真好啊", "能开发票吗"])
    whole = retriever.search("今天天气真好啊", parts[:1], Platform.TMALL).dense
    both = retriever.search("今天天气真好啊", parts, Platform.TMALL).dense
    assert all(both[position] >= score for position, score in whole.items())
    assert max(both.values()) == pytest.approx(1.0)


def test_without_an_encoder_a_vector_index_is_left_alone(retriever: Retriever) -> None:
    found = retriever.search("能开发票吗", NO_VECTORS, Platform.TMALL)
    assert found.dense == {}
    assert found.keyword


@pytest.mark.parametrize("text", ["", "？？？", "\ud800", "\x00", "a" * 100_000])
def test_any_text_can_be_searched_for(retriever: Retriever, text: str) -> None:
    assert isinstance(_ranked(retriever, text), list)


def test_equal_candidates_come_in_a_stable_order(encoder: LetterEncoder) -> None:
    library = Library(tuple(make_reply(f"same.{name}", "可以开", "能开吗") for name in ("c", "a", "b")))
    retriever = Retriever(library, SearchIndex.build(library, encoder))
    assert _ids(_ranked(retriever, "能开吗")) == ["same.a", "same.b", "same.c"]


@pytest.mark.parametrize("with_vectors", [True, False])
def test_the_vote_is_a_probability_over_topics(retriever: Retriever, with_vectors: bool) -> None:
    text = "能开发票吗"
    vectors = LetterEncoder().encode([text]) if with_vectors else NO_VECTORS
    votes = retriever.vote(retriever.search(text, vectors, Platform.TMALL))
    assert votes[0].name == "invoice/issue"
    assert sum(vote.confidence for vote in votes) == pytest.approx(1.0)
    assert [vote.confidence for vote in votes] == sorted((vote.confidence for vote in votes), reverse=True)


@pytest.mark.parametrize("found", [Found({}, {}), Found({0: 0.0, 1: 0.0}, {})])
def test_nobody_votes_where_nothing_is_near(retriever: Retriever, found: Found) -> None:
    assert retriever.vote(found) == ()


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("可以给我开张专票不", "invoice"),
        ("东西坏了我要退货", "returns"),
        ("啥时候能发出来呀", "shipping"),
        ("有没有优惠券可以领", "coupon"),
    ],
)
def test_the_shipped_encoder_finds_what_is_meant(
    shipped_index: SearchIndex, shipped_library: Library, embedded: Encoder, text: str, intent: str
) -> None:
    retriever = Retriever(shipped_library, shipped_index)
    found = retriever.search(text, embedded.encode([text]), Platform.TMALL)
    inquiry = Inquiry(text, Platform.TMALL)
    best = retriever.rank(inquiry, found, {}, {}, TODAY)[:3]
    assert intent in {candidate.reply.topic.split("/")[0] for candidate in best}


def test_without_a_platform_all_replies_are_searched(retriever: Retriever) -> None:
    found = retriever.search("发票多久发货", LetterEncoder().encode(["发票多久发货"]), None)
    assert set(found.dense) == set(range(len(retriever.library)))
    everywhere = {position for platform in Platform for position in _found(retriever, "发票多久发货", platform).keyword}
    assert set(found.keyword) == everywhere


def test_on_the_shipped_library_nothing_is_found_that_a_look_at_every_text_does_not_find(
    shipped_index: SearchIndex, shipped_library: Library, embedded: Encoder
) -> None:
    """What the searches return, for one shipped question of each intent on each platform, against plain sums."""
    retriever = Retriever(shipped_library, shipped_index)
    owners, texts = shipped_index.entries.owners, list(texts_of(shipped_library))
    vectors = embedded.encode(texts)
    bm25 = PlainBm25(texts)
    by_intent = {reply.topic.split("/")[0]: reply.questions[-1] for reply in shipped_library.replies}
    for question, platform in zip(by_intent.values(), cycle(Platform), strict=False):
        query = embedded.encode([question])
        found = retriever.search(question, query, platform)
        here = np.array([platform in shipped_library.replies[owner].platforms for owner in owners])
        for scores, part in ((vectors @ query[0], found.dense), (bm25.scores(question), found.keyword)):
            best = np.flatnonzero(here & (scores > 0))
            best = best[np.argsort(-scores[best], kind="stable")[:DEPTH]]
            top = 1 if part is found.dense else scores[best[:1]]
            expected: dict[int, float] = {}
            for owner, score in zip(owners[best].tolist(), (scores[best] / top).tolist(), strict=True):
                expected.setdefault(owner, score)
            assert part == pytest.approx(expected, abs=1e-5)


@pytest.mark.parametrize("least", [0.02, 0.1, 0.99])
def test_of_those_below_the_least_confidence_only_the_best_is_made(retriever: Retriever, least: float) -> None:
    inquiry, priors = Inquiry("发票多久发货", Platform.TMALL), {"invoice/issue": 0.4}
    found = _found(retriever, inquiry.text)
    whole = retriever.rank(inquiry, found, priors, {}, TODAY)
    some = retriever.rank(inquiry, found, priors, {}, TODAY, least)
    assert some == whole[: max(1, sum(item.confidence >= least for item in whole))]
    assert 0 < len(some) < len(whole)
    nothing = retriever.rank(Inquiry("zzz", Platform.TMALL), Found({}, {}), {}, {}, TODAY, least)
    assert nothing == []
