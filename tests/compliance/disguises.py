"""What people do to a text so that a rule does not see its words. Each disguise leaves to a reader what it says."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import cache

from hypothesis import strategies as st

from compliance.phrases import ends_phrase
from compliance.spellings import FORMS
from contracts.traditional import SIMPLIFIED, TRADITIONAL

Disguise = Callable[[st.DrawFn, str], str]

INVISIBLE = ("\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad")
SPACES = (" ", "\u3000", "\u00a0", "\u2009")
DOTS = (".", "·", "•", "*", "_", "-")
EMOJI = ("😊", "🌹", "✨", "👍🏻", "🎁", "☀️")
"""No heart: after 微 or 维 it stands for 信."""

_CIRCLED = {str(digit): chr(ord("①") + digit - 1) for digit in range(1, 10)}


def invisible(draw: st.DrawFn, text: str) -> str:
    """Characters of no width anywhere."""
    return _part(draw, text, ("", *INVISIBLE), lambda *_: True)


def torn(draw: st.DrawFn, text: str) -> str:
    """A separator between any two characters, but for spaces and dots between digits: 2 3天 is two to three days."""
    return _part(draw, text, (*SPACES, *DOTS, *EMOJI), lambda last, first, mark: not _number(last, first, mark))


def loosened(draw: st.DrawFn, text: str) -> str:
    """Separators here and there, but for places where they mean something.

    Between digits and between Latin letters a space or a dot separates; where a phrase may end, people type a space or
    an emoji for a comma (税点我们出😊您不用管), and to read it as nothing would make one claim of two.
    """

    def may_stand(last: str, first: str, mark: str) -> bool:
        latin = last.isascii() and first.isascii() and mark not in EMOJI
        return not latin and not _number(last, first, mark) and not ends_phrase(last, first)

    return _part(draw, text, ("", "", "", *SPACES, *DOTS, *EMOJI), may_stand)


def _number(last: str, first: str, mark: str) -> bool:
    return last.isdigit() and first.isdigit() and mark not in EMOJI


def _part(draw: st.DrawFn, text: str, marks: Sequence[str], may_stand: Callable[[str, str, str], bool]) -> str:
    drawn = draw(st.lists(st.sampled_from(marks), min_size=len(text), max_size=len(text)))
    parted = [text[:1]]
    for place in range(1, len(text)):
        last, first = text[place - 1], text[place]
        parted += (drawn[place] if may_stand(last, first, drawn[place]) else "", first)
    return "".join(parted)


def widened(draw: st.DrawFn, text: str) -> str:
    """Full-width letters and digits, digits in circles."""
    choices = draw(st.lists(st.integers(0, 2), min_size=len(text), max_size=len(text)))
    return "".join(_wide(character)[choice] for character, choice in zip(text, choices, strict=True))


def _wide(character: str) -> tuple[str, str, str]:
    if not "!" <= character <= "~":
        return character, character, character
    wide = chr(ord(character) + ord("！") - ord("!"))
    return character, wide, _CIRCLED.get(character, wide)


def traditional(draw: st.DrawFn, text: str) -> str:
    """Traditional characters."""
    choices = draw(st.lists(st.integers(0, 3), min_size=len(text), max_size=len(text)))
    forms = [("", *_traditional().get(character, ())) for character in text]
    return "".join(
        own[choice % len(own)] or character for character, own, choice in zip(text, forms, choices, strict=True)
    )


@cache
def _traditional() -> dict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for before, after in zip(TRADITIONAL, SIMPLIFIED, strict=True):
        found[after].append(before)
    return found


def homophones(draw: st.DrawFn, text: str) -> str:
    """Watched words in another spelling."""
    for word, _ in FORMS:
        if word in text and spelt(word):
            text = text.replace(word, draw(st.sampled_from(spelt(word))))
    return text


@cache
def spelt(word: str) -> tuple[str, ...]:
    """The spellings of a watched word that hold in every context, written without separators."""
    forms = next(forms for known, forms in FORMS if known == word)
    return tuple(sorted({text for form in forms if not re.search(r"[(\\?]", form) for text in _written(form)}))


def _written(form: str) -> list[str]:
    texts = [""]
    for match in re.finditer(r"\[([^\]]+)\]|(.)", form.replace("~", "")):
        texts = [text + character for text in texts for character in match[1] or match[2]]
    return texts


def everything(draw: st.DrawFn, text: str) -> str:
    """All of it at once."""
    for disguise in (homophones, loosened, invisible, traditional, widened):
        text = disguise(draw, text)
    return text


DISGUISES: tuple[Disguise, ...] = (invisible, torn, loosened, widened, traditional, homophones, everything)
