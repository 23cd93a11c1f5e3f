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

_HAS_BEFORE = re.compile(r"(?<![就那])(?:给?(?:我|我们|俺)?|都|是)?[开写填弄搞打印出]成了?$")
_HAS_BEHIND = re.compile(r"(?:的|抬头|名字|名义|发票)*了")
"""An invoice that was made out so already: 开成个人了."""


def stands_so(text: str, value: str) -> bool:
    """Whether the line says that the value is what was made, which is not what is wanted."""
    start = text.find(value)
    made = start >= 0 and _HAS_BEFORE.search(text[:start])
    return bool(made) and ("了" in text[start - 1 : start] or bool(_HAS_BEHIND.match(text, start + len(value))))


def meant(text: str, values: list[str]) -> list[str]:
    """Of the values named in a line those that the buyer wants, not those that are to go (要白色，拍成黑色了).

    A single value stands unless it is refused.
    """
    plain = normalise(text).text
    alike = "|".join(re.escape(normalise(value).text) for value in values)
    if re.search(rf"(?:{alike})[的码号]?(?:好看?)?还是(?:{alike})", plain):  # a choice that is asked about
        return []
    going = _TO_GO if len(values) > 1 else _REFUSED
    values = [value for value in values if not stands_so(plain, normalise(value).text)]
    wanted = [value for value in values if not going.search(plain[: max(0, plain.find(normalise(value).text))])]
    return wanted or (values if len(values) > 1 else [])


def named_orders(text: str, entities: tuple[Entity, ...]) -> list[str]:
    """The orders that a line names, by their numbers or the last digits."""
    numbers = meant(text, [entity.value for entity in entities if entity.name == "order_number"])
    others = [*numbers, *(entity.value for entity in entities if entity.name == "phone")]
    tails = [tail for tail in order_tails(text) if not any(n.endswith(tail.removeprefix(TAIL)) for n in others)]
    return [*numbers, *tails]
