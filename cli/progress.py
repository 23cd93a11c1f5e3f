"""A progress bar on standard error, so that results can be piped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

Item = TypeVar("Item")


def with_progress(items: Iterable[Item], total: int, label: str) -> Iterator[Item]:
    """The items, with a bar that counts them; no bar where standard error is not a terminal."""
    with _bar() as bar:
        task = bar.add_task(label, total=total)
        for item in items:
            yield item
            bar.advance(task)


def with_counts(counts: Iterable[int], done: int, total: int, label: str) -> Iterator[int]:
    """Counts of what is finished each time, with the same bar, which begins at `done`."""
    with _bar() as bar:
        task = bar.add_task(label, total=total, completed=done)
        for count in counts:
            bar.advance(task, count)
            yield count


def _bar() -> Progress:
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=console, disable=not console.is_terminal)
