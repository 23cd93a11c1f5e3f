from __future__ import annotations

import pytest

from contracts.forms import FORMS, FormState, is_person

BY_ID = {form.id: form for form in FORMS}


@pytest.mark.parametrize(
    ("title", "person"),
    [
        ("个人", True),
        ("张三", True),
        ("欧阳明月", True),
        ("云栖贸易公司", False),
        ("云溪店", False),
        ("", False),
        ("A1", False),
    ],
)
def test_whose_invoice(title: str, person: bool) -> None:
    assert is_person(title) is person


def test_a_person_needs_no_tax_number_and_no_kind() -> None:
    state = FormState(BY_ID["invoice_details"])
    assert [slot.name for slot in state.filled({"invoice_title": "张三"}).missing()] == ["email"]
    company = state.filled({"invoice_title": "云栖贸易有限公司"})
    assert [slot.name for slot in company.missing()] == ["tax_number", "kind", "email"]


def test_a_good_value_makes_the_refused_one_forgotten() -> None:
    state = FormState(BY_ID["invoice_details"]).failed("tax_number", "123")
    assert dict(state.refused) == {"tax_number": "123"}
    assert state.filled({"tax_number": "x"}).refused == ()


def test_words_that_are_no_try_are_not_kept() -> None:
    state = FormState(BY_ID["order_change"]).failed("order", "找不到")
    assert (dict(state.tries), state.refused) == ({"order": 1}, ())


def test_pieces_of_a_value_come_one_by_one() -> None:
    state = FormState(BY_ID["order_change"]).pieced("new_value", {"colour": "白色"}).pieced("new_value", {"size": "L"})
    assert state.value("new_value") == "白色，L"
    assert state.pieced("new_value", {"colour": "黑色"}).value("new_value") == "黑色，L"


def test_words_stand_beside_the_pieces_that_come_after_them() -> None:
    told = FormState(BY_ID["order_change"]).filled({"new_value": "要大一号的那种"})
    assert told.pieced("new_value", {"colour": "红色"}).value("new_value") == "要大一号的那种，红色"


def test_no_topic_starts_two_forms() -> None:
    topics = [topic for form in FORMS for topic in form.topics]
    assert len(topics) == len(set(topics))
