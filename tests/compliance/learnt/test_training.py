from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from compliance.learnt.labelled import Set, prepare
from compliance.learnt.lines import AUTOMATIC, NO_CLAUSE
from compliance.learnt.training import RECIPE, apart, calibrate, parted, train
from tests.compliance.learnt.corpus import Letters, catalogue, lines


@pytest.fixture
def data(tmp_path: Path) -> Set:
    return prepare(lines(), catalogue(tmp_path))


def test_every_line_is_told_once_by_a_model_of_the_others(data: Set) -> None:
    bodies: list[Letters] = []

    def body() -> Letters:
        bodies.append(Letters())
        return bodies[-1]

    told = [line for _, line in apart(data, body, print)]
    assert sorted(line.place for line in told) == list(range(len(data)))
    assert len(bodies) == RECIPE.folds
    breach = np.array([data.breach[line.place] for line in told])
    scores = np.array([line.judgement.score if line.judgement else np.nan for line in told])
    assert np.nanmean(scores[breach]) > np.nanmean(scores[~breach])


def test_the_margin_lets_few_compliant_lines_be_stopped() -> None:
    breach = np.arange(400) % 2 == 0
    scores = (np.where(breach, 1.0, -1.0) + np.linspace(-2, 2, 400)).astype(np.float32)
    calibration = calibrate(scores, breach)
    stopped = [calibration.probability(float(score)) > calibration.margin for score in scores[~breach]]
    assert 0 < np.mean(stopped) <= RECIPE.false_alarms
    assert calibration.probability(5.0) > 0.9


def test_training_ends_in_a_calibrated_model_and_a_trained_encoder(tmp_path: Path) -> None:
    letters, rounds = Letters(), list[str]()
    model = train(lines(), catalogue(tmp_path), letters, rounds.append)
    assert 0 < model.calibration.margin < 1
    assert np.isfinite(model.calibration.reach)
    assert not np.array_equal(letters.layer.weight.detach(), np.eye(letters.dimension))
    assert rounds[0].startswith("round 1 of ")


def test_too_few_lines_cannot_be_held_out(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="number of splits"):
        train(lines()[:2], catalogue(tmp_path), Letters(), print)


def test_what_leaves_by_itself_is_always_learnt_from(tmp_path: Path) -> None:
    automatic = [replace(line, about=AUTOMATIC) if line.about == NO_CLAUSE else line for line in lines()]
    data = prepare(automatic, catalogue(tmp_path))
    taught, kept = parted(data)
    about = np.array([line.about for line in data.lines])
    assert len(kept)
    assert (about[taught] == AUTOMATIC).sum() == (about == AUTOMATIC).sum() > 0
    assert not (about[kept] == AUTOMATIC).any()
    assert sorted((*taught, *kept)) == list(range(len(data)))
