"""What figures must reach, `data/floors.yml`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, model_validator

from evaluation.figures import Figure, Sliced
from files.records import read_records

FLOORS_FILE = "floors.yml"


class _FloorRecord(BaseModel):
    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

    figure: str
    slice: str = ""
    at_least: float | None = None
    at_most: float | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> _FloorRecord:
        if (self.at_least is None) == (self.at_most is None):
            raise ValueError("say either at_least or at_most")
        return self


@dataclass(frozen=True)
class Floor:
    """A figure, of a slice or of all cases, and the value that it must not fall below, or rise above (`most`)."""

    figure: str
    slice: str
    bound: float
    most: bool

    @property
    def name(self) -> str:
        return f"{self.figure} ({self.slice})" if self.slice else self.figure


@dataclass(frozen=True)
class Breach:
    """A floor that does not hold; `value` is None when nothing was measured that it could hold for."""

    floor: Floor
    value: float | None

    def __str__(self) -> str:
        wanted = f"{'at most' if self.floor.most else 'at least'} {self.floor.bound:g}"
        if self.value is None:
            return f"{self.floor.name}: was not measured, must be {wanted}"
        return f"{self.floor.name}: {self.value:.4f}, must be {wanted}"


def load_floors(path: Path) -> tuple[Floor, ...]:
    """The floors of a file. Raises DataError for one that is not right or given twice."""
    floors: dict[tuple[str, str, bool], Floor] = {}
    for entry in read_records(path, "floors", _FloorRecord):
        record = entry.value
        bound = record.at_least if record.at_least is not None else record.at_most
        floor = Floor(record.figure, record.slice, bound or 0.0, record.at_most is not None)
        key = (floor.figure, floor.slice, floor.most)
        if key in floors:
            raise entry.error("is given twice", floor.name)
        floors[key] = floor
    return tuple(floors.values())


def breaches(floors: Sequence[Floor], figures: Sequence[Figure], slices: Sequence[Sliced]) -> tuple[Breach, ...]:
    """The floors that do not hold. What was not measured holds no floor: labels that are gone must not pass."""
    values = {("", figure.name): figure.value for figure in figures if figure.measured}
    values.update({(part.name, figure.name): figure.value for part in slices for figure in part.figures})
    found = []
    for floor in floors:
        value = values.get((floor.slice, floor.figure))
        if value is None or (value > floor.bound if floor.most else value < floor.bound):
            found.append(Breach(floor, value))
    return tuple(found)
