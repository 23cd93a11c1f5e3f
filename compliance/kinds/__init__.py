"""The kinds of check, registered in one place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from compliance.kinds import (
    any_of,
    claim,
    compensation,
    contact,
    dispatch,
    emoji,
    lacking,
    length,
    many,
    personal,
    quantity,
    reprice,
    state,
    surname,
    threshold,
    wording,
)
from compliance.kinds.check import Check
from compliance.lexicon import Lexicon
from compliance.options import OptionError, Options

KINDS: dict[str, Callable[[Options], Check]] = {
    "any_of": any_of.compile_check,
    "claim": claim.compile_check,
    "compensation": compensation.compile_check,
    "contact": contact.compile_check,
    "dispatch": dispatch.compile_check,
    "emoji": emoji.compile_check,
    "lacking": lacking.compile_check,
    "length": length.compile_check,
    "many": many.compile_check,
    "personal": personal.compile_check,
    "quantity": quantity.compile_check,
    "reprice": reprice.compile_check,
    "state": state.compile_check,
    "surname": surname.compile_check,
    "threshold": threshold.compile_check,
    "wording": wording.compile_check,
}
"""Each kind with the function that turns its options into a check."""


def build(kind: str, options: Mapping[str, Any], lexicon: Lexicon) -> Check:
    """A check from its options. Raises OptionError for an unknown kind or option, or a value it cannot use."""
    if kind not in KINDS:
        raise OptionError(f"unknown kind of check {kind!r}; known: {', '.join(KINDS)}")
    taken = Options(options, lexicon, build)
    check = KINDS[kind](taken)
    taken.finish()
    return check
