"""Numbers that stand for a person: telephones, identity cards, bank cards."""

from __future__ import annotations

import re
from collections.abc import Iterator

_PHONE = re.compile(
    r"(?<![\da-z])(?:\+?86[- ]?)?(?P<mobile>1[3-9](?:[- .,、/]?\d){9})(?!\d)"
    r"|(?<!\d)(?P<fixed>0\d{2,3}[- ]?[2-8]\d{6,7})(?!\d)"
)
_IDENTITY = re.compile(r"(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dx](?!\d)")
_BANK = re.compile(r"(?<!\d)6[0-9](?:[- ]?\d){13,17}(?!\d)")
_RECORD = re.compile("订单|单号|运单|物流|快递|编号|货号|型号|流水|税号|条码|发票")
_ROW = re.compile(r"\d(?:[- .,、/]?\d){9}")
"""Ten digits near each other: without them there is no such number."""

_LOOK_BACK = 10
_STOP = re.compile("[。!?]")


def phones(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and bare digits of every telephone number of a normalised text."""
    if _ROW.search(text) is None:
        return
    for match in _PHONE.finditer(text):
        if not _is_record(text, match.start()):
            yield match.start(), match.end(), re.sub(r"\D", "", match["mobile"] or match["fixed"])


def papers(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and bare characters of every identity or bank card number of a normalised text."""
    if _ROW.search(text) is None:
        return
    for pattern in (_IDENTITY, _BANK):
        for match in pattern.finditer(text):
            if not _is_record(text, match.start()):
                yield match.start(), match.end(), re.sub("[- ]", "", match[0])


def _is_record(text: str, start: int) -> bool:
    """Whether the words before a number, in its sentence, say that it is an order's, a parcel's or an item's."""
    before = _STOP.split(text[max(0, start - _LOOK_BACK) : start])[-1]
    return _RECORD.search(before) is not None
