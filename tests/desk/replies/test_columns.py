from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from contracts.errors import InputError
from contracts.platform import Platform
from contracts.reply import Validity
from contracts.taxonomy import Taxonomy
from desk.replies.columns import COLUMNS, as_text, cells_of, flat, nested, value_of
from files.table import Cell
from retrieval.library import Library
from retrieval.reply_record import ReplyRecord
from tests.doubles import make_reply

DAY = date(2026, 11, 21)
REPLY = replace(
    make_reply("a.b", "可以", "能吗", "行吗", platforms=frozenset({Platform.JD, Platform.TMALL})),
    keeps=("tmall.a", "jd.b"),
    auto=True,
    valid=Validity(None, DAY),
)


def test_the_columns_are_the_records_fields() -> None:
    assert list(dict.fromkeys(column.partition(".")[0] for column in COLUMNS)) == list(ReplyRecord.model_fields)


def test_a_reply_as_cells() -> None:
    assert dict(zip(COLUMNS, cells_of(REPLY), strict=True)) == {
        "id": "a.b",
        "topic": "invoice/issue",
        "platforms": "tmall\njd",
        "text": "可以",
        "promise": "",
        "questions": "能吗\n行吗",
        "when": "",
        "auto": True,
        "valid.from": "",
        "valid.to": DAY,
        "keeps": "tmall.a\njd.b",
        "approved.by": "demo",
        "approved.on": DAY,
    }
    everywhere = dict(zip(COLUMNS, cells_of(make_reply("a.b", "可以")), strict=True))
    assert (everywhere["platforms"], everywhere["auto"]) == ("all", False)


def test_a_question_of_two_lines_has_no_cell() -> None:
    with pytest.raises(InputError, match=r"a\.b: questions: an item with a line break"):
        cells_of(make_reply("a.b", "可以", "能\n吗"))


def test_every_shipped_reply_comes_back_from_its_cells(shipped_library: Library, taxonomy: Taxonomy) -> None:
    for reply in shipped_library.replies:
        cells = zip(COLUMNS, map(as_text, cells_of(reply)), strict=True)
        record = nested({column: value_of(column, cell) for column, cell in cells if cell})
        assert ReplyRecord.model_validate(record, context=taxonomy).reply() == reply


def test_columns_become_a_record() -> None:
    assert nested(flat(REPLY)) == {
        "id": "a.b",
        "topic": "invoice/issue",
        "platforms": ["tmall", "jd"],
        "text": "可以",
        "questions": ["能吗", "行吗"],
        "auto": True,
        "valid": {"to": DAY},
        "keeps": ["tmall.a", "jd.b"],
        "approved": {"by": "demo", "on": DAY},
    }
    assert nested({"text": "可以"}) == {"text": "可以", "valid": {}, "approved": {}}


@pytest.mark.parametrize(
    ("column", "cell", "value"),
    [
        ("text", "一\r\n二", "一\n二"),
        ("text", 48.0, "48"),
        ("text", True, "true"),
        ("id", 3, "3"),
        ("questions", "能吗\r\n\n 行吗, 好吗 ", ["能吗", " 行吗, 好吗 "]),
        ("platforms", "tmall、jd，pdd douyin\nkuaishou", ["tmall", "jd", "pdd", "douyin", "kuaishou"]),
        ("when", "order.status=paid", {"order.status": ["paid"]}),
        ("auto", "TRUE", True),
        ("auto", "否", False),
        ("auto", True, True),
        ("auto", 0.0, False),
        ("approved.on", DAY, DAY),
        ("approved.on", "2026-11-21", DAY),
        ("approved.on", "2026/11/21", DAY),
        ("valid.from", "2026年1月5日", date(2026, 1, 5)),
    ],
)
def test_what_a_cell_says(column: str, cell: Cell, value: Any) -> None:
    assert value_of(column, cell) == value


@pytest.mark.parametrize(
    ("column", "cell", "message"),
    [
        ("auto", "maybe", "neither true nor false"),
        ("valid.to", "soon", "is not a day"),
        ("valid.to", "2026/2/30", "is not a day"),
        ("approved.on", 46000, "is not a day"),
        ("approved.on", "1494012000", "is not a day"),
        ("when", "paid", "is not of the form"),
    ],
)
def test_a_cell_that_cannot_be_read(column: str, cell: Cell, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        value_of(column, cell)
