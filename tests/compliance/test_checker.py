from __future__ import annotations

import random
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.catalogue import Catalogue, load_catalogue
from compliance.checker import Checker
from compliance.material import gather
from contracts.clause import Clause, Example
from contracts.context import Context
from contracts.finding import Finding
from contracts.platform import Platform
from contracts.shop import Shop
from tests.conftest import PROJECT


def clauses() -> tuple[Clause, ...]:
    return tuple(load_catalogue(PROJECT / "data" / "clauses").all_clauses())


def findings(checker: Checker, platform: Platform, example: Example, shop: Shop | None = None) -> tuple[Finding, ...]:
    context, warnings = Context().with_values(example.context)
    assert not warnings
    return checker.check(example.text, platform, context, shop).findings


@pytest.mark.parametrize("clause", clauses(), ids=lambda clause: clause.id)
def test_a_clause_judges_its_own_examples(checker: Checker, clause: Clause) -> None:
    owner = next((name for name, own in checker.catalogue.own.items() if clause in own), None)
    for platform in sorted(clause.platforms):
        shop = Shop(owner, platform, owner) if owner else None
        for example in clause.violating:
            found = [finding.clause for finding in findings(checker, platform, example, shop)]
            assert clause.id in found, (platform, example)
        for example in clause.compliant:
            wrong = [
                finding
                for finding in findings(checker, platform, example, shop)
                if finding.clause == clause.id or finding.severity.value == "block"
            ]
            assert wrong == [], (platform, example)


def test_findings_are_ordered_once_per_clause_and_point_into_the_text(checker: Checker) -> None:
    text = "加我薇信聊，开票另收６个点，再加６个点也行，亲"
    verdict = checker.check(text, Platform.TMALL)
    assert verdict.blocked
    ids = [finding.clause for finding in verdict.findings]
    assert len(ids) == len(set(ids))
    assert [finding.span for finding in verdict.findings] == sorted(finding.span for finding in verdict.findings)
    spans = {finding.clause: text[slice(*finding.span)] for finding in verdict.findings}
    assert "薇信" in spans["all.off_platform.contact-diversion"]
    assert "６个点" in spans["tmall.invoice.no-tax-surcharge"]
    assert verdict.clauses_checked == len(checker.catalogue.for_platform(Platform.TMALL))


def test_a_platform_is_judged_by_its_own_clauses(checker: Checker) -> None:
    text = "分期不行的，要全款"
    assert checker.check(text, Platform.TMALL).blocked
    assert not checker.check(text, Platform.DOUYIN).blocked


def test_state_alone_may_decide(checker: Checker) -> None:
    text = "您的订单7天内发货哦"
    paid, _ = Context().with_values({"order.status": "paid", "order.presale": False})
    presale, _ = Context().with_values({"order.status": "paid", "order.presale": True})
    assert checker.check(text, Platform.TMALL, paid).blocked
    assert not checker.check(text, Platform.TMALL, presale).blocked
    assert not checker.check(text, Platform.TMALL).blocked


def test_a_bare_answer_is_judged_by_what_was_asked(checker: Checker) -> None:
    asked, _ = Context().with_values({"buyer.text": "能加个微信吗"})
    yes, no = checker.check("可以的亲", Platform.JD, asked), checker.check("不可以的亲", Platform.JD, asked)
    assert yes.findings[0].span == (0, 4)
    assert yes.blocked
    assert not no.blocked


EVASIONS = (
    "加微信聊",
    "加 微 信 聊",
    "加薇信聊",
    "加微❤信聊",
    "➕微\u200b信聊",
    "加微信聊".replace("信", "．信"),
    "加weixin聊",
    "加Ｖ聊",
)


@pytest.mark.parametrize("text", EVASIONS)
def test_hidden_words_are_found(checker: Checker, text: str) -> None:
    assert checker.check(text, Platform.TAOBAO).blocked


@given(
    st.sampled_from(["开票不收税点，您放心", "不能加微信的，在这里说就好", "刷卡不收您手续费"]), st.integers(0, 2**32)
)
@settings(max_examples=60, deadline=None)
def test_width_and_invisible_characters_change_nothing(checker: Checker, text: str, seed: int) -> None:
    chance = random.Random(seed)
    disguised = "".join(character + chance.choice(["", "\u200b"]) for character in text)
    assert not checker.check(disguised, Platform.TMALL).blocked
    assert checker.check(disguised.replace("不", "要"), Platform.TMALL).blocked


@given(st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_any_text_gets_a_verdict(checker: Checker, text: str) -> None:
    for finding in checker.check(text, Platform.TMALL).findings:
        start, end = finding.span
        assert 0 <= start <= end <= len(text)


HOSTILE = {
    "long": "开票不加点，" * 17_000,
    "one clause": "不" * 100_000,
    "no stops": "加6个点不" * 20_000,
    "spaces": " " * 100_000,
    "separated": "微 " * 50_000,
    "digits": "1" * 100_000,
    "dots": "a." * 50_000,
    "control": "".join(map(chr, range(32))) * 3_000,
    "surrogates": "\ud800微信\udfff" * 20_000,
    "emoji": "😊" * 100_000,
    "letters": string.printable * 1_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_are_read_without_an_error(checker: Checker, name: str) -> None:
    text = HOSTILE[name]
    context, _ = Context().with_values({"buyer.text": text[:2_000], "order.status": "paid", "item.custom": True})
    for finding in checker.check(text, Platform.TMALL, context).findings:
        assert finding.span[1] <= len(text)


def test_a_text_is_judged_the_same_without_the_index(catalogue: Catalogue) -> None:
    for clause in catalogue.for_platform(Platform.TMALL):
        for example in clause.violating:
            context, _ = Context().with_values(example.context)
            assert catalogue.checks[clause.id].find(gather(example.text, Platform.TMALL, context)) is not None


def test_nothing_is_found_in_nothing(checker: Checker) -> None:
    assert checker.check("", Platform.PDD).clean
    assert checker.check("，。！", Platform.PDD).clean
