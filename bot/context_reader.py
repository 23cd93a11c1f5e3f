"""Splits a packed message into what the buyer says and the lines before it."""

from __future__ import annotations

from typing import Any, Dict, List

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from contracts.holdout import held_out
from contracts.parts import split_parts
from contracts.utterance import CONTEXT_CHARACTERS, Utterance

AGENT_LINE = "agent_line"
BUYER_LINE = "buyer_line"
"""Message attributes: the agent's line before, and the buyer's own line before that."""
CLAUSES = "clauses"
"""Message attribute: the clauses of a message that is to be read, empty when it is one."""


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER], is_trainable=False)
class ContextReader(GraphComponent):
    """First in the pipeline: leaves the buyer's words in TEXT and puts the lines before beside them.

    A parsed text is unpacked (contracts.utterance); a training line carries its lines before as
    metadata of the example (`agent`, `buyer`). A message to be read is split into clauses as well, and so is a training
    line that is held out to be read.
    """

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ContextReader:
        """Creates the component (see parent class for full docstring)."""
        return cls()

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Reads the lines before of every training example."""
        for message in training_data.training_examples:
            example = (message.get("metadata") or {}).get("example") or {}
            text = message.get(TEXT) or ""
            _set_lines(message, Utterance(text, example.get("agent", ""), example.get("buyer", "")))
            if held_out(text):
                message.set(CLAUSES, split_parts(text))
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        """Unpacks every message."""
        for message in messages:
            utterance = Utterance.unpack(message.get(TEXT) or "")
            _set_lines(message, utterance)
            message.set(CLAUSES, split_parts(utterance.text))
        return messages


def _set_lines(message: Message, utterance: Utterance) -> None:
    if message.get(TEXT) is not None:
        message.set(TEXT, utterance.text, add_to_output=True)
    message.set(AGENT_LINE, str(utterance.agent)[-CONTEXT_CHARACTERS:])
    message.set(BUYER_LINE, str(utterance.buyer)[-CONTEXT_CHARACTERS:])
