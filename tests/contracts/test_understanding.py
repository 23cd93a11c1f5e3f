from __future__ import annotations

from contracts.understanding import Understanding


def test_only_what_rasa_read_is_not_degraded() -> None:
    assert not Understanding().degraded
    assert Understanding(source="retrieval").degraded
