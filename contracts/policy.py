"""What a shop lets Huashu send by itself while nobody is there."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from contracts.taxonomy import intent_of


class AutoMode(str, Enum):
    """Nothing; fixed notices only; or answers as well."""

    OFF = "off"
    NOTICE = "notice"
    ANSWERS = "answers"


@dataclass(frozen=True)
class AutoPolicy:
    """`topics` are topics or whole intents that may be answered, empty means every one.

    For `quiet_minutes` after an agent's last line the conversation counts as running: nothing automatic is said in it.
    """

    mode: AutoMode = AutoMode.ANSWERS
    topics: frozenset[str] = frozenset()
    quiet_minutes: float = 10.0

    def allows(self, topic: str) -> bool:
        """Whether a question about this topic may be answered without an agent."""
        if self.mode is not AutoMode.ANSWERS:
            return False
        return not self.topics or topic in self.topics or intent_of(topic) in self.topics
