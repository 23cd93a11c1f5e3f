from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text

from contracts.errors import InputError
from desk.audit import COLUMNS, entry_json, entry_row, head_number, read_entries, verify_chain
from desk.storage import ledger
from desk.storage.ledger import Break, Mark
from tests.desk.talk import START, SmallDesk


def test_a_chain_is_whole_until_somebody_changes_it(small_desk: SmallDesk) -> None:
    for number in range(3):
        small_desk.ask(f"第{number}句", f"b{number}")
    whole = verify_chain(small_desk.database, "lamps")
    assert isinstance(whole, Mark)
    assert whole.number == head_number(small_desk.database, "lamps") == 3
    assert verify_chain(small_desk.database, "shoes") == Mark()
    with small_desk.database.transaction() as connection:
        connection.execute(text("UPDATE audit SET actor = 'x' WHERE number = 2"))
    broken = verify_chain(small_desk.database, "lamps")
    assert isinstance(broken, Break)
    assert broken.number == 2


def test_an_entry_put_in_at_the_end_is_seen(small_desk: SmallDesk) -> None:
    small_desk.ask("一句")
    with small_desk.database.transaction() as connection:
        connection.execute(text("UPDATE shops SET last_audit = 0, audit_hash = ''"))
    broken = verify_chain(small_desk.database, "lamps")
    assert isinstance(broken, Break)
    assert (broken.number, broken.fault) == (1, "an entry was added from outside")


def test_a_shop_that_is_not_there(small_desk: SmallDesk) -> None:
    for ask in (verify_chain, head_number):
        with pytest.raises(InputError, match="unknown shop"):
            ask(small_desk.database, "nowhere")


def test_entries_of_a_time(small_desk: SmallDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger, "_BATCH", 2)
    for number in range(5):
        small_desk.ask(f"第{number}句", f"b{number}")
        small_desk.clock.forward(hours=1)
    database, hour = small_desk.database, timedelta(hours=1)
    assert [entry.number for entry in read_entries(database, "lamps")] == [1, 2, 3, 4, 5]
    assert [entry.number for entry in read_entries(database, "lamps", START + hour, START + 3 * hour)] == [2, 3]


def test_an_exported_entry_is_masked_unless_asked_otherwise(small_desk: SmallDesk) -> None:
    small_desk.ask("打我电话13812345678")
    (entry,) = read_entries(small_desk.database, "lamps")
    masked, plain = entry_json(entry), entry_json(entry, masked=False)
    assert tuple(masked) == COLUMNS
    assert masked["body"]["text"] == "打我电话[电话x]"
    assert plain["body"]["text"] == "打我电话13812345678"
    assert masked["body"]["message"] == plain["body"]["message"]
    assert "13812345678" not in str(entry_row(entry))


def test_no_cell_is_a_formula(small_desk: SmallDesk) -> None:
    with small_desk.database.transaction() as connection:
        ledger.record(connection, "lamps", START, "=HYPERLINK(1)", "x", {})
    (entry,) = read_entries(small_desk.database, "lamps")
    assert entry_row(entry)[COLUMNS.index("actor")] == "'=HYPERLINK(1)"
