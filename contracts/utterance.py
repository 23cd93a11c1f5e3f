"""A buyer's message and the lines before it as one string, for an engine that takes only a string.

Rasa's parse call carries one text. The lines travel in it, split by the ASCII record separator,
which `clean` removes from everything a person types.
"""

from __future__ import annotations

from dataclasses import dataclass

SEPARATOR = "\x1e"

CONTEXT_CHARACTERS = 60
"""Of a line before, so many characters (its end) are read: the end decides what a fragment means."""


@dataclass(frozen=True)
class Utterance:
    """What the buyer says, the agent's line before it and the buyer's own line before that."""

    text: str
    agent: str = ""
    buyer: str = ""

    def pack(self) -> str:
        """The three lines as one string; just the text when there is nothing before it."""
        if not self.agent and not self.buyer:
            return self.text
        return SEPARATOR.join((self.text, self.agent, self.buyer))

    @classmethod
    def unpack(cls, packed: str) -> Utterance:
        """The inverse of `pack`; missing lines are empty."""
        text, _, rest = packed.partition(SEPARATOR)
        agent, _, buyer = rest.partition(SEPARATOR)
        return cls(text, agent, buyer)
