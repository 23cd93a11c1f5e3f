from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from contracts.errors import DataError
from desk.orders.csv_file import read_orders
from desk.storage.orders import OrderRow

SHANGHAI = ZoneInfo("Asia/Shanghai")
HEAD = "number,buyer,placed_at,status,amount,item.custom\n"


def _read(folder: Path, text: str | bytes) -> tuple[OrderRow, ...]:
    file = folder / "orders.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_orders(file, SHANGHAI)


def test_rows_become_orders(tmp_path: Path) -> None:
    rows = _read(tmp_path, HEAD + "n1,张三,2026-11-20 10:00,paid,59.9,true\n\nn2,,,,,\n")
    placed = datetime(2026, 11, 20, 10, tzinfo=SHANGHAI)
    assert rows == (
        OrderRow("n1", "张三", placed, {"status": "paid", "amount": 59.9, "item.custom": True}),
        OrderRow("n2"),
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_files_of_spreadsheets_are_read(tmp_path: Path, encoding: str) -> None:
    (row,) = _read(tmp_path, 'number,item\r\nn1,"台灯, 白色"\r\n'.encode(encoding))
    assert row.fields == {"item": "台灯, 白色"}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "column 'number' is missing"),
        ("buyer\nzhang\n", "column 'number' is missing"),
        ("number,colour\nn1,red\n", "unknown column 'colour'; known: buyer"),
        ("number,order.status\nn1,paid\n", "unknown column 'order.status'"),
        ("number,buyer.text\nn1,x\n", "unknown column 'buyer.text'"),
        ("number,buyer,buyer\nn1,a,b\n", "buyer: is given twice"),
        ("number\n", "holds no order"),
        ("number,status\nn1,payed\n", "line 2: order field 'status': it cannot be read"),
        ("number,status\n,paid\n", "line 2: number is missing"),
        ("number\nn1\nn2\nn1\n", "line 4: the number n1 stands in an earlier line"),
        ("number,buyer\nn1\n", "line 2: has 1 cells, the first line has 2"),
        ("number,placed_at\nn1,soon\n", "line 2: placed_at 'soon' is not an ISO time"),
        ("number,placed_at\nn1,0001-01-01T00:00\n", "line 2: placed_at"),
        (f"number,buyer\nn1,{'x' * 201}\n", "line 2: buyer is longer than 200 characters"),
        ("number,item.custom\nn1,maybe\n", "line 2: context key 'item.custom'"),
        ('number,item\nn1,"open\n', "is not CSV"),
        (f'number,item\nn1,"{"x" * 140_000}"\n', "is not CSV"),
    ],
)
def test_a_faulty_file_is_refused_with_its_line(tmp_path: Path, text: str, fault: str) -> None:
    with pytest.raises(DataError) as refused:
        _read(tmp_path, text)
    assert fault in str(refused.value)


def test_every_faulty_row_is_named_or_counted(tmp_path: Path) -> None:
    with pytest.raises(DataError) as refused:
        _read(tmp_path, "number,status\n" + "".join(f"n{number},payed\n" for number in range(25)))
    told = str(refused.value).splitlines()
    assert "nothing was imported" in told[0]
    assert told[1].strip().startswith("line 2:")
    assert len(told) == 22
    assert told[-1].strip() == "and 5 more"


def test_what_cannot_be_seen_is_not_kept(tmp_path: Path) -> None:
    (row,) = _read(tmp_path, "number,buyer,item\n\u200bn1 ,zh\u0000ang,台\u202e灯\n")
    assert row == OrderRow("n1", "zhang", None, {"item": "台灯"})


def test_a_file_that_is_not_there_or_no_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be read"):
        read_orders(tmp_path / "none.csv", SHANGHAI)
    with pytest.raises(DataError, match="neither UTF-8 nor GB18030"):
        _read(tmp_path, b"number\n\xff\xff\xff\n")
