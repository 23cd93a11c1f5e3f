from __future__ import annotations

import io
from pathlib import Path

import pytest

from contracts.errors import DataError
from desk.settings import Settings
from launch.adapted_step import AdaptedEncoderStep
from launch.progress import Progress
from retrieval.encoder.adaptation import Recipe

FILE = """\
version: "3.1"
nlu:
- intent: invoice
  metadata:
    topic: invoice/issue
  examples: |
    - 能开票不
    - 发票咋弄
- intent: shipping
  metadata:
    topic: shipping/dispatch_time
  examples: |
    - 啥时候发
    - 今天发不
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "data" / "nlu").mkdir(parents=True)
    (tmp_path / "data" / "nlu" / "a.yml").write_text(FILE, encoding="utf-8")
    return Settings(data=tmp_path / "data", var=tmp_path / "var")


def test_it_trains_on_the_lines_and_serves_the_result(settings: Settings) -> None:
    step = AdaptedEncoderStep(settings)
    assert not step.made()
    stream = io.StringIO()
    step.run(Progress(stream))
    assert step.made()
    assert step.encoder().card.name == "adapted"
    assert f"round {Recipe().epochs} of {Recipe().epochs}" in stream.getvalue()


def test_other_lines_ask_for_another_training(settings: Settings) -> None:
    step = AdaptedEncoderStep(settings)
    before = step.fingerprint()
    lines = settings.data / "nlu" / "a.yml"
    lines.write_text(FILE.replace("发票咋弄", "票咋开"), encoding="utf-8")
    assert step.fingerprint() != before


def test_lines_of_one_topic_are_too_few(settings: Settings) -> None:
    (settings.data / "nlu" / "a.yml").write_text(FILE.split("- intent: shipping")[0], encoding="utf-8")
    with pytest.raises(DataError, match="two topics"):
        AdaptedEncoderStep(settings).run(Progress(io.StringIO()))
