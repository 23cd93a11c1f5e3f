"""What there is to judge in a file: each message of a buyer and each line of an agent, with what the desk thinks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import IntEnum

from contracts.taxonomy import intent_of
from contracts.turn import Speaker
from contracts.understanding import Guess
from desk.assembly import Desk
from evaluation.cases import Said
from evaluation.dialogues import LabelledDialogue, Labels
from evaluation.questions import questions_of
from evaluation.running.asking import Asker

OFFERED = 6
"""Topics of the desk that are offered for a message."""


class Standing(IntEnum):
    """How label and desk stand to each other, in the order in which tasks come."""

    DISAGREE = 0
    UNLABELLED = 1
    AGREE = 2


@dataclass(frozen=True)
class Task:
    """One message (its lines are `turns`) or one line of an agent, in the dialogue at `position` of the sheet.

    `topics` and `rules` are the desk's opinion; `sureness` (0 to 1) is how sure it is of its first topic.
    """

    id: str
    position: int
    turns: tuple[int, ...]
    speaker: Speaker
    topics: tuple[Guess, ...] = ()
    rules: tuple[str, ...] = ()
    intent: str = ""
    sureness: float = 0.0

    def standing(self, labelled: LabelledDialogue) -> Standing:
        """Whether the labels as they are now agree with the desk."""
        labels = [labelled.labels[turn] for turn in self.turns]
        if self.speaker is Speaker.AGENT:
            violates = labels[0].violates
            if violates is None:
                return Standing.UNLABELLED
            return Standing.AGREE if violates == set(self.rules) else Standing.DISAGREE
        if not all(label.intents for label in labels):
            return Standing.UNLABELLED
        main = next(iter(questions_of(replace(labelled, labels=_only(labelled, self.turns))))).intent
        return Standing.AGREE if main == self.intent or not self.intent else Standing.DISAGREE


def tasks_of(desk: Desk, position: int, labelled: LabelledDialogue) -> Iterator[Task]:
    """The tasks of a dialogue. The desk is asked as for every message, and by its checker for every line."""
    dialogue = labelled.dialogue
    every = tuple(Labels(intents=("?",)) if turn.speaker is Speaker.BUYER else Labels() for turn in dialogue.turns)
    for question in questions_of(replace(labelled, labels=every)):
        read = desk.suggester.rank(question.inquiry, desk.shop_of(question.inquiry)).understanding
        topics = read.topics[:OFFERED]
        intent = read.intents[0].name if read.intents else intent_of(topics[0].name) if topics else ""
        sure = read.intents[0].confidence if read.intents else 0.0
        last = int(question.id.rpartition("#")[2])
        yield Task(question.id, position, _lines(labelled, last), Speaker.BUYER, topics, (), intent, sure)
    spoken = tuple(
        Labels(violates=frozenset()) if turn.speaker is Speaker.AGENT else Labels() for turn in dialogue.turns
    )
    for case in Asker(desk, with_rasa=False).cases(replace(labelled, labels=spoken)):
        if isinstance(case, Said):
            turn = int(case.id.rpartition("#")[2])
            rules = tuple(dict.fromkeys(found.clause for found in case.found))
            yield Task(case.id, position, (turn,), Speaker.AGENT, rules=rules, sureness=float(bool(rules)))


def in_order(tasks: list[Task], dialogues: list[LabelledDialogue], judged: set[str]) -> list[Task]:
    """What has not been judged first; of it disagreements, where the desk was surest, then what has no label."""

    def key(task: Task) -> tuple[bool, Standing, float]:
        standing = task.standing(dialogues[task.position])
        return task.id in judged, standing, -task.sureness if standing is Standing.DISAGREE else task.sureness

    return sorted(tasks, key=key)


def _lines(labelled: LabelledDialogue, last: int) -> tuple[int, ...]:
    """The buyer's lines of the message that ends with turn `last`."""
    turns = labelled.dialogue.turns
    first = last
    while first and turns[first - 1].speaker in (Speaker.BUYER, Speaker.SYSTEM):
        first -= 1
    return tuple(place for place in range(first, last + 1) if turns[place].speaker is Speaker.BUYER)


def _only(labelled: LabelledDialogue, turns: tuple[int, ...]) -> tuple[Labels, ...]:
    return tuple(label if place in turns else Labels() for place, label in enumerate(labelled.labels))
