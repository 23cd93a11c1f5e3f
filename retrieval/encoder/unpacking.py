"""A packed transformer becomes a sentence-transformers model folder, which `export.py` takes. Needs torch: set-up only.

The network is BERT's (Devlin et al., 2019) with a mean over the tokens, as multilingual-e5-small has it (Wang et al.,
Multilingual E5 Text Embeddings, 2024); its tokenizer is XLM-RoBERTa's.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors
from torch import Tensor
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

from contracts.errors import InputError
from retrieval.encoder.packed import Packed, Pieces

MODEL = "model"
"""The folder of the whole model, in the folder that is written to."""
PROMPT = "query: "
"""What the model's authors put before a text that is compared with its like."""
_BEGIN, _END, _PADDING, _UNKNOWN = "<s>", "</s>", "<pad>", "<unk>"
_MATRICES = {
    "attention.self.query": "q",
    "attention.self.key": "k",
    "attention.self.value": "v",
    "attention.output.dense": "ao",
    "intermediate.dense": "fi",
    "output.dense": "fo",
}
"""A layer's matrices by BERT's names and the packed file's."""
_NORMS = {"attention.output.LayerNorm": "aln", "output.LayerNorm": "oln"}


def unpack_model(packed: Packed, folder: Path) -> None:
    """Writes the model into the empty folder. Raises InputError when a tensor is missing or has another size."""
    bert = folder / "bert"
    network_of(packed).save_pretrained(bert)
    tokenizer = PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]  # the library leaves it untyped
        tokenizer_object=tokenizer_of(packed.pieces),
        bos_token=_BEGIN,
        eos_token=_END,
        cls_token=_BEGIN,
        sep_token=_END,
        pad_token=_PADDING,
        unk_token=_UNKNOWN,
        model_max_length=packed.shape.places,
    )
    tokenizer.save_pretrained(bert)
    layers = [Transformer(str(bert)), Pooling(packed.shape.width, pooling_mode="mean")]
    model = SentenceTransformer(modules=layers, device="cpu", prompts={"query": PROMPT}, default_prompt_name="query")
    model.save(str(folder / MODEL), create_model_card=False)


def network_of(packed: Packed) -> BertModel:
    """The network with its weights. Raises InputError when a tensor is missing or has another size."""
    shape = packed.shape
    config = BertConfig(
        vocab_size=shape.vocabulary,
        hidden_size=shape.width,
        num_hidden_layers=shape.layers,
        num_attention_heads=shape.heads,
        intermediate_size=shape.units,
        max_position_embeddings=shape.places,
        type_vocab_size=shape.types,
        layer_norm_eps=shape.epsilon,
    )
    network = BertModel(config)
    try:
        network.load_state_dict(_weights(packed))
    except (RuntimeError, ValueError) as error:  # torch's and numpy's, for a tensor of another size
        raise InputError(f"the packed model does not fit together: {error}") from None
    network.eval()  # type: ignore[no-untyped-call]  # the library leaves it untyped
    return network


def _weights(packed: Packed) -> dict[str, Tensor]:
    """All weights by BERT's names."""
    width = packed.shape.width
    tensors = {
        "embeddings.word_embeddings.weight": packed.matrix("emb.word", width),
        "embeddings.position_embeddings.weight": packed.vector("emb.pos").reshape(-1, width),
        "embeddings.token_type_embeddings.weight": packed.vector("emb.type").reshape(-1, width),
        "embeddings.LayerNorm.weight": packed.vector("emb.ln.w"),
        "embeddings.LayerNorm.bias": packed.vector("emb.ln.b"),
        "pooler.dense.weight": np.zeros((width, width), np.float32),  # a part of BERT's that this model has no use for
        "pooler.dense.bias": np.zeros(width, np.float32),
    }
    for layer in range(packed.shape.layers):
        for name, short in _MATRICES.items():
            columns = packed.shape.units if short == "fo" else width
            tensors[f"encoder.layer.{layer}.{name}.weight"] = packed.matrix(f"l{layer}.{short}.w", columns)
            tensors[f"encoder.layer.{layer}.{name}.bias"] = packed.vector(f"l{layer}.{short}.b")
        for name, short in _NORMS.items():
            tensors[f"encoder.layer.{layer}.{name}.weight"] = packed.vector(f"l{layer}.{short}.w")
            tensors[f"encoder.layer.{layer}.{name}.bias"] = packed.vector(f"l{layer}.{short}.b")
    return {name: torch.from_numpy(tensor) for name, tensor in tensors.items()}


def _beside_nfkc(normal: Mapping[str, str]) -> list[normalizers.Normalizer]:
    """What is made alike otherwise than by Unicode's NFKC: marks that are not seen, and kinds of spaces."""
    groups: dict[str, str] = {}
    for character, written in normal.items():
        if unicodedata.normalize("NFKC", character) != written:
            groups[written] = groups.get(written, "") + f"\\x{{{ord(character):x}}}"
    return [normalizers.Replace(Regex(f"[{group}]"), written) for written, group in groups.items()]


def tokenizer_of(pieces: Pieces) -> Tokenizer:
    """The tokenizer: characters made alike, spaces to marks, the likeliest pieces, a mark at either end."""
    vocabulary = list(zip(pieces.texts, pieces.scores.tolist(), strict=True))
    tokenizer = Tokenizer(models.Unigram(vocabulary, pieces.unknown, False))
    tokenizer.normalizer = normalizers.Sequence(
        [*_beside_nfkc(pieces.normal), normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="\u2581", prepend_scheme="always", split=False)
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{_BEGIN} $A {_END}", special_tokens=[(_BEGIN, pieces.begin), (_END, pieces.end)]
    )
    return tokenizer
