"""The comparison of pipelines as Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evaluation.intent.catalogue import Pipeline
from evaluation.intent.figures import IntentFigures

_HEAD = (
    "pipeline",
    "clear",
    "all",
    "macro-F1",
    "out-of-scope AUROC",
    "ECE",
    "p50 ms",
    "p99 ms",
    "training, core s",
    "memory MB",
)


@dataclass(frozen=True)
class Row:
    """A pipeline that was trained and served; `core_seconds` of its training, `megabytes` of its server."""

    pipeline: Pipeline
    figures: IntentFigures
    core_seconds: float
    megabytes: int


def markdown(rows: Sequence[Row], lines: int, machine: str) -> str:
    """One table; `lines` is how many training lines each learnt from."""
    messages = rows[0].figures.messages
    head = f"Learnt from {lines} lines, measured on {messages} messages; {machine}."
    cells = [_HEAD, ("---", *["---:"] * (len(_HEAD) - 1)), *(_cells(row) for row in rows)]
    return "\n".join([head, "", *(f"| {' | '.join(row)} |" for row in cells), ""])


def _cells(row: Row) -> tuple[str, ...]:
    found = row.figures
    shares = (found.clear, found.all, found.macro_f1, found.auroc, found.ece)
    times = (f"{found.p50:.1f}", f"{found.p99:.1f}", f"{row.core_seconds:.0f}", f"{row.megabytes}")
    return (row.pipeline.title, *("" if share is None else f"{share:.3f}" for share in shares), *times)
