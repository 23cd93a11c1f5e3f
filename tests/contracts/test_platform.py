from __future__ import annotations

import pytest

from contracts.errors import InputError
from contracts.platform import Platform, expand_platforms


def test_the_six_platforms_by_name() -> None:
    assert [platform.value for platform in Platform] == ["tmall", "taobao", "jd", "pdd", "douyin", "kuaishou"]
    assert all(Platform.parse(platform.value) is platform for platform in Platform)


@pytest.mark.parametrize("name", ["", "Tmall", "amazon", " jd", "all"])
def test_an_unknown_name_is_refused_with_the_known_ones(name: str) -> None:
    with pytest.raises(InputError, match="known: tmall, taobao, jd, pdd, douyin, kuaishou"):
        Platform.parse(name)


def test_lists_of_platforms() -> None:
    assert expand_platforms(("jd", "pdd", "jd")) == {Platform.JD, Platform.PDD}
    assert expand_platforms(("all",)) == frozenset(Platform)


@pytest.mark.parametrize("names", [(), ("jd", "nowhere"), ("all", "nowhere")])
def test_a_list_with_nothing_or_a_wrong_name_is_refused(names: tuple[str, ...]) -> None:
    with pytest.raises(InputError):
        expand_platforms(names)
