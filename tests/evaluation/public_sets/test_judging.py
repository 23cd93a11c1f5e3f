from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from evaluation.public_sets.judging import best_threshold, judge_intents, judge_selections
from evaluation.public_sets.lines import IntentSet, Line, Selection
from tests.doubles import LetterEncoder

PARCELS = [Line(f"where is my parcel {number}", "parcel") for number in range(12)]
SONGS = [Line(f"please sing a song {number}", "music") for number in range(12)]
PARTS = (slice(8), slice(8, 10), slice(10, 12))
OTHER = [Line(f"quick brown fox jumps {number}") for number in range(12)]


def test_what_can_be_told_apart_is(caplog: pytest.LogCaptureFixture) -> None:
    taught, chosen, asked = ([*PARCELS[part], *SONGS[part], *OTHER[part]] for part in PARTS)
    given = IntentSet("small", taught, chosen, asked)
    found = judge_intents(given, LetterEncoder().encode)
    assert (found.train, found.test, found.labels) == (24, 6, 2)
    assert found.accuracy == found.macro_f1 == found.auroc == 1
    assert found.abstention is not None
    assert found.abstention.accuracy == found.abstention.out_of_scope_recall == 1
    assert found.p50_ms > 0
    assert not caplog.records


def test_a_set_without_out_of_scope_has_no_abstention() -> None:
    given = IntentSet("small", [*PARCELS[:8], *SONGS[:8]], (), [*PARCELS[8:], *SONGS[8:]])
    found = judge_intents(given, LetterEncoder().encode)
    assert found.auroc is None
    assert found.abstention is None


def test_shuffled_labels_are_seen() -> None:
    turned = [Line(line.text, "music" if line.label == "parcel" else "parcel") for line in (*PARCELS[8:], *SONGS[8:])]
    given = IntentSet("small", [*PARCELS[:8], *SONGS[:8]], (), turned)
    assert judge_intents(given, LetterEncoder().encode).accuracy == 0


def test_the_threshold_that_makes_most_right() -> None:
    lines = [Line("a", "x"), Line("b"), Line("c", "x"), Line("d"), Line("e", "x")]
    surest = np.array([0.9, 0.8, 0.6, 0.3, 0.2])
    # answering all makes a and c right; from between c and d on d, too; from above b on b and not c: no better
    assert best_threshold(lines, ["x", "x", "x", "x", "y"], surest) == pytest.approx(0.45)


def test_nothing_is_answered_when_nothing_is_right() -> None:
    lines = [Line("a"), Line("b", "x")]
    assert best_threshold(lines, ["x", "y"], np.array([0.9, 0.4])) == np.inf


class _Axes:
    """Each known text along an axis of its own; the others nowhere."""

    def __init__(self, *texts: str) -> None:
        self._texts = texts

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.array([[text == known for known in self._texts] for text in texts], dtype=np.float32)


def _selection(*context: str, right: int) -> Selection:
    candidates = ("近", "远", *(f"别{number}" for number in range(8)))
    return Selection(context, candidates, frozenset({right}))


def test_ranks_by_hand() -> None:
    encode = _Axes("近", "远").encode
    # the last line counts most: 近 first, 远 second, the rest equal and a tie counts as last
    given = [_selection("远", "近", right=0), _selection("远", "近", right=1), _selection("远", "近", right=5)]
    found = judge_selections(given, encode)
    assert found.conversations == 3
    assert (found.r1, found.r2, found.r5) == (pytest.approx(1 / 3), pytest.approx(2 / 3), pytest.approx(2 / 3))
    assert found.mrr == pytest.approx((1 + 1 / 2 + 1 / 10) / 3)


def test_without_a_conversation_there_is_no_figure() -> None:
    with pytest.raises(ValueError, match="no conversation"):
        judge_selections([], LetterEncoder().encode)
