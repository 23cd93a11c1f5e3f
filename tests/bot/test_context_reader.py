from __future__ import annotations

from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.context_reader import AGENT_LINE, BUYER_LINE, CLAUSES, ContextReader
from contracts.utterance import Utterance


def test_a_packed_message_is_unpacked_and_only_the_buyers_words_are_the_text() -> None:
    message = Message({TEXT: Utterance("可以", agent="帮您改成红色可以吗", buyer="想换个颜色").pack()})
    ContextReader().process([message])
    assert message.get(TEXT) == "可以"
    assert message.get(AGENT_LINE) == "帮您改成红色可以吗"
    assert message.get(BUYER_LINE) == "想换个颜色"
    assert message.as_dict(only_output_properties=True) == {TEXT: "可以"}


def test_a_message_of_two_questions_has_two_clauses() -> None:
    message = Message({TEXT: "咋还没发 能开票不"})
    ContextReader().process([message])
    assert message.get(CLAUSES) == ["咋还没发", "能开票不"]


def test_training_lines_carry_their_lines_before_as_metadata() -> None:
    message = Message({TEXT: "可以", "metadata": {"example": {"agent": "换红色行吗"}}})
    plain = Message({TEXT: "能开票吗"})
    ContextReader().process_training_data(TrainingData([message, plain]))
    assert message.get(AGENT_LINE) == "换红色行吗"
    assert message.get(BUYER_LINE) == ""
    assert plain.get(AGENT_LINE) == ""


def test_a_message_without_text_is_left_alone() -> None:
    message = Message({"intent": "greet"})
    ContextReader().process([message])
    assert message.get(TEXT) is None
