from __future__ import annotations

from tests.compliance.texts import check, material, said


def test_the_first_check_that_finds_decides() -> None:
    both = check("any_of", checks=[{"kind": "claim", "says": ["乙"]}, {"kind": "claim", "says": ["甲"]}])
    assert said("甲乙", both.find(material("甲乙"))) == "乙"
    assert said("甲", both.find(material("甲"))) == "甲"
    assert both.find(material("丙")) is None
