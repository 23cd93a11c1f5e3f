from __future__ import annotations

import pytest

from contracts.form_title_corrections import corrected_title, doubts_title


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("名字是林晓岚", "林晓岚"),
        ("写错了 是林晓岚", "林晓岚"),
        ("啊打错了，应该是林晓岚", "林晓岚"),
        ("林晓岚 刚才打错了", "林晓岚"),
        ("姓名写林晓岚 破晓的晓", "林晓岚"),
        ("林晓岚", "林晓岚"),
        ("不好意思 林晓岚才对", "林晓岚"),
        ("是晓不是小", "林晓岚"),
        ("不是大小的小 是破晓的晓", "林晓岚"),
        ("小改成晓", "林晓岚"),
        ("晓打成小了", "林晓岚"),
        ("名字错了 叫陈默", "陈默"),
        ("陈默", None),
        ("收货人名字是林晓岚", None),
        ("电话打错了 找林晓岚", None),
        ("名字打错了", None),
        ("是大小的小", None),
        ("谢谢", None),
    ],
)
def test_a_name_set_right(text: str, title: str | None) -> None:
    assert corrected_title(text, "林小岚", personal=True) == title


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("是智造不是制造", "海川智造有限公司"),
        ("制造改成智造", "海川智造有限公司"),
        ("经手人林晓岚", None),
        ("林晓岚 写错了", None),
        ("不是急单 是慢慢开", None),
    ],
)
def test_a_word_of_a_company_set_right(text: str, title: str | None) -> None:
    assert corrected_title(text, "海川制造有限公司", personal=False) == title


def test_a_name_is_taken_whatever_it_is_after_a_word_that_it_is_wrong() -> None:
    assert corrected_title("陈默", "林小岚", personal=True, doubted=True) == "陈默"
    assert corrected_title("名字改成阿依古丽 刚才写错了", "林小岚", personal=True) == "阿依古丽"


@pytest.mark.parametrize(
    ("text", "doubted"),
    [
        ("名字打错了", True),
        ("抬头有个错别字", True),
        ("收货人名字错了", False),
        ("名字是林晓岚", False),
        ("发错货了", False),
    ],
)
def test_a_line_that_only_says_that_it_is_wrong(text: str, doubted: bool) -> None:
    assert doubts_title(text) is doubted
