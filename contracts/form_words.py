"""A buyer's line as a form reads it, and a value that it gives."""

from __future__ import annotations

from dataclasses import dataclass

from contracts.understanding import Entity

LATER = "later"
"""The fault of a value that the buyer will bring later."""


@dataclass(frozen=True)
class Found:
    """A value that a line gives for a slot; `fault` says what is wrong with it, "" when it may be right.

    `parts` are the pieces of a value that may come one by one, each with its kind; `mends` when the line gave only a
    part of one and the rest is from before, `adds` when it replaces nothing, `short` when the pieces are no whole value
    yet, `hinted` when it counts only where nothing else was said.
    """

    value: str
    fault: str = ""
    parts: tuple[tuple[str, str], ...] = ()
    mends: bool = False
    adds: bool = False
    short: bool = False
    hinted: bool = False


@dataclass(frozen=True)
class Words:
    """A buyer's line as a form reads it.

    `none` when the buyer has no such thing, `told` when the words are the value of slots that ask for words, `talk`
    when the line is an answer to what was asked and not small talk or a question, `asking` when it is a question,
    `within` when the form has begun before, `nameless` when the invoice is a person's whose name is not known.
    `orders` are all orders that the buyer has named, "" when this line names none; `about` is what the form is about.
    `before` are the pieces of the new value so far, by their kind; `doubted` when one of them was said to be wrong;
    `elsewhere` when the line is clearly about something else; `titled` is the invoice's title so far, `personal` when
    it is a person's; `coded` is the tax number given last, right or wrong; `paper` when the invoice is to be one on
    paper.
    """

    text: str
    entities: tuple[Entity, ...] = ()
    topic: str = ""
    none: bool = False
    told: bool = False
    talk: bool = True
    asking: bool = False
    within: bool = False
    nameless: bool = False
    orders: str = ""
    about: str = ""
    before: tuple[tuple[str, str], ...] = ()
    doubted: bool = False
    elsewhere: bool = False
    titled: str = ""
    coded: str = ""
    paper: bool = False
    personal: bool = False

    @property
    def values(self) -> tuple[str, ...]:
        """Everything in the line that was read as a value."""
        return tuple(entity.value for entity in self.entities)

    def named(self, *names: str) -> list[str]:
        return [entity.value for entity in self.entities if entity.name in names]
