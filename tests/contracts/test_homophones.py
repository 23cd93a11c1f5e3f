from __future__ import annotations

import pytest

from contracts.homophones import right_labels


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("台头写云溪小学", "抬头写云溪小学"),
        ("太头：云溪小学", "抬头：云溪小学"),
        ("税好91330106MA2B1C2D3C", "税号91330106MA2B1C2D3C"),
        ("睡号 91330106MA2B1C2D3C", "税号 91330106MA2B1C2D3C"),
        ("油箱a.b@qq.com", "邮箱a.b@qq.com"),
        ("由箱：12云@qq.com", "邮箱：12云@qq.com"),
        ("发飘怎么开", "发票怎么开"),
        ("法票还没给我", "发票还没给我"),
    ],
)
def test_a_label_typed_by_its_sound(text: str, right: str) -> None:
    assert right_labels(text) == right
    assert len(right) == len(text)


@pytest.mark.parametrize(
    "text",
    [
        "油箱盖多少钱",
        "送到云台头山村",
        "汽车油箱漏了",
        "摩托车的油箱",
        "你们水好喝",
        "头发漂染膏",
        "香蕉水号码",
        "抬头写云溪",
    ],
)
def test_other_words_stay(text: str) -> None:
    assert right_labels(text) == text
