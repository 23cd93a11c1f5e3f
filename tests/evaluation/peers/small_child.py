"""A child with peers whose answers are known: `python -m tests.evaluation.peers.small_child NAME FOLDER`."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from evaluation.peers.child import main
from evaluation.peers.job import Job
from evaluation.peers.protocol import Ask, Canned, Hit, Missing, Peer


class First:
    """Gives the first replies of the platform, whatever is asked."""

    def index(self, replies: Sequence[Canned]) -> None:
        self._replies = replies

    def suggest(self, ask: Ask, k: int) -> list[Hit]:
        return [Hit(reply.id, 0.5) for reply in self._replies if ask.platform in reply.platforms][:k]


class Dying(First):
    """Ends in the middle."""

    def suggest(self, ask: Ask, k: int) -> list[Hit]:
        if ask.id:
            raise ValueError("it had enough")
        return super().suggest(ask, k)


class Slow(First):
    """Takes an hour for each answer."""

    def suggest(self, ask: Ask, k: int) -> list[Hit]:
        time.sleep(3600)
        return super().suggest(ask, k)


def _missing(_job: Job, _folder: Path) -> Peer:
    raise Missing("there is no such thing here")


def _not_installed(_job: Job, _folder: Path) -> Peer:
    raise ImportError("No module named 'txtai'", name="txtai")


BUILDERS: dict[str, Callable[[Job, Path], Peer]] = {
    "first": lambda _job, _folder: First(),
    "dying": lambda _job, _folder: Dying(),
    "slow": lambda _job, _folder: Slow(),
    "missing": _missing,
    "not-installed": _not_installed,
}

if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), BUILDERS)
