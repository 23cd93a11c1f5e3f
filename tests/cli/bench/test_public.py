from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Huashu
from tests.evaluation.public_sets.test_clinc150 import small_set
from tests.evaluation.public_sets.test_taobao import small_corpus


def test_intents_of_a_set_with_out_of_scope(with_vectors: Huashu, tmp_path: Path) -> None:
    (tmp_path / "data_full.json").write_text(json.dumps(small_set()), encoding="utf-8")
    ended = with_vectors("bench", "public", "--set", "clinc150", "--from", str(tmp_path), "--json")
    assert ended.code == 0
    assert ended.json["set"] == "clinc150"
    assert ended.json["encoder"] == "embedded"
    assert (ended.json["train"], ended.json["test"], ended.json["labels"]) == (3, 2, 2)
    assert set(ended.json["abstention"]) == {"threshold", "accuracy", "out_of_scope_recall"}


def test_intents_of_a_set_without(with_vectors: Huashu, tmp_path: Path) -> None:
    lines = "text,category\nwhere is my card,card\ntop up please,money\n"
    for name in ("train.csv", "test.csv"):
        (tmp_path / name).write_text(lines, encoding="utf-8")
    ended = with_vectors("bench", "public", "--set", "banking77", "--from", str(tmp_path))
    assert ended.code == 0
    assert "accuracy: " in ended.out
    assert "auroc" not in ended.out


def test_responses_with_an_encoder_named(huashu: Huashu, tmp_path: Path) -> None:
    (tmp_path / "test.txt").write_text(small_corpus("几时 发货", "能 今天 发 吗"), encoding="utf-8")
    ended = huashu("bench", "public", "--set", "taobao", "--from", str(tmp_path), "--encoder", "embedded", "--json")
    assert ended.code == 0
    assert ended.json["conversations"] == 2
    assert 0 <= ended.json["r1"] <= ended.json["r2"] <= ended.json["r5"] <= 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--set", "taobao", "--from", "nowhere"), "nowhere is no folder"),
        (("--set", "taobao", "--from", "."), "test.txt: cannot be read"),
        (("--set", "ubuntu", "--from", "."), "ubuntu"),
    ],
)
def test_what_cannot_be_used_is_named(with_vectors: Huashu, arguments: tuple[str, ...], message: str) -> None:
    ended = with_vectors("bench", "public", *arguments)
    assert ended.code == 2
    assert message in ended.err


def test_an_empty_corpus_is_no_perfect_score(with_vectors: Huashu, tmp_path: Path) -> None:
    (tmp_path / "test.txt").write_text("\n", encoding="utf-8")
    ended = with_vectors("bench", "public", "--set", "taobao", "--from", str(tmp_path))
    assert ended.code == 2
    assert "holds no conversation" in ended.err
