"""All families together: the entities of a buyer's message.

Where two overlap, the one that covers more characters stands; of equals, that of the earlier family below.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.entities import carriers, dates, goods, invoice, money, numbers, places
from bot.entities.grammar import Candidate, Finder, Pattern, compiled, together
from bot.entities.reading import MASKS, Reading, read
from contracts.understanding import Entity

_masked = together(*(Pattern(mask.entity, compiled(mask.character)) for mask in MASKS))

FAMILIES: tuple[Finder, ...] = (
    invoice.find,
    goods.find,
    carriers.find,
    money.find,
    dates.find,
    places.find,
    numbers.find,
    _masked,
)
"""By falling priority. A masked token that no pattern has a use for is at least the entity it hides."""

ENTITY_NAMES: tuple[str, ...] = (
    "order_number",
    "parcel_number",
    "phone",
    "item_number",
    "product_link",
    "site",
    "invoice_title",
    "tax_number",
    "email",
    "carrier",
    "coupon_kind",
    "amount",
    "count",
    "number",
    "date",
    "time",
    "duration",
    "colour",
    "size",
    "address",
    "person_name",
)
"""Every name an entity can have."""


def find_entities(text: str) -> tuple[Entity, ...]:
    """The entities of the text in their order, none overlapping; start and end are offsets in the text as given."""
    reading = read(text)
    entities = (_entity(reading, candidate) for candidate in _standing(_candidates(reading), len(text)))
    return tuple(sorted(entities, key=lambda entity: entity.start))


def _candidates(reading: Reading) -> Iterator[tuple[int, int, int, Candidate]]:
    """Each candidate behind what decides between it and another: length, priority, place."""
    for priority, family in enumerate(FAMILIES):
        for candidate in family(reading):
            start, end = reading.span(candidate.start, candidate.end)
            yield start - end, priority, start, candidate


def _standing(candidates: Iterator[tuple[int, int, int, Candidate]], size: int) -> Iterator[tuple[int, int, Candidate]]:
    """The candidates that none before them in rank overlaps, with their span in the original."""
    taken = bytearray(size)
    for negative, _, start, candidate in sorted(candidates, key=lambda entry: entry[:3]):
        end = start - negative
        if taken.find(1, start, end) < 0:
            taken[start:end] = b"\x01" * (end - start)
            yield start, end, candidate


def _entity(reading: Reading, standing: tuple[int, int, Candidate]) -> Entity:
    start, end, candidate = standing
    value = reading.said(candidate.start, candidate.end) if candidate.value is None else candidate.value
    return Entity(candidate.name, value, start, end)
