"""CLINC150 (Larson et al. 2019, github.com/clinc/oos-eval): `data_full.json`.

One JSON object; `train`, `val`, `test` and the same with `oos_` before are lists of `[text, label]`, and the label of
all that is out of scope is `oos`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from contracts.errors import DataError
from evaluation.public_sets.lines import IntentSet, Line

FILE = "data_full.json"
_OUT = "oos"


def read_clinc150(folder: Path) -> IntentSet:
    """The set below `folder`. Raises DataError with the list and the place in it."""
    path = folder / FILE
    try:
        whole = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise DataError(f"cannot be read: {error.strerror}", file=str(path)) from None
    except (ValueError, RecursionError):
        raise DataError("is not JSON in UTF-8", file=str(path)) from None
    if not isinstance(whole, dict):
        raise DataError("is not a JSON object", file=str(path))
    parts = {
        part: [*_lines(whole, part, path), *_lines(whole, f"oos_{part}", path)] for part in ("train", "val", "test")
    }
    return IntentSet("CLINC150", parts["train"], parts["val"], parts["test"])


def _lines(whole: Mapping[str, Any], name: str, path: Path) -> Iterator[Line]:
    rows = whole.get(name)
    if not isinstance(rows, list) or not rows:
        raise DataError("must be a list with at least one line", file=str(path), field=name)
    for number, row in enumerate(rows):
        fits = isinstance(row, list) and len(row) == 2 and all(isinstance(part, str) and part.strip() for part in row)
        if not fits:
            raise DataError("must be [text, label]", file=str(path), field=f"{name}[{number}]")
        text, label = row
        if (label == _OUT) != name.startswith(_OUT):
            raise DataError(f"{label!r} does not belong into this list", file=str(path), field=f"{name}[{number}]")
        yield Line(text, "" if label == _OUT else label)
