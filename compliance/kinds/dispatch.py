"""When goods leave: a time stated in the text against the time the platform allows.

Options
    about   patterns of what leaves (发货, 寄出 ...), to be found in the same sentence as the time
    along   patterns, one of which must stand in the text as well
    hours   the most hours from payment (or from the event the clause is about) to leaving
    from    "payment" counts order.paid_at when it is known, "event" counts from now (default payment)
    except  patterns in the unit that make the time harmless
A shop's own shorter promise (shop.ship_hours) tightens the limit. Who names the limit itself on the day of payment
repeats the promise and does not begin it anew. A day of the month counts where the context knows what day it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from compliance.durations import HOURS_A_DAY, HOURS_A_WORKDAY, Duration, durations, until_dates
from compliance.kinds.check import Check
from compliance.material import Material
from compliance.options import Options
from compliance.pattern import Pattern
from compliance.polarity import Stance, stance
from compliance.reading import Reading, Span
from contracts.context import Context

_ARRIVAL = re.compile("[到达收退换修]")
_FROM_PAYMENT = re.compile("付款|拍下|下单|支付")
_SECONDS_AN_HOUR = 3600.0


@dataclass(frozen=True)
class Dispatch:
    """The check; see the module."""

    about: Pattern
    along: Pattern | None
    hours: float
    origin: str
    harmless: Pattern | None

    def find(self, material: Material) -> Span | None:
        """The first stated time that is too long."""
        for reading in material.readings:
            if self.along is not None and not self.along.found(reading):
                continue
            for duration in (*durations(reading.text), *_named_days(reading, material.context)):
                if self._late(reading, duration, material.context):
                    return reading.span(duration.start, duration.end)
        return None

    def _late(self, reading: Reading, duration: Duration, context: Context) -> bool:
        index = reading.unit_at(duration.start)
        unit, words = reading.units[index], reading.words(index)
        if not self._leaves(reading, index):
            return False
        if self.harmless is not None and self.harmless.found(reading, unit.start, unit.end):
            return False
        limit = self.hours
        if self.origin == "payment":
            limit = min(limit, context.shop.ship_hours or limit)
            elapsed = _elapsed(context)
            repeated = duration.hours == limit and elapsed < HOURS_A_DAY
            if not repeated and not _FROM_PAYMENT.search(words):
                limit -= elapsed
        if duration.hours <= limit or (duration.hours == 3 * HOURS_A_WORKDAY and limit >= 3 * 24):
            return False
        return stance(reading, duration.start, duration.end) is Stance.CLAIMED

    def _leaves(self, reading: Reading, index: int) -> bool:
        """Whether the unit, the next of its sentence or (unless it speaks of arrival) the one before says leaving."""
        units, near = reading.units, [index]
        if reading.same_sentence(index, index + 1):
            near.append(index + 1)
        if index and not _ARRIVAL.search(reading.words(index)):
            near.append(index - 1)
        return any(self.about.found(reading, units[place].start, units[place].end) for place in near)


def _named_days(reading: Reading, context: Context) -> tuple[Duration, ...]:
    """The days of the month in the text; none of them counts where a day was agreed."""
    if context.now is None or context.order.agreed_ship_date is not None:
        return ()
    return until_dates(reading.text, context.now)


def _elapsed(context: Context) -> float:
    """Hours since payment, 0 when either time is not known or they cannot be compared."""
    now, paid = context.now, context.order.paid_at
    if now is None or paid is None or (now.tzinfo is None) != (paid.tzinfo is None):
        return 0.0
    return max(0.0, (now - paid).total_seconds() / _SECONDS_AN_HOUR)


def compile_check(options: Options) -> Check:
    """The check from its options. Raises OptionError."""
    return Dispatch(
        about=options.pattern("about"),
        along=options.optional_pattern("along"),
        hours=options.number("hours"),
        origin=options.choice("from", ("payment", "event"), "payment"),
        harmless=options.optional_pattern("except"),
    )
