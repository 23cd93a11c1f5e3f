from __future__ import annotations

from pathlib import Path

import pytest

from contracts.errors import DataError
from retrieval.ranking import Weights
from retrieval.ranking_record import RANKING_FILE, load_weights, save_weights


def test_what_was_written_is_read(tmp_path: Path) -> None:
    weights = Weights(-1.5, 2.0, 0.625, 0.875)
    save_weights(tmp_path, weights)
    assert load_weights(tmp_path) == weights
    assert (tmp_path / RANKING_FILE).read_text(encoding="utf-8").startswith("# How two searches")


def test_without_a_file_the_defaults_rank(tmp_path: Path) -> None:
    assert load_weights(tmp_path) == Weights()


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("bias: 1\ndense: 1\nkeyword: 1\n", "prior"),
        ("bias: 1\ndense: 1\nkeyword: 1\nprior: 1\nluck: 1\n", "luck"),
        ("bias: 1\ndense: much\nkeyword: 1\nprior: 1\n", "dense"),
        ("bias: .nan\ndense: 1\nkeyword: 1\nprior: 1\n", "bias"),
        ("", "is empty"),
    ],
)
def test_a_faulty_file_is_named_with_its_field(tmp_path: Path, text: str, fault: str) -> None:
    (tmp_path / RANKING_FILE).write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=fault) as caught:
        load_weights(tmp_path)
    assert RANKING_FILE in str(caught.value)
