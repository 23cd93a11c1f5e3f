from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from compliance import in_words, kinds
from compliance.catalogue import Catalogue
from contracts.clause import CheckSpec, Clause, Severity, Source
from contracts.context import CONTEXT_KEYS
from contracts.platform import Platform


@pytest.fixture(scope="module")
def clause(catalogue: Catalogue) -> Clause:
    return catalogue.require("tmall.invoice.must-issue-free")


def test_every_platform_and_kind_has_its_words() -> None:
    assert set(in_words.PLATFORMS) == set(Platform)
    assert {*in_words.KINDS, "any_of"} == set(kinds.KINDS), "say in compliance/in_words.py how the kind decides"


def test_words_of_states_are_for_keys_that_exist() -> None:
    assert set(in_words.STATES) <= set(CONTEXT_KEYS)


def test_what_a_breach_does(clause: Clause) -> None:
    assert "拦下" in in_words.severity(clause)
    assert "提醒" in in_words.severity(replace(clause, severity=Severity.WARN))
    assert "可关闭的提示" in in_words.severity(replace(clause, severity=Severity.WARN, hint=True))


def test_what_nobody_compared_with_the_platform_says_so() -> None:
    assert in_words.source(Source("a.txt", "开票")) == "a.txt（开票），未核实"
    known = Source("a.txt", effective_from=date(2026, 1, 2), verified_on=date(2026, 11, 21))
    assert in_words.source(known) == "a.txt，2026-01-02起施行，2026-11-21核实过"


def test_where_a_clause_holds(clause: Clause) -> None:
    assert in_words.platforms(clause) == "天猫"
    assert in_words.platforms(replace(clause, platforms=frozenset(Platform))) == "所有平台"
    assert in_words.platforms(replace(clause, platforms=frozenset({Platform.JD, Platform.TAOBAO}))) == "淘宝、京东"


def test_nested_checks_are_named_once_in_their_order(clause: Clause) -> None:
    claim = {"kind": "claim", "says": ["不开"]}
    state = {"kind": "state", "when": {"order.status": ["paid"]}, "then": claim}
    lacking = {"kind": "lacking", "when": claim, "needs": [["开"]]}
    spec = CheckSpec("any_of", {"checks": [state, claim, lacking]})
    words = in_words.check(replace(clause, check=spec), learnt=False)
    assert words == "；".join(in_words.KINDS[kind] for kind in ("state", "claim", "lacking"))
    assert in_words.check(replace(clause, check=spec), learnt=True) == f"{words}；另看意思"


def test_the_state_of_an_example() -> None:
    values = {
        "buyer.text": "能开票吗",
        "order.presale": True,
        "buyer.is_orderer": False,
        "order.status": "paid",
        "platform.services": ["7天", "15天"],
    }
    words = "买家刚说“能开票吗”，预售，对方就是下单的人：否，订单状态：已付款，平台的服务：7天、15天"
    assert in_words.context(values) == words
    assert in_words.context({}) == ""
