"""One run of load: open the conversations, connect the panels, write at the rate, wait until all has settled."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from evaluation.load.buyers import Buyers
from evaluation.load.notes import Notes
from evaluation.load.panels import Panel
from evaluation.load.plan import Line, Plan, Site
from evaluation.load.waits import latest_ready

_SETTLE = 120.0
"""Seconds that the desk gets at most to finish what it was given."""

_LOOK = 0.2

Tell = Callable[[str, float], None]
"""Is told what is being done and how much of it has been, 0 to 1."""


@dataclass(frozen=True)
class Run:
    """What is done: the lines that open the conversations, those whose times count, and a blow in the middle."""

    plan: Plan
    site: Site
    openings: Sequence[Line]
    lines: Sequence[Line]
    blow: Callable[[], None] | None = None


def drive(run: Run, tell: Tell) -> Notes:
    """Do it all and give what the clients saw."""
    return asyncio.run(_drive(run, tell))


async def _drive(run: Run, tell: Tell) -> Notes:
    notes = Notes()
    buyers, panels = Buyers(run.site, notes), _panels(run, notes)
    following = [asyncio.create_task(panel.follow()) for panel in panels]
    try:
        await _told(tell, "opening conversations", buyers.write(run.openings), len(run.openings) / run.plan.rate)
        await _settled(notes, run.openings, tell)
        blow = asyncio.create_task(_strike(run))
        await _told(tell, "writing", buyers.write(run.lines), run.plan.seconds)
        await blow
        await _settled(notes, (*run.openings, *run.lines), tell)
    finally:
        for panel in panels:
            await panel.close()
        for task in following:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        await buyers.close()
    return notes


def _panels(run: Run, notes: Notes) -> list[Panel]:
    """Panels of the shops in turn; the first of each shop has an agent who answers."""
    shops, desks = run.site.shops, run.site.desks
    count = max(run.plan.panels, len(shops))
    return [
        Panel(
            run.site,
            shops[number % len(shops)],
            desks[number // len(shops) % len(desks)],
            notes,
            run.plan.answers if number < len(shops) else 0.0,
            run.plan.seed + number,
        )
        for number in range(count)
    ]


async def _strike(run: Run) -> None:
    if run.blow is not None:
        await asyncio.sleep(run.plan.seconds / 2)
        await asyncio.to_thread(run.blow)


async def _told(tell: Tell, what: str, work: Coroutine[Any, Any, None], seconds: float) -> None:
    """Wait for `work` and tell how far it should be."""
    task = asyncio.create_task(work)
    begun = asyncio.get_running_loop().time()
    while not task.done():
        tell(what, min(1.0, (asyncio.get_running_loop().time() - begun) / max(seconds, _LOOK)))
        await asyncio.wait([task], timeout=_LOOK)
    task.result()


async def _settled(notes: Notes, lines: Sequence[Line], tell: Tell) -> None:
    """Wait until the latest line of every conversation has its suggestions, for at most two minutes."""
    deadline = asyncio.get_running_loop().time() + _SETTLE
    while asyncio.get_running_loop().time() < deadline:
        missing = sum(latest_ready(notes, line.id) is None for line in lines)
        tell("waiting for suggestions", 1 - missing / max(1, len(lines)))
        if not missing:
            return
        await asyncio.sleep(_LOOK)
