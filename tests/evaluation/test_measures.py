from __future__ import annotations

from dataclasses import replace
from math import isnan, log2

import pytest

from evaluation.cases import Case, Found
from evaluation.measures import MEANS, scores_of
from tests.evaluation.made import asked, said


def score(name: str, case: Case) -> float | None:
    value = scores_of(case)[[measure.name for measure in MEANS].index(name)]
    return None if isnan(value) else value


TWO = asked(topics="invoice/type shipping/freight", shown="invoice/type invoice/type shipping/freight")
SECOND = asked(shown="product/stock invoice/type invoice/issue")
NOTHING = asked(shown="product/stock product/usage")
SILENT = asked(shown="")
CHAT = asked(topics="thanks/thanks", shown="thanks/thanks product/stock")
CHAT_WELL = asked(topics="thanks/thanks", shown="thanks/thanks")
CHAT_BADLY = asked(topics="inform/details", shown="product/stock")
CHAT_SILENT = asked(topics="out_of_scope/other", shown="")
BESIDE = asked(topics="thanks/thanks invoice/type", shown="thanks/thanks")
NO_TOPIC = replace(asked(), topics=())

ASKED = [
    ("topic.hit1", TWO, 1),
    ("topic.hit1", SECOND, 0),
    ("topic.hit3", SECOND, 1),
    ("topic.hit3", NOTHING, 0),
    ("topic.hit3", CHAT, None),
    ("topic.hit3", BESIDE, 0),  # a courtesy is no answer to the question beside it
    ("topic.hit3", NO_TOPIC, None),
    ("topic.mrr", SECOND, 1 / 2),
    ("topic.mrr", NOTHING, 0),
    ("topic.ndcg3", SECOND, 1 / log2(3)),
    ("topic.ndcg3", TWO, (1 + 1 / 2) / (1 + 1 / log2(3))),  # the second reply about invoices gains nothing
    ("topic.all", TWO, 1),
    ("topic.all", asked(topics="invoice/type shipping/freight"), 0),
    ("topic.all", SECOND, None),
    ("abstain.wrong", SILENT, 1),
    ("abstain.wrong", NOTHING, 0),
    ("abstain.wrong", CHAT, None),
    ("abstain.chat", CHAT, 0),
    ("abstain.chat", CHAT_WELL, 1),
    ("abstain.chat", CHAT_SILENT, 1),
    ("abstain.chat", TWO, None),
    ("abstain.precision", CHAT_SILENT, 1),
    ("abstain.precision", SILENT, 0),
    ("abstain.precision", TWO, None),
    ("chat.business_first", CHAT, 0),
    ("chat.business_first", CHAT_BADLY, 1),
    ("chat.business_first", CHAT_SILENT, 0),
    ("intent.accuracy", asked(read="invoice"), 1),
    ("intent.accuracy", asked(topics="invoice/type shipping/freight", read="shipping"), 0),
    ("intent.some", asked(topics="invoice/type shipping/freight", read="shipping"), 1),
    ("intent.accuracy", replace(asked(), read=()), 0),
    ("rules.recall", asked(), None),
]


@pytest.mark.parametrize(("name", "case", "wanted"), ASKED)
def test_what_a_message_scores(name: str, case: Case, wanted: float | None) -> None:
    assert score(name, case) == (None if wanted is None else pytest.approx(wanted))


WARNED = replace(said(violates="a.warns", found="a.warns", stops=False), blocking=())
HINT = replace(said(), found=(Found("a.hint", stops=False, hint=True),))
SAID = [
    ("rules.recall", said(violates="a.b", found="a.b"), 1),
    ("rules.recall", said(violates="a.b", found="a.other"), 1),  # it does not leave, and that is what counts
    ("rules.named", said(violates="a.b", found="a.other"), 0),
    ("rules.named", said(violates="a.b", found="a.b a.other"), 1),
    ("rules.recall", said(violates="a.b", found="a.other", stops=False), 0),
    ("rules.recall", said(violates="a.b"), 0),
    ("rules.recall", WARNED, 1),
    ("rules.recall", replace(WARNED, found=(Found("a.other", stops=True),)), 0),
    ("rules.recall", said(violates="a.b a.c", found="a.b"), 1),
    ("rules.false_stops", said(found="a.b"), 1),
    ("rules.false_stops", said(found="a.b", stops=False), 0),
    ("rules.false_stops", said(violates="a.b", found="a.b"), None),
    ("rules.false_findings", said(found="a.b", stops=False), 1),
    ("rules.false_findings", HINT, 0),
    ("topic.hit1", said(), None),
]


@pytest.mark.parametrize(("name", "case", "wanted"), SAID)
def test_what_an_agents_turn_scores(name: str, case: Case, wanted: float | None) -> None:
    assert score(name, case) == wanted


def test_no_two_figures_have_one_name() -> None:
    names = [measure.name for measure in MEANS]
    assert len(set(names)) == len(names)
