"""Figures in words and digits, the same in every report."""

from __future__ import annotations

from evaluation.figures import Figure
from evaluation.measures import Measure

HEADLINE = (
    "intent.accuracy",
    "intent.macro_f1",
    "intent.oos_auroc",
    "intent.ece",
    "topic.hit1",
    "topic.hit3",
    "topic.mrr",
    "topic.ndcg3",
    "topic.all",
    "abstain.wrong",
    "abstain.chat",
    "chat.business_first",
    "auto.precision",
    "auto.coverage",
    "auto.reach",
    "rules.recall",
    "rules.false_stops",
    "latency.total.p50",
    "latency.total.p99",
)
"""The figures that are shown first."""


def shown(measure: Measure, value: float) -> str:
    """A value as it is printed: `0.912`, or `12.3 ms`; a dash for what is not defined."""
    if value != value:  # nan
        return "-"
    return f"{value:.1f} {measure.unit}" if measure.unit else f"{value:.3f}"


def value_of(figure: Figure) -> str:
    """A figure's value as it is printed."""
    return shown(figure.measure, figure.value)


def interval_of(figure: Figure) -> str:
    """The interval as it is printed, empty without one."""
    if figure.interval is None or not figure.measured:
        return ""
    digits = 1 if figure.measure.unit else 3
    return f"{figure.interval.low:.{digits}f} - {figure.interval.high:.{digits}f}"


def direction(measure: Measure) -> str:
    """An arrow that says what is better."""
    return "↑" if measure.more_is_better else "↓"
