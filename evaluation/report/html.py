"""A run as one HTML file that needs no network."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path

from evaluation.curves import automatic, confusion, reliability
from evaluation.figures import Figure
from evaluation.report import charts
from evaluation.report.case_lists import case_lists
from evaluation.report.html_cases import cases_section, changed_section
from evaluation.report.result import Result
from evaluation.report.words import HEADLINE, direction, interval_of, value_of
from evaluation.table import ClauseCounts
from files.atomic import writing

GROUPS = {
    "intent": "Reading the message",
    "topic": "Suggestions for questions",
    "abstain": "Keeping silent",
    "chat": "Keeping silent",
    "auto": "Automatic replies",
    "rules": "Rules on agents' texts",
    "latency": "Time",
}
"""The first part of a figure's name, and what the page calls it."""

_SLICED = ("intent.accuracy", "topic.hit1", "topic.hit3", "chat.business_first", "rules.recall", "rules.false_stops")
_WORST = 6
_FEWEST = 10
"""Cases that a slice needs to be called bad."""

_CHANGED = 60
"""Changed cases of a figure that the page may show."""

_PAGE = Path(__file__).with_name("page.html")


def write_page(path: Path, result: Result) -> None:
    """Write the page. Raises DataError when it cannot be written."""
    with writing(path) as stream:
        for part in page(result):
            stream.write(part)


def page(result: Result) -> Iterator[str]:
    """The page, piece by piece."""
    head, foot = _PAGE.read_text(encoding="utf-8").split("{{body}}")
    yield head.replace("{{plotly}}", charts.script())
    facts = " · ".join(f"{escape(name)} <b>{escape(value)}</b>" for name, value in result.about.facts.items())
    yield f"<header><h1>Evaluation</h1><p class=facts>{facts}</p></header>"
    yield "".join(_banners(result))
    yield _headline(result)
    yield _worst(result)
    yield _charts(result)
    changed = _changed_ids(result)
    lists, cases = case_lists(result.cases(), frozenset(changed))
    if result.comparison is not None:
        yield changed_section(result.comparison, cases)
    yield _slices(result)
    yield _rules(result)
    yield cases_section(lists)
    yield foot


def _changed_ids(result: Result) -> list[str]:
    """The ids of the changed cases that the page may show."""
    if result.comparison is None:
        return []
    lists = ((*item.worse[:_CHANGED], *item.better[:_CHANGED]) for item in result.comparison.differences)
    return list(dict.fromkeys(name for names in lists for name in names))


def _banners(result: Result) -> Iterator[str]:
    for note in result.about.notes:
        yield f"<p class='banner bad'>{escape(note)}</p>"
    if result.breaches:
        items = "".join(f"<li>{escape(str(breach))}</li>" for breach in result.breaches)
        said = f"{len(result.breaches)} of {result.floors} floors do not hold"
        yield f"<div class='banner bad'><b>{said}</b><ul>{items}</ul></div>"
    elif result.floors:
        yield f"<p class='banner good'>All {result.floors} floors hold.</p>"


def _headline(result: Result) -> str:
    rows, last = [], ""
    for name in HEADLINE:
        figure = result.figure(name)
        if figure is None:
            continue
        group = GROUPS[name.partition(".")[0]]
        if group != last:
            rows.append(f"<tr class=group><th colspan=5>{group}</th></tr>")
            last = group
        rows.append(_row(figure))
    return f"<section><table class=figures>{''.join(rows)}</table>{_threshold(result)}</section>"


def _threshold(result: Result) -> str:
    wanted = result.about.wanted
    reached = automatic(result.table, wanted.precision).reached
    if reached is None:
        return ""
    return (
        f"<p>Automatic replies are right in {wanted.precision:.0%} of cases from a confidence of "
        f"<b>{reached.confidence:.3f}</b> up, which answers <b>{reached.coverage:.1%}</b> of the questions; today they "
        f"are sent from {wanted.send:g} up.</p>"
    )


def _row(figure: Figure) -> str:
    measure = figure.measure
    return (
        f"<tr><td>{escape(measure.title)} <code>{figure.name}</code></td>"
        f"<td class=arrow title='{'more' if measure.more_is_better else 'less'} is better'>{direction(measure)}</td>"
        f"<td class=value>{value_of(figure)}</td>"
        f"<td class=range>{_range(figure)}<small>{interval_of(figure)}</small></td>"
        f"<td class=count>{figure.cases:,} cases</td></tr>"
    )


def _range(figure: Figure) -> str:
    """The interval on a line from 0 to 1."""
    if figure.interval is None or figure.measure.unit:
        return ""
    low, width = 100 * figure.interval.low, max(1.0, 100 * (figure.interval.high - figure.interval.low))
    place = f"<b style='left:{100 * figure.value:.1f}%'></b>"
    return f"<i class=line><i style='left:{low:.1f}%;width:{width:.1f}%'></i>{place}</i>"


def _worst(result: Result) -> str:
    weak = sorted(
        ((figure.value, part.name, figure) for part in result.slices for figure in part.figures if _may_be_bad(figure)),
        key=lambda item: (item[0], item[1]),
    )[:_WORST]
    slices = "".join(
        f"<li><b>{value:.2f}</b> {escape(name)}: {escape(figure.measure.title)} <small>of {figure.cases}</small></li>"
        for value, name, figure in weak
    )
    mixed = "".join(
        f"<li><b>{count}×</b> {escape(real)} read as {escape(read)}</li>"
        for real, read, count in confusion(result.table).worst(_WORST)
    )
    rules = "".join(
        f"<li><b>{counts.breaches - counts.found}</b> of {counts.breaches} missed, {counts.false_alarms} false: "
        f"<code>{escape(name)}</code></li>"
        for name, counts in sorted(result.table.clauses.items(), key=_by_faults)[:_WORST]
        if counts.breaches - counts.found + counts.false_alarms
    )
    lists = (("Weakest slices", slices), ("Confused most", mixed), ("Rules that err most", rules))
    columns = "".join(f"<div><h3>{title}</h3><ul>{items}</ul></div>" for title, items in lists if items)
    return f"<section><h2>What is worst</h2><div class=columns>{columns}</div></section>" if columns else ""


def _may_be_bad(figure: Figure) -> bool:
    return figure.name in ("intent.accuracy", "topic.hit3", "rules.recall") and figure.cases >= _FEWEST


def _by_faults(item: tuple[str, ClauseCounts]) -> tuple[int, str]:
    name, counts = item
    return counts.found - counts.breaches - counts.false_alarms, name


def _charts(result: Result) -> str:
    if not result.table.asked.any():
        return ""
    wanted = result.about.wanted
    parts = [("Confidence against truth", charts.calibration(reliability(result.table)))]
    sent = automatic(result.table, wanted.precision)
    if sent.curve:
        parts.append(("Automatic replies", charts.tradeoff(sent, wanted.send, wanted.precision)))
    parts.append(("Where the time goes", charts.latency(result.figures)))
    grid = "".join(f"<figure><figcaption>{title}</figcaption>{chart}</figure>" for title, chart in parts)
    mixed = charts.confusion(confusion(result.table))
    wide = f"<figure class=wide><figcaption>Main intent: labelled against read</figcaption>{mixed}</figure>"
    return f"<section class=charts>{grid}{wide}</section>"


def _slices(result: Result) -> str:
    head = "".join(f"<th>{name}</th>" for name in _SLICED)
    rows = []
    for part in result.slices:
        of_part = {figure.name: figure for figure in part.figures}
        cells = "".join(_cell(of_part.get(name)) for name in _SLICED)
        rows.append(f"<tr><td>{escape(part.name)}</td>{cells}</tr>")
    return (
        f"<section><details><summary>Slices <small>{len(rows)}</small></summary>"
        f"<table class=plain><tr><th></th>{head}</tr>{''.join(rows)}</table></details></section>"
    )


def _cell(figure: Figure | None) -> str:
    if figure is None:
        return "<td></td>"
    return f"<td title='{interval_of(figure)}'>{value_of(figure)} <small>{figure.cases:,}</small></td>"


def _rules(result: Result) -> str:
    if not result.table.clauses:
        return ""
    rows = "".join(
        f"<tr><td><code>{escape(name)}</code></td><td>{counts.breaches}</td><td>{counts.found}</td>"
        f"<td>{counts.false_alarms}</td></tr>"
        for name, counts in sorted(result.table.clauses.items(), key=_by_faults)
    )
    head = "<tr><th>rule</th><th>breaches</th><th>found</th><th>found in right texts</th></tr>"
    return (
        f"<section><details><summary>Rules <small>{len(result.table.clauses)}</small></summary>"
        f"<table class=plain>{head}{rows}</table></details></section>"
    )
