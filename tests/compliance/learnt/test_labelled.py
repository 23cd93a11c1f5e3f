from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from compliance.learnt.labelled import Set, prepare
from compliance.learnt.model import NO_RULE
from tests.compliance.learnt.corpus import CLAUSES, FREE, catalogue, line, lines

CLOSE = "tmall.test.close"


@pytest.fixture
def data(tmp_path: Path) -> Set:
    return prepare(lines(), catalogue(tmp_path))


def test_clauses_that_look_at_the_state_alone_are_not_learnt(data: Set) -> None:
    assert data.rules == (NO_RULE, "tmall.test.invoice", CLOSE)


def test_what_breaks_a_hint_teaches_nothing_and_what_keeps_it_is_ordinary(tmp_path: Path) -> None:
    hint = CLAUSES.replace("severity: block", "severity: warn\n    hint: true", 1)
    data = prepare(lines(), catalogue(tmp_path, hint))
    assert data.rules == (NO_RULE, CLOSE)
    about = [line for line in data.lines if line.about == "tmall.test.invoice"]
    assert len(about) == len(FREE)
    assert not any(line.violates for line in about)
    assert not data.topic[: len(FREE)].any()


def test_a_line_is_reply_question_and_state(tmp_path: Path) -> None:
    asked = line("白送的", CLOSE, False, buyer__text="票要钱吗", buyer__asked_to_close=False)
    data = prepare([*lines(), asked], catalogue(tmp_path))
    assert (data.said[-1], data.asked[-1], data.asked[0]) == ("白送的", "票要钱吗", "")
    assert data.states == ("cbuyer.asked_to_close=False",)
    assert data.known[[0, -1], 0].tolist() == [0.0, 1.0]


def test_a_compliant_line_that_only_its_state_makes_so_teaches_nothing(tmp_path: Path) -> None:
    shut = line("那单撤掉了", CLOSE, False, buyer__asked_to_close=True)
    data = prepare([*lines(), shut], catalogue(tmp_path))
    places = np.arange(len(data))
    assert data.taught(places).tolist() == places[:-1].tolist()
