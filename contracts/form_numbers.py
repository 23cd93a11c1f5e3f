"""A number by itself behind what was told before: 不对是7120, 要不36吧. It takes the place of what it is most like."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from contracts.edits import edit_share
from contracts.form_goods import is_size
from contracts.form_orders import TAIL, corrects, orders_of
from contracts.form_small_words import CLAUSE, only_small_words

_NUMBER = re.compile(r"(?<![\dA-Za-z.*-])\d{1,8}(?:\.\d{1,2})?(?![\dA-Za-z.*%-])")
_UNIT = re.compile(r"[A-Za-z\u4e00-\u9fff]{1,3}")
_TAIL_LENGTHS = range(3, 9)
_CHOSEN = ("size", "count")
"""What is chosen anew without ado; anything else is only set right, by a line that says so."""
_ALIKE = 0.5
"""Share of its figures that a number must have in common with the one that it sets right."""


@dataclass(frozen=True)
class Told:
    """A number that the buyer gave before: of what, its figures, and the value that these are the end of."""

    kind: str
    figures: str
    value: str

    @property
    def unit(self) -> str:
        """What a size is measured in (500ml), "" for a number that is the size's name (42码)."""
        found = _UNIT.fullmatch(self.value.removeprefix(self.figures)) if self.value.startswith(self.figures) else None
        return found.group() if found and found.group() not in ("码", "号") else ""


@dataclass(frozen=True)
class Bare:
    """The number of a line that says hardly more, where it stands, and the number beside it that is to go."""

    figures: str
    start: int
    end: int
    old: str = ""


def bare_number(text: str) -> Bare | None:
    """The number of the last clause that is nothing but one, or of a line that names the wrong one beside it."""
    numbers = list(_NUMBER.finditer(text))
    if len(numbers) == 2 and only_small_words(_NUMBER.sub("", text)):
        first, second = numbers
        refused = text[: second.start()].endswith("不是")
        new, old = (first, second) if refused else (second, first)
        return Bare(new.group(), new.start(), new.end(), old.group())
    for clause in reversed(list(CLAUSE.finditer(text))):
        inside = [number for number in numbers if clause.start() <= number.start() < clause.end()]
        if len(inside) == 1 and only_small_words(_NUMBER.sub("", clause.group())):
            return Bare(inside[0].group(), *inside[0].span())
    return None


def replaced(text: str, bare: Bare, told: Iterable[Told], *, sized: bool) -> Told | None:
    """What was told before and the number takes the place of, None when it is like nothing.

    `sized` when what is changed are goods whose size was not told yet.
    """
    right = corrects(text) or bool(bare.old)
    likes = {
        one: 1 - edit_share(one.figures, bare.figures)
        for one in told
        if _fits(one, bare) and (one.kind in _CHOSEN or right) and (not bare.old or bare.old == one.figures)
    }
    best = max(likes, key=lambda one: likes[one], default=None)
    if best is not None and (best.kind in _CHOSEN or likes[best] >= _ALIKE):
        return best
    return Told("size", "", "") if sized and is_size(bare.figures) else None


def told_numbers(parts: Iterable[tuple[str, str]], orders: str | None, length: int) -> list[Told]:
    """The numbers of so many figures in the pieces of a new value, by their kind, and of the order named last."""
    last = orders_of(orders)[-1:]
    found = [Told("order", order.removeprefix(TAIL)[-length:], order) for order in last if length in _TAIL_LENGTHS]
    for kind, value in parts:
        if kind == "phone" and length in _TAIL_LENGTHS:
            found.append(Told(kind, value[-length:], value))
        elif kind in ("size", "count", "address"):
            found.extend(Told(kind, number, value) for number in re.findall(r"\d+(?:\.\d+)?", value))
    return found


def _fits(told: Told, bare: Bare) -> bool:
    """Whether both are of one size: half sizes are as long as whole ones."""
    if told.kind == "size" and told.unit:
        return True
    if told.kind == "size":
        return len(told.figures.partition(".")[0]) == len(bare.figures.partition(".")[0]) and is_size(bare.figures)
    if told.kind == "count":
        return bare.figures.isdigit() and len(bare.figures) <= 3
    return told.figures.isdigit() and len(told.figures) == len(bare.figures)
