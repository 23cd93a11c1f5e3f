"""Personal data taken out of a text, with the tokens that masked training lines bear."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from contracts.personal import Found, accounts, addresses, bank_cards, identity_cards, mails, phones, spelt_phones
from contracts.text import normalise

_FINDERS: tuple[tuple[str, Callable[[str], Iterator[Found]]], ...] = (
    ("[邮箱x]", mails),
    ("[身份证号x]", identity_cards),
    ("[电话x]", phones),
    ("[电话x]", spelt_phones),
    ("[账号x]", accounts),
    ("[账号x]", bank_cards),
    ("[地址x]", addresses),
)
"""By falling priority: what one has found is not looked at by the next."""

_ID = re.compile("[0-9a-f]{32,64}")


def mask(text: str) -> str:
    """The text without telephone numbers, identity and bank cards, mail, chat accounts and postal addresses.

    It rather takes too much than too little.
    """
    normal = normalise(text)
    taken = bytearray(len(normal.text))
    spans: list[tuple[int, int, str]] = []
    for token, find in _FINDERS:
        for found in find(normal.text):
            if taken.find(1, found.start, found.end) < 0:
                taken[found.start : found.end] = b"\x01" * (found.end - found.start)
                spans.append((*normal.span(found.start, found.end), token))
    parts, place = [], 0
    for start, end, token in sorted(spans):
        parts += [text[place:start], token]
        place = end
    return "".join([*parts, text[place:]])


def mask_values(value: Any) -> Any:
    """The same for every string of a JSON value; ids and keys stay."""
    if isinstance(value, str):
        return value if _ID.fullmatch(value) else mask(value)
    if isinstance(value, Mapping):
        return {key: mask_values(part) for key, part in value.items()}
    if isinstance(value, Sequence):
        return [mask_values(part) for part in value]
    return value
