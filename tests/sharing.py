"""How the tests are shared among the workers of pytest-xdist: by file, what runs long first.

The browser tests stay together, because their folder starts a desk and a browser for all of them.
"""

from __future__ import annotations

from typing import Any

import pytest

LONG = ("tests/e2e/", "tests/integration/", "tests/desk/")
"""Folders that take the most time; with them at the end one worker would wait for the other."""
TOGETHER = ("tests/e2e/",)


def long_first(items: list[pytest.Item]) -> None:
    """Puts the tests of LONG first, in its order; the others keep theirs."""
    items.sort(
        key=lambda item: next((rank for rank, folder in enumerate(LONG) if item.nodeid.startswith(folder)), len(LONG))
    )


def scope_of(nodeid: str) -> str:
    """What a worker takes at once: the tests of a file, or of a folder of TOGETHER."""
    return next((folder for folder in TOGETHER if nodeid.startswith(folder)), nodeid.partition("::")[0])


def scheduler(config: pytest.Config, log: Any) -> Any:
    """What hands out the tests; xdist is there, since it asks."""
    from xdist.scheduler import LoadScopeScheduling

    class Scheduling(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return scope_of(nodeid)

    return Scheduling(config, log)
