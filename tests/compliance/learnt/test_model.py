from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from compliance.learnt.model import Calibration, RuleModel
from compliance.learnt.training import fit, prepare
from learning.stored import FACTS
from tests.compliance.learnt.corpus import CHARGED, catalogue, encode, lines


def test_a_saved_model_judges_as_before(tmp_path: Path) -> None:
    data = prepare(lines(), catalogue(tmp_path), encode)
    model = fit(data, np.arange(len(data.lines)), "e")
    model.save(tmp_path)
    loaded = RuleModel.load(tmp_path)
    assert (loaded.rules, loaded.encoder, loaded.calibration) == (model.rules, "e", model.calibration)
    for place in range(len(data.lines)):
        example, here = data.example(place), data.here[place]
        assert loaded.score(example, here) == pytest.approx(model.score(example, here), abs=0.02)


def test_a_rule_of_another_platform_is_never_the_one_a_line_is_about(tmp_path: Path) -> None:
    data = prepare(lines(), catalogue(tmp_path), encode)
    model = fit(data, np.arange(len(data.lines)))
    charged = data.example(0)
    everywhere = np.ones(len(model.rules), dtype=np.bool_)
    assert model.judge(charged, everywhere, everywhere).rule == "tmall.test.invoice"
    elsewhere = np.array([rule != "tmall.test.invoice" for rule in model.rules])
    assert model.judge(charged, elsewhere, everywhere).rule != "tmall.test.invoice"


def test_a_rule_that_its_state_keeps_shut_gives_way_to_no_other(tmp_path: Path) -> None:
    data = prepare(lines(), catalogue(tmp_path), encode)
    model = fit(data, np.arange(len(data.lines)))
    everywhere = np.ones(len(model.rules), dtype=np.bool_)
    shut = np.array([rule != "tmall.test.invoice" for rule in model.rules])
    assert model.judge(data.example(0), everywhere, everywhere).score > 0.0
    assert model.judge(data.example(0), everywhere, shut).score < 0.0
    assert model.judge(data.example(0), everywhere, ~everywhere) is None


def test_a_breach_of_a_rule_is_doubted_where_it_is_unlikely(tmp_path: Path) -> None:
    data = prepare(lines(), catalogue(tmp_path), encode)
    model = fit(data, np.arange(len(data.lines)))
    charged, free = 0, len(CHARGED)
    rule = "tmall.test.invoice"
    assert model.doubted(data.example(charged), (rule,)) == frozenset()
    assert model.doubted(data.example(free), (rule,)) == {rule}
    assert model.doubted(data.example(free), ()) == frozenset()
    with pytest.raises(ValueError, match="not in"):
        model.doubted(data.example(free), ("tmall.test.night",))


def test_a_model_of_another_format_is_refused(tmp_path: Path) -> None:
    data = prepare(lines(), catalogue(tmp_path), encode)
    fit(data, np.arange(len(data.lines))).save(tmp_path)
    facts = json.loads((tmp_path / FACTS).read_text(encoding="utf-8"))
    (tmp_path / FACTS).write_text(json.dumps(facts | {"format": 0}), encoding="utf-8")
    with pytest.raises(ValueError, match="format 0"):
        RuleModel.load(tmp_path)


def test_a_score_out_of_reach_is_hopeless() -> None:
    calibration = Calibration(slope=1.0, offset=0.0, margin=0.5, reach=2.0)
    assert calibration.hopeless(-2.5)
    assert not calibration.hopeless(-1.5)
    assert not Calibration(1.0, 0.0, 0.5).hopeless(-100.0)
