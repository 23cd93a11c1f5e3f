from __future__ import annotations

import pytest

from retrieval.encoder.licences import EMBEDDED, M3E_SMALL, MULTILINGUAL_E5, UNKNOWN, stated


@pytest.mark.parametrize(
    ("identifier", "text", "business_use"),
    [
        ("mit", "mit", True),
        ("Apache-2.0", "Apache-2.0", True),
        ("cc-by-nc-4.0", "cc-by-nc-4.0", False),
        ("other", "other", False),
        (None, UNKNOWN, False),
        ("  ", UNKNOWN, False),
    ],
)
def test_only_a_licence_known_to_allow_business_does(identifier: str | None, text: str, business_use: bool) -> None:
    licence = stated(identifier)
    assert (licence.text, licence.business_use) == (text, business_use)


def test_what_ships() -> None:
    assert EMBEDDED.business_use
    assert MULTILINGUAL_E5.business_use
    assert not M3E_SMALL.business_use
