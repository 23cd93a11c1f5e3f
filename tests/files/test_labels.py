from __future__ import annotations

from pathlib import Path

import pytest

from contracts.errors import DataError
from contracts.taxonomy import Taxonomy, Topic
from files.labels import load_labels

TAXONOMY = Taxonomy([Topic("invoice", "issue", "能不能开")])


def _load(folder: Path, text: str) -> dict[str, str]:
    path = folder / "labels.yml"
    path.write_text(text, encoding="utf-8")
    return dict(load_labels(path, TAXONOMY))


def test_a_label_for_every_topic(tmp_path: Path) -> None:
    assert _load(tmp_path, "labels: {invoice/issue: 开发票}\n") == {"invoice/issue": "开发票"}


def test_the_shipped_labels_are_whole(data: Path, taxonomy: Taxonomy) -> None:
    assert len(load_labels(data / "topic_labels.yml", taxonomy)) == len(taxonomy.topics)


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("labels: {invoice/issue: 开发票, invoice/other: 别的}\n", "labels.invoice/other"),
        ("labels: {invoice/issue: ' '}\n", "labels.invoice/issue"),
        ("labels: {}\n", "labels.invoice/issue"),
        ("labels: {invoice/issue: 开}\nmore: 1\n", "more"),
    ],
)
def test_a_fault_names_its_field(tmp_path: Path, text: str, field: str) -> None:
    with pytest.raises(DataError) as caught:
        _load(tmp_path, text)
    assert caught.value.field == field
