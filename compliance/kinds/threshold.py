"""A voucher with a least amount (2000-100, 满300减30) that is said to work for an order that is too small.

Options
    about   patterns of the voucher, in the text or the buyer's line
    says    patterns of what must not be claimed below the amount (能用, 可以减 ...)
    unless  patterns in the same sentence that make the claim harmless (凑够, 不满 ...)

The amount of the order and the vouchers are those that the text names, else those of the buyer's line. Of several
vouchers one that fits is enough, unless all of them (都) are said to work.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from compliance.kinds.check import Check
from compliance.material import Material
from compliance.options import Options
from compliance.pattern import Pattern
from compliance.polarity import Stance, stance
from compliance.reading import Reading, Span

_NUMBER = r"\d{2,6}(?:\.\d{1,2})?"
_VOUCHER = re.compile(
    rf"满?(?P<cut>{_NUMBER})(?:元|块)?(?:-|减)\d{{1,5}}|满(?P<full>{_NUMBER})(?!件|天|年)"
    rf"|(?P<named>{_NUMBER})(?:元|块)?(?:的)?(?:那张|这张|面额的?|门槛的?)"
)
_SPENT = re.compile(
    rf"(?:订单|金额|合计|一共|总共|总价|实付|买了?|才|只有|花了?|凑了?|消费了?|付了?|您这?|单)(?:金额|是|才|了|共|有){{0,2}}"
    rf"(?P<after>{_NUMBER})(?![\d.]|-|减|那张|这张|张|件|个|天)"
    rf"|(?<![\d满减.-])(?P<before>{_NUMBER})(?:元|块)?(?:钱)?(?:的)?(?:订?单|东西|货)"
)
_ALL = re.compile("都|全")


@dataclass(frozen=True)
class Threshold:
    """The check; see the module."""

    about: Pattern
    says: Pattern
    harmless: Pattern | None

    def find(self, material: Material) -> Span | None:
        """The first voucher that is said to work though the order is too small for it."""
        for reading in material.readings:
            sources = (reading,) if material.buyer is None else (reading, material.buyer)
            if not any(self.about.found(source) for source in sources):
                continue
            spent = next((amount for source in sources if (amount := _spent(source.text)) is not None), None)
            if spent is None:
                continue
            for start, end in self.says.spans(reading):
                if self._too_small(reading, start, spent, sources) and stance(reading, start, end) is Stance.CLAIMED:
                    return reading.span(start, end)
        return None

    def _too_small(self, reading: Reading, start: int, spent: float, sources: tuple[Reading, ...]) -> bool:
        index = reading.unit_at(start)
        if self.harmless is not None and self.harmless.found(reading, *reading.sentence(index)):
            return False
        words = reading.words(index)
        texts = (words, *(source.text for source in sources))
        least = next((found for text in texts if (found := _vouchers(text))), ())
        judge = any if _ALL.search(words) else all
        return bool(least) and judge(amount > spent for amount in least)


def _spent(text: str) -> float | None:
    """The amount of the order that a text names."""
    match = _SPENT.search(text)
    return None if match is None else float(match["after"] or match["before"])


def _vouchers(text: str) -> tuple[float, ...]:
    """The least amounts of the vouchers that a text names."""
    return tuple(float(match["cut"] or match["full"] or match["named"]) for match in _VOUCHER.finditer(text))


def compile_check(options: Options) -> Check:
    """The check from its options. Raises OptionError."""
    return Threshold(options.pattern("about"), options.pattern("says"), options.optional_pattern("unless"))
