"""Cases on the page, folded away until somebody wants to see them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from evaluation.cases import Asked, Case
from evaluation.compare import Comparison, Difference
from evaluation.report.case_lists import CaseList
from evaluation.report.words import shown

_LISTED = 30


def cases_section(lists: Sequence[CaseList]) -> str:
    """For each figure the cases that cost it something."""
    parts = []
    for entry in lists:
        rows = "".join(_row(case) for case in entry.cases)
        more = entry.count - len(entry.cases)
        rest = f"<p class=more>and {more:,} more; the JSON of the run has them all</p>" if more else ""
        parts.append(
            f"<details><summary>{escape(entry.measure.title)} <code>{entry.measure.name}</code> "
            f"<small>{entry.count:,}</small></summary><table class=cases>{rows}</table>{rest}</details>"
        )
    return f"<section><h2>Cases behind the figures</h2>{''.join(parts)}</section>" if parts else ""


def changed_section(comparison: Comparison, cases: Mapping[str, Case]) -> str:
    """Two runs: each figure before and now, whether it is chance, and the cases that changed."""
    pairing = comparison.pairing
    said = f"{len(pairing.after):,} cases stand in both runs with the same labels"
    others = {
        "only before": len(pairing.only_before),
        "only now": len(pairing.only_after),
        "with other labels, left out": len(pairing.relabelled),
    }
    said += "".join(f"; {count:,} {name}" for name, count in others.items() if count)
    rows = "".join(_difference(item) for item in comparison.differences)
    head = "<tr><th>figure</th><th>before</th><th>now</th><th>better</th><th>worse</th><th>p</th><th></th></tr>"
    lists = "".join(_changed(item, name, ids, cases) for item in comparison.differences for name, ids in _sides(item))
    return (
        f"<section><h2>Against the run before</h2><p>{said}. p: how often chance alone does this, Holm-adjusted.</p>"
        f"<table class=plain>{head}{rows}</table>{lists}</section>"
    )


def _sides(item: Difference) -> list[tuple[str, tuple[str, ...]]]:
    return [(name, ids) for name, ids in (("worse", item.worse), ("better", item.better)) if ids]


def _difference(item: Difference) -> str:
    cells = (
        shown(item.measure, item.before),
        shown(item.measure, item.after),
        str(len(item.better) or ""),
        str(len(item.worse) or ""),
        f"{item.chance:.3g}",
        item.verdict,
    )
    kind = {"better": "good", "worse": "bad"}.get(item.verdict, "")
    rest = "".join(f"<td>{cell}</td>" for cell in cells)
    return f"<tr class='{kind}'><td><code>{item.measure.name}</code></td>{rest}</tr>"


def _changed(item: Difference, name: str, ids: Sequence[str], cases: Mapping[str, Case]) -> str:
    known = [cases[place] for place in ids[:_LISTED] if place in cases]
    rows = "".join(_row(case) for case in known)
    more = len(ids) - len(known)
    rest = f"<p class=more>and {more:,} more; the JSON of the run has them all</p>" if more else ""
    return (
        f"<details><summary>{name}: <code>{item.measure.name}</code> <small>{len(ids):,}</small></summary>"
        f"<table class=cases>{rows}</table>{rest}</details>"
    )


def _row(case: Case) -> str:
    if isinstance(case, Asked):
        return _asked(case)
    found = ", ".join(item.clause for item in case.found) or "nothing"
    broken = ", ".join(case.violates) or "nothing"
    return (
        f"<tr><td class=id>{escape(case.id)}</td><td class=text>{escape(case.text)}</td>"
        f"<td>breaks <b>{escape(broken)}</b><br>found: {escape(found)}</td></tr>"
    )


def _asked(case: Asked) -> str:
    before = f"<small>{escape(case.before)}</small><br>" if case.before else ""
    read = ", ".join(f"{name} {share:.0%}" for name, share in case.read) or "nothing"
    shown_ = "".join(
        f"<li class={'right' if case.right(place) else 'wrong'}>{escape(item.topic)} {item.confidence:.0%} "
        f"<small>{escape(item.text)}</small></li>"
        for place, item in enumerate(case.shown)
    )
    labels = ", ".join(case.topics or case.intents)
    return (
        f"<tr><td class=id>{escape(case.id)}</td><td class=text>{before}{escape(case.text)}</td>"
        f"<td><b>{escape(labels)}</b><br>read: {escape(read)}<ol>{shown_ or '<li>no suggestion'}</ol></td></tr>"
    )
