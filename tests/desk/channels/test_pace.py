from __future__ import annotations

import pytest

from desk.channels import pace
from desk.channels.pace import Pace, TooOften


def _allowed(made: Pace, name: str, now: float, most: int = 50) -> int:
    """How often `name` may go on at one moment."""
    for count in range(most):
        try:
            made.step(name, now)
        except TooOften:
            return count
    return most


def test_so_many_at_once_and_then_as_time_goes_on() -> None:
    made = Pace(6, 60)
    assert _allowed(made, "zhang", 100.0) == 6
    assert _allowed(made, "zhang", 109.9) == 0
    assert _allowed(made, "zhang", 110.0) == 1
    assert _allowed(made, "zhang", 135.0) == 2
    assert _allowed(made, "zhang", 1000.0) == 6


def test_it_says_how_long_to_wait() -> None:
    made = Pace(6, 60)
    _allowed(made, "zhang", 100.0)
    with pytest.raises(TooOften) as refused:
        made.step("zhang", 103.0)
    assert refused.value.wait == pytest.approx(7.0)


def test_nobody_waits_for_another() -> None:
    made = Pace(2, 60)
    assert _allowed(made, "zhang", 0.0) == 2
    assert _allowed(made, "wang", 0.0) == 2


def test_names_beyond_the_most_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "_MOST_NAMES", 3)
    made = Pace(1, 60)
    for name in "abcd":
        assert _allowed(made, name, 1000.0) == 1
    assert _allowed(made, "d", 1000.0) == 0
    assert _allowed(made, "a", 1000.0) == 1
