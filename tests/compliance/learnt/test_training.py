from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from compliance.learnt.model import NO_RULE
from compliance.learnt.training import RECIPE, Set, apart, calibrate, fit, held_out, prepare, train
from tests.compliance.learnt.corpus import CLAUSES, FREE, catalogue, encode, lines


@pytest.fixture
def data(tmp_path: Path) -> Set:
    return prepare(lines(), catalogue(tmp_path), encode)


def test_clauses_that_look_at_the_state_alone_are_not_learnt(data: Set) -> None:
    assert data.rules == (NO_RULE, "tmall.test.invoice", "tmall.test.close")


def test_what_breaks_a_hint_teaches_nothing_and_what_keeps_it_is_ordinary(tmp_path: Path) -> None:
    hint = CLAUSES.replace("severity: block", "severity: warn\n    hint: true", 1)
    data = prepare(lines(), catalogue(tmp_path, hint), encode)
    assert data.rules == (NO_RULE, "tmall.test.close")
    about = [line for line in data.lines if line.about == "tmall.test.invoice"]
    assert len(about) == len(FREE)
    assert not any(line.violates for line in about)
    assert not data.topic[: len(FREE)].any()


def test_a_model_tells_its_own_lines_apart(data: Set) -> None:
    model = fit(data, np.arange(len(data.lines)))
    for place, line in enumerate(data.lines):
        judged = data.judge(place, model)
        assert judged is not None
        assert (judged.score > 0) == bool(line.violates)
        if line.violates:
            assert judged.rule == line.about


def test_lines_held_out_are_scored_by_a_model_of_the_others(data: Set) -> None:
    places, scores = held_out(data)
    assert len(set(places.tolist())) == len(places) == len(scores)
    assert 0 < len(places) < len(data.lines)
    known = np.isfinite(scores)
    breach = data.breach[places]
    assert scores[breach & known].mean() > scores[~breach & known].mean()


def test_every_line_is_held_out_once(data: Set) -> None:
    assert sorted(place for place, _ in apart(data)) == list(range(len(data.lines)))


def test_the_margin_lets_few_compliant_lines_be_stopped() -> None:
    breach = np.arange(400) % 2 == 0
    scores = (np.where(breach, 1.0, -1.0) + np.linspace(-2, 2, 400)).astype(np.float32)
    calibration = calibrate(scores, breach)
    stopped = [calibration.probability(float(score)) > calibration.margin for score in scores[~breach]]
    assert 0 < np.mean(stopped) <= RECIPE.false_alarms
    assert calibration.probability(5.0) > 0.9


def test_training_ends_in_a_model_of_all_lines(tmp_path: Path) -> None:
    model = train(lines(), catalogue(tmp_path), encode, "e")
    assert model.encoder == "e"
    assert 0 < model.calibration.margin < 1
    assert np.isfinite(model.calibration.reach)
