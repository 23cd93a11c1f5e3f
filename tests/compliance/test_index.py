from __future__ import annotations

import numpy as np

from compliance.index import PatternIndex
from compliance.pattern import Pattern
from compliance.reading import read


def test_finds_what_each_pattern_would_find_alone() -> None:
    first, second = Pattern.compile(["税点", "加.{0,3}钱"]), Pattern.compile(["微信", r"\w{3}"])
    index = PatternIndex([first, second])
    for text in ("加点钱", "税点", "微信", "好", "", "加钱\ud800税点", "\0加钱"):
        plain, indexed = read(text), read(text, index)
        assert indexed.live(first) == plain.live(first)
        assert indexed.live(second) == plain.live(second)


def test_tells_which_of_some_patterns_can_match() -> None:
    patterns = [Pattern.compile([source]) for source in ("税点", "微信", "加.{0,3}钱")]
    index = PatternIndex(patterns)
    numbers = np.array([index.numbers[pattern] for pattern in reversed(patterns)])
    assert index.possible("加点钱，税点另算").among(numbers) == [0, 2]
    assert index.possible("您好").among(numbers) == []


def test_a_pattern_that_is_not_in_the_index_matches_nothing() -> None:
    assert not PatternIndex([Pattern.compile(["税"])]).possible("税点").live(Pattern.compile(["税"]))


def test_an_empty_index_finds_nothing() -> None:
    possible = PatternIndex(()).possible("税点")
    assert not possible.live(Pattern.compile(["税"]))
    assert possible.among(np.array([], dtype=np.intp)) == []
