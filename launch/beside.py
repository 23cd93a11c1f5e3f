"""A step of the set-up that runs in a process of its own while others go on, so that two cores are used."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from contracts.errors import HuashuError, ServiceDown
from launch.progress import Progress
from launch.steps import Step, StepResult, perform


class Beside:
    """A step on its way; `result` waits for it."""

    def __init__(self, step: Step, stamps: Path, progress: Progress) -> None:
        """Starts it. The step must be one that can be handed to another process."""
        context = get_context("spawn")  # a copy of a process with threads may hang
        self._step = step
        self._receiver, sender = context.Pipe(duplex=False)
        self._process = context.Process(target=_run, args=(step, stamps, progress, sender), daemon=True)
        self._process.start()
        sender.close()

    def result(self) -> StepResult:
        """How it went. Raises what the step raised, and ServiceDown when its process died."""
        try:
            outcome: StepResult | HuashuError = self._receiver.recv()
        except EOFError:
            self._process.join()
            raise ServiceDown(
                f"{self._step.title}: its process ended (exit {self._process.exitcode}), "
                "perhaps for want of memory; run `huashu setup` again"
            ) from None
        if isinstance(outcome, HuashuError):
            raise outcome
        return outcome

    def stop(self) -> None:
        """End it, wherever it is."""
        self._process.terminate()
        self._process.join()
        self._receiver.close()


@contextmanager
def beside(step: Step, stamps: Path, progress: Progress) -> Iterator[Beside]:
    """The step runs while the block does; when the block ends it is over or stopped."""
    running = Beside(step, stamps, progress)
    try:
        yield running
    finally:
        running.stop()


def _run(step: Step, stamps: Path, progress: Progress, sender: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the one that started this, who ends it
    try:
        (result,) = perform((step,), stamps, progress)
        sender.send(result)
    except HuashuError as error:
        sender.send(error)
