from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse  # type: ignore[import-untyped]

from alarms.kinds import QUESTIONS
from alarms.model import AlarmModel
from alarms.training import Said, least_squares, prepare, train
from contracts.holdout import held_out
from learning.rows import Rows
from tests.alarms.corpus import encode, lines, said


@pytest.fixture(scope="module")
def model() -> AlarmModel:
    return train(lines(), said(), encode, "e")


@pytest.mark.parametrize(
    ("text", "kind"),
    [("胳膊划破流血了", "injury"), ("我就告你们", "threat"), ("你们是猪", "abuse"), ("转人工喔", "person")],
)
def test_what_was_not_learnt_is_heard(model: AlarmModel, text: str, kind: str) -> None:
    assert model.hear(text, encode([text])[0]).found == {kind}


@pytest.mark.parametrize("text", ["发什么快递呀", "会不会划破手", "有黑色不"])
def test_what_is_ordinary_raises_nothing(model: AlarmModel, text: str) -> None:
    assert model.hear(text, encode([text])[0]).found == frozenset()


def test_what_hardly_can_be_is_doubted(model: AlarmModel) -> None:
    assert "abuse" in model.hear("包不包邮", encode(["包不包邮"])[0]).doubted
    assert "abuse" not in model.hear("猪一样", encode(["猪一样"])[0]).doubted


def test_a_labelled_line_goes_before_one_of_the_intent_model() -> None:
    own = lines()[0].text
    data = prepare(lines(), [*said(), Said(own, ("shipping/freight",))], encode)
    assert own not in {line.text for line in data.said}


def test_nothing_is_learnt_from_lines_that_set_the_bars() -> None:
    data = prepare(lines(), said(), encode)
    texts = [line.text for line in data.labelled] + [line.text for line in data.said]
    held = [text for text, kept in zip(texts, data.kept, strict=True) if kept]
    assert held
    assert all(held_out(text) for text in held)
    assert not data.yes[data.ordinary].any()
    assert data.yes[:, QUESTIONS.index("person")].any()


def test_it_solves_for_all_outputs_at_once() -> None:
    random = np.random.default_rng(1)
    tokens, dense = random.normal(size=(12, 5)).astype(np.float32), random.normal(size=(12, 3)).astype(np.float32)
    rows, labels = Rows(sparse.csr_matrix(tokens), dense), random.normal(size=(12, 2)).astype(np.float32)
    products = tokens @ tokens.T + dense @ dense.T + 1 + 0.5 * np.eye(12)
    assert least_squares(rows, labels, 0.5) == pytest.approx(np.linalg.solve(products, labels), abs=1e-2)
