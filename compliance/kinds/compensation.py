"""Sums offered for damage, against the price of what was bought.

Options
    about   patterns of damage or compensation, one of which must stand in the reply or the buyer's line
    least   the smallest part of the price that is an offer at all, 0..1
    token   the largest sum that is a token where no price is known, in yuan
    except  patterns in the sentence that say that a sum is no compensation (a difference of price, postage ...)

The price is the highest sum in the reply and the buyer's line. A sum that the buyer asked for is fine.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from compliance.kinds.check import Check
from compliance.material import Material
from compliance.options import OptionError, Options
from compliance.pattern import Pattern
from compliance.polarity import Stance, stance
from compliance.reading import Reading, Span

_UNITS = {"角": 0.1, "毛": 0.1}
_SUM = re.compile(r"(?<![\d.])(?P<sum>\d{1,6}(?:\.\d{1,2})?)(?P<unit>元|块|毛|角|rmb|圆)")
_BARE = re.compile(r"(?<![\d.])(?P<sum>\d{2,6}(?:\.\d{1,2})?)(?:多|来|几)?(?:的|买|呢|拍|钱|(?:多|来|几)?(?:元|块))")
_GIVES = "赔偿?(?!率)|补偿|补贴|补给|补(?!发|寄|货|差|开|税|交|拍|款)|退(?!货|换|回来)|返|给|转|红包|让利|表示"
_BEFORE = re.compile(f"(?:{_GIVES})(?:[^,。!?;:]{{0,8}})$")
_AFTER = re.compile("(?:钱)?(?:的)?(?:作为|当作?|算是?|做|以示|表示)?(?:补偿|赔偿|赔款|红包|意思|心意|安慰|损失)")


@dataclass(frozen=True)
class Compensation:
    """The check; see the module."""

    about: Pattern
    least: float
    token: float
    harmless: Pattern | None

    def find(self, material: Material) -> Span | None:
        """The first sum that is next to nothing."""
        reply, buyer = material.reply, material.buyer
        if not self.about.found(reply) and (buyer is None or not self.about.found(buyer)):
            return None
        asked = [_yuan(match) for match in _SUM.finditer(buyer.text)] if buyer is not None else []
        for match in _SUM.finditer(reply.text):
            offer = _yuan(match)
            start = _offered(reply, match)
            if start is None or offer in asked or not self._small(offer, material):
                continue
            if self.harmless is not None and self.harmless.found(reply, *reply.sentence(reply.unit_at(match.start()))):
                continue
            if stance(reply, start, match.end()) is Stance.CLAIMED:
                return reply.span(*match.span())
        return None

    def _small(self, offer: float, material: Material) -> bool:
        price = max(
            (float(match["sum"]) for reading in _both(material) for match in _BARE.finditer(reading.text)), default=0.0
        )
        return offer < self.least * price if price > offer else offer <= self.token


def _both(material: Material) -> tuple[Reading, ...]:
    return (material.reply,) if material.buyer is None else (material.reply, material.buyer)


def _yuan(match: re.Match[str]) -> float:
    return float(match["sum"]) * _UNITS.get(match["unit"], 1.0)


def _offered(reply: Reading, match: re.Match[str]) -> int | None:
    """Where the offer of the sum begins, None when the sum is offered for nothing."""
    unit = reply.units[reply.unit_at(match.start())]
    given = _BEFORE.search(reply.text[unit.start : match.start()])
    if given is not None:
        return unit.start + given.start()
    return match.start() if _AFTER.match(reply.text[match.end() : unit.end]) else None


def compile_check(options: Options) -> Check:
    """The check from its options. Raises OptionError."""
    least = options.number("least")
    if not 0 < least < 1:
        raise OptionError("option 'least' must lie between 0 and 1")
    return Compensation(
        about=options.pattern("about"),
        least=least,
        token=options.number("token"),
        harmless=options.optional_pattern("except"),
    )
