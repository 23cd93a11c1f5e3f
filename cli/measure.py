"""`huashu clauses measure`: how many breaches the rules find, and how many compliant lines they stop."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.output import say, tell, to_json
from cli.progress import with_progress
from compliance.catalogue import load_catalogue
from compliance.learnt.lines import LINES, read_lines
from contracts.errors import InputError
from desk.settings import load_settings
from files.atomic import write_text

if TYPE_CHECKING:
    from compliance.learnt.measure_page import Measured
    from compliance.learnt.measuring import Apart, Row

_TABLES = ("totals", "kinds", "clauses", "unlabelled")


def measure(
    out: Annotated[
        Path | None, typer.Option(help="Where the page goes, docs/benchmarks/rules.md for the docs.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Measure the rules on labelled agent lines and on their own examples; takes some minutes."""
    from compliance.learnt.measure_page import page  # scikit-learn, which the other commands do without

    measured = _measured()
    if out is not None:
        write_text(out, page(measured))
    if as_json:
        say(to_json(_record(measured)))
        return
    say(_table(measured.totals))
    if out is not None:
        say(f"{len(measured.clauses) + len(measured.unlabelled)} clauses -> {out}")


def _measured() -> Measured:
    from compliance.learnt.measure_page import Measured
    from compliance.learnt.measuring import Teacher, outcomes
    from retrieval.encoder.trainable import TrainableEncoder

    settings = load_settings()
    lines = read_lines(settings.data / LINES)
    catalogue = load_catalogue(settings.data / "clauses")
    examples = sum(len(clause.violating) + len(clause.compliant) for clause in catalogue.clauses)
    tell(f"huashu: {len(lines)} labelled lines and {examples} examples; reading them")

    def watched(judged: Iterable[Apart]) -> Iterable[Apart]:
        return with_progress(judged, len(lines) + examples, "measure")

    try:
        found = outcomes(lines, catalogue, Teacher(TrainableEncoder.from_wheel, _say, watched))
    except ValueError as error:
        raise InputError(f"too few lines in {settings.data / LINES} to hold some out: {error}") from None
    return Measured.of(catalogue, found, os.cpu_count() or 1)


def _say(round_: str) -> None:
    tell(f"huashu: training on the others: {round_}")


def _record(measured: Measured) -> dict[str, Any]:
    return {
        "cores": measured.cores,
        **{name: [_row(row) for row in getattr(measured, name)] for name in _TABLES},
    }


def _row(row: Row) -> dict[str, Any]:
    return {"name": row.name, "kind": row.kind, **asdict(row.tally)}


def _table(rows: Iterable[Row]) -> str:
    """For a person at a terminal."""
    from compliance.learnt.measure_page import share

    lines = [f"{'lines':28}{'breaches found':>20}{'joined':>20}{'compliant stopped':>22}{'joined':>20}"]
    for row in rows:
        tally = row.tally
        found = (share(count, tally.breaches) for count in (tally.found_by_patterns, tally.found_joined))
        stopped = (share(count, tally.compliant) for count in (tally.stopped_by_patterns, tally.stopped_joined))
        first, second, third, fourth = (*found, *stopped)
        lines.append(f"{row.name:28}{first:>20}{second:>20}{third:>22}{fourth:>20}")
    return "\n".join(lines)
