from __future__ import annotations

from pathlib import Path

import pytest

from contracts.errors import InputError
from desk.settings import EncoderSettings, Settings
from launch.lessons import read_lessons
from launch.pipeline_training import nlu_of, train
from retrieval.encoder.lesson import Lesson

LESSONS = (
    Lesson("能开票吗", "", "", ("invoice/issue",)),
    Lesson("可以", "您要开票吗", "在吗", ("affirm/yes",)),
    Lesson("要专票，几时发", "", "", ("invoice/type", "shipping/dispatch_time")),
    Lesson("票\u2028呢 \"'", "", "", ("invoice/issue",)),
)


def test_lines_are_read_back_as_they_were(tmp_path: Path) -> None:
    (tmp_path / "lines.yml").write_text(nlu_of(LESSONS), encoding="utf-8")
    assert sorted(read_lessons(tmp_path), key=repr) == sorted(LESSONS, key=repr)


def test_a_model_is_trained_once_and_kept(project: Path, tmp_path: Path) -> None:
    if not (project / ".venv-rasa").exists():
        pytest.skip("needs the Rasa runtime")
    settings = Settings(var=tmp_path, encoder=EncoderSettings(model="embedded"))
    config = tmp_path / "config.yml"
    config.write_text("recipe: default.v1\nlanguage: zh\npipeline:\n- name: KeywordIntentClassifier\n")
    first = train("keywords", config, LESSONS, settings, "none")
    assert first.model.is_file()
    assert first.core_seconds > 0
    written = first.model.stat().st_mtime_ns
    assert train("keywords", config, LESSONS, settings, "none") == first
    assert first.model.stat().st_mtime_ns == written
    assert train("keywords", config, LESSONS[:3], settings, "none").model != first.model


def test_a_pipeline_that_cannot_be_trained_leaves_nothing(project: Path, tmp_path: Path) -> None:
    if not (project / ".venv-rasa").exists():
        pytest.skip("needs the Rasa runtime")
    config = tmp_path / "config.yml"
    config.write_text("recipe: default.v1\nlanguage: zh\npipeline:\n- name: NoSuchClassifier\n")
    with pytest.raises(InputError, match=r"the pipeline broken could not be trained(.|\n)*NoSuchClassifier"):
        train("broken", config, LESSONS, Settings(var=tmp_path), "none")
    assert list((tmp_path / "bench").rglob("*.*")) == []
