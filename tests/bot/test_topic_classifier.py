from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.exceptions import RasaException
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.context_reader import ContextReader
from bot.encoder_featurizer import EncoderFeaturizer
from bot.topic_classifier import TopicClassifier
from contracts.holdout import held_out
from retrieval.encoder.topic_head import TopicHead
from tests.bot.doubles import HashEncoder

CONFIG = {**TopicClassifier.get_default_config(), "model": "embedded"}
"""An encoder that brings no topic head."""
CONTEXT = ExecutionContext(GraphSchema({}), node_name="topics")
RESOURCE = Resource("topics")
LINES = {
    "invoice/issue": ["能开票吗", "发票怎么开", "开个票呗", "要发票"],
    "invoice/title": ["抬头写错了", "改抬头", "抬头开公司", "税号填错"],
    "shipping/dispatch_time": ["什么时候发货", "咋还没发货", "几天发货", "今天发不发"],
}


def line(topic: str, text: str) -> Message:
    return Message({TEXT: text, INTENT: topic.split("/")[0], "metadata": {"intent": {"topic": topic}}})


def prepared(messages: list[Message], fingerprint: str = "h" * 64) -> list[Message]:
    featurizer = EncoderFeaturizer(EncoderFeaturizer.get_default_config(), "encoder", HashEncoder(fingerprint))
    return featurizer.process(messages)


@pytest.fixture
def storage(tmp_path: Path) -> LocalModelStorage:
    return LocalModelStorage.create(tmp_path)


@pytest.fixture
def trained(storage: LocalModelStorage) -> TopicClassifier:
    messages = [line(topic, text) for topic, texts in LINES.items() for text in texts]
    return taught(storage, CONFIG, messages)


def taught(storage: LocalModelStorage, config: dict[str, Any], messages: list[Message]) -> TopicClassifier:
    component = TopicClassifier.create(config, storage, RESOURCE, CONTEXT)
    component.train(TrainingData(prepared(messages)))
    return component


def read(component: TopicClassifier, text: str) -> Message:
    message = Message({TEXT: text})
    component.process(prepared(ContextReader().process([message])))
    return message


def test_intents_are_the_sums_of_their_topics(trained: TopicClassifier) -> None:
    message = read(trained, "发票怎么开")
    topics = {entry["name"]: entry["confidence"] for entry in message.get("topics")}
    ranking = message.get("intent_ranking")
    assert message.get(INTENT) == ranking[0]
    assert ranking[0]["name"] == "invoice"
    assert ranking[0]["confidence"] == pytest.approx(topics["invoice/issue"] + topics["invoice/title"])
    assert sum(entry["confidence"] for entry in ranking) == pytest.approx(1.0, abs=1e-5)


def test_both_questions_of_a_message_are_read(trained: TopicClassifier) -> None:
    names = [entry["name"] for entry in read(trained, "咋还没发货 抬头写错了").get("topics")[:2]]
    assert set(names) == {"shipping/dispatch_time", "invoice/title"}


def test_it_is_the_same_after_loading(trained: TopicClassifier, storage: LocalModelStorage) -> None:
    again = TopicClassifier.load(CONFIG, storage, RESOURCE, CONTEXT)
    assert read(again, "几天发货").get("topics") == read(trained, "几天发货").get("topics")


def test_vectors_of_another_encoder_are_refused(trained: TopicClassifier) -> None:
    with pytest.raises(RasaException, match="huashu setup"):
        trained.process(prepared([Message({TEXT: "几天发货"})], "o" * 64))


def test_held_out_lines_are_not_learnt_and_say_how_sure_it_may_be(storage: LocalModelStorage) -> None:
    component = TopicClassifier.create(CONFIG, storage, RESOURCE, CONTEXT)
    taught = [line(topic, text) for topic, texts in LINES.items() for text in texts if not held_out(text)]
    odd = [text for text in (f"发票怎么开{number}" for number in range(900)) if held_out(text)][:40]
    half = [line(("invoice/issue", "shipping/dispatch_time")[place % 2], text) for place, text in enumerate(odd)]
    component.train(TrainingData(prepared([*taught, *half])))
    assert read(component, odd[0]).get(INTENT)["confidence"] == pytest.approx(0.5, abs=0.15)
    again = TopicClassifier.load(CONFIG, storage, RESOURCE, CONTEXT)
    assert read(again, odd[0]).get("intent_ranking") == read(component, odd[0]).get("intent_ranking")


def test_a_line_without_a_topic_of_its_intent_stops_training(storage: LocalModelStorage) -> None:
    component = TopicClassifier.create(CONFIG, storage, RESOURCE, CONTEXT)
    messages = prepared([line("invoice/issue", "能开票吗"), Message({TEXT: "几天发货", INTENT: "shipping"})])
    with pytest.raises(RasaException, match="几天发货"):
        component.train(TrainingData(messages))


class Reader:
    """Taught with encoder `h`, sure that every line is about issuing."""

    topics = tuple(sorted(LINES))

    def __init__(self, encoder: str) -> None:
        self.encoder = encoder

    def of(self, topics: Sequence[str]) -> Reader:
        assert tuple(topics) == self.topics
        return self

    def log_probabilities(self, texts: Sequence[str], *_before: Sequence[str]) -> np.ndarray:
        return np.log(np.array([[0.98, 0.01, 0.01]] * len(texts), dtype=np.float32))


@pytest.fixture(autouse=True)
def no_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.topic_classifier.topic_reader", lambda *_: None)


def test_the_reader_that_the_encoder_was_taught_with_has_its_share(
    storage: LocalModelStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.topic_classifier.topic_reader", lambda *_: Reader("h" * 64))
    config = {**CONFIG, "reader_share": 0.99}
    component = taught(storage, config, [line(topic, text) for topic, texts in LINES.items() for text in texts])
    assert read(component, "几天发货").get("topics")[0]["name"] == "invoice/issue"
    again = TopicClassifier.load(config, storage, RESOURCE, CONTEXT)
    assert read(again, "几天发货").get("topics") == read(component, "几天发货").get("topics")
    monkeypatch.setattr("bot.topic_classifier.topic_reader", lambda *_: Reader("o" * 64))
    with pytest.raises(RasaException, match="huashu setup"):
        TopicClassifier.load(config, storage, RESOURCE, CONTEXT)


def with_head(folder: Path, encoder: str) -> dict[str, Any]:
    """A configuration whose encoder was taught that every line is about a title."""
    head = TopicHead(
        tuple(sorted(LINES)),
        encoder,
        0.5,
        np.zeros((96, 0), np.float32),
        np.zeros(0, np.float32),
        np.zeros((96, 3), np.float32),
        np.array([0, 50, 0], np.float32),
    )
    (folder / "adapted").mkdir()
    head.save(folder / "adapted")
    return {**CONFIG, "model": "adapted", "folder": str(folder), "dense_share": 0.9}


def test_vectors_are_read_by_the_head_that_their_encoder_was_taught_with(
    storage: LocalModelStorage, tmp_path: Path
) -> None:
    messages = [line(topic, text) for topic, texts in LINES.items() for text in texts]
    config = with_head(tmp_path, "h" * 64)
    component = taught(storage, config, messages)
    assert read(component, "几天发货").get("topics")[0]["name"] == "invoice/title"
    again = TopicClassifier.load(config, storage, RESOURCE, CONTEXT)
    assert read(again, "几天发货").get("topics") == read(component, "几天发货").get("topics")


def test_a_head_of_another_encoder_or_of_other_topics_stops_training(
    storage: LocalModelStorage, tmp_path: Path
) -> None:
    config = with_head(tmp_path, "o" * 64)
    with pytest.raises(RasaException, match="huashu setup"):
        taught(storage, config, [line("invoice/issue", "能开票吗"), line("invoice/title", "改抬头")])
    (tmp_path / "b").mkdir()
    config = with_head(tmp_path / "b", "h" * 64)
    with pytest.raises(RasaException, match="huashu setup"):
        taught(storage, config, [line("invoice/issue", "能开票吗"), line("coupon/find", "券在哪")])


def test_a_model_that_is_gone_stops_the_start(tmp_path: Path) -> None:
    storage = LocalModelStorage.create(tmp_path)
    with pytest.raises(RasaException, match="topics"):
        TopicClassifier.load(CONFIG, storage, RESOURCE, CONTEXT)


def test_a_message_without_text_is_left_alone(trained: TopicClassifier) -> None:
    message = Message({})
    trained.process([message])
    assert message.get(INTENT) is None
