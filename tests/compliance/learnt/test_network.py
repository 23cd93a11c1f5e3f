from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from compliance.learnt.network import Course, Recipe, RuleNetwork, teach
from tests.compliance.learnt.corpus import CHARGED, FREE, Letters

QUICK = Recipe(epochs=60, batch=6, rate=0.02, head_rate=0.02, warm_up=5)
ASKED = ["能开票吗"] * len(CHARGED) + [""] * len(FREE)
LINES = Course(
    said=[*CHARGED, *FREE],
    asked=ASKED,
    states=np.array([[row % 2, 1 - row % 2] for row in range(len(ASKED))], dtype=np.float32),
    here=np.ones((len(ASKED), 3), dtype=np.bool_),
    open=np.tile([False, True, True], (len(ASKED), 1)),
    rule=np.ones(len(ASKED), dtype=np.intp),
    breach=np.arange(len(ASKED)) < len(CHARGED),
)


@pytest.fixture(scope="module")
def taught() -> RuleNetwork:
    return teach(Letters(), LINES, print, QUICK)


def test_it_learns_the_rule_and_the_breach(taught: RuleNetwork) -> None:
    scores = taught.tell(LINES)
    assert [int(line.rule.argmax()) for line in scores] == [1] * len(ASKED)
    assert [bool(line.breach[1] > 0) for line in scores] == LINES.breach.tolist()


def test_what_only_the_state_tells_is_learnt_too() -> None:
    broken = LINES.states[:, 0] > 0
    scores = teach(Letters(), replace(LINES, breach=broken, asked=[""] * len(ASKED)), print, QUICK).tell(LINES)
    assert [bool(line.breach[1] > 0) for line in scores] == broken.tolist()


def test_the_head_alone_says_what_the_network_says(taught: RuleNetwork) -> None:
    head = taught.head(("ca", "cb"))
    body = taught.body
    for row, scores in enumerate(taught.tell(LINES)):
        said, asked = body([LINES.said[row], LINES.asked[row]]).detach().numpy()
        state = [token for token, known in zip(head.states, LINES.states[row], strict=True) if known]
        alone = head.scores(said, asked, [*state, "cunknown"])
        assert alone.rule == pytest.approx(scores.rule, abs=1e-4)
        assert alone.breach == pytest.approx(scores.breach, abs=1e-4)


def test_the_same_lines_give_the_same_network() -> None:
    short = replace(QUICK, epochs=2)
    first, again = (teach(Letters(), LINES, print, short).tell(LINES) for _ in range(2))
    assert first[0].breach == pytest.approx(again[0].breach, abs=1e-6)


def test_each_round_is_told() -> None:
    told: list[str] = []
    teach(Letters(), LINES, told.append, replace(QUICK, epochs=2))
    assert [line.split(",")[0] for line in told] == ["round 1 of 2", "round 2 of 2"]


def test_a_rule_of_elsewhere_is_never_meant() -> None:
    elsewhere = replace(LINES, here=np.tile([True, True, False], (len(ASKED), 1)))
    network = RuleNetwork(Letters(), 2, 3, QUICK)
    before = float(network.eval().loss(elsewhere, 1.0).detach())
    network._rule.bias.data[2] += 100.0
    assert float(network.loss(elsewhere, 1.0).detach()) == pytest.approx(before)
