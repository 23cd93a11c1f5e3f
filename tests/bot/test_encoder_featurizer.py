from __future__ import annotations

import numpy as np
import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.context_reader import AGENT_LINE, CLAUSES
from bot.encoder_featurizer import CLAUSE_VECTORS, EncoderFeaturizer
from contracts.errors import SetupNeeded
from tests.bot.doubles import HashEncoder


def featurizer() -> EncoderFeaturizer:
    return EncoderFeaturizer(EncoderFeaturizer.get_default_config(), "encoder", HashEncoder())


def sentence(message: Message, attribute: str) -> np.ndarray | None:
    _, features = message.get_dense_features(attribute)
    return None if features is None else features.features


def test_the_message_and_the_lines_before_get_a_vector_each() -> None:
    message = Message({TEXT: "可以", AGENT_LINE: "换红色行吗"})
    featurizer().process([message])
    np.testing.assert_allclose(sentence(message, TEXT), HashEncoder().encode(["可以"]))
    np.testing.assert_allclose(sentence(message, AGENT_LINE), HashEncoder().encode(["换红色行吗"]))


def test_an_empty_line_gets_none() -> None:
    message = Message({TEXT: "可以", AGENT_LINE: ""})
    featurizer().process([message])
    assert sentence(message, AGENT_LINE) is None


def test_every_message_gets_the_vectors_of_its_own_clauses() -> None:
    messages = [
        Message({TEXT: "甲", CLAUSES: ["一二", "三四"]}),
        Message({TEXT: "乙"}),
        Message({TEXT: "丙", CLAUSES: ["五六", "七八"]}),
    ]
    featurizer().process(messages)
    np.testing.assert_allclose(messages[0].get(CLAUSE_VECTORS), HashEncoder().encode(["一二", "三四"]))
    assert len(messages[1].get(CLAUSE_VECTORS)) == 0
    np.testing.assert_allclose(messages[2].get(CLAUSE_VECTORS), HashEncoder().encode(["五六", "七八"]))


def test_an_encoder_that_was_not_prepared_is_said_so(tmp_path: object) -> None:
    config = {**EncoderFeaturizer.get_default_config(), "model": "m3e-small", "folder": str(tmp_path)}
    context = ExecutionContext(GraphSchema({}), node_name="encoder")
    with pytest.raises(SetupNeeded, match="huashu setup"):
        EncoderFeaturizer.create(config, None, Resource("encoder"), context)
