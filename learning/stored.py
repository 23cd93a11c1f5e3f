"""Trained models as files: linear parts over one vocabulary as plain arrays, and JSON; nothing is unpickled."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from learning.linear import Linear
from learning.vocabulary import Vocabulary

ARRAYS = "arrays.npz"
FACTS = "facts.json"

UNREADABLE = (OSError, EOFError, BadZipFile, ValueError, KeyError, TypeError, AttributeError)
"""What loading a model raises when its files are missing, cut short or of another form."""


@dataclass(frozen=True)
class Stored:
    """What a model is made of: `parts` by name, each with weights (tokens, outputs) for the vocabulary's tokens.

    `facts` are what else it must know, as JSON.
    """

    vocabulary: Vocabulary
    parts: Mapping[str, Linear]
    facts: Mapping[str, Any]

    def save(self, folder: Path, version: int) -> None:
        """Write it below `folder` as of this `version` of its format."""
        arrays: dict[str, Any] = {"idf": self.vocabulary.idf}
        for name, part in self.parts.items():
            arrays |= {f"{name}_tokens": part.tokens.astype(np.float16), f"{name}_dense": part.dense}
            arrays[f"{name}_bias"] = part.bias
        np.savez(folder / ARRAYS, **arrays)
        facts = {**self.facts, "format": version, "tokens": list(self.vocabulary.columns)}
        (folder / FACTS).write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path, version: int, names: Sequence[str], groups: Mapping[str, float]) -> Stored:
        """What is below `folder`, with these parts and groups of tokens. Raises one of UNREADABLE when it is not it."""
        facts = json.loads((folder / FACTS).read_text(encoding="utf-8"))
        if facts["format"] != version:
            raise ValueError(f"format {facts['format']}, not {version}")
        columns = {token: column for column, token in enumerate(facts["tokens"])}
        with (folder / ARRAYS).open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            parts = {
                name: Linear(
                    np.ascontiguousarray(arrays[f"{name}_tokens"], dtype=np.float32),
                    arrays[f"{name}_dense"],
                    arrays[f"{name}_bias"],
                )
                for name in names
            }
            vocabulary = Vocabulary(columns, arrays["idf"], groups)
        if {len(columns), len(vocabulary.idf)} != {len(part.tokens) for part in parts.values()}:
            raise ValueError("its arrays are not of one size")
        return cls(vocabulary, parts, facts)
