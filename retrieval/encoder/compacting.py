"""Trained weights become the folder that `compact.py` serves. Needs torch and onnx: set-up only."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from contracts.errors import InputError
from retrieval.encoder.compact import DESCRIPTION_FILE, CompactEncoder
from retrieval.encoder.embedded import Tokenise
from retrieval.encoder.export import digest_of
from retrieval.encoder.graph import MODEL_FILE
from retrieval.encoder.graph_export import export_whole, originals
from retrieval.encoder.layout import PARTS_FILE, TABLE_FILE
from retrieval.encoder.network import Network
from retrieval.encoder.quantising import LEAST_COSINE, SENTENCES, quantise


def compact(network: Network, tokenise: Tokenise, folder: Path) -> float:
    """Fills the empty `folder`; the smallest cosine between a sentence's vector in 8 bits and in 32.

    Raises InputError when that is below LEAST_COSINE.
    """
    export_whole(network, tokenise, folder)
    graph = (folder / MODEL_FILE).rename(folder / "float.onnx")
    original = originals(network, tokenise)

    def likeness() -> float:
        files = [folder / name for name in (MODEL_FILE, TABLE_FILE, PARTS_FILE)]
        described = json.dumps({"content": digest_of(files, folder)})
        (folder / DESCRIPTION_FILE).write_text(described + "\n", encoding="utf-8")
        compacted = CompactEncoder.load(folder, threads=1).encode(SENTENCES)
        return float(np.min(np.sum(original * compacted, axis=1)))

    cosine = quantise(graph, folder / MODEL_FILE, likeness)
    graph.unlink()
    if cosine < LEAST_COSINE:
        raise InputError(f"the encoder's vectors in 8 bits are only {cosine:.3f} like those in 32")
    return cosine
