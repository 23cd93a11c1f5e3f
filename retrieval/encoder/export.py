"""A sentence-transformers model becomes a folder that `transformer.py` serves: ONNX, int8, checked against torch.

Needs torch, so it runs at set-up only.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from huggingface_hub import ModelCard
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Pooling

from contracts.errors import InputError
from files.atomic import new_folder
from retrieval.encoder import quantising
from retrieval.encoder.licences import Licence, stated
from retrieval.encoder.protocol import Encoder
from retrieval.encoder.quantising import LEAST_COSINE, SENTENCES, quantise
from retrieval.encoder.transformer import MODEL_FILE, OUTPUT, TOKENIZER_FILE, Exported, TransformerEncoder

MAX_TOKENS = 512
"""Longest input of the exported graph, in tokens, for models that could take more."""
_INPUTS = ("input_ids", "attention_mask", "token_type_ids")


def export(
    name: str, source: Path, target: Path, progress: Callable[[str], None], licence: Licence | None = None
) -> Exported:
    """Exports the sentence-transformers model in folder `source` to folder `target`, which appears only when whole.

    `licence` is read from the model card when it is not given. Raises InputError when the model cannot be loaded,
    is not a text transformer with pooling, or comes out less than LEAST_COSINE like itself.
    """
    progress(f"encoder {name}: loading the model")
    model = load_model(source)
    described = describe(name, model, source, licence or licence_of(source))
    with new_folder(target) as folder:
        graph = folder / "float.onnx"
        progress(f"encoder {name}: exporting to ONNX")
        write_graph(model, graph)
        model.tokenizer.backend_tokenizer.save(str(folder / TOKENIZER_FILE))
        progress(f"encoder {name}: reducing to 8 bits and comparing with the original")
        exported = quantise_until_alike(model, graph, folder, described)
        graph.unlink()
    return exported


def load_model(folder: Path) -> SentenceTransformer:
    """The model in `folder`, on the CPU, from its files alone. Raises InputError when there is no usable one."""
    try:
        model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
        tokenizer = model.tokenizer
    except Exception as error:  # transformers raises whatever its many loaders raise
        raise InputError(f"{folder} cannot be loaded as a sentence-transformers model: {error}") from error
    if not hasattr(tokenizer, "backend_tokenizer"):
        raise InputError(f"the model in {folder} has no fast tokenizer (tokenizer.json), so it cannot be exported")
    return model.eval()


def describe(name: str, model: SentenceTransformer, source: Path, licence: Licence) -> Exported:
    """What is known before the export. Raises InputError when the model does not pool the vectors of its tokens."""
    pooling = next((module for module in model if isinstance(module, Pooling)), None)
    dimension = model.get_embedding_dimension()
    if pooling is None or dimension is None:
        layers = ", ".join(type(module).__name__ for module in model)
        raise InputError(f"the model in {source} is made of {layers}; an export needs a transformer and its pooling")
    mode = pooling.pooling_mode
    return Exported(
        name=name,
        licence=licence.text,
        business_use=licence.business_use,
        dimension=dimension,
        pooling=mode if isinstance(mode, str) else "+".join(mode),
        max_length=min(int(model.max_seq_length or MAX_TOKENS), MAX_TOKENS),
        prefix=model.prompts.get(model.default_prompt_name or "") or "",
        content="",
        source=digest(source),
        cosine=0.0,
    )


class _Graph(torch.nn.Module):
    """All layers of a model as one function of its token tensors, each of shape (texts, tokens)."""

    def __init__(self, model: SentenceTransformer, inputs: list[str]) -> None:
        super().__init__()
        self.layers = torch.nn.ModuleList(list(model))
        self.inputs = inputs

    def forward(self, *tensors: torch.Tensor) -> torch.Tensor:
        """Vectors of shape (texts, dimension), each of length 1."""
        features: dict[str, Any] = dict(zip(self.inputs, tensors, strict=True))
        for layer in self.layers:
            features = layer(features)
        return torch.nn.functional.normalize(features["sentence_embedding"], dim=-1)


def write_graph(model: SentenceTransformer, path: Path) -> None:
    """Writes the model as a float ONNX graph of any number of texts and tokens. Raises InputError when it cannot."""
    features = model.preprocess(list(SENTENCES[:3]))
    inputs = [name for name in _INPUTS if name in features]
    tensors = {name: features[name] for name in inputs}
    try:
        quantising.write_graph(_Graph(model, inputs), tensors, [2] * len(inputs), OUTPUT, path)
    except Exception as error:  # the exporter raises whatever tracing the model's own code raises
        raise InputError(f"the model cannot be exported to ONNX: {error}") from error


def quantise_until_alike(model: SentenceTransformer, graph: Path, folder: Path, described: Exported) -> Exported:
    """Fills `folder` with the int8 graph and its description, which it returns.

    Raises InputError when the vectors are less than LEAST_COSINE like the original's.
    """

    def alike() -> float:
        content = digest_of([folder / MODEL_FILE, folder / TOKENIZER_FILE], folder)
        replace(described, content=content).write(folder)
        return likeness(model, TransformerEncoder.from_folder(folder, threads=1))

    cosine = quantise(graph, folder / MODEL_FILE, alike)
    if cosine < LEAST_COSINE:
        raise InputError(
            f"encoder {described.name}: in 8 bits its vectors are only {cosine:.3f} like the original's "
            f"(at least {LEAST_COSINE} is needed); choose another model"
        )
    whole = replace(Exported.read(folder), cosine=round(cosine, 4))
    whole.write(folder)
    return whole


def likeness(model: SentenceTransformer, encoder: Encoder) -> float:
    """The smallest cosine (-1..1) between the original's and the encoder's vector of a sentence of SENTENCES."""
    original = model.encode(list(SENTENCES), normalize_embeddings=True, show_progress_bar=False)
    return float(np.min(np.sum(np.asarray(original) * encoder.encode(SENTENCES), axis=1)))


def licence_of(folder: Path) -> Licence:
    """The licence that the model card (README.md) in `folder` names."""
    try:
        named = ModelCard.load(folder / "README.md").data.license
    except Exception:  # no card, or one that its YAML parser raises an error of its own about
        return stated(None)
    return stated(named if isinstance(named, str) else None)


def digest(folder: Path) -> str:
    """A SHA-256 over the names and contents of all files in a folder."""
    return digest_of(sorted(path for path in folder.rglob("*") if path.is_file()), folder)


def digest_of(files: list[Path], folder: Path) -> str:
    """A SHA-256 over the names (relative to `folder`) and contents of the files, in their order."""
    whole = hashlib.sha256()
    for path in files:
        with path.open("rb") as file:
            content = hashlib.file_digest(file, "sha256").hexdigest()
        whole.update(f"{path.relative_to(folder).as_posix()}\0{content}\n".encode())
    return whole.hexdigest()
