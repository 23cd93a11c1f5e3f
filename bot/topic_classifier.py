"""The intent classifier: topics by TopicModel, intents by the sum of their topics."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any, Dict, List, Optional, Sequence, Tuple, Union

import numpy as np
from numpy.typing import NDArray
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.exceptions import RasaException
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.calibration import Calibration, sums_of
from bot.context_reader import AGENT_LINE, BUYER_LINE, CLAUSES
from bot.encoder_featurizer import CLAUSE_VECTORS, ENCODED, ENCODER, EncoderFeaturizer, installed
from bot.linear_model import Floats, Messages, Recipe, TopicModel
from bot.pooling import Pooling
from contracts.errors import SetupNeeded
from contracts.holdout import held_out
from contracts.taxonomy import intent_of
from retrieval.encoder.store import topic_head, topic_reader
from retrieval.encoder.topic_head import TopicHead
from retrieval.encoder.topic_reader import TopicReader

FACTS_FILE = "reading.json"
TOPICS_SHOWN = 8
"""Topics in a parse result, best first."""


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=True)
class TopicClassifier(IntentClassifier, GraphComponent):
    """Sets `intent`, `intent_ranking` and `topics` of every message."""

    @classmethod
    def required_components(cls) -> List[type]:
        """Needs the sentence vectors."""
        return [EncoderFeaturizer]

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """The fields of Recipe, and which encoder may bring a topic head (`installed`)."""
        return {**vars(Recipe()), **installed()}

    @classmethod
    def validate_config(cls, config: Dict[str, Any]) -> None:
        """Every value is checked where it is used."""

    def __init__(
        self,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        model: Optional[TopicModel] = None,
    ) -> None:
        """Keeps its parts; `model` is None until trained or loaded."""
        self._recipe = Recipe(**{name: config[name] for name in vars(Recipe())})
        self._taught_by = (config["model"], Path(config["folder"]))
        self._model_storage = model_storage
        self._resource = resource
        self._model = model
        self._pooling = Pooling()
        self._calibration = Calibration()
        self._encoder: Optional[str] = None

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> TopicClassifier:
        """Creates an untrained component (see parent class for full docstring)."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Trains on the lines, and calibrates on those held out.

        Raises RasaException for a line without a topic and for a topic head of another encoder.
        """
        lines = [(line, _topic(line)) for line in training_data.intent_examples if line.get(TEXT)]
        taught = [(line, topic) for line, topic in lines if not held_out(line.get(TEXT))]
        messages = [line for line, _ in taught]
        self._encoder = messages[0].get(ENCODER)
        topics = [topic for _, topic in taught]
        head, reader = self._head(topics), self._reader(topics)
        self._model = model = TopicModel.train(_messages(messages), topics, self._recipe, head, reader)
        self._calibration = self._calibrated([pair for pair in lines if held_out(pair[0].get(TEXT))], model)
        with self._model_storage.write_to(self._resource) as folder:
            model.save(folder)
            facts = {"calibration": asdict(self._calibration), "encoder": self._encoder}
            (folder / FACTS_FILE).write_text(json.dumps(facts), encoding="utf-8")
        return self._resource

    def _head(self, topics: Sequence[str]) -> Optional[TopicHead]:
        """What the encoder was taught topics with, if it was."""
        head = topic_head(*self._taught_by)
        if head is not None:
            self._check(head, topics)
        return head

    def _reader(self, topics: Sequence[str]) -> Optional[TopicReader]:
        """What reads topics off all tokens at once and was taught with the encoder, if there is one."""
        reader = topic_reader(*self._taught_by)
        if reader is not None:
            self._check(reader, topics)
        return reader

    def _check(self, taught: Union[TopicHead, TopicReader], topics: Sequence[str]) -> None:
        if taught.encoder != self._encoder or not set(topics) <= set(taught.topics):
            raise RasaException("the encoder was taught other lines than these; run `huashu setup`")

    def _calibrated(self, held: List[Tuple[Message, str]], model: TopicModel) -> Calibration:
        """What the lines that were held out say about the probabilities of their intents."""
        places = {topic: place for place, topic in enumerate(model.topics)}
        known = [(line, places[topic]) for line, topic in held if topic in places]
        if not known:
            return Calibration()
        intents = _intents(model.topics)
        rows = self._rows([line for line, _ in known], model)
        counts = [_clauses(line) for line, _ in known]
        return Calibration.fit(sums_of(rows, intents), [int(intents[place]) for _, place in known], counts)

    def process(self, messages: List[Message]) -> List[Message]:
        """Reads every message that has a text. Raises RasaException when their vectors are another encoder's."""
        readable = [message for message in messages if message.get(TEXT)]
        if self._model is None or not readable:
            return messages
        if any(message.get(ENCODER) != self._encoder for message in readable):
            raise RasaException("the intent model was trained with another encoder; run `huashu setup`")
        intents = _intents(self._model.topics)
        for message, row in zip(readable, self._rows(readable, self._model)):
            row = self._calibration.apply(row, intents, _clauses(message))
            self._set(message, row, self._model.topics)
        return messages

    def _rows(self, messages: List[Message], model: TopicModel) -> Floats:
        """Probabilities (n, topics) of messages, whole and clauses joined, before they are calibrated."""
        read = _messages(messages)
        wholes = model.probabilities(read)
        return np.array(
            [
                self._pooling.join(whole, self._read_clauses(message, of_message, model), model.topics)
                for message, of_message, whole in zip(messages, read.vectors, wholes)
            ]
        )

    def _read_clauses(self, message: Message, vectors: Floats, model: TopicModel) -> Floats:
        """Probabilities (n, topics) of the clauses of a message, each with the message's agent line before it."""
        clauses = message.get(CLAUSES) or []
        if not clauses:
            return np.empty((0, len(model.topics)), dtype=np.float32)
        rows = np.zeros((len(clauses), *vectors.shape), dtype=np.float32)
        rows[:, 0] = message.get(CLAUSE_VECTORS)
        rows[:, 1] = vectors[1]
        agents, buyers = ([line or ""] * len(clauses) for line in (message.get(AGENT_LINE), ""))
        return model.probabilities(Messages(clauses, agents, buyers, rows))

    def _set(self, message: Message, row: Floats, topics: List[str]) -> None:
        sums: Dict[str, float] = {}
        for topic, probability in zip(topics, row):
            sums[intent_of(topic)] = sums.get(intent_of(topic), 0.0) + float(probability)
        ranking = [{"name": name, "confidence": sums[name]} for name in sorted(sums, key=lambda name: -sums[name])]
        shown = np.argsort(-row)[:TOPICS_SHOWN]
        message.set(INTENT, ranking[0], add_to_output=True)
        message.set("intent_ranking", ranking, add_to_output=True)
        best = [{"name": topics[place], "confidence": float(row[place])} for place in shown]
        message.set("topics", best, add_to_output=True)

    @classmethod
    def load(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> TopicClassifier:
        """Loads a trained component. Raises RasaException when the stored model cannot be read."""
        component = cls.create(config, model_storage, resource, execution_context)
        try:
            with model_storage.read_from(resource) as folder:
                facts = json.loads((folder / FACTS_FILE).read_text(encoding="utf-8"))
                component._calibration = Calibration(**facts["calibration"])
                component._encoder = facts["encoder"]
                component._model = TopicModel.load(folder, component._reader(()))
        except (SetupNeeded, OSError, ValueError, KeyError, TypeError) as error:
            raise RasaException(f"the topic model cannot be read: {error}") from error
        return component


def _intents(topics: List[str]) -> NDArray[np.intp]:
    """For each topic the number of its intent."""
    names = sorted({intent_of(topic) for topic in topics})
    return np.array([names.index(intent_of(topic)) for topic in topics])


def _clauses(message: Message) -> int:
    """How many clauses were read besides the whole message."""
    return len(message.get(CLAUSES) or [])


def _topic(message: Message) -> str:
    """The topic that the line's block names, `intent/topic`."""
    topic = ((message.get("metadata") or {}).get("intent") or {}).get("topic")
    if not topic or intent_of(topic) != message.get(INTENT):
        raise RasaException(f"a line of {message.get(INTENT)!r} has no topic of it: {message.get(TEXT)!r}")
    return str(topic)


def _messages(messages: List[Message]) -> Messages:
    agents, buyers = ([message.get(line) or "" for message in messages] for line in (AGENT_LINE, BUYER_LINE))
    return Messages([message.get(TEXT) for message in messages], agents, buyers, _vectors(messages))


def _vectors(messages: List[Message]) -> Floats:
    """Vectors (n, 3, dimension) of message, agent's line and buyer's line; zeros for a line that is not there."""
    rows = [[_vector(message, attribute) for attribute in ENCODED] for message in messages]
    size = next(vector.shape[0] for row in rows for vector in row if vector is not None)
    empty = np.zeros(size, dtype=np.float32)
    return np.array([[empty if vector is None else vector for vector in row] for row in rows], dtype=np.float32)


def _vector(message: Message, attribute: str) -> Optional[Floats]:
    _, sentence = message.get_dense_features(attribute)
    return None if sentence is None else sentence.features[0]
