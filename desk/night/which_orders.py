"""Which of several orders is cancelled and which is kept: 3321的留着 取消1178那个."""

from __future__ import annotations

import re
from dataclasses import dataclass

from contracts.form_orders import TAIL
from contracts.text import normalise

_CLAUSE = re.compile(r"[\s,，。;；、!！~～]+")
_NUMBER = re.compile(r"(?<![\d.])(\d{4,20})(?![\d.]|元|块|码|号楼)")
_TAIL = 8
"""Figures up to which a number is the end of an order's."""
_KEEP = re.compile(r"留|保留|(?:不|别|甭)(?:要|用)?取消|照发|照常|正常发|要(?:的|这|那|尾号|\d)|不退")
_GO = re.compile(r"取消|不要|不用|退|撤")
_OF_ORDERS = re.compile(r"取消|尾号|[单留]")
_SPOKEN = re.compile(
    r"(?:留|保留|取消|退掉?|要|撤)[^\s,，。吗?？]{0,8}(?:那|这|第[一二三]|前|后|早|晚|贵|便宜|多|少|先|上面|下面)[^\s,，。吗?？]{0,4}[单个笔份件]"
    r"|(?:那|这|第[一二三]|前|后|贵|便宜|先)[^\s,，。吗?？]{0,4}[单个笔份件](?:的)?(?:就|也|先)?(?:留|保留|取消|退|不要|撤)"
)


@dataclass(frozen=True)
class ToldOrders:
    """The orders of a line by their numbers, those to be cancelled and those to be kept."""

    cancelled: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.cancelled or self.kept)


def told_orders(text: str) -> ToldOrders:
    """The orders that a line says are to be cancelled or kept; a number beside neither word counts for none."""
    found: dict[bool, list[str]] = {True: [], False: []}
    plain = normalise(text).text
    for clause in _CLAUSE.split(plain) if _OF_ORDERS.search(plain) else ():
        numbers = [f"{TAIL}{number}" if len(number) <= _TAIL else number for number in _NUMBER.findall(clause)]
        keeps = bool(_KEEP.search(clause))
        if numbers and (keeps or _GO.search(clause)):
            found[keeps].extend(numbers)
    return ToldOrders(tuple(found[False]), tuple(found[True]))


def speaks_of_which(text: str) -> bool:
    """Whether a line says in words which of several orders goes or stays: 留便宜的那单."""
    return bool(_SPOKEN.search(text)) and not re.search(r"[?？]|吗$|怎么", text)
