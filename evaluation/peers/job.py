"""What a child process is given and what it gives back, as files of one folder."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from evaluation.peers.protocol import Ask, Canned, Hit

REPLIES, ASKS, OPTIONS, ANSWERS, FACTS = (
    "replies.jsonl",
    "asks.jsonl",
    "options.json",
    "answers.jsonl",
    "facts.json",
)


@dataclass(frozen=True)
class Options:
    """`k` replies are asked for; the rest is for the peers that need it.

    `model` is the folder of a sentence-transformers model, `rasa` the address of an intent model (empty: none),
    `dialogues` the files that the questions are from.
    """

    k: int = 3
    model: str = ""
    rasa: str = ""
    dialogues: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answered:
    """What one peer said to one message, and how long it took."""

    ask_id: str
    hits: tuple[Hit, ...]
    milliseconds: float


@dataclass(frozen=True)
class Facts:
    """What a child says of itself: time to index, by the clock and worked by cores, and memory at its highest.

    Or, in `missing`, why it cannot run.
    """

    index_seconds: float = 0.0
    core_seconds: float = 0.0
    peak_megabytes: int = 0
    missing: str = ""


@dataclass(frozen=True)
class Job:
    """Everything a child needs."""

    replies: Sequence[Canned]
    asks: Sequence[Ask]
    options: Options = field(default_factory=Options)

    def write(self, folder: Path) -> None:
        """Into an empty folder."""
        replies = ({**asdict(reply), "platforms": sorted(reply.platforms)} for reply in self.replies)
        _write_lines(folder / REPLIES, replies)
        _write_lines(folder / ASKS, map(asdict, self.asks))
        (folder / OPTIONS).write_text(json.dumps(asdict(self.options)), encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> Job:
        """As it was written."""
        replies = [
            Canned(row["id"], row["topic"], frozenset(row["platforms"]), row["text"], tuple(row["questions"]))
            for row in _lines(folder / REPLIES)
        ]
        options = json.loads((folder / OPTIONS).read_text(encoding="utf-8"))
        asks = [Ask(**row) for row in _lines(folder / ASKS)]
        return cls(replies, asks, Options(**{**options, "dialogues": tuple(options["dialogues"])}))


def write_answers(folder: Path, answers: Iterable[Answered]) -> None:
    """One line each, as they come."""
    _write_lines(folder / ANSWERS, map(asdict, answers))


def read_answers(folder: Path) -> list[Answered]:
    """As they were written."""
    return [
        Answered(row["ask_id"], tuple(Hit(**hit) for hit in row["hits"]), row["milliseconds"])
        for row in _lines(folder / ANSWERS)
    ]


def write_facts(folder: Path, facts: Facts) -> None:
    """The last thing that a child writes."""
    (folder / FACTS).write_text(json.dumps(asdict(facts)), encoding="utf-8")


def read_facts(folder: Path) -> Facts | None:
    """None when the child ended without a word."""
    path = folder / FACTS
    return Facts(**json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else None


def _write_lines(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    with path.open("w", encoding="utf-8") as stream:
        for row in rows:
            stream.write(json.dumps(row, ensure_ascii=True) + "\n")


def _lines(path: Path) -> Iterator[Any]:
    with path.open(encoding="utf-8") as stream:
        for line in stream:
            yield json.loads(line)
