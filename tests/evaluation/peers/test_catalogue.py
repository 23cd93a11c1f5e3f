from __future__ import annotations

import pytest

from contracts.errors import InputError
from evaluation.peers.builders import BUILDERS
from evaluation.peers.catalogue import CATALOGUE, chosen


def test_every_row_can_be_built() -> None:
    assert [entry.name for entry in CATALOGUE] == list(dict.fromkeys(entry.name for entry in CATALOGUE))
    assert {entry.name for entry in CATALOGUE} == set(BUILDERS)


def test_named_rows_keep_the_order_of_the_table() -> None:
    assert [entry.name for entry in chosen("bm25, huashu")] == ["huashu", "bm25"]
    assert chosen("") == CATALOGUE


def test_an_unknown_row_is_named_with_the_known_ones() -> None:
    with pytest.raises(InputError, match=r"'bm52'; known: huashu, .*bm25"):
        chosen("huashu,bm52")
