from __future__ import annotations

from pathlib import Path

import pytest

from contracts.errors import DataError
from files.taxonomy import load_taxonomy


def _load(folder: Path, text: str) -> tuple[str, ...]:
    file = folder / "taxonomy.yml"
    file.write_text(text, encoding="utf-8")
    return tuple(topic.path for topic in load_taxonomy(file).topics)


def test_topics_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = "shipping:\n  when: 何时发\ninvoice:\n  title: 抬头\n  issue: 能不能开\n"
    assert _load(tmp_path, text) == ("shipping/when", "invoice/title", "invoice/issue")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("invoice:\n  issue: a\n  issue: b\n", 3),
        ("invoice:\n  issue: a\ninvoice:\n  title: b\n", 3),
        ("invoice: [issue]\n", 1),
        ("invoice:\n  issue: [a]\n", 2),
        ("- invoice\n", 1),
        ("invoice:\n", 1),
        ("", None),
    ],
)
def test_a_fault_stops_with_its_line(tmp_path: Path, text: str, line: int | None) -> None:
    with pytest.raises(DataError) as caught:
        _load(tmp_path, text)
    assert caught.value.line == line
