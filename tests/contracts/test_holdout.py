from __future__ import annotations

from contracts.holdout import ONE_IN, held_out

HELD = [True, False, False]
"""A change of the rule would mix lines that models in service were trained on with those that calibrate them."""


def test_about_one_line_in_so_many_is_held_out_and_always_the_same() -> None:
    lines = [f"第{number}单什么时候发货" for number in range(6000)]
    held = [line for line in lines if held_out(line)]
    assert 0.7 < len(held) * ONE_IN / len(lines) < 1.3
    assert [held_out(line) for line in ("能开票吗", "第4单什么时候发货", "\ud800")] == HELD
