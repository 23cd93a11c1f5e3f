from __future__ import annotations

from contracts.taxonomy import Taxonomy

INTENTS = {
    "invoice", "shipping", "discount", "coupon", "order_change", "order_status", "payment", "returns", "product",
    "account", "complaint", "off_platform", "human", "inform", "greet", "thanks", "affirm", "deny", "goodbye",
    "out_of_scope",
}  # fmt: skip


def test_the_twenty_intents(taxonomy: Taxonomy) -> None:
    assert set(taxonomy.intents) == INTENTS
    assert len(INTENTS) == 20


def test_every_topic_says_what_it_covers(taxonomy: Taxonomy) -> None:
    assert [topic.path for topic in taxonomy.topics if not topic.description.strip()] == []
