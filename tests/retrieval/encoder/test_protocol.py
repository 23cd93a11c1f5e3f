from __future__ import annotations

import pytest

from retrieval.encoder.protocol import MAX_CHARACTERS, encodable, fingerprint_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("在吗😀", "在吗😀"),
        ("", ""),
        ("a\ud800b", "a\ufffdb"),
        ("\udc00", "\ufffd"),
        ("\ud83d\ude00", "😀"),
        ("长" * 600, "长" * MAX_CHARACTERS),
    ],
    ids=["whole", "empty", "high", "low", "pair", "long"],
)
def test_encodable(text: str, expected: str) -> None:
    assert encodable(text) == expected


def test_fingerprint_sees_every_part_and_its_borders() -> None:
    prints = {fingerprint_of("a", "b"), fingerprint_of("b", "a"), fingerprint_of("ab"), fingerprint_of("a", "b", "")}
    assert len(prints) == 4
    assert fingerprint_of("a", "b") in prints
