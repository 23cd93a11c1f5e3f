from __future__ import annotations

import json
from typing import Any

import pytest

from contracts.errors import DataError
from evaluation.cases import Case, case_from, case_json
from tests.evaluation.made import asked, said


@pytest.mark.parametrize("case", [asked(), said(violates="a.b", found="a.b a.c")])
def test_a_case_survives_its_file(case: Case) -> None:
    assert case_from(json.loads(json.dumps(case_json(case))), "run.json", 2) == case


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": "other"}, "kind"),
        ({"text": 7}, "text"),
        ({"shown": [{}]}, "shown.0.reply_id"),
        ({"where": 1}, "where"),
    ],
)
def test_a_case_that_is_none_is_named(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(DataError, match=rf"run\.json:2: {field}"):
        case_from({**case_json(asked()), **changes}, "run.json", 2)
