from __future__ import annotations

import random
import re

import pytest

from compliance.needs import beginnings
from compliance.normalise import normalise
from compliance.spellings import FORMS, SEPARATOR, spelling_pattern
from tests.compliance.disguises import spelt


@pytest.mark.parametrize("word", [word for word, _ in FORMS if spelt(word)])
def test_every_plain_form_of_a_word_is_read_as_it(word: str) -> None:
    for form in spelt(word):
        assert word in normalise(form).text, form
        assert word in normalise(f"您{form}哦").text, form


def test_looking_at_the_first_character_first_loses_no_form() -> None:
    assert all(beginnings(form.replace("[~]?", "").replace("~", "")) for _, forms in FORMS for form in forms)
    between = f"(?:{SEPARATOR}){{0,3}}"
    groups = ("|".join(form.replace("[~]?", between).replace("~", between) for form in forms) for _, forms in FORMS)
    plainly = re.compile("|".join(f"({group})" for group in groups))
    pattern, _ = spelling_pattern()
    draw = random.Random(7)
    pieces = [form for word, _ in FORMS for form in (*spelt(word), word)] + list("加我的一下您个~ *.-❤_,。a1")
    for _ in range(2000):
        text = "".join(draw.choices(pieces, k=draw.randint(1, 12)))
        assert [match.span() for match in pattern.finditer(text)] == [match.span() for match in plainly.finditer(text)]
