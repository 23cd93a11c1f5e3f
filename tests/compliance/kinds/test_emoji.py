from __future__ import annotations

import pytest

from tests.compliance.texts import check, material, said


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("欢迎😊", None),
        ("欢迎😊🌹", None),
        ("欢迎😊🌹来🎉看", "🎉"),
        ("欢迎😊🌹来🎉看🎊", "🎉看🎊"),
        ("好~好~好~好", None),
    ],
)
def test_too_many_are_found_from_the_first_one_over(text: str, found: str | None) -> None:
    assert said(text, check("emoji", most=2).find(material(text))) == found


def test_only_playful_ones_may_count() -> None:
    emoji = check("emoji", which="playful", most=0)
    assert emoji.find(material("抱歉🙏马上处理")) is None
    assert emoji.find(material("没事啦😂")) == (3, 4)
