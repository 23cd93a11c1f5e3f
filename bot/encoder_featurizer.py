"""Sentence vectors of the message and the lines before it, by the same encoder that retrieval uses."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Dict, List

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.context_reader import AGENT_LINE, BUYER_LINE, CLAUSES
from retrieval.encoder.protocol import Encoder
from retrieval.encoder.store import load

ENCODED = (TEXT, AGENT_LINE, BUYER_LINE)
ENCODER = "encoder"
"""Message attribute: the fingerprint of the encoder that made its vectors."""
CLAUSE_VECTORS = "clause_vectors"
"""Message attribute: the vectors of its clauses, (n, dimension)."""
BATCH = 512
"""Texts encoded at once in training."""


def installed() -> Dict[str, str]:
    """The encoder of this installation, by its name (`model`), and the `folder` of all encoders."""
    return {
        "model": os.environ.get("HUASHU_ENCODER__MODEL", "adapted"),
        "folder": str(Path(os.environ.get("HUASHU_VAR", "var")) / "encoders"),
    }


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER], is_trainable=False)
class EncoderFeaturizer(DenseFeaturizer, GraphComponent):
    """Adds one sentence feature of shape (1, dimension) for each of TEXT, AGENT_LINE and BUYER_LINE that is not empty.

    Raises contracts.errors.SetupNeeded when the encoder has not been prepared.
    """

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """`model` and `folder` default to what HUASHU_ENCODER__MODEL and HUASHU_VAR say, as in the desk."""
        return {
            **DenseFeaturizer.get_default_config(),
            **installed(),
            "threads": int(os.environ.get("HUASHU_ENCODER__THREADS", "1")),
        }

    def __init__(self, config: Dict[str, Any], name: str, encoder: Encoder) -> None:
        """Keeps its parts."""
        super().__init__(name, config)
        self._encoder = encoder

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> EncoderFeaturizer:
        """Loads the encoder (see parent class for full docstring)."""
        encoder = load(config["model"], Path(config["folder"]), config["threads"])
        return cls(config, execution_context.node_name, encoder)

    @classmethod
    def validate_config(cls, config: Dict[str, Any]) -> None:
        """Every value is checked where it is used."""

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Adds features to all training examples."""
        messages = training_data.training_examples
        for start in range(0, len(messages), BATCH):
            self.process(messages[start : start + BATCH])
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        """Adds features to the messages; all their texts and clauses are encoded in one call."""
        places = [(message, attribute) for message in messages for attribute in ENCODED if message.get(attribute)]
        texts = [message.get(attribute) for message, attribute in places]
        clauses = [clause for message in messages for clause in message.get(CLAUSES) or []]
        vectors = self._encoder.encode(texts + clauses)
        of_clauses = vectors[len(texts) :]
        for message in messages:
            count = len(message.get(CLAUSES) or [])
            message.set(CLAUSE_VECTORS, of_clauses[:count])
            message.set(ENCODER, self._encoder.card.fingerprint)
            of_clauses = of_clauses[count:]
        for (message, attribute), vector in zip(places, vectors):
            message.add_features(
                Features(vector[None, :].astype(np.float32), FEATURE_TYPE_SENTENCE, attribute, self._identifier)
            )
        return messages
