from __future__ import annotations

from collections.abc import Iterator

import pytest

from cli.progress import with_progress


def test_every_item_passes_and_nothing_is_shown_without_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    assert list(with_progress(iter("abc"), 3, "letters")) == ["a", "b", "c"]
    assert list(with_progress([], 0, "nothing")) == []
    assert capsys.readouterr() == ("", "")


def _one_then_error() -> Iterator[int]:
    yield 1
    raise KeyError("broken")


def test_an_error_of_the_items_passes(capsys: pytest.CaptureFixture[str]) -> None:
    items = with_progress(_one_then_error(), 2, "letters")
    assert next(items) == 1
    with pytest.raises(KeyError):
        next(items)
    assert capsys.readouterr() == ("", "")
