"""A run for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from evaluation.compare import Comparison, Difference
from evaluation.curves import automatic
from evaluation.report.result import Result
from evaluation.report.words import HEADLINE, direction, interval_of, shown, value_of

_CHANGED = 5
"""Cases of a difference that are named."""


def summary(result: Result) -> str:
    """The headline figures, what broke a floor, and the comparison with the run before."""
    return "\n".join(_lines(result))


def _lines(result: Result) -> Iterator[str]:
    yield "; ".join(f"{name} {value}" for name, value in result.about.facts.items())
    yield f"\n{'figure':22}{'value':>10}  {'95 % interval':17}{'cases':>8}"
    for name in HEADLINE:
        figure = result.figure(name)
        if figure is not None:
            meaning = f"{direction(figure.measure)} {figure.measure.title}"
            yield f"{name:22}{value_of(figure):>10}  {interval_of(figure):17}{figure.cases:8,}  {meaning}"
    wanted = result.about.wanted
    reached = automatic(result.table, wanted.precision).reached
    if reached is not None:
        yield (
            f"\nautomatic replies are right in {wanted.precision:.0%} of cases from a confidence of "
            f"{reached.confidence:.3f} up, which answers {reached.coverage:.1%} of questions"
        )
    yield from (f"\nnote: {note}" for note in result.about.notes)
    if result.comparison is not None:
        yield from comparison(result.comparison)
    if result.floors:
        yield f"\nfloors: {result.floors - len(result.breaches)} of {result.floors} hold"
        yield from (f"  below: {breach}" for breach in result.breaches)


def comparison(compared: Comparison) -> Iterator[str]:
    """Two runs: the figures that differ, whether it is chance, and some of the cases."""
    pairing = compared.pairing
    yield f"\nagainst the run before, {len(pairing.after):,} cases that both have with the same labels:"
    for name, cases in (("before", pairing.only_before), ("now", pairing.only_after)):
        if cases:
            yield f"  {len(cases):,} cases stand only in the run {name}"
    if pairing.relabelled:
        yield f"  {len(pairing.relabelled):,} cases have other labels and are left out"
    changed = [item for item in compared.differences if item.verdict != "no difference"]
    if not changed:
        yield "  no figure differs"
    for item in changed:
        yield from _difference(item)


def _difference(item: Difference) -> Iterator[str]:
    change = f"{shown(item.measure, item.before)} -> {shown(item.measure, item.after)}"
    counts = f", {len(item.better)} better, {len(item.worse)} worse" if item.better or item.worse else ""
    yield f"  {item.measure.name:22}{change:18} {item.verdict} (p = {item.chance:.3g}{counts})"
    for name, cases in (("better", item.better), ("worse", item.worse)):
        if cases:
            more = f" and {len(cases) - _CHANGED} more" if len(cases) > _CHANGED else ""
            yield f"      {name}: {', '.join(cases[:_CHANGED])}{more}"
