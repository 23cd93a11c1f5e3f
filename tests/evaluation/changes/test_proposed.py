from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from contracts.errors import DataError, InputError
from contracts.platform import Platform
from contracts.turn import Inquiry
from contracts.understanding import Guess, Understanding
from desk.assembly import Desk, assemble
from desk.settings import EncoderSettings, Settings
from evaluation.changes.proposed import both, draft_files
from tests.doubles import FixedReader

READ = Understanding((Guess("invoice", 0.9),), (Guess("invoice/issue", 0.8),))
INVOICE = Path("replies/invoice.yml")
NEW = """
  - id: invoice.issue.quick
    topic: invoice/issue
    platforms: [all]
    text: 能开的，您把抬头发我
    questions: [能开发票吗亲, 你们家开票吗]
    approved: {by: demo, on: 2026-11-21}
"""


@pytest.fixture
def reader() -> FixedReader:
    return FixedReader(READ)


@pytest.fixture
def desk(small_data: Path, small_var: Path, reader: FixedReader) -> Iterator[Desk]:
    settings = Settings(data=small_data, var=small_var, encoder=EncoderSettings(model="embedded", threads=1))
    opened = assemble(settings, reader)
    yield opened
    opened.suggester.close()


def ids(desk: Desk, text: str = "你们家开票吗") -> list[str]:
    answer = desk.suggester.suggest(Inquiry(text, Platform.TMALL))
    return [item.candidate.reply.id for item in answer.suggestions]


def test_a_new_reply_is_found_by_meaning_and_nothing_is_touched(
    desk: Desk, small_data: Path, small_var: Path, reader: FixedReader
) -> None:
    before = {path: path.read_bytes() for path in (*small_data.rglob("*.yml"), *small_var.rglob("*")) if path.is_file()}
    files = {INVOICE: (small_data / INVOICE).read_bytes() + NEW.encode()}
    with both(desk, files) as (now, then):
        assert "invoice.issue.quick" not in ids(now)
        assert ids(then)[0] == "invoice.issue.quick"
        assert then.suggester.parts.retriever.dense_ready
        assert len(reader.asked) == 1  # the same message is read once
    assert {path: path.read_bytes() for path in before} == before


def test_a_new_rule_stops_what_it_forbids(desk: Desk, small_data: Path) -> None:
    clauses = Path("clauses/tmall.yml")
    text = (small_data / clauses).read_text(encoding="utf-8")
    assert "severity: block" in text
    with both(desk, {clauses: text.replace("severity: block", "severity: warn").encode()}) as (now, then):
        breach = now.checker.catalogue.clauses[0].violating[0].text
        assert now.checker.check(breach, Platform.TMALL).blocked
        assert not then.checker.check(breach, Platform.TMALL).blocked


def test_a_proposal_that_does_not_load_is_named_by_its_place_in_data(desk: Desk) -> None:
    with (
        pytest.raises(DataError, match=r"^data/replies/invoice\.yml:1: ") as caught,
        both(desk, {INVOICE: b"nonsense: 1\n"}),
    ):
        pass
    assert "/tmp" not in str(caught.value)


def test_a_draft_is_a_folder_with_files_of_data(tmp_path: Path) -> None:
    (tmp_path / "clauses" / "shops").mkdir(parents=True)
    (tmp_path / "clauses" / "shops" / "a.yml").write_bytes(b"clauses: []\n")
    (tmp_path / "notes.txt").write_bytes(b"")
    assert draft_files(tmp_path) == {Path("clauses/shops/a.yml"): b"clauses: []\n"}
    with pytest.raises(InputError, match="holds none of the files of data/"):
        draft_files(tmp_path / "nothing")
