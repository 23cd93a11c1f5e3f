from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any

import pytest

from contracts.handover import Handover, Promise
from desk.erasure import erase_buyer
from desk.handover import entry_of
from desk.night.talk import Period
from desk.storage.handovers import EntryKind, Place, put_entry
from desk.storage.shops import lock_shop
from tests.desk.office import Office

BOOK = "/v1/shops/lamps/handover"
NIGHT = "2026-11-19T14:30:00+00:00"


def _entry(office: Office, buyer: str, kind: EntryKind = EntryKind.CUSTOMER, *, late: bool = False, **said: Any) -> str:
    """An entry about a conversation of this buyer's."""
    received = office.ask(buyer=buyer)
    now = office.service.clock()
    due = now - timedelta(hours=3) if late else now + timedelta(hours=3)
    promises = (Promise("上班后回复", due),)
    handover = Handover(kind is EntryKind.URGENT, **{"wants": "要发票", "promises": promises, **said})
    with office.service.database.transaction() as connection:
        lock_shop(connection, "lamps")
        place = Place("lamps", received.conversation, NIGHT)
        return put_entry(connection, place, kind, entry_of(handover, Period(None)), due, now)


def _read(office: Office, **params: str) -> dict[str, Any]:
    answer = office.client("li").get(BOOK, params=params)
    assert answer.status_code == 200, answer.text
    read: dict[str, Any] = answer.json()
    return read


def test_the_urgent_come_first_and_what_is_done_goes(office: Office) -> None:
    plain, urgent = _entry(office, "a"), _entry(office, "b", EntryKind.URGENT)
    assert [entry["id"] for entry in _read(office)["entries"]] == [urgent, plain]
    done = office.client("li").patch(f"{BOOK}/{urgent}", json={"state": "done", "note": "已电话联系"})
    assert (done.json()["state"], done.json()["note"], done.json()["changed_by"]) == ("done", "已电话联系", "li")
    page = _read(office)
    assert [entry["id"] for entry in page["entries"]] == [plain]
    assert page["periods"] == [{"period": NIGHT, "entries": 2, "open": 1}]
    assert [entry["id"] for entry in _read(office, period=NIGHT)["entries"]] == [plain, urgent]


def test_an_entry_that_is_not_there_is_not_found(office: Office) -> None:
    answer = office.client("li").patch(f"{BOOK}/{'0' * 32}", json={"state": "done"})
    assert answer.status_code == 404


def test_the_export_shows_no_telephone_number_and_no_formula(office: Office) -> None:
    _entry(office, "a", collected={"phone": "13812345678"}, asks=("=HYPERLINK(1)",))
    answer = office.client("li").get(f"{BOOK}.csv")
    assert answer.headers["content-type"].startswith("text/csv")
    assert "13812345678" not in answer.text
    head, row = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert head[:4] == ["时段", "类别", "状态", "买家"]
    assert not any(cell.startswith("=") for cell in row)


def test_the_paper_shows_what_a_buyer_wrote_and_runs_none_of_it(office: Office) -> None:
    _entry(office, "a", wants="<script>alert(1)</script>")
    answer = office.client("li").get(f"{BOOK}/paper")
    assert "&lt;script&gt;" in answer.text
    assert "<script>" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_a_shift_does_not_end_while_a_buyer_waits_without_a_note(office: Office) -> None:
    waiting = office.ask(buyer="zhang").conversation
    li = office.client("li")
    assert li.get("/v1/shops/lamps/shift-end").json()["owed"] == [waiting]
    refused = li.post("/v1/shops/lamps/shift-end", json={"note": "正常"})
    assert refused.status_code == 422
    assert "zhang" in refused.json()["detail"]
    item = {"conversation": waiting, "kind": "urgent", "text": "答应明早补发，单号还没给"}
    ended = li.post("/v1/shops/lamps/shift-end", json={"note": "正常", "items": [item]})
    assert ended.status_code == 201
    page = _read(office)
    assert [(entry["wants"], entry["kind"], entry["source"]) for entry in page["entries"]] == [
        ("答应明早补发，单号还没给", "urgent", "shift")
    ]
    assert [(end["agent"], end["note"]) for end in page["ends"]] == [("li", "正常")]
    assert li.get("/v1/shops/lamps/shift-end").json()["owed"] == []


def test_a_late_promise_has_to_be_spoken_of(office: Office) -> None:
    late = _entry(office, "a", late=True)
    (entry,) = _read(office)["entries"]
    assert entry["late"] is True
    li = office.client("li")
    assert li.post("/v1/shops/lamps/shift-end", json={}).status_code == 422
    assert li.patch(f"{BOOK}/{late}", json={"state": "done"}).status_code == 200
    owed = li.get("/v1/shops/lamps/shift-end").json()["owed"]
    assert owed == [entry["conversation"]], "the promise is kept; the buyer still waits"


@pytest.mark.parametrize("due", ["2026-11-21T09:00:00", "yesterday"])
def test_a_time_without_a_zone_is_refused(office: Office, due: str) -> None:
    talk = office.ask().conversation
    item = {"conversation": talk, "kind": "lead", "text": "回尺码", "due": due}
    answer = office.client("li").post("/v1/shops/lamps/shift-end", json={"items": [item]})
    assert answer.status_code == 422
    assert answer.json()["field"] == "items.0.due"


def test_erasing_a_buyer_empties_their_entries(office: Office) -> None:
    _entry(office, "zhang", collected={"phone": "13812345678"})
    erase_buyer(office.service.database, "lamps", "zhang", "boss", office.service.clock)
    assert "13812345678" not in str(_read(office))
    assert _read(office)["entries"][0]["wants"] == ""
