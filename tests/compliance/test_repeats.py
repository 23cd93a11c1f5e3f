from __future__ import annotations

import pytest

from compliance.catalogue import Catalogue
from compliance.repeats import fault


@pytest.mark.parametrize(
    ("pattern", "says"),
    [
        ("(?:a{0,60}){0,60}b", "nothing but repeats"),
        ("(?:(?:a?)){60}a{60}", "nothing but repeats"),
        ("(?:a?b?c?){1,9}d", "nothing but repeats"),
        ("x|y(?:z|(?:a{1,30}){1,30})", "nothing but repeats"),
        (r"(?:\d{1,9}){1,9}$", "nothing but repeats"),
        ("(?:a|aa){0,40}b", "made of others"),
        ("(?:都|是|都是){1,60}的", "made of others"),
        ("a{0,60}a{0,60}a{0,60}b", "several places"),
        (r"\w{0,30}加\w{0,30}收\w{0,30}\w{0,30}钱", "several places"),
        ("a?" * 20 + "a{20}", "several places"),
    ],
)
def test_what_tries_too_much_is_named(pattern: str, says: str) -> None:
    found = fault(pattern)
    assert found is not None
    assert says in found


@pytest.mark.parametrize(
    "pattern",
    [
        "加{0,60}钱",
        "(?:我们|店里|这边){0,6}不开",
        "(?:[一-龥]{1,6}、){2,8}都推荐",
        "(?:的|哦|呢){0,4}(?:亲|哈){0,3}",
        "(?:也|都|也都){0,3}不",
        r"\d{1,4}(?:元|块)?.{0,8}加\d{1,4}",
        "(?:a{0,3}){0,3}",
    ],
)
def test_what_people_write_is_left_alone(pattern: str) -> None:
    assert fault(pattern) is None


def test_the_shipped_patterns_have_no_fault(catalogue: Catalogue) -> None:
    patterns = {pattern for patterns in catalogue.patterns.values() for pattern in patterns}
    sources = {branch.regex.pattern for pattern in patterns for branch in pattern.branches}
    assert len(sources) > 1000
    assert [source for source in sources if fault(source)] == []
