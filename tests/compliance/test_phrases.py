from __future__ import annotations

import pytest

from compliance.phrases import ends_phrase


@pytest.mark.parametrize("place", ["哦我", "了您", "呢请", "亲咱"])
def test_a_phrase_ends(place: str) -> None:
    assert ends_phrase(*place)


@pytest.mark.parametrize("place", ["不加", "您的", "税点", "个点", "6个", "ab", "囧囧"])
def test_a_phrase_goes_on(place: str) -> None:
    assert not ends_phrase(*place)
