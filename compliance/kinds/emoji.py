"""Little pictures in a text: how many, and which.

Options
    which  any (default), or playful: those that laugh, wink, kiss or tease
    most   how many are fine

Normalised text has no pictures, so they are looked for in the text as it was typed.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from compliance.kinds.check import Check
from compliance.material import Material
from compliance.options import Options
from compliance.reading import Span

_PLAYFUL = frozenset(
    "😀😁😂🤣😃😄😆😉😋😎😍🥰😘😗😙😚😜🤪😝😛🤑🤗🤭😏🙃😅😹😺😻🙈🙉🙊🥳🤩💃🎉🎊✌💋😌🤷🙄😬🤡👻🐶💩🌹💖💕❤"
)
_MAY_BE_PICTURE = re.compile(r"[^\x00-\u25ff\u4e00-\u9fff]")


@dataclass(frozen=True)
class Emoji:
    """The check; see the module."""

    playful: bool
    most: float

    def find(self, material: Material) -> Span | None:
        """From the first picture too many to the last one."""
        original = material.reply.normal.original
        places = [match.start() for match in _MAY_BE_PICTURE.finditer(original) if self._counts(match[0])]
        return None if len(places) <= self.most else (places[int(self.most)], places[-1] + 1)

    def _counts(self, character: str) -> bool:
        return character in _PLAYFUL if self.playful else unicodedata.category(character) == "So"


def compile_check(options: Options) -> Check:
    """The check from its options. Raises OptionError."""
    return Emoji(options.choice("which", ("any", "playful"), "any") == "playful", options.number("most"))
