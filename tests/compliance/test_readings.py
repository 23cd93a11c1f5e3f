from __future__ import annotations

from compliance.index import PatternIndex
from compliance.reading import read
from compliance.readings import LONGEST_KEPT, Readings


def test_a_text_is_read_once() -> None:
    readings = Readings(PatternIndex(()))
    assert readings.of("可以开票") is readings.of("可以开票")
    assert readings.of("可以开票") is not readings.of("可以开票吗")


def test_what_is_remembered_is_what_reading_gives() -> None:
    remembered, fresh = Readings(PatternIndex(())).of("亲，可以的。"), read("亲，可以的。")
    assert (remembered.normal, remembered.units) == (fresh.normal, fresh.units)


def test_a_long_text_is_not_kept() -> None:
    readings, text = Readings(PatternIndex(())), "好" * (LONGEST_KEPT + 1)
    assert readings.of(text) is not readings.of(text)
