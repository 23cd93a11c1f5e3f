from __future__ import annotations

import re

import pytest

from compliance.catalogue import Catalogue
from compliance.needs import beginnings, branches, grams_of, needs
from compliance.pattern import Pattern
from compliance.reading import read


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("税点", [{"税"}, {"点"}, {"税点"}]),
        ("[加补]税?点", [{"点"}, {"加", "补"}]),
        ("(?:加|补收)钱", [{"钱"}, {"加", "补收"}, {"加钱", "收钱"}]),
        ("加(?!急)钱", [{"加"}, {"钱"}, {"加钱"}]),
        ("加{1,3}[钱价]", [{"加"}, {"钱", "价"}, {"加钱", "加价"}]),
        ("(?:加|补?)钱", [{"钱"}]),
        ("加[^不]钱", [{"加"}, {"钱"}]),
        ("(?:加)?钱", [{"钱"}]),
        ("加{0,2}钱", [{"钱"}]),
        ("加{1,2}", [{"加"}]),
        ("(?<!不)加(?!急)", [{"加"}]),
        ("[^不]加", [{"加"}]),
        (r"\.", [{"."}]),
        (r"\w", []),
    ],
)
def test_needs_of_a_pattern(pattern: str, expected: list[set[str]]) -> None:
    assert sorted(needs(pattern), key=sorted) == sorted((frozenset(need) for need in expected), key=sorted)


def test_grams_are_characters_and_pairs_of_neighbours() -> None:
    assert grams_of("加税点") == {"加", "税", "点", "加税", "税点"}
    assert grams_of("") == frozenset()


def test_branches_open_the_group_around_them() -> None:
    assert branches("(?:a|(?:b|c))|d(?:e|f)") == ("a", "b", "c", "d(?:e|f)")


def test_no_alternative_is_missed_on_the_examples_of_the_catalogue(catalogue: Catalogue) -> None:
    texts = [read(example.text) for clause in catalogue.clauses for example in (*clause.violating, *clause.compliant)]
    patterns = {pattern for patterns in catalogue.patterns.values() for pattern in patterns}
    alternatives = {branch for pattern in patterns for branch in pattern.branches}
    for reading in texts[::7]:
        grams = grams_of(reading.text)
        for branch in alternatives:
            if not branch.possible(grams):
                assert branch.regex.search(reading.text) is None


def test_spans_come_from_left_to_right_with_the_longer_first() -> None:
    pattern = Pattern.compile(["税", "税点", "加.?税"])
    assert pattern.spans(read("加税点和税")) == ((0, 2), (1, 3), (1, 2), (4, 5))


def test_patterns_share_their_alternatives() -> None:
    assert Pattern.compile(["税"]).branches[0] is Pattern.compile(["税", "票"]).branches[0]
    assert isinstance(Pattern.compile(["税"]).branches[0].regex, re.Pattern)


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("税点", "税"),
        ("(?<!不)[加补]税", "加补"),
        ("(?:加|补收)钱|(?=运)运费", "加补运"),
        ("(?:个|一下)?微[信芯]", "个一微"),
        ("再?加", "再加"),
        (r"\d元", "0123456789"),
        ("[^不]加", ""),
        ("加|.钱", ""),
        ("加?", ""),
    ],
)
def test_knows_what_a_match_begins_with(pattern: str, expected: str) -> None:
    assert beginnings(pattern) == frozenset(expected)
