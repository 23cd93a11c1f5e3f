"""The comparison as Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evaluation.peers.catalogue import Entry
from evaluation.peers.running import Outcome
from evaluation.peers.scoring import Duel, Figures

_QUALITY = (
    "",
    "clear: first",
    "clear: among 3",
    "all: first",
    "all: among 3",
    "MRR",
    "silent",
    "intruding",
    "AUROC",
    "first right: only Huashu / only this / p",
)
_COST = ("", "p50 ms", "p99 ms", "index s", "index, core s", "memory MB", "peak MB")


@dataclass(frozen=True)
class Row:
    """A peer that ran; `duel` is Huashu against it, None for Huashu itself or where Huashu did not run."""

    entry: Entry
    figures: Figures
    outcome: Outcome
    duel: Duel | None


def markdown(rows: Sequence[Row], left_out: Sequence[tuple[Entry, str]], machine: str) -> str:
    """Two tables (how right, what it takes), and what could not run."""
    first = rows[0].figures if rows else None
    counts = (
        f"{first.all.messages} messages about business, {first.clear.messages} of them clear alone" if first else ""
    )
    lines = [f"{counts}; {machine}.", "", *_table(_QUALITY, [_quality(row) for row in rows])]
    lines += ["", *_table(_COST, [_cost(row) for row in rows])]
    if left_out:
        lines += ["", "Left out: " + "; ".join(f"{entry.name} ({why})" for entry, why in left_out) + "."]
    return "\n".join(lines) + "\n"


def _table(head: Sequence[str], cells: Sequence[Sequence[str]]) -> list[str]:
    return [f"| {' | '.join(row)} |" for row in (head, ["---", *["---:"] * (len(head) - 1)], *cells)]


def _quality(row: Row) -> list[str]:
    shown = row.figures
    auroc = "" if shown.auroc is None else f"{shown.auroc:.3f}"
    right = (shown.clear.first, shown.clear.among, shown.all.first, shown.all.among, shown.all.mrr)
    values = (*right, shown.silent, shown.intruding)
    duel = f"{row.duel.won} / {row.duel.lost} / {row.duel.p:.2g}" if row.duel else ""
    return [row.entry.title, *(f"{value:.3f}" for value in values), auroc, duel]


def _cost(row: Row) -> list[str]:
    outcome, facts = row.outcome, row.outcome.facts
    times = (
        f"{row.figures.p50:.1f}",
        f"{row.figures.p99:.1f}",
        f"{facts.index_seconds:.1f}",
        f"{facts.core_seconds:.1f}",
    )
    return [row.entry.title, *times, f"{outcome.megabytes}", f"{facts.peak_megabytes}"]
