from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from alarms.ear import Ear
from alarms.features import words
from alarms.model import Heard
from alarms.training import train
from contracts.errors import SetupNeeded
from learning.stored import FACTS
from tests.alarms.corpus import encode, lines, said


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("alarms")
    train(lines(), said(), encode, "e").save(folder)
    return folder


def test_it_hears_what_was_learnt(folder: Path) -> None:
    ear = Ear.open(folder, encode, "e")
    assert ear.hear("胳膊划破流血了").found == {"injury"}
    assert ear.hear("  ") == ear.hear("😂😂！") == ear.hear("a.b@example.com") == Heard()
    assert ear.hear("转真人来 00000000000") == ear.hear("转真人来")


def test_a_line_is_encoded_once(folder: Path) -> None:
    asked: list[str] = []

    def counted(texts: Sequence[str]) -> NDArray[np.float32]:
        asked.extend(texts)
        return encode(texts)

    ear = Ear.open(folder, counted, "e")
    assert ear.hear("包邮吗") == ear.hear("包邮吗")
    assert asked == ["包邮吗"]


def test_another_encoder_wants_a_set_up(folder: Path) -> None:
    with pytest.raises(SetupNeeded, match="another encoder"):
        Ear.open(folder, encode, "f")


@pytest.mark.parametrize("facts", ["", "{}", '{"format": 0}'])
def test_what_cannot_be_read_wants_a_set_up(tmp_path: Path, facts: str) -> None:
    if facts:
        (tmp_path / FACTS).write_text(facts, encoding="utf-8")
    with pytest.raises(SetupNeeded, match="missing or cannot be read"):
        Ear.open(tmp_path, encode, "e")


def test_a_model_of_other_questions_wants_a_set_up(folder: Path, tmp_path: Path) -> None:
    for path in folder.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    facts = json.loads((folder / FACTS).read_text(encoding="utf-8"))
    facts["bars"]["sure"].pop()
    (tmp_path / FACTS).write_text(json.dumps(facts), encoding="utf-8")
    with pytest.raises(SetupNeeded):
        Ear.open(tmp_path, encode, "e")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("9133030274421905W", ""),
        ("税号 91510107MA6C8R77W3X", "税号"),
        ("li.na_88@qq.com 发这里", "发这里"),
        ("13800001111wx同号", "wx同号"),
        ("vx13800001111", "vx"),
        ("QQ 330281990", "QQ"),
    ],
)
def test_data_are_no_words_and_what_stands_beside_them_is(text: str, left: str) -> None:
    assert words(text) == left
