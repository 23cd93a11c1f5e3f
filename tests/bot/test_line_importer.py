from __future__ import annotations

from pathlib import Path

import pytest
from rasa.shared.exceptions import YamlException
from rasa.shared.importers.importer import TrainingDataImporter
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.line_importer import LineImporter

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
"""Rasa validates files, its configuration among them, by way of pkg_resources."""

LINES = """\
version: "3.1"
nlu:
  - intent: invoice
    metadata:
      topic: invoice/issue
    examples: |
      - 能开票不
      - 那个 [订单x] 开: 票 # 急
      - no
  - intent: affirm
    metadata:
      topic: affirm/agree
      context: true
    examples:
      - text: 可以
        metadata:
          agent: 换红色行吗
          also:
            - order_change/item
"""


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "lines.yml").write_text(LINES, encoding="utf-8")
    return tmp_path


def lines_of(importer: RasaFileImporter) -> TrainingData:
    return importer.get_nlu_data()


def test_lines_are_read_as_by_rasas_own_importer(files: Path) -> None:
    paths = [str(files)]
    ours, rasas = (lines_of(importer(training_data_paths=paths)) for importer in (LineImporter, RasaFileImporter))
    assert [line.data for line in ours.training_examples] == [line.data for line in rasas.training_examples]
    assert len(ours.training_examples) == 4


@pytest.mark.parametrize("content", ["nlu:\n  - a: [", "nlu: 3", "nlu:"], ids=["no YAML", "a number", "nothing"])
def test_a_faulty_file_is_told_by_its_name(files: Path, content: str) -> None:
    (files / "faulty.yml").write_text(content, encoding="utf-8")
    with pytest.raises(YamlException) as raised:
        lines_of(LineImporter(training_data_paths=[str(files)]))
    assert "faulty.yml" in str(raised.value)


def test_the_shipped_configuration_reads_through_it(files: Path) -> None:
    importer = TrainingDataImporter.load_from_config("config.yml", training_data_paths=[str(files)])
    assert isinstance(importer, TrainingDataImporter)
    assert {line.get("intent") for line in importer.get_nlu_data().intent_examples} == {"invoice", "affirm"}
