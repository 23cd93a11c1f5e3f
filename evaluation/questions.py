"""The messages of a labelled dialogue that want an answer, with what a right answer is about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from contracts.taxonomy import CHAT
from contracts.turn import Inquiry, Speaker
from desk.dialogues import inquiry_of
from evaluation.dialogues import Clarity, LabelledDialogue, Labels


@dataclass(frozen=True)
class Question:
    """A buyer's message and its labels: `intents` main first, `topics` of right answers.

    `id` is the dialogue's id and, from 0, the index of the turn that the message ends with. `inquiry` is what the desk
    is asked: exactly what `huashu suggest --file` makes of the dialogue up to that turn.
    """

    id: str
    inquiry: Inquiry
    intents: tuple[str, ...]
    topics: tuple[str, ...]
    clarity: Clarity | None
    at: datetime | None
    dialogue: LabelledDialogue

    @property
    def intent(self) -> str:
        """The main intent."""
        return self.intents[0]

    @property
    def business(self) -> bool:
        """Whether it asks for something that a reply of the library could settle."""
        return any(intent not in CHAT for intent in self.intents)


def questions_of(labelled: LabelledDialogue) -> Iterator[Question]:
    """A question for each message that has labels.

    The lines that a buyer writes without an answer between them are one message, as they are for the desk. It ends with
    the last of them that is labelled, and its labels are those of its lines, what they ask for before small talk.
    """
    turns = labelled.dialogue.turns
    burst: list[int] = []
    for place, turn in enumerate(turns):
        if turn.speaker is Speaker.BUYER:
            burst.append(place)
        elif turn.speaker is not Speaker.SYSTEM:
            yield from _question(labelled, burst)
            burst = []
    yield from _question(labelled, burst)


def _question(labelled: LabelledDialogue, burst: Sequence[int]) -> Iterator[Question]:
    spoken = [place for place in burst if labelled.labels[place].intents]
    if not spoken:
        return
    last = spoken[-1]
    dialogue = replace(labelled.dialogue, turns=labelled.dialogue.turns[: last + 1])
    labels = [labelled.labels[place] for place in spoken]
    yield Question(
        id=f"{labelled.dialogue.id}#{last}",
        inquiry=inquiry_of(dialogue),
        intents=_joined([label.intents for label in labels]),
        topics=_joined([label.topics for label in labels]),
        clarity=_clarity(labels),
        at=dialogue.turns[last].at,
        dialogue=labelled,
    )


def _joined(several: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """The names once each. Those of one line keep their order; of several lines business comes before small talk."""
    names = tuple(dict.fromkeys(name for some in several for name in some))
    return names if len(several) == 1 else tuple(sorted(names, key=lambda name: name.split("/")[0] in CHAT))


def _clarity(labels: Sequence[Labels]) -> Clarity | None:
    """That of the last line which asks for something, else of the last line."""
    asking = [label for label in labels if any(intent not in CHAT for intent in label.intents)]
    return (asking or labels)[-1].clarity
