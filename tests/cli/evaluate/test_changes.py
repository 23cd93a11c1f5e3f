from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Huashu
from tests.evaluation.written import buyer, labelled_record, write_lines

TABLE = (
    "id,topic,platforms,text,questions,approved.by,approved.on\n"
    "invoice.issue.new,invoice/issue,all,能开的您放心,能给票不,demo,2026-11-21\n"
)


@pytest.fixture
def labelled(tmp_path: Path) -> str:
    turns = [[buyer("能给票不", "invoice/issue")], [buyer("啥时候发货", "shipping/dispatch_time")]]
    records = [labelled_record(id=f"d{n}", turns=lines) for n, lines in enumerate(turns)]
    return str(write_lines(tmp_path / "labelled.jsonl", records))


@pytest.fixture
def own_data(small_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the small data."""
    folder = tmp_path / "data"
    shutil.copytree(small_data, folder)
    monkeypatch.setenv("HUASHU_DATA", str(folder))
    return folder


@pytest.fixture
def table(tmp_path: Path) -> str:
    path = tmp_path / "in.csv"
    path.write_text(TABLE, encoding="utf-8")
    return str(path)


def test_an_import_shows_which_suggestions_would_change(
    with_vectors: Huashu, own_data: Path, table: str, labelled: str
) -> None:
    ended = with_vectors("replies", "import", table, "--on", labelled, "--no-rasa")
    assert ended.code == 0
    assert "1 of 2 labelled cases would come out otherwise" in ended.out
    assert "d0#0  能给票不  [invoice/issue]" in ended.out
    assert "invoice.issue.new  能开的您放心" in ended.out
    assert "nothing is written; --yes writes it" in ended.out
    assert "invoice.issue.new" not in (own_data / "replies" / "invoice.yml").read_text(encoding="utf-8")


@pytest.mark.usefixtures("own_data")
def test_the_same_for_a_program(with_vectors: Huashu, table: str, labelled: str) -> None:
    ended = with_vectors("replies", "import", table, "--on", labelled, "--no-rasa", "--json")
    assert ended.code == 0
    assert (ended.json["effects"]["cases"], ended.json["effects"]["changed"]) == (2, 1)
    assert ended.json["written"] == []


def test_a_draft_is_laid_over_the_data(with_vectors: Huashu, own_data: Path, tmp_path: Path, labelled: str) -> None:
    draft = tmp_path / "draft"
    (draft / "replies").mkdir(parents=True)
    text = (own_data / "replies" / "shipping.yml").read_text(encoding="utf-8")
    (draft / "replies" / "shipping.yml").write_text(text.replace("四十八小时内发货", "两天内发出"), encoding="utf-8")
    out = tmp_path / "out.json"
    ended = with_vectors("evaluate", labelled, "--changes", str(draft), "--no-rasa", "--json", str(out))
    assert ended.code == 0
    assert "would come out otherwise" in ended.out
    record = json.loads(out.read_text(encoding="utf-8"))
    assert any("两天内发出" in shown["text"] for shown in record["changes"][-1]["after"]["shown"])


@pytest.mark.usefixtures("own_data")
def test_a_draft_that_does_not_load_is_bad_input(with_vectors: Huashu, tmp_path: Path, labelled: str) -> None:
    draft = tmp_path / "draft"
    (draft / "clauses").mkdir(parents=True)
    (draft / "clauses" / "tmall.yml").write_text("clauses:\n  - id: x\n", encoding="utf-8")
    ended = with_vectors("evaluate", labelled, "--changes", str(draft), "--no-rasa")
    assert ended.code == 2
    assert "data/clauses/tmall.yml:2" in ended.err
