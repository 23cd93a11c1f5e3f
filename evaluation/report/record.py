"""A run as JSON that the next run compares itself with.

It is one JSON object, written so that it can be read a line at a time: its head is the first line, each case has a line
of its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from contracts.errors import DataError
from evaluation.cases import Case, case_from, case_json
from evaluation.compare import Comparison, Difference
from evaluation.curves import curves_json
from evaluation.figures import Figure
from evaluation.measures import MEANS, scores_of
from evaluation.report.result import Result
from files.atomic import writing

VERSION = 1
_OPENING = '"cases": ['


def write_record(path: Path, result: Result) -> None:
    """Write the run, case by case. Raises DataError when it cannot be written."""
    with writing(path) as stream:
        head = json.dumps(head_json(result), ensure_ascii=True)
        stream.write(f"{head[:-1]}, {_OPENING}\n")
        for place, case in enumerate(result.cases()):
            stream.write(("" if place == 0 else ",\n") + json.dumps(_scored(case), ensure_ascii=True))
        stream.write("\n]}\n")


def read_cases(path: Path) -> Iterator[Case]:
    """The cases of a written run, one by one. Raises DataError for a file that is none, or was changed or cut off."""
    try:
        stream = path.open(encoding="utf-8")
    except OSError as error:
        raise DataError(f"cannot be read: {error.strerror}", file=str(path)) from None
    with stream:
        try:
            _check_head(next(stream, ""), path)
            for number, line in enumerate(stream, start=2):
                if line.startswith("]}"):
                    return
                record = json.loads(line.rstrip("\n").rstrip(","))
                record.pop("scores", None)
                yield case_from(record, str(path), number)
        except UnicodeDecodeError as error:
            raise DataError(f"is not UTF-8 (byte {error.start})", file=str(path)) from None
        except (ValueError, AttributeError, TypeError, RecursionError):
            raise DataError("is no case as `huashu evaluate --json` writes it", file=str(path)) from None
    raise DataError("was cut off: its end is missing", file=str(path))


def _check_head(line: str, path: Path) -> None:
    if not line.rstrip("\n").endswith(_OPENING):
        raise DataError("was not written by `huashu evaluate --json`", file=str(path), line=1)
    head = json.loads(line.rstrip("\n") + "]}")
    if head.get("version") != VERSION:
        raise DataError(f"version {head.get('version')!r} is not known", file=str(path), line=1)


def head_json(result: Result) -> dict[str, Any]:
    """Everything but the cases."""
    return {
        "version": VERSION,
        "about": dict(result.about.facts),
        "notes": list(result.about.notes),
        "send": result.about.wanted.send,
        "precision": result.about.wanted.precision,
        "figures": {figure.name: figure_json(figure) for figure in result.figures},
        "slices": {part.name: {figure.name: figure_json(figure) for figure in part.figures} for part in result.slices},
        "clauses": {name: vars(counts) for name, counts in result.table.clauses.items()},
        **curves_json(result.table, result.about.wanted.precision),
        "floors": {"held_to": result.floors, "broken": [str(breach) for breach in result.breaches]},
        "comparison": comparison_json(result.comparison) if result.comparison else None,
    }


def figure_json(figure: Figure) -> dict[str, Any]:
    """A figure; null for what is not defined."""
    low_high = figure.interval
    return {
        "value": round(figure.value, 6) if figure.measured else None,
        "low": round(low_high.low, 6) if low_high else None,
        "high": round(low_high.high, 6) if low_high else None,
        "cases": figure.cases,
        "dialogues": figure.dialogues,
        "more_is_better": figure.measure.more_is_better,
        "title": figure.measure.title,
    }


def comparison_json(comparison: Comparison) -> dict[str, Any]:
    """Two runs."""
    pairing = comparison.pairing
    return {
        "cases": len(pairing.after),
        "only_before": list(pairing.only_before),
        "only_after": list(pairing.only_after),
        "relabelled": list(pairing.relabelled),
        "figures": {item.measure.name: _difference(item) for item in comparison.differences},
    }


def _difference(item: Difference) -> dict[str, Any]:
    return {
        "before": round(item.before, 6),
        "after": round(item.after, 6),
        "difference": round(item.after - item.before, 6),
        "low": round(item.interval.low, 6) if item.interval else None,
        "high": round(item.interval.high, 6) if item.interval else None,
        "cases": item.cases,
        "chance": round(item.chance, 6),
        "verdict": item.verdict,
        "better": list(item.better),
        "worse": list(item.worse),
    }


def _scored(case: Case) -> dict[str, Any]:
    """A case with its score in each figure that it stands behind."""
    scores = zip(MEANS, scores_of(case), strict=True)
    return {**case_json(case), "scores": {measure.name: value for measure, value in scores if not np.isnan(value)}}
