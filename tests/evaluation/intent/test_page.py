from __future__ import annotations

from evaluation.intent.catalogue import Pipeline
from evaluation.intent.figures import IntentFigures
from evaluation.intent.page import Row, markdown


def test_a_row_for_each_pipeline_with_what_is_known() -> None:
    found = IntentFigures(360, 0.8491, 0.8056, 0.695, None, 0.098, 12.34, 56.78)
    page = markdown([Row(Pipeline("a", "a way"), found, 41.7, 693)], 3980, "2 cores")
    assert page.startswith("Learnt from 3980 lines, measured on 360 messages; 2 cores.\n\n| pipeline | clear |")
    assert page.endswith("\n| a way | 0.849 | 0.806 | 0.695 |  | 0.098 | 12.3 | 56.8 | 42 | 693 |\n")
    assert len({line.count("|") for line in page.splitlines()[2:]}) == 1
