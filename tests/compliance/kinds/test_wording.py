from __future__ import annotations

import pytest

from tests.compliance.texts import check, material, said


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("你把地址发来", "你"),
        ("不会让你吃亏的", "你"),
        ("您把地址发来", None),
        ("您说“你们慢”，抱歉", None),
        ("您说“你们慢”，我给你查", "你"),
        ("有骗子让你转账请别信", None),
    ],
)
def test_a_word_is_found_whatever_is_said_with_it(text: str, found: str | None) -> None:
    wording = check("wording", words_=["你"], except_=["骗子"])
    assert said(text, wording.find(material(text))) == found


def test_the_buyers_own_word_may_be_taken_up_unless_bound() -> None:
    answer = material("这个sku有货", buyer__text="sku还有吗")
    assert check("wording", words_=["sku"]).find(answer) is None
    assert check("wording", words_=["sku"], echo="bound").find(answer) is not None


def test_the_finding_points_at_the_shops_word() -> None:
    text = "您说“你们慢”，我给你查"
    assert check("wording", words_=["你"]).find(material(text)) == (10, 11)
