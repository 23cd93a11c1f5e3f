from __future__ import annotations

import numpy as np
import pytest

from retrieval.vectors.rows import NOBODY, Rows

ROWS = Rows(np.array([40, 10, 30, 20]), np.array([0b01, 0b10, 0b11, 0b00]))


def test_a_row_is_found_by_its_id() -> None:
    assert ROWS.find(np.array([20, 10, 99, 5, NOBODY])).tolist() == [3, 1, -1, -1, -1]
    assert Rows.none().find(np.array([1, 2])).tolist() == [-1, -1]


def test_an_emptied_row_is_no_ones() -> None:
    rows = ROWS.without(np.array([0, 3]))
    assert (len(rows), rows.alive.tolist()) == (4, [10, 30])
    assert rows.find(np.array([40, 30, NOBODY])).tolist() == [-1, 2, -1]
    assert rows.compact().ids.tolist() == [10, 30]
    assert len(ROWS.alive) == 4


@pytest.mark.parametrize(("label", "bits"), [(None, 0b1111), (0, 0b0101), (1, 0b0110), (2, 0)])
def test_the_mask_has_a_bit_for_each_row(label: int | None, bits: int) -> None:
    assert ROWS.mask(label).tolist() == [bits]


def test_the_mask_leaves_emptied_rows_out() -> None:
    assert ROWS.without(np.array([0, 3])).mask(None).tolist() == [0b0110]


def test_added_rows_come_last() -> None:
    assert ROWS.with_added(np.array([5]), np.array([1])).ids.tolist() == [40, 10, 30, 20, 5]
    with pytest.raises(ValueError, match="under 30 already"):
        ROWS.with_added(np.array([5, 30]), np.array([1, 1]))
