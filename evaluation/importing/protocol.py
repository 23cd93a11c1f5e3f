"""What reads a file of another system: its dialogues as drafts, and everything that is wrong in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from contracts.errors import InputError
from contracts.platform import Platform

LONGEST_SHOWN = 60
"""Characters of a value in a message."""


@dataclass(frozen=True)
class Fault:
    """What is wrong at one place of a file; `unit` says what `number` counts: row, line or message."""

    file: str
    unit: str
    number: int
    field: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}: {self.unit} {self.number}, {self.field}: {self.message}"


class Faults(InputError):
    """A file that is not right, with everything that is wrong in it."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.faults = faults
        many = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        super().__init__("\n".join([*map(str, faults), f"{many}; nothing is imported"]))


@dataclass(frozen=True)
class Draft:
    """A dialogue as `data/dialogues` would hold it (`record`), not looked at yet.

    It begins at `number` of the file; `places` are the numbers of its turns, in their order.
    """

    record: Mapping[str, Any]
    number: int
    places: tuple[int, ...]


@dataclass(frozen=True)
class Defaults:
    """What a file does not say of itself."""

    platform: Platform | None = None
    shop: str | None = None


@dataclass(frozen=True)
class Imported:
    """The dialogues of a file and what is wrong in it; `unit` says what its numbers count.

    `notes` say what was left out, and how the file was read where that is news.
    """

    unit: str
    drafts: tuple[Draft, ...] = ()
    faults: tuple[Fault, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass
class Collected:
    """What a reader gathers on its way through a file."""

    file: str
    unit: str
    drafts: list[Draft] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def fault(self, number: int, field: str, message: str) -> None:
        """Note a fault; the rest of the file is read all the same."""
        self.faults.append(Fault(self.file, self.unit, number, field, message))

    def imported(self) -> Imported:
        return Imported(self.unit, tuple(self.drafts), tuple(self.faults), tuple(self.notes))


class Format(Protocol):
    """A kind of file that dialogues come in."""

    def read(self, path: Path, defaults: Defaults) -> Imported:
        """Every dialogue of the file, in its order, with the faults of all of them.

        Raises DataError for a file that cannot be read at all.
        """
        ...


def shown(value: Any) -> str:
    """A value as a message shows it."""
    text = str(value)
    return repr(text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…")


def head(name: str, source: str, defaults: Defaults, turns: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The record of a dialogue with what every format knows; what is not known is left out."""
    platform = defaults.platform.value if defaults.platform else None
    known = {"id": name, "platform": platform, "shop": defaults.shop, "source": source}
    return {**{key: value for key, value in known.items() if value}, "turns": list(turns)}
