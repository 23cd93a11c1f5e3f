"""Where the work is done."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from signal import SIG_IGN, SIGINT, signal
from typing import Protocol

from contracts.errors import ServiceDown
from evaluation.running.worker import Finished, Line, Opening, Worker, work

Batch = Sequence[Line]

AHEAD = 2
"""Batches for each process that are handed out before their turn: none waits, and few are held."""


class Engine(Protocol):
    """Puts batches of dialogues to desks."""

    def run(self, batches: Iterable[Batch]) -> Iterator[list[Finished]]:
        """The finished dialogues of each batch, in the order of the batches; few are held at once.

        Raises InputError, and ServiceDown when a worker or what it needs is gone.
        """
        ...


class Alone:
    """This very process."""

    def __init__(self, worker: Worker) -> None:
        self._worker = worker

    def run(self, batches: Iterable[Batch]) -> Iterator[list[Finished]]:
        for batch in batches:
            yield self._worker.work(batch)


class Processes:
    """Several processes of this machine, each with a desk of its own that encodes on one core."""

    def __init__(self, opening: Opening, jobs: int) -> None:
        self._opening = opening
        self._jobs = jobs

    def run(self, batches: Iterable[Batch]) -> Iterator[list[Finished]]:
        context = multiprocessing.get_context("spawn")  # a copy of a process with threads may hang
        waiting: deque[Future[list[Finished]]] = deque()
        pool = ProcessPoolExecutor(self._jobs, context, initializer=signal, initargs=(SIGINT, SIG_IGN))
        with pool:  # Ctrl-C is for the parent, which ends the others
            try:
                for batch in batches:
                    waiting.append(pool.submit(work, self._opening, batch))
                    if len(waiting) > self._jobs * AHEAD:
                        yield waiting.popleft().result()
                while waiting:
                    yield waiting.popleft().result()
            except BrokenProcessPool:
                raise ServiceDown("a worker process was ended from outside; --resume goes on from here") from None
            finally:
                pool.shutdown(wait=False, cancel_futures=True)
