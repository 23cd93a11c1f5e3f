from __future__ import annotations

from desk.replies.samples import SAMPLES
from retrieval.slots import SLOT_NAMES


def test_every_slot_has_a_sample() -> None:
    assert SAMPLES.keys() == SLOT_NAMES
    assert all(SAMPLES.values())
