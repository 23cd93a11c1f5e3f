from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from compliance.learnt.model import Calibration, RuleModel
from compliance.learnt.training import fit, prepare
from learning.stored import FACTS
from tests.compliance.learnt.corpus import catalogue, encode, lines


def test_a_saved_model_judges_as_before(tmp_path: Path) -> None:
    data = prepare(lines(), catalogue(tmp_path), encode)
    model = fit(data, np.arange(len(data.lines)), "e")
    model.save(tmp_path)
    loaded = RuleModel.load(tmp_path)
    assert (loaded.rules, loaded.encoder, loaded.calibration) == (model.rules, "e", model.calibration)
    for place in range(len(data.lines)):
        assert loaded.score(data.example(place)) == pytest.approx(model.score(data.example(place)), abs=0.02)


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
