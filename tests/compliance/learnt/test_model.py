from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from compliance.catalogue import Catalogue
from compliance.learnt.head import Scores
from compliance.learnt.labelled import Set, prepare
from compliance.learnt.model import HEAD, Calibration, RuleModel, any_breach
from compliance.learnt.training import train
from learning.stored import FACTS, UNREADABLE
from tests.compliance.learnt.corpus import CHARGED, Letters, catalogue, lines

INVOICE = "tmall.test.invoice"


@pytest.fixture
def rules(tmp_path: Path) -> Catalogue:
    return catalogue(tmp_path)


@pytest.fixture
def data(rules: Catalogue) -> Set:
    return prepare(lines(), rules)


@pytest.fixture
def model(rules: Catalogue) -> RuleModel:
    return train(lines(), rules, Letters(), print)


def scores(rule: list[float], breach: list[float]) -> Scores:
    return Scores(np.array(rule, dtype=np.float32), np.array(breach, dtype=np.float32))


def test_a_saved_model_judges_as_before(tmp_path: Path, data: Set, model: RuleModel) -> None:
    model.save(tmp_path)
    loaded = RuleModel.load(tmp_path)
    assert (loaded.rules, loaded.calibration, loaded.head.states) == (model.rules, model.calibration, model.head.states)
    vector = np.linspace(0, 1, Letters.dimension, dtype=np.float32)
    for place in range(len(data)):
        example, here = data.example(place), data.here[place]
        told = [one.by_words(example, here) for one in (loaded, model)]
        assert any_breach(told[0]) == pytest.approx(any_breach(told[1]), abs=0.02)
        network = [one.head.scores(vector, vector, loaded.head.states) for one in (loaded, model)]
        assert network[0].breach == pytest.approx(network[1].breach)


def test_a_rule_of_another_platform_is_never_the_one_a_line_is_about(data: Set, model: RuleModel) -> None:
    everywhere = np.ones(len(model.rules), dtype=np.bool_)
    assert model.rules[int(model.by_words(data.example(0), everywhere).rule.argmax())] == INVOICE
    elsewhere = np.array([rule != INVOICE for rule in model.rules])
    words = model.by_words(data.example(0), elsewhere)
    joined = model.joined(words, scores([0, 9, 0], [9, 9, 9]), elsewhere)
    for told in (words, joined):
        assert np.exp(told.rule[~elsewhere]) == 0.0
        assert np.exp(told.rule).sum() == pytest.approx(1.0)


def test_both_parts_have_a_say(data: Set, model: RuleModel) -> None:
    everywhere = np.ones(len(model.rules), dtype=np.bool_)
    words = model.by_words(data.example(0), everywhere)
    for_it, against = (
        any_breach(model.joined(words, scores([0, 3, 0], [each, each, each]), everywhere)) for each in (2.0, -2.0)
    )
    assert for_it > against


def test_a_rule_that_its_state_keeps_shut_gives_way_to_no_other(model: RuleModel) -> None:
    everywhere = np.ones(len(model.rules), dtype=np.bool_)
    shut = np.array([rule != INVOICE for rule in model.rules])
    charged = scores([-5.0, -0.02, -5.0], [3.0, 3.0, 3.0])
    found = model.judge(charged, everywhere)
    assert found is not None
    assert (found.rule, found.score > 0.0) == (INVOICE, True)
    other = model.judge(charged, shut)
    assert other is not None
    assert other.score < 0.0
    assert model.judge(charged, ~everywhere) is None


def test_a_breach_of_a_rule_is_doubted_where_it_is_unlikely(data: Set, model: RuleModel) -> None:
    charged, free = (model.by_words(data.example(place), data.here[place]) for place in (0, len(CHARGED)))
    assert model.doubted(charged, (INVOICE,)) == frozenset()
    sure = scores([0, 0, 0], [-3, -3, -3])
    assert model.doubted(model.joined(free, sure, data.here[0]), (INVOICE,)) == {INVOICE}
    assert model.doubted(free, ()) == frozenset()
    with pytest.raises(ValueError, match="not in"):
        model.doubted(free, ("tmall.test.night",))


def test_a_model_of_another_format_is_refused(tmp_path: Path, model: RuleModel) -> None:
    model.save(tmp_path)
    facts = json.loads((tmp_path / FACTS).read_text(encoding="utf-8"))
    (tmp_path / FACTS).write_text(json.dumps(facts | {"format": 0}), encoding="utf-8")
    with pytest.raises(ValueError, match="format 0"):
        RuleModel.load(tmp_path)


def test_a_model_without_its_head_is_refused(tmp_path: Path, model: RuleModel) -> None:
    model.save(tmp_path)
    (tmp_path / HEAD).unlink()
    with pytest.raises(UNREADABLE):
        RuleModel.load(tmp_path)


def test_a_score_out_of_reach_is_hopeless() -> None:
    calibration = Calibration(slope=1.0, offset=0.0, margin=0.5, reach=2.0)
    assert calibration.hopeless(-2.5)
    assert not calibration.hopeless(-1.5)
    assert not replace(calibration, reach=np.inf).hopeless(-100.0)
