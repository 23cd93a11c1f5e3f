from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from contracts.errors import SetupNeeded
from retrieval.encoder import reader_export
from retrieval.encoder.adapted import wheel_weights
from retrieval.encoder.attention import Attention
from retrieval.encoder.embedded import numbers
from retrieval.encoder.network import Network
from retrieval.encoder.topic_reader import FACTS_FILE, GRAPH_FILE, TopicReader
from tests.retrieval.encoder.conformance import damaged

TOPICS = ("coupon/find", "invoice/issue", "shipping/delay")
TEXTS = ["可以", "什么时候发货呀", "能开票吗"]
AGENTS = ["今天给您发可以吗", "", "在的亲"]
BUYERS = ["在吗", "", ""]


def attention() -> Attention:
    torch.manual_seed(3)
    return Attention(topics=3, width=16, layers=1, heads=2, dropout=0.0)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reader")
    network = Network(wheel_weights())
    network.table.save(folder)
    reader_export.export(network, attention(), numbers(), TOPICS, "e" * 64, folder)
    return folder


@pytest.fixture(scope="module")
def reader(folder: Path) -> TopicReader:
    return TopicReader.load(folder, threads=1)


def test_its_facts_are_those_it_was_exported_with(reader: TopicReader) -> None:
    assert (reader.topics, reader.encoder) == (TOPICS, "e" * 64)


def test_it_gives_log_probabilities_that_hang_on_the_lines_before(reader: TopicReader) -> None:
    read = reader.log_probabilities(TEXTS, AGENTS, BUYERS)
    np.testing.assert_allclose(np.exp(read).sum(axis=1), 1, rtol=1e-5)
    other = reader.log_probabilities(TEXTS[:1], ["您还有别的问题吗"], BUYERS[:1])
    assert not np.allclose(read[:1], other, atol=1e-3)


def test_a_message_does_not_see_its_neighbours_however_many_there_are(reader: TopicReader) -> None:
    many = reader.log_probabilities(TEXTS * 30, AGENTS * 30, BUYERS * 30)
    alone = reader.log_probabilities(TEXTS[1:2], AGENTS[1:2], BUYERS[1:2])
    np.testing.assert_allclose(many[1::3], np.repeat(alone, 30, axis=0), atol=1e-4)
    assert reader.log_probabilities([], [], []).shape == (0, 3)


def test_some_topics_in_another_order(reader: TopicReader) -> None:
    some = reader.of(("shipping/delay", "coupon/find"))
    assert some.topics == ("shipping/delay", "coupon/find")
    odds = np.exp(reader.log_probabilities(TEXTS, AGENTS, BUYERS))[:, [2, 0]]
    read = np.exp(some.log_probabilities(TEXTS, AGENTS, BUYERS))
    np.testing.assert_allclose(read, odds / odds.sum(axis=1, keepdims=True), rtol=1e-4)
    with pytest.raises(ValueError, match="not in tuple"):
        reader.of(("invoice/title",))


@pytest.mark.parametrize("name", [GRAPH_FILE, FACTS_FILE])
@pytest.mark.parametrize("kept", [None, 0, 30])
def test_a_file_that_is_missing_or_cut_asks_for_the_set_up(
    folder: Path, tmp_path: Path, name: str, kept: int | None
) -> None:
    copy = damaged(folder, tmp_path / "copy", name, kept)
    with pytest.raises(SetupNeeded, match="huashu setup"):
        TopicReader.load(copy, threads=1)
