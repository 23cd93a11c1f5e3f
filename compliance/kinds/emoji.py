"""Little pictures in a text: how many, and which.

Options
    which  any (default), or playful: those that laugh, wink, kiss or tease
    most   how many are fine

Normalised text has no pictures, so they are looked for in the text as it was typed.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from compliance.kinds.check import Check
from compliance.material import Material
from compliance.options import Options
from compliance.reading import Span

_PLAYFUL = frozenset(
    "😀😁😂🤣😃😄😆😉😋😎😍🥰😘😗😙😚😜🤪😝😛🤑🤗🤭😏🙃😅😹😺😻🙈🙉🙊🥳🤩💃🎉🎊✌💋😌🤷🙄😬🤡👻🐶💩🌹💖💕❤"
)
_FIRST_PICTURE = "\u2600"


@dataclass(frozen=True)
class Emoji:
    """The check; see the module."""

    playful: bool
    most: float

    def find(self, material: Material) -> Span | None:
        """From the first picture too many to the last one."""
        original = material.reply.normal.original
        places = [place for place, character in enumerate(original) if self._counts(character)]
        return None if len(places) <= self.most else (places[int(self.most)], places[-1] + 1)

    def _counts(self, character: str) -> bool:
        if self.playful:
            return character in _PLAYFUL
        return character >= _FIRST_PICTURE and unicodedata.category(character) == "So"


def compile_check(options: Options) -> Check:
    """The check from its options. Raises OptionError."""
    return Emoji(options.choice("which", ("any", "playful"), "any") == "playful", options.number("most"))
