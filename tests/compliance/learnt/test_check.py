from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from compliance.catalogue import Catalogue
from compliance.checker import Checker
from compliance.learnt.check import ENCODER_FOLDER, Heard, LearntCheck
from compliance.learnt.model import RuleModel
from compliance.learnt.training import train
from compliance.material import gather
from contracts.context import Context
from contracts.errors import SetupNeeded
from contracts.platform import Platform
from learning.encode import Encode
from tests.compliance.learnt.corpus import CLAUSES, Letters, catalogue, lines

OURS, _ = Context().with_values({"buyer.asked_to_close": False})


@pytest.fixture
def rules(tmp_path: Path) -> Catalogue:
    return catalogue(tmp_path)


@pytest.fixture
def letters() -> Letters:
    return Letters()


@pytest.fixture
def model(rules: Catalogue, letters: Letters) -> RuleModel:
    trained = train(lines(), rules, letters, print)
    return replace(trained, calibration=replace(trained.calibration, margin=0.5))


@pytest.fixture
def checker(rules: Catalogue, model: RuleModel, letters: Letters) -> Checker:
    return Checker(rules, LearntCheck(model, rules, letters.encode))


def test_a_breach_in_other_words_is_found_with_its_clause(checker: Checker) -> None:
    text = "您好。这张票钱您自己掏钱。"
    (finding,) = checker.check(text, Platform.TMALL).findings
    assert (finding.clause, finding.why) == ("tmall.test.invoice", "开票不能收钱")
    assert text[slice(*finding.span)] == "这张票钱您自己掏钱"


def test_a_compliant_line_is_left_alone(checker: Checker) -> None:
    assert checker.check("这张票店里白送", Platform.TMALL).clean
    assert checker.check("明天就到货哦", Platform.TMALL).clean


def test_without_the_learnt_part_the_words_alone_judge(rules: Catalogue) -> None:
    assert Checker(rules).check("这张票钱您自己掏钱", Platform.TMALL).clean


def test_a_clause_is_found_once(checker: Checker) -> None:
    findings = checker.check("发票要加税点，票钱您自己掏", Platform.TMALL).findings
    assert [finding.clause for finding in findings] == ["tmall.test.invoice"]


def test_a_rule_needs_its_platform_and_its_state(checker: Checker) -> None:
    text = "那单被我撤掉啦"
    assert [finding.clause for finding in checker.check(text, Platform.TMALL, OURS).findings] == ["tmall.test.close"]
    assert checker.check(text, Platform.TMALL).clean
    assert checker.check(text, Platform.JD, OURS).clean


def test_a_finding_of_the_patterns_that_is_most_likely_a_mistake_is_dropped(
    rules: Catalogue, model: RuleModel, letters: Letters
) -> None:
    text = "发票白送的，说要加税点的那家店里没有这个票"
    layers = dict(model.head.layers)
    for bias, clean in ((9.0, False), (-9.0, True)):
        head = replace(model.head, layers=layers | {"breach_bias": layers["breach_bias"] + np.float32(bias)})
        learnt = LearntCheck(replace(model, head=head), rules, letters.encode)
        assert Checker(rules, learnt).check(text, Platform.TMALL).clean == clean


class DoubtsLongTexts(LearntCheck):
    """Finds nothing, and holds every finding in a text of more than a dozen characters for a mistake."""

    def find(self, heard: Heard) -> None:  # noqa: ARG002 - the parent's signature
        return None

    def doubted(self, rules: Iterable[str], heard: Heard) -> frozenset[str]:
        return frozenset(rules) if len(heard.material.reply.text) > 12 else frozenset()


def test_a_finding_is_dropped_only_when_its_sentence_alone_is_doubted_too(
    rules: Catalogue, model: RuleModel, letters: Letters
) -> None:
    checker = Checker(rules, DoubtsLongTexts(model, rules, letters.encode))
    for text in ("发票要加税点", "发票要加税点。颜色有三种，尺码偏大一点。", "颜色有三种，尺码偏大一点！发票要加税点"):
        assert "tmall.test.invoice" in {finding.clause for finding in checker.check(text, Platform.TMALL).findings}
    assert checker.check("颜色有三种，尺码偏大一点，发票要加税点", Platform.TMALL).clean


def test_nobody_doubts_what_is_read_off_the_text(tmp_path: Path, model: RuleModel, letters: Letters) -> None:
    contact = CLAUSES.replace("{kind: claim, about: [<invoice>], says: [加税点]}", "{kind: contact, channels: [phone]}")
    rules = catalogue(tmp_path, contact)
    learnt = LearntCheck(model, rules, letters.encode)
    free = gather("这个票是白送的哈", Platform.TMALL, Context())
    assert not learnt.doubted(("tmall.test.invoice", "tmall.test.night"), Heard(learnt, free))


def test_any_text_is_accepted(checker: Checker) -> None:
    for text in ("", "。。", "\ud800\x00", "票" * 20_000):
        checker.check(text, Platform.TMALL, OURS)


def test_vectors_are_made_only_where_they_could_decide(rules: Catalogue, model: RuleModel, letters: Letters) -> None:
    asked: list[str] = []

    def counted(texts: Sequence[str]) -> NDArray[np.float32]:
        asked.extend(texts)
        return letters.encode(texts)

    sure = replace(model, calibration=replace(model.calibration, reach=0.0))
    Checker(rules, LearntCheck(sure, rules, counted)).check("明天就到货哦", Platform.TMALL)
    assert not asked


def test_the_network_reads_a_text_once_whatever_is_found_and_doubted(
    rules: Catalogue, model: RuleModel, letters: Letters
) -> None:
    asked: list[str] = []

    def counted(texts: Sequence[str]) -> NDArray[np.float32]:
        asked.extend(texts)
        return letters.encode(texts)

    checker = Checker(rules, LearntCheck(model, rules, counted))
    assert not checker.check("发票要加税点", Platform.TMALL).clean
    assert asked.count("发票要加税点") == 1


def test_a_missing_model_asks_for_the_set_up(
    tmp_path: Path, rules: Catalogue, model: RuleModel, letters: Letters
) -> None:
    opened: list[Path] = []

    def load(folder: Path) -> Encode:
        opened.append(folder)
        return letters.encode

    with pytest.raises(SetupNeeded, match="huashu setup"):
        LearntCheck.open(tmp_path, rules, load)
    assert not opened
    model.save(tmp_path)
    assert LearntCheck.open(tmp_path, rules, load)
    assert opened == [tmp_path / ENCODER_FOLDER]
