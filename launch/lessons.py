"""Training lines as Rasa keeps them in `data/nlu/*.yml`, for what is trained outside Rasa."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag

from contracts.utterance import CONTEXT_CHARACTERS
from files.records import read_mapping
from retrieval.encoder.lesson import Lesson


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Lines(_Strict):
    agent: str = ""
    buyer: str = ""
    also: tuple[str, ...] = ()


class _Example(_Strict):
    text: str = Field(min_length=1)
    metadata: _Lines = _Lines()


class _Topic(_Strict):
    topic: str
    context: bool = False


def _form(value: object) -> str:
    return "text" if isinstance(value, str) else "list"


_Examples = Annotated[Annotated[str, Tag("text")] | Annotated[tuple[_Example, ...], Tag("list")], Discriminator(_form)]
"""Lines as one text, or as a list where each has lines before it; faults are told of the form that was used."""


class _Block(_Strict):
    intent: str
    metadata: _Topic
    examples: _Examples


class _File(_Strict):
    version: str
    nlu: tuple[_Block, ...]


def read_lessons(folder: Path) -> tuple[Lesson, ...]:
    """The lines of every file of `folder`, in order. Raises DataError with file and line."""
    blocks = (block for path in sorted(folder.glob("*.yml")) for block in read_mapping(path, _File).value.nlu)
    return tuple(lesson for block in blocks for lesson in _lessons(block))


def _lessons(block: _Block) -> Iterator[Lesson]:
    topic = block.metadata.topic
    if isinstance(block.examples, str):
        for line in block.examples.splitlines():
            if line.strip():
                yield Lesson(line.removeprefix("- ").strip(), "", "", (topic,))
        return
    for example in block.examples:
        before = example.metadata
        agent, buyer = before.agent[-CONTEXT_CHARACTERS:], before.buyer[-CONTEXT_CHARACTERS:]
        yield Lesson(example.text.strip(), agent, buyer, (topic, *before.also))
