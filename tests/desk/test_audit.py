from __future__ import annotations

import csv
import io
import json
from datetime import timedelta

import pytest
from sqlalchemy import text

from contracts.errors import InputError
from desk.audit import COLUMNS, Export, Span, entry_json, entry_row, head_number, verify_chain, write_entries
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
    assert [entry.number for entry in Export("lamps", 5).entries(database)] == [1, 2, 3, 4, 5]
    assert [entry.number for entry in Export("lamps", 3).entries(database)] == [1, 2, 3]
    span = Span(START + hour, START + 3 * hour)
    assert [entry.number for entry in Export("lamps", 5, span).entries(database)] == [2, 3]


def test_what_is_taken_out_is_written_down_and_not_part_of_it(small_desk: SmallDesk) -> None:
    small_desk.ask("打我电话13812345678")
    database = small_desk.database
    export = Export.begin(database, "lamps", Span(until=START), "zhao", START, masked=False)
    assert export == Export("lamps", 1, Span(until=START))
    assert list(export.entries(database)) == []
    written = list(Export("lamps", 9).entries(database))[-1]
    assert (written.kind, written.actor) == ("exported", "zhao")
    assert written.body == {"masked": False, "from": None, "to": START.isoformat()}


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_the_lines_of_a_file(small_desk: SmallDesk, form: str) -> None:
    small_desk.ask("第一行\n第二行 13812345678")
    text_of = "".join(write_entries(Export("lamps", 1).entries(small_desk.database), form, masked=True))
    if form == "csv":
        head, row = csv.reader(io.StringIO(text_of))
        assert tuple(head) == COLUMNS
        body = json.loads(row[COLUMNS.index("body")])
    else:
        body = json.loads(text_of)["body"]
        assert text_of.count("\n") == 1
    assert body["text"] == "第一行\n第二行 [电话x]"


def test_an_exported_entry_is_masked_unless_asked_otherwise(small_desk: SmallDesk) -> None:
    small_desk.ask("打我电话13812345678")
    (entry,) = Export("lamps", 1).entries(small_desk.database)
    masked, plain = entry_json(entry), entry_json(entry, masked=False)
    assert tuple(masked) == COLUMNS
    assert masked["body"]["text"] == "打我电话[电话x]"
    assert plain["body"]["text"] == "打我电话13812345678"
    assert masked["body"]["message"] == plain["body"]["message"]
    assert "13812345678" not in str(entry_row(entry))


def test_no_cell_is_a_formula(small_desk: SmallDesk) -> None:
    with small_desk.database.transaction() as connection:
        ledger.record(connection, "lamps", START, "=HYPERLINK(1)", "x", {})
    (entry,) = Export("lamps", 1).entries(small_desk.database)
    assert entry_row(entry)[COLUMNS.index("actor")] == "'=HYPERLINK(1)"
