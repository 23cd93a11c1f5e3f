from __future__ import annotations

import pytest

from compliance.syntax import UNBOUNDED, Atom, alternatives, atoms, enclosed


def test_alternatives_of_their_own_level() -> None:
    assert alternatives(r"a|(?:b|c)|[|]|\|d") == ("a", "(?:b|c)", "[|]", r"\|d")


@pytest.mark.parametrize(
    ("source", "least", "most"),
    [
        ("加", 1, 1),
        ("加?", 0, 1),
        ("加*", 0, UNBOUNDED),
        ("加+?", 1, UNBOUNDED),
        ("加{2}", 2, 2),
        ("加{1,3}", 1, 3),
        ("加{1,3}?", 1, 3),
        ("加{2,}", 2, UNBOUNDED),
        ("[加{}]{0,4}", 0, 4),
        (r"\d??", 0, 1),
        ("(?:加|补)?", 0, 1),
    ],
)
def test_an_atom_with_its_repeats(source: str, least: int, most: int) -> None:
    (atom,) = atoms(source)
    assert (atom.least, atom.most) == (least, most)
    assert source.startswith(atom.source)


def test_the_inside_of_a_group() -> None:
    bodies = [atom.body for atom in atoms("(a)(?:b)(?P<c>c)(?=d)(?!e)(?<=f)(?<!g)")]
    assert bodies == list("abcdefg")
    assert [atom.no_width for atom in atoms("(a)(?:b)(?=d)(?<!g)")] == [False, False, True, True]
    assert not Atom("a").group


def test_a_group_around_everything() -> None:
    assert enclosed("(?:a|b)") == "a|b"
    assert enclosed("(?:a)(?:b)") is None
    assert enclosed("(a)") is None
