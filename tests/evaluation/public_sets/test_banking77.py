from __future__ import annotations

from pathlib import Path

import pytest

from contracts.errors import DataError
from evaluation.public_sets.banking77 import read_banking77
from evaluation.public_sets.lines import Line

TRAIN = 'text,category\nwhere is my card,card_arrival\n"no card yet, what now?",card_arrival\ntop up,top_up\n'


def _write(folder: Path, train: str | bytes = TRAIN, test: str = "text,category\nmy card?,card_arrival\n") -> Path:
    (folder / "train.csv").write_bytes(train if isinstance(train, bytes) else train.encode())
    (folder / "test.csv").write_text(test, "utf-8")
    return folder


def test_lines_with_their_categories(tmp_path: Path) -> None:
    found = read_banking77(_write(tmp_path))
    assert found.train[1] == Line("no card yet, what now?", "card_arrival")
    assert found.test == [Line("my card?", "card_arrival")]
    assert found.validation == ()


@pytest.mark.parametrize(
    ("train", "message"),
    [
        ("", "train.csv:1: must begin with text,category"),
        ("category,text\na,b\n", "train.csv:1: must begin with text,category"),
        ("text,category\na,b\nc\n", "train.csv:3: has 1 fields, not 2"),
        ("text,category\n ,b\n", "train.csv:2: text: is empty"),
        ("text,category\na,\n", "train.csv:2: category: is empty"),
        ('text,category\n"a"b,c\n', "train.csv:2: is not CSV"),
        (b"text,category\n\xff,b\n", "train.csv: is not UTF-8"),
    ],
)
def test_what_is_not_as_published_is_named(tmp_path: Path, train: str | bytes, message: str) -> None:
    with pytest.raises(DataError, match=message):
        read_banking77(_write(tmp_path, train))


def test_a_category_that_cannot_be_learnt_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"test.csv: categories that train.csv has not: atm"):
        read_banking77(_write(tmp_path, test="text,category\nwhere,atm\n"))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"train.csv: cannot be read"):
        read_banking77(tmp_path)
