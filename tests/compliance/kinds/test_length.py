from __future__ import annotations

import pytest

from compliance.options import OptionError
from tests.compliance.texts import check, material, said


@pytest.mark.parametrize(("text", "found"), [("在的，亲", None), ("您好，请说", "您好，请说"), ("", None)])
def test_a_text_may_be_too_long(text: str, found: str | None) -> None:
    assert said(text, check("length", characters={"over": 3}).find(material(text))) == found


def test_another_check_looks_at_short_texts_only() -> None:
    length = check("length", characters={"under": 4}, then={"kind": "claim", "says": ["哦"]})
    assert said("哦！", length.find(material("哦！"))) == "哦"
    assert length.find(material("哦，马上给您查")) is None
    assert length.find(material("好的")) is None


@pytest.mark.parametrize("characters", [{}, {"about": 3}, {"over": "three"}])
def test_bounds_are_numbers(characters: dict[str, object]) -> None:
    with pytest.raises(OptionError, match="'over' or 'under'"):
        check("length", characters=characters)
