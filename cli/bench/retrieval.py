"""`huashu bench retrieval`: how retrieval grows with the library."""

from __future__ import annotations

import os
import platform
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from cli.output import say, tell, to_json
from contracts.errors import InputError
from desk.assembly import open_encoder
from desk.settings import load_settings
from evaluation.growth import Growth, Plan
from evaluation.growth_report import markdown
from files.atomic import write_text
from retrieval.building import open_library

SMALLEST, LARGEST = 100, 5_000_000
"""Replies of a size that can be asked for."""


def bench_retrieval(
    sizes: Annotated[str, typer.Option(help="Replies, one size or several.")] = "1000,10000,100000",
    questions: Annotated[int, typer.Option(min=1, max=20, help="Questions of each reply.")] = 1,
    messages: Annotated[int, typer.Option("--messages", "-n", min=10, max=100_000, help="Messages asked.")] = 300,
    encoded: Annotated[int, typer.Option(min=1000, help="Texts that are encoded; more get made-up vectors.")] = 200_000,
    out: Annotated[Path | None, typer.Option(help="Write the page here, as Markdown.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Index synthetic libraries of several sizes and show times, recall and memory of each."""
    plan = Plan(_sizes(sizes), questions, messages, encoded)
    settings = load_settings()
    shipped, encoder = open_library(settings.data), open_encoder(settings)
    machine = (
        f"{os.cpu_count()} cores ({platform.machine()}, load {os.getloadavg()[0]:.1f}), encoder {encoder.card.name}"
    )
    growth, rows = Growth(shipped, encoder, plan), []
    for size in plan.sizes:
        with _Bar(f"{size:,} replies") as bar:
            rows.append(growth.measure(size, bar.tell))
    page = markdown(rows, plan, machine)
    if out is not None:
        write_text(out, page)
        tell(f"huashu: wrote {out}")
    say(to_json({"machine": machine, "rows": [asdict(row) for row in rows]}) if as_json else page)


def _sizes(text: str) -> tuple[int, ...]:
    """The sizes, ascending, each once. Raises InputError that names what is none."""
    sizes = set()
    for part in text.replace(" ", "").split(","):
        if not part.isdecimal() or not SMALLEST <= int(part) <= LARGEST:
            raise InputError(f"--sizes: {part!r} is no number of replies from {SMALLEST:,} to {LARGEST:,}")
        sizes.add(int(part))
    return tuple(sorted(sizes))


class _Bar:
    """A progress bar for the steps of one size; none where standard error is not a terminal."""

    def __init__(self, label: str) -> None:
        console = Console(stderr=True)
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        self._progress = Progress(*columns, console=console, disable=not console.is_terminal)
        self._task = self._progress.add_task(label)
        self._label = label

    def __enter__(self) -> _Bar:
        self._progress.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._progress.stop()

    def tell(self, step: str, done: int, total: int) -> None:
        """Show how far a step is."""
        self._progress.update(self._task, description=f"{self._label}: {step}", completed=done, total=total)
