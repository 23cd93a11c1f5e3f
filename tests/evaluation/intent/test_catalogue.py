from __future__ import annotations

from pathlib import Path

import pytest

from contracts.errors import InputError
from evaluation.intent.catalogue import PIPELINES, chosen


def test_every_pipeline_has_its_file(project: Path) -> None:
    assert all(pipeline.config(project).is_file() for pipeline in PIPELINES)


def test_every_file_is_of_a_pipeline(project: Path) -> None:
    files = {path.stem for path in (project / "evaluation" / "intent" / "pipelines").glob("*")}
    assert files == {pipeline.name for pipeline in PIPELINES} - {"shipped"}


def test_named_pipelines_keep_the_order_of_the_table() -> None:
    assert [pipeline.name for pipeline in chosen("diet-sparse,shipped")] == ["shipped", "diet-sparse"]
    assert chosen(" ") == PIPELINES


def test_an_unknown_one_is_named_with_the_known_ones() -> None:
    with pytest.raises(InputError, match=r"'dite'; known: shipped, .*diet-sparse"):
        chosen("dite")
