"""`huashu bench check`: what one check costs, and how that grows with the clauses."""

from __future__ import annotations

import gc
import time
from collections.abc import Sequence
from dataclasses import replace
from itertools import cycle, islice
from typing import Annotated, Any

import numpy as np
import typer

from cli.output import say, tell, to_json
from cli.progress import with_progress
from compliance.catalogue import Catalogue, load_catalogue
from compliance.checker import Checker
from compliance.learnt.lines import LINES, OF_NO_RULE, AgentLine, read_lines
from contracts.context import Context
from contracts.errors import InputError, SetupNeeded
from desk.assembly import open_learnt
from desk.settings import load_settings

LENGTH = 100
"""Characters of each text."""

SHARES = (4, 2, 1)
"""One clause in so many is left in the catalogue."""

NEAR, ORDINARY = "about a rule", "ordinary"
"""Kinds of texts: near a breach, so that everything has to look at them, and what agents write all day."""


def bench_check(
    texts: Annotated[int, typer.Option("--texts", "-n", min=10, max=100_000, help="How many to check.")] = 400,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Check texts of 100 characters, each seen for the first time, on one core; milliseconds."""
    settings = load_settings()
    catalogue = load_catalogue(settings.data / "clauses")
    near, ordinary = _kinds(read_lines(settings.data / LINES))
    kinds = {name: _texts(lines, texts) for name, lines in ((NEAR, near), (ORDINARY, ordinary)) if lines}
    if not kinds:
        raise InputError("data/agent_lines holds no line to check")
    first = next(iter(kinds))
    parts = [Checker(_part(catalogue, share)) for share in SHARES[:-1]]
    rows = [_row(part, first, kinds[first], "patterns") for part in parts]
    rows += [_row(Checker(catalogue), kind, lines, "patterns") for kind, lines in kinds.items()]
    try:
        learnt = open_learnt(settings, catalogue)
    except SetupNeeded as missing:
        tell(f"huashu: without the learnt rules: {missing}")
    else:
        rows += [
            _row(Checker(catalogue, learnt), kind, lines, "patterns and learnt rules") for kind, lines in kinds.items()
        ]
    say(to_json({"texts": texts, "characters": LENGTH, "rows": rows}) if as_json else _table(texts, rows))


def _kinds(lines: Sequence[AgentLine]) -> tuple[list[AgentLine], list[AgentLine]]:
    """Those that were written about a rule, breaches and near misses, and ordinary ones."""
    near = [line for line in lines if line.about not in OF_NO_RULE]
    return near, [line for line in lines if line.about in OF_NO_RULE]


def _texts(lines: Sequence[AgentLine], wanted: int) -> list[AgentLine]:
    """Agent lines made as long as wanted by what other agents wrote, none of them twice."""
    order = np.random.default_rng(7).permutation(len(lines))
    picked = [lines[place] for place in islice(cycle(order), wanted)]
    following = cycle(line.text for line in (lines[place] for place in order[::-1]))
    return [replace(line, text=_long(line.text, following, number)) for number, line in enumerate(picked)]


def _long(text: str, following: Any, number: int) -> str:
    mark = f"，{number}号"
    while len(text) < LENGTH:
        text = f"{text}，{next(following)}"
    return text[: LENGTH - len(mark)] + mark


def _part(catalogue: Catalogue, share: int) -> Catalogue:
    return replace(catalogue, clauses=catalogue.clauses[::share])


def _row(checker: Checker, kind: str, lines: Sequence[AgentLine], name: str) -> dict[str, Any]:
    times = []
    clauses = len(checker.catalogue.clauses)
    gc.collect()
    gc.freeze()  # as the desk does once it has loaded everything
    for line in with_progress(lines, len(lines), f"{clauses} clauses"):
        started = time.perf_counter()
        checker.check(line.text, line.platform, replace(line.context, buyer=Context().buyer))
        times.append((time.perf_counter() - started) * 1000)
    middle, highest = np.percentile(times, [50, 99])
    return {
        "by": name,
        "texts": kind,
        "clauses": clauses,
        "p50": round(float(middle), 3),
        "p99": round(float(highest), 3),
    }


def _table(texts: int, rows: Sequence[dict[str, Any]]) -> str:
    lines = [f"{texts} texts of {LENGTH} characters, one core; milliseconds"]
    lines.append(f"{'by':28}{'texts':14}{'clauses':>8}{'p50':>9}{'p99':>9}")
    lines += [f"{row['by']:28}{row['texts']:14}{row['clauses']:8}{row['p50']:9.3f}{row['p99']:9.3f}" for row in rows]
    return "\n".join(lines)
