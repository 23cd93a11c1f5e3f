"""Chinese taxpayer numbers: the 18-character unified code with its check character, and the older forms."""

from __future__ import annotations

import re
from enum import Enum

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_LIKE = str.maketrans("OIZS", "0125")
_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
_IDENTITY_WEIGHTS = tuple(pow(2, 17 - place, 11) for place in range(17))
_IDENTITY_CHECKS = "10X98765432"
_REGION = r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[12])\d{4}"
_OLD = re.compile(rf"{_REGION}[0-9A-Z]{{9}}|{_REGION}\d{{11}}|{_REGION}\d{{11}}[0-9X]\d\d")
"""Region and organisation code (15); the identity number of a small trader with two digits behind (17, 20)."""


class TaxNumberFault(str, Enum):
    """What is wrong with a number."""

    LENGTH = "length"
    CHECK = "check"
    LETTERS = "letters"


def compact(text: str) -> str:
    """A code as systems write it: capitals, without spaces and hyphens."""
    return re.sub(r"[\s-]", "", text).upper()


def unified_code_checks(code: str) -> bool:
    """Whether an 18-character unified social credit code ends in the check character of GB 32100-2015."""
    if len(code) != 18 or any(character not in _ALPHABET for character in code):
        return False
    total = sum(_ALPHABET.index(character) * weight for character, weight in zip(code, _WEIGHTS, strict=False))
    return code[17] == _ALPHABET[-total % 31]


def identity_number_checks(code: str) -> bool:
    """Whether 18 characters are a citizen's identity number, which small traders had as their tax number."""
    if not re.fullmatch(r"\d{17}[\dX]", code):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(code, _IDENTITY_WEIGHTS, strict=False))
    return code[17] == _IDENTITY_CHECKS[total % 11]


def looks_meant(text: str) -> str | None:
    """The number with digits for the letters that no such code has (O, I, Z, S), None unless it checks then."""
    code = compact(text)
    digits = code.translate(_LIKE)
    return digits if digits != code and unified_code_checks(digits) else None


def tax_number_fault(text: str) -> TaxNumberFault | None:
    """What is wrong with a taxpayer number as typed, None when it may be right."""
    code = compact(text)
    if len(code) == 18:
        if unified_code_checks(code) or identity_number_checks(code):
            return None
        return TaxNumberFault.LETTERS if looks_meant(code) else TaxNumberFault.CHECK
    return None if _OLD.fullmatch(code) else TaxNumberFault.LENGTH
