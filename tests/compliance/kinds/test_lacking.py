from __future__ import annotations

import pytest

from tests.compliance.texts import check, material


@pytest.mark.parametrize(
    ("text", "lacks"),
    [
        ("票用完了", True),
        ("票用完了,15号补寄", True),
        ("票用完了,15号补寄,运费我们出", False),
        ("发票已开好", False),
    ],
)
def test_everything_needed_must_stand_in_the_text(text: str, lacks: bool) -> None:
    lacking = check("lacking", when={"kind": "claim", "flatly": ["用完"]}, needs=[["\\d{1,2}号"], ["我们出"]])
    assert (lacking.find(material(text)) is not None) is lacks
