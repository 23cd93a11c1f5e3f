"""What is asked of a desk under load: how many conversations, how many lines, by whom and when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from contracts.errors import InputError


@dataclass(frozen=True)
class Plan:
    """The load: `rate` lines a second over `conversations` open conversations for `seconds`.

    `repeats` is the share of lines that a buyer's system hands over twice, `answers` the share of suggestions that an
    agent sends, `panels` the number of connected panels.
    """

    conversations: int = 200
    rate: float = 20.0
    seconds: float = 60.0
    panels: int = 12
    repeats: float = 0.05
    answers: float = 0.3
    seed: int = 7


@dataclass(frozen=True)
class Line:
    """A buyer's line, written `at` seconds after the start; `twice` when it is handed over a second time."""

    id: str
    at: float
    shop: str
    buyer: str
    text: str
    twice: bool = False


@dataclass(frozen=True)
class Site:
    """The desk under load: its addresses, and for each shop the secret of its webhook and a token for panels."""

    desks: tuple[str, ...]
    secrets: Mapping[str, str]
    tokens: Mapping[str, str]

    @property
    def shops(self) -> tuple[str, ...]:
        return tuple(self.tokens)


def openings(plan: Plan, shops: Sequence[str], texts: Sequence[str]) -> tuple[Line, ...]:
    """The first line of every conversation, at the rate of the plan. Raises InputError without shops or texts."""
    if not shops or not texts:
        raise InputError("a load needs shops and texts")
    order = np.random.default_rng(plan.seed).permutation(len(texts))
    return tuple(
        Line(f"open-{number}", number / plan.rate, *_whom(number, shops), texts[order[number % len(order)]])
        for number in range(plan.conversations)
    )


def lines(plan: Plan, shops: Sequence[str], texts: Sequence[str]) -> tuple[Line, ...]:
    """The lines whose times count: buyers write independently of each other, so the pauses are exponential.

    Raises InputError without shops or texts.
    """
    if not shops or not texts:
        raise InputError("a load needs shops and texts")
    random = np.random.default_rng(plan.seed + 1)
    count = round(plan.rate * plan.seconds)
    moments = np.sort(random.uniform(0, plan.seconds, count))
    whom, what = random.integers(plan.conversations, size=count), random.integers(len(texts), size=count)
    twice = random.random(count) < plan.repeats
    return tuple(
        Line(
            f"line-{number}",
            float(moments[number]),
            *_whom(int(whom[number]), shops),
            texts[what[number]],
            bool(twice[number]),
        )
        for number in range(count)
    )


def buyer_name(number: int) -> str:
    """The id of a buyer."""
    return f"buyer-{number:04}"


def _whom(number: int, shops: Sequence[str]) -> tuple[str, str]:
    return shops[number % len(shops)], buyer_name(number)
