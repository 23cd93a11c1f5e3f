from __future__ import annotations

from pathlib import Path

import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.entity_extractor import PatternEntityExtractor


@pytest.fixture
def extractor(tmp_path: Path) -> PatternEntityExtractor:
    return PatternEntityExtractor.create(
        PatternEntityExtractor.get_default_config(),
        LocalModelStorage.create(tmp_path),
        Resource("entities"),
        ExecutionContext(GraphSchema({})),
    )


def test_it_writes_entities_in_rasas_form(extractor: PatternEntityExtractor) -> None:
    message = Message({TEXT: "改寄 江苏省南京市 电话１５８００００１２３４"})
    assert extractor.process([message]) == [message]
    assert message.get(ENTITIES) == [
        {
            "entity": "address",
            "value": "江苏省南京市",
            "start": 3,
            "end": 9,
            "confidence_entity": 1.0,
            "extractor": "PatternEntityExtractor",
        },
        {
            "entity": "phone",
            "value": "15800001234",
            "start": 12,
            "end": 23,
            "confidence_entity": 1.0,
            "extractor": "PatternEntityExtractor",
        },
    ]
    assert message.as_dict(only_output_properties=True)[ENTITIES] == message.get(ENTITIES)


def test_entities_of_other_extractors_stay(extractor: PatternEntityExtractor) -> None:
    other = {"entity": "mood", "value": "calm", "start": 0, "end": 1, "extractor": "Other"}
    message = Message({TEXT: "发顺丰", ENTITIES: [other]})
    extractor.process([message])
    assert [entity["entity"] for entity in message.get(ENTITIES)] == ["mood", "carrier"]


def test_a_message_without_text_or_entities_passes(extractor: PatternEntityExtractor) -> None:
    silent, small_talk = Message({}), Message({TEXT: "在吗"})
    extractor.process([silent, small_talk])
    assert silent.get(ENTITIES) is None
    assert small_talk.get(ENTITIES) == []


def test_many_messages_each_get_their_own(extractor: PatternEntityExtractor) -> None:
    messages = extractor.process([Message({TEXT: "今天发吗"}), Message({TEXT: "要黑色"})])
    assert [[entity["value"] for entity in message.get(ENTITIES)] for message in messages] == [["今天"], ["黑色"]]
