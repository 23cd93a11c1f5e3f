"""What buyers write in a simulated busy hour: `data/demo/*.yml`, loaded strictly."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from contracts.context import OrderStatus
from contracts.errors import InputError
from contracts.shop import Shop
from contracts.taxonomy import Taxonomy
from desk.channels.demo import LONGEST
from desk.inbox import whole_text
from files.records import Located, read_records

_Seconds = Annotated[float, Field(ge=0, le=3600)]


class _LineRecord(BaseModel):
    """A line as its file writes it; `after` counts from the line before."""

    model_config = ConfigDict(extra="forbid")

    text: Annotated[str, Field(min_length=1, max_length=LONGEST)]
    after: _Seconds = 0.0


class _DialogueRecord(BaseModel):
    """A dialogue as its file writes it; without `shops` it fits every demo shop.

    A shop that this installation does not have is left alone: shops may be taken away.
    """

    model_config = ConfigDict(extra="forbid")

    id: Annotated[str, Field(pattern=r"^[a-z0-9-]{1,40}$")]
    begins: Annotated[float, Field(ge=0, lt=60)]
    order: OrderStatus
    topics: Annotated[list[str], Field(min_length=1)]
    shops: list[str] = []
    lines: Annotated[list[_LineRecord], Field(min_length=1)]


@dataclass(frozen=True)
class DemoLine:
    """A line with the moment of the hour at which it comes, in seconds."""

    at: float
    text: str


@dataclass(frozen=True)
class DemoDialogue:
    """One buyer of the busy hour: the state of the order, what it is about, and the lines in their order."""

    id: str
    order: OrderStatus
    topics: tuple[str, ...]
    shops: frozenset[str]
    lines: tuple[DemoLine, ...]

    def fits(self, shop: Shop) -> bool:
        """Whether a buyer of this shop may write so."""
        return not self.shops or shop.id in self.shops


def load_demo_dialogues(folder: Path, taxonomy: Taxonomy) -> tuple[DemoDialogue, ...]:
    """Every dialogue below `folder`, none when it is not there.

    Raises DataError for an unknown topic, an id given twice, or a line without text.
    """
    entries = [
        entry for path in sorted(folder.glob("*.yml")) for entry in read_records(path, "dialogues", _DialogueRecord)
    ]
    seen: set[str] = set()
    for entry in entries:
        _check(entry, seen, taxonomy)
        seen.add(entry.value.id)
    return tuple(_dialogue(entry.value) for entry in entries)


def _check(entry: Located[_DialogueRecord], seen: set[str], taxonomy: Taxonomy) -> None:
    record = entry.value
    if record.id in seen:
        raise entry.error("is given twice", record.id)
    for topic in record.topics:
        if topic not in taxonomy:
            raise entry.error(f"unknown topic {topic!r}", f"{record.id}.topics")
    for number, line in enumerate(record.lines):
        try:
            whole_text(line.text)
        except InputError as error:
            raise entry.error(str(error), f"{record.id}.lines.{number}.text") from None


def _dialogue(record: _DialogueRecord) -> DemoDialogue:
    lines, at = [], record.begins * 60
    for line in record.lines:
        at += line.after
        lines.append(DemoLine(at, line.text))
    return DemoDialogue(record.id, record.order, tuple(record.topics), frozenset(record.shops), tuple(lines))
