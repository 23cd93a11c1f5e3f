from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from compliance.lexicon import Lexicon, PatternError, load_lexicon
from compliance.reading import read
from contracts.errors import DataError


def test_names_stand_for_word_classes() -> None:
    lexicon = Lexicon({"money": ["钱", "<fee>"], "fee": ["手续费", "税点"]})
    assert lexicon.compile(["加<money>"]).found(read("要加手续费的"))


def test_a_dot_stays_inside_a_clause_and_anchors_mean_its_ends() -> None:
    lexicon = Lexicon({})
    assert not lexicon.compile(["加.{0,4}钱"]).found(read("加,钱"))
    assert lexicon.compile(["^加钱$"]).found(read("好的,加钱,可以"))
    assert not lexicon.compile(["^加钱$"]).found(read("要加钱,可以"))


@pytest.mark.parametrize("pattern", ["加.*钱", "(?:加){2,}", "a+", "加{0,900}"])
def test_unbounded_repeats_are_refused(pattern: str) -> None:
    with pytest.raises(PatternError, match="repeat"):
        Lexicon({}).compile([pattern])


@pytest.mark.parametrize(
    ("pattern", "says"),
    [
        ("(?i)加", "unknown group '(?i)'"),
        ("(?>加)", "unknown group '(?>"),
        ("(?#加)钱", "unknown group '(?#"),
        ("(a)?(?(1)b|c)", "unknown group '(?(1"),
        (r"\x41", "unknown escape"),
        (r"(加)\1", "unknown escape"),
        ("加{0," + "9" * 5_000 + "}", "repeat over 60"),
        ("(?:加{0,60}){0,60}钱", "bad repeat"),
        ("(" * 30 + "加" + ")" * 30, "groups over 20 deep"),
        ("(" * 30_000, "groups over 20 deep"),
        ("加" * 30_000, "over 20000 characters"),
    ],
)
def test_what_the_search_cannot_bear_is_refused(pattern: str, says: str) -> None:
    with pytest.raises(PatternError) as caught:
        Lexicon({}).compile([pattern])
    assert says in str(caught.value)
    assert len(str(caught.value)) < 300


def test_classes_that_grow_without_end_are_refused() -> None:
    names = "abcdefghijklmnopqrstuvwxyz"
    doubled = {name: [f"<{after}><{after}>"] for name, after in pairwise(names)}
    with pytest.raises(PatternError, match="over 20000 characters with its word classes"):
        Lexicon({**doubled, "z": ["票"]}).compile(["<a>"])


@pytest.mark.parametrize("pattern", ["(加", "[加", "加)", ""])
def test_broken_patterns_are_refused(pattern: str) -> None:
    with pytest.raises(PatternError):
        Lexicon({}).compile([pattern])


def test_unknown_and_circular_classes_are_refused() -> None:
    with pytest.raises(PatternError, match="unknown word class <tax>"):
        Lexicon({}).compile(["<tax>"])
    with pytest.raises(PatternError, match="contains itself"):
        Lexicon({"a": ["<b>"], "b": ["<a>"]}).compile(["<a>"])


def test_a_bad_file_names_file_line_and_class(tmp_path: Path) -> None:
    path = tmp_path / "lexicon.yml"
    path.write_text("words:\n  - name: good\n    any: [好]\n  - name: bad\n    any: ['(坏']\n", encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load_lexicon(tmp_path)
    assert caught.value.line == 4
    assert caught.value.field == "bad"
    path.write_text("words:\n  - {name: a, any: [好]}\n  - {name: a, any: [坏]}\n", encoding="utf-8")
    with pytest.raises(DataError, match="given twice"):
        load_lexicon(tmp_path)
