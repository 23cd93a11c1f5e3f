"""Text as people type it, made comparable, with a way back to the original characters."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from contracts.errors import InputError
from contracts.traditional import SIMPLIFIED, TRADITIONAL

MAX_CHARACTERS = 2_000
"""A message longer than this is cut before it is read; shops' own limits lie far below."""

_TO_SIMPLIFIED = str.maketrans(dict(zip(TRADITIONAL, SIMPLIFIED, strict=True)))
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}


@dataclass(frozen=True)
class NormalText:
    """A normalised text; `origins[i]` is the offset in `original` that character i came from."""

    original: str
    text: str
    origins: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original that covers `text[start:end]`; an empty span stays empty."""
        if end <= start:
            place = self.origins[start] if start < len(self.origins) else len(self.original)
            return place, place
        return self.origins[start], self.origins[end - 1] + 1

    def map(self, change: Callable[[str, int], str]) -> NormalText:
        """This text with every character replaced by `change(text, position)` (several, one or none)."""
        parts: list[str] = []
        origins: list[int] = []
        for position, origin in enumerate(self.origins):
            part = change(self.text, position)
            parts.append(part)
            origins.extend([origin] * len(part))
        return NormalText(self.original, "".join(parts), tuple(origins))


def as_is(text: str) -> NormalText:
    """The text itself, each character standing for itself."""
    return NormalText(text, text, tuple(range(len(text))))


def clean(text: str, *, field: str = "text") -> str:
    """A text that is safe to store, encode and send: no control or invisible characters, no lone surrogates.

    Line breaks and tabs become spaces and runs of white space one space. Text over MAX_CHARACTERS is cut.
    Raises InputError when nothing is left.
    """
    cleaned = clean_optional(text)
    if not cleaned:
        raise InputError(f"{field} is empty")
    return cleaned


def clean_optional(text: str) -> str:
    """As `clean`; empty when nothing is left."""
    kept = "".join(_visible(character) for character in text[: MAX_CHARACTERS * 2])
    return " ".join(kept.split())[:MAX_CHARACTERS].rstrip()


def clean_lines(text: str) -> str:
    """As `clean_optional`, but line for line: line breaks stay (each as `\\n`), of empty lines in a row one stays.

    For what is said to a person: it is stored and sent as it was typed.
    """
    lines = [clean_optional(line) for line in text[: MAX_CHARACTERS * 2].splitlines()]
    kept = [line for place, line in enumerate(lines) if line or (place and lines[place - 1])]
    return "\n".join(kept).strip("\n")[:MAX_CHARACTERS].rstrip()


def _visible(character: str) -> str:
    if character.isspace():
        return " "
    return "" if unicodedata.category(character) in _INVISIBLE else character


def simplified(text: str) -> str:
    """The text with traditional characters as simplified ones, each in its place."""
    return text.translate(_TO_SIMPLIFIED)


def normalise(text: str) -> NormalText:
    """Lower case, half width, simplified characters, without invisible ones; origins kept.

    Compatibility forms (full-width letters, circled digits, ligatures) become plain by Unicode NFKC,
    character by character, so that every one of them keeps its place in the original.
    """
    return as_is(text).map(_plain)


def _plain(text: str, position: int) -> str:
    character = text[position]
    if character.isspace():
        return " "
    if character.isascii():
        return character.lower() if character.isprintable() else ""
    folded = unicodedata.normalize("NFKC", character).translate(_TO_SIMPLIFIED).lower()
    return "".join(part for part in folded if unicodedata.category(part) not in _INVISIBLE)
