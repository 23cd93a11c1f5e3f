from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from bot.linear_model import Messages, Recipe, TopicModel

TEXTS = ["能开票吗", "发票怎么开", "开个票", "什么时候发货", "咋还没发货", "几天发货"]
AGENTS = ["", "您好", "在的亲", "", "您好", ""]
LABELS = ["invoice/issue"] * 3 + ["shipping/dispatch_time"] * 3


def messages() -> Messages:
    """Three vectors of four numbers a line; the first says which topic it is, the others are zero."""
    made = np.zeros((6, 3, 4), dtype=np.float32)
    made[:3, 0, 0] = 1
    made[3:, 0, 1] = 1
    return Messages(TEXTS, AGENTS, [""] * 6, made)


def test_it_learns_and_is_the_same_after_saving(tmp_path: Path) -> None:
    model = TopicModel.train(messages(), LABELS, Recipe())
    probabilities = model.probabilities(messages())
    assert [model.topics[place] for place in probabilities.argmax(axis=1)] == LABELS
    np.testing.assert_allclose(probabilities.sum(axis=1), 1, rtol=1e-5)
    model.save(tmp_path)
    again = TopicModel.load(tmp_path)
    assert again.topics == model.topics
    np.testing.assert_allclose(again.probabilities(messages()), probabilities, rtol=1e-5)


def test_training_wants_lines_that_belong_together() -> None:
    with pytest.raises(ValueError, match="6 texts and 5 labels"):
        TopicModel.train(messages(), LABELS[:5], Recipe())
    with pytest.raises(ValueError, match="at least two topics"):
        TopicModel.train(messages(), ["invoice/issue"] * 6, Recipe())


def test_what_the_agent_said_decides_what_a_fragment_means() -> None:
    agents = ["要开票吗"] * 3 + ["今天发吗"] * 3
    said = Messages(["可以"] * 6, agents, [""] * 6, np.zeros((6, 3, 4), dtype=np.float32))
    read = TopicModel.train(said, LABELS, Recipe())
    assert [read.topics[place] for place in read.probabilities(said).argmax(axis=1)] == LABELS


def test_messages_have_all_their_parts() -> None:
    with pytest.raises(ValueError, match="6 texts, 5 agent lines, 6 buyer lines, 6 vectors"):
        Messages(TEXTS, AGENTS[:5], [""] * 6, np.zeros((6, 3, 4), dtype=np.float32))


class Reader:
    """Sure of `invoice/issue` after an agent's line, of nothing otherwise."""

    topics = ("invoice/issue", "shipping/dispatch_time")

    def of(self, topics: Sequence[str]) -> Reader:
        assert tuple(topics) == self.topics
        return self

    def log_probabilities(self, texts: Sequence[str], agents: Sequence[str], buyers: Sequence[str]) -> np.ndarray:
        assert len(texts) == len(agents) == len(buyers)
        return np.log(np.array([[0.99, 0.01] if agent else [0.5, 0.5] for agent in agents], dtype=np.float32))


def test_a_reader_of_all_tokens_has_its_share(tmp_path: Path) -> None:
    recipe = Recipe(reader_share=0.9)
    alone = TopicModel.train(messages(), LABELS, recipe)
    model = TopicModel.train(messages(), LABELS, recipe, reader=Reader())
    assert model.probabilities(messages())[4, 0] > 0.9 > alone.probabilities(messages())[4, 0]
    assert model.probabilities(messages())[3].argmax() == 1
    model.save(tmp_path)
    again = TopicModel.load(tmp_path, Reader())
    np.testing.assert_allclose(again.probabilities(messages()), model.probabilities(messages()), rtol=1e-5)


def test_a_folder_that_holds_no_model_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"facts\.json"):
        TopicModel.load(tmp_path)
