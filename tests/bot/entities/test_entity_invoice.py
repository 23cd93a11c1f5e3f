from __future__ import annotations

import pytest

from contracts.tax_number import unified_code_checks


@pytest.mark.parametrize("code", ["91330199MA7QK4TX8D", "91350100M000100Y43"])
def test_a_code_with_its_check_character_is_accepted(code: str) -> None:
    assert unified_code_checks(code)


@pytest.mark.parametrize(
    "code", ["91330199MA7QK4TX8E", "91330199MA7KQ4TX8D", "91330199MA7QK4T8D", "91330199MA7QK4TX8I", "", "九" * 18]
)
def test_any_other_code_is_refused(code: str) -> None:
    assert not unified_code_checks(code)
