"""Numbers that stand for a person: telephones, identity cards, bank cards."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from contracts import personal

_RECORD = re.compile("订单|单号|运单|物流|快递|编号|货号|型号|流水|税号|条码|发票")
_LOOK_BACK = 10


def phones(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and bare digits of every telephone number of a normalised text."""
    for found in personal.phones(text):
        if not _is_record(text, found.start):
            yield found.start, found.end, found.bare


def papers(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and bare characters of every identity or bank card number of a normalised text."""
    for found in chain(personal.identity_cards(text), personal.bank_cards(text)):
        if not _is_record(text, found.start):
            yield found.start, found.end, found.bare


def _is_record(text: str, start: int) -> bool:
    """Whether the words before a number say that it is an order's, a parcel's or an item's."""
    return _RECORD.search(text, max(0, start - _LOOK_BACK), start) is not None
