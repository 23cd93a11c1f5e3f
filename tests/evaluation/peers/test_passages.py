from __future__ import annotations

from evaluation.peers.passages import Passages
from evaluation.peers.protocol import Canned, Hit

REPLIES = (
    Canned("a", "invoice/issue", frozenset({"tmall", "jd"}), "可以开票", ("能开票吗", "有发票吗")),
    Canned("b", "shipping/delivery_time", frozenset({"jd"}), "今天发货", ("几时发货",)),
)


def test_each_text_and_question_is_searched() -> None:
    assert Passages(REPLIES).texts == ["可以开票", "能开票吗", "有发票吗", "今天发货", "几时发货"]


def test_a_reply_counts_once_with_its_best_passage() -> None:
    hits = Passages(REPLIES).best([(2, 0.9), (0, 0.8), (4, 0.7), (3, 0.6)], "jd", 3)
    assert hits == [Hit("a", 0.9), Hit("b", 0.7)]


def test_replies_of_other_platforms_are_passed_by() -> None:
    assert Passages(REPLIES).best([(4, 0.9), (1, 0.2)], "tmall", 1) == [Hit("a", 0.2)]


def test_no_more_than_wanted() -> None:
    assert Passages(REPLIES).best([(1, 0.9), (4, 0.8)], "jd", 1) == [Hit("a", 0.9)]
