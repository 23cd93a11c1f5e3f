"""A run as a page in Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from evaluation.compare import Comparison
from evaluation.curves import automatic, confusion
from evaluation.figures import Figure
from evaluation.report.result import Result
from evaluation.report.words import HEADLINE, direction, interval_of, shown, value_of
from evaluation.table import ClauseCounts

_SLICED = ("intent.accuracy", "topic.hit1", "topic.hit3", "chat.business_first", "rules.recall", "rules.false_stops")
_WORST = 10
_CASES = 20


def markdown(result: Result) -> str:
    """The page."""
    return (
        "\n".join([*_opening(result), *_figures(result), *_slices(result), *_rules(result), *_compared(result)]) + "\n"
    )


def _opening(result: Result) -> Iterator[str]:
    yield "# Evaluation"
    yield ""
    yield "; ".join(f"{name}: {value}" for name, value in result.about.facts.items()) + "."
    yield ""
    for note in result.about.notes:
        yield f"> {note}"
        yield ""
    if result.floors:
        yield f"Floors: {result.floors - len(result.breaches)} of {result.floors} hold."
        yield ""
        yield from (f"- below: {breach}" for breach in result.breaches)
        yield ""


def _figures(result: Result) -> Iterator[str]:
    yield "| figure | what it is | | value | 95 % interval | cases |"
    yield "|---|---|---|---:|---|---:|"
    named = [result.figure(name) for name in HEADLINE]
    rest = [figure for figure in result.figures if figure.name not in HEADLINE]
    for figure in (*filter(None, named), *rest):
        yield _row(figure)
    yield ""
    wanted = result.about.wanted
    reached = automatic(result.table, wanted.precision).reached
    if reached is not None:
        yield (
            f"Automatic replies are right in {wanted.precision:.0%} of cases from a confidence of "
            f"{reached.confidence:.3f} up; that answers {reached.coverage:.1%} of the questions."
        )
        yield ""
    worst = confusion(result.table).worst(_WORST)
    if worst:
        yield "Confused most: " + ", ".join(f"{real} read as {read} ({count})" for real, read, count in worst) + "."
        yield ""


def _row(figure: Figure) -> str:
    measure = figure.measure
    cells = (f"`{figure.name}`", measure.title, direction(measure), value_of(figure), interval_of(figure))
    return f"| {' | '.join(cells)} | {figure.cases:,} |"


def _slices(result: Result) -> Iterator[str]:
    yield "## Slices"
    yield ""
    yield f"| slice | {' | '.join(f'`{name}`' for name in _SLICED)} |"
    yield "|---|" + "---:|" * len(_SLICED)
    for part in result.slices:
        of_part = {figure.name: figure for figure in part.figures}
        cells = [_cell(of_part.get(name)) for name in _SLICED]
        if any(cells):
            yield f"| {part.name} | {' | '.join(cells)} |"
    yield ""


def _cell(figure: Figure | None) -> str:
    return f"{value_of(figure)} ({figure.cases:,})" if figure is not None else ""


def _rules(result: Result) -> Iterator[str]:
    if not result.table.clauses:
        return
    yield "## Rules"
    yield ""
    yield "| rule | breaches | found | right turns in which it was found |"
    yield "|---|---:|---:|---:|"
    for name, counts in sorted(result.table.clauses.items(), key=_missed_first):
        yield f"| `{name}` | {counts.breaches} | {counts.found} | {counts.false_alarms} |"
    yield ""


def _missed_first(item: tuple[str, ClauseCounts]) -> tuple[int, str]:
    name, counts = item
    return counts.found - counts.breaches - counts.false_alarms, name


def _compared(result: Result) -> Iterator[str]:
    if result.comparison is not None:
        yield from comparison_lines(result.comparison)


def comparison_lines(comparison: Comparison) -> Iterator[str]:
    """Two runs: each figure before and after, and the cases that changed."""
    pairing = comparison.pairing
    yield "## Against the run before"
    yield ""
    yield (
        f"{len(pairing.after):,} cases stand in both with the same labels; {len(pairing.only_before):,} only before, "
        f"{len(pairing.only_after):,} only now, {len(pairing.relabelled):,} have other labels."
    )
    yield ""
    yield "| figure | before | now | better | worse | p | |"
    yield "|---|---:|---:|---:|---:|---:|---|"
    for item in comparison.differences:
        measure = item.measure
        cells = (shown(measure, item.before), shown(measure, item.after), f"{len(item.better)}", f"{len(item.worse)}")
        yield f"| `{measure.name}` | {' | '.join(cells)} | {item.chance:.3g} | {item.verdict} |"
    yield ""
    for item in comparison.differences:
        for name, cases in (("better", item.better), ("worse", item.worse)):
            if cases:
                more = f" and {len(cases) - _CASES} more" if len(cases) > _CASES else ""
                yield f"- `{item.measure.name}` {name}: {', '.join(cases[:_CASES])}{more}"
    yield ""
