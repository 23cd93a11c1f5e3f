from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from contracts.understanding import Guess, Understanding
from retrieval.ranking_record import RANKING_FILE
from tests.cli.conftest import Huashu, WriteLines
from tests.doubles import FixedReader

NLU = """\
version: "3.1"
nlu:
- intent: invoice
  metadata: {topic: invoice/issue}
  examples: |
"""


@pytest.fixture
def own_data(small_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the small data with training lines, and a reader that always reads an invoice question."""
    folder = tmp_path / "data"
    shutil.copytree(small_data, folder)
    (folder / "nlu").mkdir()
    lines = "".join(f"    - 能开票吗{number}\n" for number in range(200))
    (folder / "nlu" / "invoice.yml").write_text(NLU + lines, encoding="utf-8")
    monkeypatch.setenv("HUASHU_DATA", str(folder))
    reader = FixedReader(Understanding((Guess("invoice", 0.8),), (Guess("invoice/issue", 0.8),)))
    monkeypatch.setattr("cli.session._reader", lambda settings, stack: reader)  # noqa: ARG005
    return folder


def test_the_weights_are_fitted_and_written_on_request(with_vectors: Huashu, own_data: Path) -> None:
    ended = with_vectors("replies", "fit", "--json")
    assert ended.code == 0
    assert ended.json["weights"].keys() == {"bias", "dense", "keyword", "prior"}
    assert ended.json["own"]["messages"] > 5
    assert ended.json["own"]["ways"][-1]["first"] == 1.0
    assert not (own_data / RANKING_FILE).exists()
    assert with_vectors("replies", "fit", "--write").code == 0
    assert f"prior: {ended.json['weights']['prior']:.3f}" in (own_data / RANKING_FILE).read_text(encoding="utf-8")


def test_labelled_dialogues_are_judged_as_well(with_vectors: Huashu, own_data: Path, lines_of: WriteLines) -> None:  # noqa: ARG001
    turn = {"speaker": "buyer", "text": "能开票吗", "intents": ["invoice"], "topics": ["invoice/issue"]}
    path = lines_of({"id": "d1", "platform": "tmall", "turns": [turn]})
    ended = with_vectors("replies", "fit", "--on", path)
    assert ended.code == 0
    assert "the given dialogues: 1 messages" in ended.out


def test_a_dialogue_without_topics_is_bad_input(with_vectors: Huashu, own_data: Path, lines_of: WriteLines) -> None:  # noqa: ARG001
    path = lines_of({"id": "d1", "platform": "tmall", "turns": [{"speaker": "buyer", "text": "在吗"}]})
    ended = with_vectors("replies", "fit", "--on", path)
    assert ended.code == 2
    assert f"{path}:1: the last buyer turn has no topics" in ended.err
