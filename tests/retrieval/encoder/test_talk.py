from __future__ import annotations

import numpy as np

from retrieval.encoder.layout import Table
from retrieval.encoder.talk import AGENT, BUYER, MESSAGE, PLACES, lay_out_talk

TABLE = Table(np.zeros((340, 512), np.uint8), np.ones(17, np.float32), np.zeros(17, np.float32))
NONE = np.zeros(0, dtype=np.int64)


def numbers(*values: int) -> np.ndarray:
    return np.array(values, dtype=np.int64)


def test_a_row_is_the_buyers_line_the_agents_line_and_the_message() -> None:
    talk = lay_out_talk([(numbers(1, 2, 3), numbers(4, 5), numbers(6)), (numbers(7), NONE, NONE)], TABLE)
    assert talk.places.tolist() == [[5, 3, 4, 0, 1, 2], [6, 7, 7, 7, 7, 7]]
    assert talk.speakers[0].tolist() == [BUYER, AGENT, AGENT, MESSAGE, MESSAGE, MESSAGE]
    assert talk.fore[0].tolist() == [0, 0, 1, 0, 1, 2]
    assert talk.back[0].tolist() == [0, 1, 0, 2, 1, 0]
    assert talk.inside.tolist() == [[True] * 6, [True] + [False] * 5]
    assert talk.lines.tolist() == [[0, 1, 2], [3, 4, 4]]


def test_a_line_said_twice_is_laid_out_once() -> None:
    talk = lay_out_talk([(numbers(1, 2), numbers(3), NONE), (numbers(4), numbers(3), numbers(1, 2))], TABLE)
    assert talk.layout.lengths.tolist() == [[2], [1], [1]]
    assert talk.lines.tolist() == [[0, 1, 3], [2, 1, 0]]


def test_of_long_lines_the_end_before_and_the_start_of_the_message_are_read() -> None:
    long = np.arange(100, dtype=np.int64)
    talk = lay_out_talk([(long, long + 100, NONE)], TABLE)
    assert talk.places[0].tolist() == [*range(176, 200), *range(64)]
    assert talk.fore.max() == talk.back.max() == PLACES - 1
