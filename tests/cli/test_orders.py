from __future__ import annotations

from pathlib import Path

import pytest

from desk.orders.table import TableOrders
from desk.storage.database import Database
from tests.cli.conftest import Huashu

GOOD = (
    "number,buyer,placed_at,status,item\nn1,zhang,2026-11-20 10:00,paid,台灯\nn2,wang,2026-11-19 10:00,shipped,落地灯\n"
)


@pytest.fixture
def orders(huashu: Huashu, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Huashu:
    """The command over a database of its own."""
    monkeypatch.setenv("HUASHU_STORAGE__URL", f"sqlite:///{tmp_path / 'orders.db'}")
    return huashu


def _file(folder: Path, text: str = GOOD) -> str:
    (folder / "orders.csv").write_text(text, encoding="utf-8")
    return str(folder / "orders.csv")


def test_orders_are_imported_listed_and_shown(orders: Huashu, tmp_path: Path) -> None:
    ended = orders("orders", "import", _file(tmp_path), "--shop", "demo-tmall")
    assert (ended.code, ended.out.strip()) == (0, "demo-tmall: 2 orders")
    listed = orders("orders", "list", "--shop", "demo-tmall")
    assert listed.code == 0
    assert [line.split()[0] for line in listed.out.splitlines()] == ["n1", "n2", "2"]
    assert "2026-11-20 10:00" in listed.out
    shown = orders("orders", "show", "n2", "--shop", "demo-tmall")
    assert shown.code == 0
    assert "落地灯" in shown.out


def test_with_json(orders: Huashu, tmp_path: Path) -> None:
    imported = orders("orders", "import", _file(tmp_path), "--shop", "demo-tmall", "--json")
    assert imported.json == {"shop": "demo-tmall", "imported": 2}
    listed = orders("orders", "list", "--shop", "demo-tmall", "--buyer", "wang", "--json").json
    assert [row["number"] for row in listed] == ["n2"]
    assert orders("orders", "list", "--shop", "demo-jd", "--json").json == []
    assert orders("orders", "show", "n1", "--shop", "demo-tmall", "--json").json == {
        "number": "n1",
        "buyer": "zhang",
        "placed_at": "2026-11-20T02:00:00+00:00",
        "status": "paid",
        "item": "台灯",
    }


def test_a_faulty_file_imports_nothing(orders: Huashu, tmp_path: Path) -> None:
    ended = orders("orders", "import", _file(tmp_path, GOOD + "n3,li,soon,payed,\n"), "--shop", "demo-tmall")
    assert ended.code == 2
    assert "nothing was imported" in ended.err
    assert ended.err.count("line 4:") == 2
    assert orders("orders", "list", "--shop", "demo-tmall", "--json").json == []


def test_a_desk_that_runs_sees_the_orders_at_once(orders: Huashu, tmp_path: Path) -> None:
    desk = Database.open(f"sqlite:///{tmp_path / 'orders.db'}")
    try:
        assert orders("orders", "import", _file(tmp_path), "--shop", "demo-tmall").code == 0
        assert TableOrders(desk).latest("demo-tmall", "zhang")["item"] == "台灯"
    finally:
        desk.close()


def test_what_is_not_there_is_bad_input(orders: Huashu, tmp_path: Path) -> None:
    assert orders("orders", "import", _file(tmp_path), "--shop", "nobody").code == 2
    assert orders("orders", "import", str(tmp_path / "none.csv"), "--shop", "demo-tmall").code == 2
    ended = orders("orders", "show", "n9", "--shop", "demo-tmall")
    assert ended.code == 2
    assert "no order 'n9'" in ended.err
