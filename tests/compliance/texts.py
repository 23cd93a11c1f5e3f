"""Builders that the tests of the checker share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from compliance.kinds import build
from compliance.kinds.check import Check
from compliance.lexicon import Lexicon
from compliance.material import Material, gather
from contracts.context import Context
from contracts.platform import Platform


def material(text: str, platform: Platform = Platform.TMALL, **values: Any) -> Material:
    """The text in a context; `order__status="paid"` sets `order.status`."""
    context, warnings = Context().with_values({key.replace("__", "."): value for key, value in values.items()})
    assert not warnings
    return gather(text, platform, context)


def check(kind: str, words: Mapping[str, Sequence[str]] | None = None, **options: Any) -> Check:
    """A check with these options (`from_` for the option `from`) over a lexicon of `words`."""
    return build(kind, {name.rstrip("_"): value for name, value in options.items()}, Lexicon(words or {}))


def said(text: str, found: tuple[int, int] | None) -> str | None:
    """The part of the text that a check found."""
    return None if found is None else text[found[0] : found[1]]
