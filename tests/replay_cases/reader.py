"""An intent model that knows the answers."""

from __future__ import annotations

from bot.entities.patterns import find_entities
from contracts.errors import ServiceDown
from contracts.parts import split_parts
from contracts.taxonomy import intent_of
from contracts.turn import Inquiry, Speaker
from contracts.understanding import Guess, Understanding
from tests.replay_cases.expectations import NightCase

SURE = 0.97
UNREAD = ("out_of_scope/other",)


class LabelReader:
    """Reads each line as the case's labels say, its entities by the real patterns; the last line of several decides."""

    patience = 60.0

    def __init__(self) -> None:
        self.case: NightCase | None = None

    def read(self, inquiry: Inquiry) -> Understanding:
        if self.case is None or self.case.down:
            raise ServiceDown("没有启用")
        topics = self._topics(self.case, inquiry.text)
        guesses = tuple(Guess(topic, SURE / len(topics)) for topic in topics)
        intents = tuple(Guess(intent_of(guess.name), guess.confidence) for guess in guesses)
        return Understanding(intents, guesses, find_entities(inquiry.text))

    def _topics(self, case: NightCase, text: str) -> tuple[str, ...]:
        """The labels of the line that ends the text or holds it; for one of its questions that one's label."""
        turns = [turn for turn in case.dialogue.turns if turn.speaker is Speaker.BUYER]
        for turn in reversed(turns):
            if text.endswith(turn.text):
                return turn.topics or UNREAD
        for turn in turns:
            if text in turn.text:
                place = next((n for n, part in enumerate(split_parts(turn.text)) if text in part), 0)
                several = len(turn.topics) > 1 and len(split_parts(turn.text)) == len(turn.topics)
                return (turn.topics[place],) if several else turn.topics or UNREAD
        return UNREAD

    def ready(self) -> bool:
        return True

    def close(self) -> None:
        return None
