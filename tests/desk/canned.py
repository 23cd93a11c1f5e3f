"""A suggester that needs no model, and one process that asks it in another: `python -m tests.desk.canned`."""

from __future__ import annotations

import os
import sys
import time
from dataclasses import dataclass
from typing import cast

from contracts.answer import Answer, Route, Timings
from contracts.errors import DataError, InputError
from contracts.platform import Platform
from contracts.shop import Shop
from contracts.turn import Inquiry
from contracts.understanding import Understanding
from desk.suggest import Parts, Suggester
from desk.suggest_process import SuggestProcess

FAULTY = "问不得"
HANGING = "等等"
SLOW = "慢慢来"


@dataclass(frozen=True)
class Nothing:
    """Stands for parts: only which they are matters here."""

    name: str = ""
    identity: tuple[str, ...] = ()


class Canned(Suggester):
    """Says which process answered."""

    def __init__(self, parts: Parts | None = None) -> None:
        self.parts = parts or cast("Parts", Nothing())

    def suggest(self, inquiry: Inquiry, shop: Shop | None = None, k: int = 3) -> Answer:  # noqa: ARG002
        if inquiry.text == FAULTY:
            raise InputError("unknown shop")
        time.sleep({HANGING: 60.0, SLOW: 1.0}.get(inquiry.text, 0.0))
        return Answer(Understanding((), ()), Route.PANEL, str(os.getpid()), (), (), Timings())

    def warm_up(self) -> None:
        return None

    def close(self) -> None:
        return None


def open_faulty() -> Suggester:
    """A suggester whose files are faulty."""
    raise DataError("data/replies/a.yml: no such reply")


def ask(text: str) -> Inquiry:
    return Inquiry(text=text, platform=Platform.TMALL)


def main() -> None:
    """Start the other process, print its number, and wait."""
    asking = SuggestProcess(Canned(), Canned)
    while not asking.away:
        time.sleep(0.05)
    print(asking.suggest(ask("在吗")).reason, flush=True)
    time.sleep(600)


if __name__ == "__main__":
    sys.exit(main())
