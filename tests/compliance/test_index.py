from __future__ import annotations

from compliance.index import PatternIndex
from compliance.pattern import Pattern
from compliance.reading import read


def test_finds_what_each_pattern_would_find_alone() -> None:
    first, second = Pattern.compile(["税点", "加.{0,3}钱"]), Pattern.compile(["微信", r"\w{3}"])
    index = PatternIndex([first, second], ["加钱", "您好"])
    for text in ("加点钱", "税点", "微信", "好", ""):
        plain, indexed = read(text), read(text, index)
        assert indexed.live(first) == plain.live(first)
        assert indexed.live(second) == plain.live(second)
