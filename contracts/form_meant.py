"""Which of the values that a line names the buyer wants: not those that are to go, nor those that are refused."""

from __future__ import annotations

import re

from contracts.form_orders import TAIL, order_tails
from contracts.text import normalise
from contracts.understanding import Entity

MEANT = frozenset({"colour", "size", "address", "phone", "person_name", "invoice_title"})
"""Entities of which one line may name the old value and the new one."""

_BESIDE = "(?:[\u4e00-\u9fff]{0,2}[红橙黄绿青蓝紫黑白灰粉棕褐金银]色?的? ?)?"
"""A colour that the value stands beside: with the colour the size goes."""
_TO_GO = re.compile(
    r"(?:[拍买选发写填下]的?(?:成|是|了|错)+|不(?:是|要|想要)|从|原来(?:的|是)*|之前(?:的|是)*|把|由)(?:了|那个|这个)?"
    rf"{_BESIDE}$"
)
_REFUSED = re.compile(
    rf"(?:(?<![是要])不(?:是|要|想要)|(?<![分特区])别[要选给发拿放来]|没有?)(?:了|那个|这个)?{_BESIDE}$"
)


def meant(text: str, values: list[str]) -> list[str]:
    """Of the values named in a line those that the buyer wants, not those that are to go (要白色，拍成黑色了).

    A single value stands unless it is refused.
    """
    plain = normalise(text).text
    alike = "|".join(re.escape(normalise(value).text) for value in values)
    if re.search(rf"(?:{alike})[的码号]?(?:好看?)?还是(?:{alike})", plain):  # a choice that is asked about
        return []
    going = _TO_GO if len(values) > 1 else _REFUSED
    wanted = [value for value in values if not going.search(plain[: max(0, plain.find(normalise(value).text))])]
    return wanted or (values if len(values) > 1 else [])


def named_orders(text: str, entities: tuple[Entity, ...]) -> list[str]:
    """The orders that a line names, by their numbers or the last digits."""
    numbers = meant(text, [entity.value for entity in entities if entity.name == "order_number"])
    others = [*numbers, *(entity.value for entity in entities if entity.name == "phone")]
    tails = [tail for tail in order_tails(text) if not any(n.endswith(tail.removeprefix(TAIL)) for n in others)]
    return [*numbers, *tails]
