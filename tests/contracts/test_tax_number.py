from __future__ import annotations

import pytest

from contracts.tax_number import TaxNumberFault, identity_number_checks, tax_number_fault, unified_code_checks

GOOD = "91330106MA2B1C2D3C"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (GOOD, None),
        (GOOD.lower(), None),
        ("9133 0106 MA2B 1C2D 3C", None),
        (GOOD[:-1] + "1", TaxNumberFault.CHECK),
        ("91330106MA2B1C2D30", TaxNumberFault.CHECK),
        ("91330160MA2B1C2D3C", TaxNumberFault.CHECK),
        ("91330106MAIB1C2D3C", TaxNumberFault.CHECK),
        (GOOD[:-1], TaxNumberFault.LENGTH),
        (GOOD + "1", TaxNumberFault.LENGTH),
        ("110108600000005", None),
        ("33010660000000X", None),
        ("913301060000005", TaxNumberFault.LENGTH),
        ("11010519491231002X", None),
        ("110105194912310021", TaxNumberFault.CHECK),
        ("11010519491231002X01", None),
        ("12345", TaxNumberFault.LENGTH),
        ("", TaxNumberFault.LENGTH),
    ],
)
def test_what_is_wrong_with_a_number(text: str, fault: TaxNumberFault | None) -> None:
    assert tax_number_fault(text) is fault


def test_one_wrong_character_is_always_found() -> None:
    for place in range(17):
        for wrong in "0123456789ABCDEFGHJKLMNPQRTUWXY":
            code = GOOD[:place] + wrong + GOOD[place + 1 :]
            assert unified_code_checks(code) == (code == GOOD)


def test_an_identity_number_has_its_own_check() -> None:
    assert identity_number_checks("11010519491231002X")
    assert not identity_number_checks("110105194912310020")
    assert not identity_number_checks(GOOD)
