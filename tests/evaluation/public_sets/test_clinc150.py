from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from contracts.errors import DataError
from evaluation.public_sets.clinc150 import read_clinc150
from evaluation.public_sets.lines import Line


def small_set(**changes: Any) -> dict[str, Any]:
    """The lists of the published file, a line or two each."""
    return {
        "train": [["where is my parcel", "parcel"], ["play a song", "music"]],
        "val": [["is the parcel here", "parcel"]],
        "test": [["sing for me", "music"]],
        "oos_train": [["how deep is the sea", "oos"]],
        "oos_val": [["who was the first pharaoh", "oos"]],
        "oos_test": [["why is snow white", "oos"]],
        **changes,
    }


def _write(folder: Path, content: object) -> Path:
    (folder / "data_full.json").write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return folder


def test_lines_of_scope_and_out_of_it(tmp_path: Path) -> None:
    found = read_clinc150(_write(tmp_path, small_set()))
    assert found.train == [
        Line("where is my parcel", "parcel"),
        Line("play a song", "music"),
        Line("how deep is the sea"),
    ]
    assert [line.in_scope for line in found.validation] == [True, False]
    assert found.test[1] == Line("why is snow white")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "is not JSON"),
        ("[]", "is not a JSON object"),
        (small_set(val=None), "val: must be a list"),
        (small_set(oos_test=[]), "oos_test: must be a list"),
        (small_set(train=[["a", "b"], ["only one"]]), r"train\[1\]: must be \[text, label\]"),
        (small_set(test=[["a", 3]]), r"test\[0\]: must be"),
        (small_set(test=[[" ", "music"]]), r"test\[0\]: must be"),
        (small_set(test=[["a", "oos"]]), r"test\[0\]: 'oos' does not belong"),
        (small_set(oos_val=[["a", "music"]]), r"oos_val\[0\]: 'music' does not belong"),
    ],
)
def test_what_is_not_as_published_is_named(tmp_path: Path, content: object, message: str) -> None:
    with pytest.raises(DataError, match=rf"data_full.json: {message}"):
        read_clinc150(_write(tmp_path, content))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"data_full.json: cannot be read"):
        read_clinc150(tmp_path)
