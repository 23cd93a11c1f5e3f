from __future__ import annotations

from pathlib import Path

import pytest

from contracts.errors import DataError
from desk.connections import Connections, load_connections

SECRET = "0123456789abcdef0123456789abcdef"
GOOD = f"""\
webhook:
  url: https://shop.example/huashu
  secrets: [{SECRET}]
orders:
  url: https://erp.example/latest?shop={{shop}}&buyer={{buyer}}
  token: abc
"""


def _load(folder: Path, text: str, name: str = "lamps") -> Connections:
    (folder / f"{name}.yml").write_text(text, encoding="utf-8")
    return load_connections(folder, ["lamps"])


def test_a_shop_has_a_webhook_and_an_order_system(tmp_path: Path) -> None:
    found = _load(tmp_path, GOOD)
    assert found.webhooks["lamps"].url == "https://shop.example/huashu"
    assert found.webhooks["lamps"].secrets == (SECRET,)
    assert found.orders["lamps"].token == "abc"


def test_secrets_are_not_shown(tmp_path: Path) -> None:
    assert SECRET not in repr(_load(tmp_path, GOOD))
    assert "abc" not in repr(_load(tmp_path, GOOD))


def test_without_files_there_are_no_connections(tmp_path: Path) -> None:
    assert load_connections(tmp_path / "none", ["lamps"]) == Connections({}, {})


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (SECRET, "short-and-known", "at least 32 characters"),
        (f"[{SECRET}]", "[]", "webhook.secrets"),
        ("https://shop.example/huashu", "ftp://shop.example", "must be an address"),
        ("https://shop.example/huashu", "https://me:pass-word@shop.example", "neither a user"),
        ("https://shop.example/huashu", "https://shop.example/#a", "fragment"),
        ("https://shop.example/huashu", "https://shop.example:99999/", "webhook.url"),
        ("https://shop.example/huashu", "https://店.example/", "ASCII"),
        ("&buyer={buyer}", "", r"must hold \{buyer\}"),
        ("{shop}", "{colour}", r"must hold \{buyer\}"),
        ("{shop}", "{shop.__class__}", r"must hold \{buyer\}"),
        ("{shop}", "{shop!r}", r"must hold \{buyer\}"),
        ("{shop}", "{", "brace"),
        ("erp.example", "{shop}.example", "host without braces"),
        ("token: abc", 'token: "a b"', "orders.token"),
        ("token: abc", "colour: red", "unknown key"),
    ],
)
def test_a_faulty_file_is_refused_without_its_secrets(tmp_path: Path, old: str, new: str, fault: str) -> None:
    with pytest.raises(DataError, match=fault) as refused:
        _load(tmp_path, GOOD.replace(old, new))
    assert "lamps.yml:" in str(refused.value)
    for secret in (SECRET, "short-and-known", "pass-word"):
        assert secret not in str(refused.value)


def test_a_file_for_no_shop_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no shop 'shoes'"):
        _load(tmp_path, GOOD, name="shoes")
