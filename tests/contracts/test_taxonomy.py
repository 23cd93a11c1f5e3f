from __future__ import annotations

import pytest

from contracts.errors import InputError
from contracts.taxonomy import Taxonomy, Topic, intent_of

TAXONOMY = Taxonomy(
    [Topic("invoice", "issue", "能不能开"), Topic("shipping", "when", "何时发"), Topic("invoice", "title", "抬头")]
)


def test_intents_once_in_order_of_appearance() -> None:
    assert TAXONOMY.intents == ("invoice", "shipping")
    assert [topic.path for topic in TAXONOMY.topics] == ["invoice/issue", "shipping/when", "invoice/title"]


def test_membership_is_by_path() -> None:
    assert "invoice/title" in TAXONOMY
    assert "invoice" not in TAXONOMY
    assert TAXONOMY.require("invoice/title").description == "抬头"
    with pytest.raises(InputError, match="'invoice/colour'"):
        TAXONOMY.require("invoice/colour")


@pytest.mark.parametrize(("path", "intent"), [("invoice/title", "invoice"), ("greet", "greet"), ("a/b/c", "a")])
def test_the_intent_of_a_topic(path: str, intent: str) -> None:
    assert intent_of(path) == intent
