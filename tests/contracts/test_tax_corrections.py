from __future__ import annotations

import pytest

from contracts.form_steps import FormStep, StepKind, advance, start
from contracts.form_words import Words
from contracts.forms import FORMS, FormState
from contracts.tax_corrections import corrected_code
from contracts.understanding import Entity

GOOD = "91330106MA2B0K5D38"
INVOICE = next(form for form in FORMS if form.id == "invoice_details")


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("最后一位错了 应该是8", f"{GOOD[:-1]}K"),
        ("末位是8 不是K", f"{GOOD[:-1]}K"),
        ("第三位是3", f"91830{GOOD[5:]}"),
        ("第3位应该是三 看花眼了", f"91830{GOOD[5:]}"),
        ("倒数第二位是3", f"{GOOD[:-2]}88"),
        ("后两位是38", f"{GOOD[:-2]}88"),
        ("前三位是913", f"918{GOOD[3:]}"),
        ("是3不是8", f"918{GOOD[3:]}"),
        ("不是8 是3", f"918{GOOD[3:]}"),
        ("3写成8了", f"918{GOOD[3:]}"),
        ("字母k那里，K打成X了", GOOD.replace("K", "X")),
        ("那个是零不是欧", GOOD.replace("0", "O")),
        ("O都改成数字0", GOOD.replace("0", "O")),
        ("漏了个零", GOOD.replace("30106", "3106")),
        ("少打了一位 6", GOOD.replace("106", "10")),
        ("多打了一个7", f"9133{'7'}{GOOD[4:]}"),
    ],
)
def test_a_part_of_the_number_is_set_right(text: str, before: str) -> None:
    assert corrected_code(text, before) == GOOD


@pytest.mark.parametrize(
    "text",
    [
        "是的",
        "最后一位打错了",
        "我要的是3个",
        "不是专票是普票",
        "第二天才发货吗",
        "最后一次了",
        "邮箱是1@qq.com",
        "不是公司是个人",
        "手机最后四位是8899",
        "订单后三位是123",
    ],
)
def test_other_lines_set_nothing_right(text: str) -> None:
    assert corrected_code(text, f"{GOOD[:-1]}K") is None


def test_a_character_that_helps_nowhere_is_not_put_in() -> None:
    assert corrected_code("是7不是3", f"{GOOD[:-1]}K") is None


@pytest.mark.parametrize("text", ["是的", "对，打成字母了", "嗯嗯是数字0", "不好意思 是零"])
def test_a_yes_to_our_question_makes_digits_of_letters(text: str) -> None:
    typed = GOOD.replace("0", "O")
    assert corrected_code(text, typed, alone=True) == GOOD
    assert corrected_code("是的", typed) is None
    assert corrected_code("不是吧", typed, alone=True) is None


def _go(state: FormState, text: str) -> FormStep:
    return advance(state, Words(text, within=True), stop=False, about_it=True)


@pytest.fixture
def asked() -> FormState:
    title = Entity("invoice_title", "云栖贸易有限公司", 0, 8)
    return start(INVOICE, Words("开票，云栖贸易有限公司", (title,), talk=False), {}).state


def test_letters_that_no_code_has_are_asked_about(asked: FormState) -> None:
    told = _go(asked, GOOD.replace("0", "O"))
    assert (told.say, told.state.value("tax_number")) == ("form.invoice_details.tax_number.letters", None)
    mended = _go(told.state, "那个是零不是欧")
    assert (mended.say, mended.state.value("tax_number")) == ("form.invoice_details.kind", GOOD)
    assert mended.state.refused == ()


def test_a_correction_that_does_not_check_is_a_try(asked: FormState) -> None:
    told = _go(_go(asked, f"{GOOD[:-1]}K").state, "最后一位是A")
    assert (told.kind, told.say) == (StepKind.AGAIN, "form.invoice_details.tax_number.again")


@pytest.mark.parametrize("text", ["邮箱 a@b.cn", "要专票", "纸质的就好"])
def test_the_next_question_knows_that_a_faulty_one_came(asked: FormState, text: str) -> None:
    told = _go(_go(asked, f"{GOOD[:-1]}K").state, text)
    assert told.say == "form.invoice_details.tax_number.again"
    assert _go(asked, text).say != "form.invoice_details.tax_number.again"


def test_a_number_taken_as_right_is_mended_too(asked: FormState) -> None:
    given = _go(asked, "91330106MA2B1C2D3C").state
    step = _go(given, "税号最后六位是0K5D38 看错了")
    assert (step.state.value("tax_number"), step.mended) == (GOOD, "91330106MA2B1C2D3C")
