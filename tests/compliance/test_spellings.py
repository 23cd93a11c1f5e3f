from __future__ import annotations

import pytest

from compliance.normalise import normalise
from compliance.spellings import FORMS
from tests.compliance.disguises import spelt


@pytest.mark.parametrize("word", [word for word, _ in FORMS if spelt(word)])
def test_every_plain_form_of_a_word_is_read_as_it(word: str) -> None:
    for form in spelt(word):
        assert word in normalise(form).text, form
        assert word in normalise(f"您{form}哦").text, form
