"""Price edits: how far a text goes below the price of the order.

Options
    most   the largest part of the price that may be taken off, 0..1
    about  patterns of an edit (改成, 改价 ...), one of which must stand in the text
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from compliance.kinds.check import Check
from compliance.material import Material
from compliance.options import OptionError, Options
from compliance.pattern import Pattern
from compliance.polarity import Stance, stance
from compliance.reading import Reading, Span

_AMOUNT = r"\d{1,6}(?:\.\d{1,2})?"
_TARGET = re.compile(
    rf"(?:改(?=\d)|(?:改|减|降|调|变|便宜|优惠|砍)(?:价|到|成|为|至|给您|个|一下|下){{1,3}})(?P<price>{_AMOUNT})(?!折|"
    rf"[,\d]*(?:个|件|天|%|号|色|码))"
)
_FOLD = re.compile(r"(?P<fold>\d(?:\.\d)?)折(?!扣)")
_PERCENT = re.compile(r"(?:减|降|便宜|优惠|打掉|砍)(?:您)?(?:掉|去|了|价)?(?P<percent>\d{1,3})%")
_CUT = re.compile(rf"(?:减|降|便宜|优惠|砍|让|少收)(?:您|掉|去|了){{0,2}}(?P<cut>{_AMOUNT})(?:元|块)")
_PRICE = re.compile(
    rf"(?:原价|标价|页面价|实付|订单|总价|价格|一共|售价|卖|从)(?:是|为|要)?(?P<named>{_AMOUNT})"
    rf"|(?<![\d.])(?P<price>{_AMOUNT})(?=元|块)"
    rf"|(?<![\d.])(?P<bare>{_AMOUNT})(?=的|改|减|降|$|,|。)"
)
_TEN = 10.0
_HUNDRED = 100.0


@dataclass(frozen=True)
class Reprice:
    """The check; see the module."""

    most: float
    about: Pattern

    def find(self, material: Material) -> Span | None:
        """The first edit that takes off too much."""
        for reading in material.readings:
            if not self.about.found(reading):
                continue
            for span in self._edits(reading, material):
                if stance(reading, *span) is Stance.CLAIMED:
                    return reading.span(*span)
        return None

    def _edits(self, reading: Reading, material: Material) -> list[Span]:
        text = reading.text
        least = 1.0 - self.most
        found = [match.span() for match in _FOLD.finditer(text) if float(match["fold"]) / _TEN < least]
        found += [match.span() for match in _PERCENT.finditer(text) if float(match["percent"]) / _HUNDRED > self.most]
        prices = _Prices.stated(reading, material.buyer)
        for match in _TARGET.finditer(text):
            if float(match["price"]) < prices.before(match.start()) * least:
                found.append(match.span())
        for match in _CUT.finditer(text):
            base = prices.before(match.start())
            if base * self.most < float(match["cut"]) < base:
                found.append(match.span())
        return sorted(found)


@dataclass(frozen=True)
class _Prices:
    """The highest price stated anywhere, and in each sentence of `reading` the highest that might be one."""

    reading: Reading
    highest: float
    bare: Mapping[int, float]

    @classmethod
    def stated(cls, reading: Reading, buyer: Reading | None) -> _Prices:
        """Those of the text and the buyer's line; a bare number of the text counts in its own sentence only."""
        highest, bare = 0.0, defaultdict[int, float](float)
        for match in _PRICE.finditer(reading.text):
            if match["bare"] is None:
                highest = max(highest, float(match["named"] or match["price"]))
            else:
                sentence = reading.units[reading.unit_at(match.start())].sentence
                bare[sentence] = max(bare[sentence], float(match["bare"]))
        for match in _PRICE.finditer(buyer.text) if buyer is not None else ():
            highest = max(highest, float(match[match.lastgroup or 0]))
        return cls(reading, highest, bare)

    def before(self, place: int) -> float:
        """The price that an edit at a character of the text starts from, 0 when there is none."""
        return max(self.highest, self.bare.get(self.reading.units[self.reading.unit_at(place)].sentence, 0.0))


def compile_check(options: Options) -> Check:
    """The check from its options. Raises OptionError."""
    most = options.number("most")
    if not 0 < most < 1:
        raise OptionError("option 'most' must lie between 0 and 1")
    return Reprice(most, options.pattern("about"))
