"""`huashu bench desk`: a desk under load, and what is left after one of its parts was killed."""

from __future__ import annotations

import time
from dataclasses import asdict
from enum import Enum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

from cli.bench.desk_site import POSTGRESQL, SQLITE, Ground, Wanted, open_ground
from cli.output import Exit, say, to_json
from contracts.errors import InputError
from desk.settings import load_settings
from evaluation.load.account import GOAL_MS, LIVE_GOAL_MS, Account, account
from evaluation.load.drive import Run, drive
from evaluation.load.plan import Plan, lines, openings
from evaluation.load.stored import Stored, read_stored
from files.atomic import write_text
from launch.machine import Meter, Usage
from launch.progress import Progress as Steps
from retrieval.building import open_library

_SETTLE = 90.0
"""Seconds in which deliveries must have ended."""


class Part(str, Enum):
    """What may be killed."""

    DESK = "desk"
    RASA = "rasa"
    POSTGRES = "postgres"


def bench_desk(
    conversations: Annotated[int, typer.Option(min=1, max=10_000, help="Open conversations.")] = 200,
    rate: Annotated[float, typer.Option(min=0.1, max=1000, help="Buyers' lines a second.")] = 20,
    seconds: Annotated[float, typer.Option(min=1, max=3600, help="How long they write.")] = 60,
    panels: Annotated[int, typer.Option(min=1, max=1000, help="Connected panels.")] = 12,
    storage: Annotated[
        str, typer.Option(help="`sqlite`, `postgresql` (starts one), or the address of an empty database.")
    ] = SQLITE,
    desks: Annotated[int, typer.Option(min=1, max=16, help="Desk processes; more than one needs PostgreSQL.")] = 1,
    kill: Annotated[Part | None, typer.Option(help="kill -9 this part halfway; it is started again.")] = None,
    out: Annotated[Path | None, typer.Option(help="Write the JSON here, too.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Start a stack of its own, let buyers write and agents answer, and hold what is stored against it.

    Exit 1 when anything was lost or doubled.
    """
    plan, wanted = Plan(conversations, rate, seconds, panels), Wanted(storage, desks)
    if kill is Part.POSTGRES and storage != POSTGRESQL:
        raise InputError("--kill postgres needs --storage postgresql, a server of the benchmark's own")
    settings = load_settings()
    texts = [question for reply in open_library(settings.data).replies for question in reply.questions]
    with _Bar() as bar, open_ground(settings, wanted, plan, Steps()) as ground:
        first, rest = openings(plan, ground.site.shops, texts), lines(plan, ground.site.shops, texts)
        blow = None if kill is None else lambda: ground.kill(kill.value)
        meter = Meter()
        notes = drive(Run(plan, ground.site, first, rest, blow), bar.tell)
        usage = meter.read()
        result = account(first, rest, notes, _stored(ground), ground.end.got)
    told = _told(plan, wanted, kill, usage, result)
    if out is not None:
        write_text(out, to_json(told) + "\n")
    say(to_json(told) if as_json else _table(told))
    if not result.whole:
        raise typer.Exit(Exit.FINDING)


def _stored(ground: Ground) -> Stored:
    """What is stored once all deliveries have ended, or after a minute and a half. Raises ServiceDown."""
    deadline = time.monotonic() + _SETTLE
    stored = read_stored(ground.site)
    while stored.under_way and time.monotonic() < deadline:
        time.sleep(1)
        stored = read_stored(ground.site)
    return stored


def _told(plan: Plan, wanted: Wanted, kill: Part | None, usage: Usage, result: Account) -> dict[str, Any]:
    storage = wanted.storage if "://" not in wanted.storage else wanted.storage.partition("://")[0]
    return {
        "plan": asdict(plan),
        "storage": storage,
        "desks": wanted.desks,
        "killed": kill.value if kill else None,
        "machine": asdict(usage),
        "whole": result.whole,
        "quick": result.quick,
        **asdict(result),
    }


def _table(told: dict[str, Any]) -> str:
    plan, machine = told["plan"], told["machine"]
    killed = f", {told['killed']} killed halfway" if told["killed"] else ""
    head = [
        f"{plan['conversations']} conversations, {plan['rate']:g} lines a second for {plan['seconds']:g} s, "
        f"{plan['panels']} panels; {told['storage']}, {told['desks']} desk(s){killed}",
        f"{machine['cores']} cores; used by this: {machine['own']}, by others: {machine['others']}",
        "",
        f"{'':14}{'count':>8}{'lost':>7}{'doubled':>9}{'p50 ms':>9}{'p95 ms':>9}{'p99 ms':>9}  goal",
    ]
    suggested = told["suggestions"]["milliseconds"]
    rows = [
        _row("lines", told["lines"]["written"], told["lines"], told["webhook"]["milliseconds"], "webhook answers 1000"),
        _row("suggestions", suggested["count"], told["suggestions"], suggested, f"p95 {GOAL_MS:g}"),
        _row("live events", told["live"]["events"], told["live"], told["live"]["milliseconds"], f"{LIVE_GOAL_MS:g}"),
        _row("answers", told["answers"]["sent"], told["answers"], None, ""),
    ]
    tail = [
        "",
        f"handed over twice: {told['lines']['handed_over_twice']}; attempts refused: "
        f"{told['lines']['attempts_refused']}; panels connected again: {told['live']['reconnects']}; deliveries "
        f"repeated under their key: {told['answers']['repeated_deliveries']}; sent by the desk itself (closed shops): "
        f"{told['answers']['automatic']}",
        "nothing lost, nothing doubled" if told["whole"] else "SOMETHING WAS LOST OR DOUBLED",
    ]
    return "\n".join([*head, *rows, *tail])


def _row(name: str, count: int, part: dict[str, Any], times: dict[str, Any] | None, goal: str) -> str:
    shown = "".join(f"{times[key]:9.1f}" if times else " " * 9 for key in ("p50", "p95", "p99"))
    return f"{name:14}{count:8}{part['lost']:7}{part['doubled']:9}{shown}  {goal}".rstrip()


class _Bar:
    """A progress bar on standard error; none where that is not a terminal."""

    def __init__(self) -> None:
        console = Console(stderr=True)
        columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
        self._progress = Progress(*columns, console=console, disable=not console.is_terminal)
        self._task = self._progress.add_task("starting", total=1.0)

    def __enter__(self) -> _Bar:
        self._progress.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._progress.stop()

    def tell(self, what: str, share: float) -> None:
        """Show how far a step is."""
        self._progress.update(self._task, description=what, completed=share)
