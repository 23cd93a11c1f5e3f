from __future__ import annotations

import pytest

from compliance.completion import complete
from compliance.reading import read


@pytest.mark.parametrize(
    ("asked", "answered", "amounts_to"),
    [
        ("能开发票吗", "可以的亲", "能开发票"),
        ("能开发票吗", "不可以哦", "不能开发票"),
        ("开票要加点吗", "是的", "开票要加点"),
        ("开票要加点吗", "不用的", "开票不要加点"),
        ("你们是不是不开发票", "不是的", "不是我们不开发票"),
        ("加个微信吧", "好的", "加个微信"),
        ("运费我出吗", "对的", "运费您出"),
        ("周三一定能到吗", "不敢保证哦", "不是周三一定能到"),
        ("包不包邮", "亲,不包的", "不包邮"),
        ("能开发票吗", "很高兴为您服务。亲,不可以的", "不能开发票"),
    ],
)
def test_a_bare_answer_says_what_was_asked(asked: str, answered: str, amounts_to: str) -> None:
    completed = complete(read(answered), read(asked))
    assert completed is not None
    assert completed.text.startswith(amounts_to)
    start, end = completed.span(0, 2)
    assert answered[start:end].strip(",，亲") != ""


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("什么时候发货", "好的"),
        ("是你们的责任还是快递的", "是的"),
        ("不用开发票了", "好的"),
        ("能开发票吗", "发票付款后都能申请"),
        ("能查下物流吗", "好的,请稍等"),
        ("能开发票吗", ""),
        ("开票要加点吗", "不加的哦。可以的"),
        ("开票要加点吗", "普通开票填抬头就行。可以的"),
        ("能开发票吗", "今天给您发货。好的"),
    ],
)
def test_other_answers_stand_for_themselves(asked: str, answered: str) -> None:
    assert complete(read(answered), read(asked)) is None


def test_what_follows_the_answer_is_kept() -> None:
    completed = complete(read("不能的,这款是特价"), read("能开发票吗"))
    assert completed is not None
    assert completed.text == "不能开发票,这款是特价"
    assert completed.span(6, 8) == (4, 6)
