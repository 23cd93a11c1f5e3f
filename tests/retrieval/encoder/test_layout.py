from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from contracts.errors import SetupNeeded
from retrieval.encoder.layout import Table, lay_out

ROWS = np.arange(34 * 512, dtype=np.int64).reshape(34, 512) % 256


def table() -> Table:
    scale, low = np.linspace(0.1, 0.5, 17, dtype=np.float32), np.linspace(-1, 1, 17, dtype=np.float32)
    return Table(ROWS.astype(np.uint8), scale, low)


def test_a_number_is_scaled_as_its_part_of_the_table_is() -> None:
    vectors = table().vectors(np.array([3, 20]))
    np.testing.assert_allclose(vectors[0], ROWS[3] * table().scale[3] + table().low[3], rtol=1e-6)
    np.testing.assert_allclose(vectors[1], ROWS[20] * table().scale[3] + table().low[3], rtol=1e-6)


def test_the_parts_of_the_wheel_become_one_table() -> None:
    parts = {f"q{part + 1}": ROWS[part::17].astype(np.uint8) for part in range(17)}
    made = Table.of(parts | {"scale": table().scale, "lo": table().low})
    assert np.array_equal(made.rows, table().rows)


def test_a_table_is_the_same_from_its_files(tmp_path: Path) -> None:
    table().save(tmp_path)
    numbers = np.arange(34)
    np.testing.assert_array_equal(Table.load(tmp_path).vectors(numbers), table().vectors(numbers))


def test_a_folder_without_a_table_asks_for_the_set_up(tmp_path: Path) -> None:
    with pytest.raises(SetupNeeded, match="huashu setup"):
        Table.load(tmp_path)


def test_a_window_ends_where_its_text_does() -> None:
    laid = lay_out([np.array([1, 2, 3]), np.array([4])], table())
    assert laid.windows.tolist() == [[4, 4, 0, 1, 2], [4, 0, 1, 2, 4], [0, 1, 2, 4, 4], [4, 4, 3, 4, 4]]
    assert laid.members.tolist() == [[1, 1, 1, 0], [0, 0, 0, 1]]
    assert laid.lengths.tolist() == [[3], [1]]
    assert laid.tokens.shape == (4, 512)
