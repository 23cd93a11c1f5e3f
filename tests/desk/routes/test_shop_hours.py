from __future__ import annotations

from typing import Any

from desk.storage.ledger import entries
from tests.desk.office import Office

HOURS = "/v1/shops/lamps/hours"
AUTO = "/v1/shops/lamps/auto"
NEVER: dict[str, Any] = {"shifts": []}
WEEK = {"shifts": [{"name": "白班", "days": "mon-fri", "spans": ["09:00-12:00", "13:00-18:00"]}]}


def test_a_leader_sets_the_hours_and_everybody_sees_them(office: Office) -> None:
    zhao, li = office.client("zhao"), office.client("li")
    assert li.get(HOURS).json()["set_by"] == {"source": "file", "version": 0, "changed_by": "", "changed_at": None}
    answer = zhao.put(HOURS, json={"hours": WEEK, "version": 0})
    assert answer.status_code == 200, answer.text
    read = li.get(HOURS).json()
    assert read["text"] == "周一至周五9:00-12:00和13:00-18:00"
    assert (read["set_by"]["source"], read["set_by"]["changed_by"]) == ("set", "zhao")
    assert len(read["days"]) == 14
    assert office.service.desk.shops.find("lamps").variables["shop.hours"] == read["text"]
    with office.service.database.transaction() as connection:
        assert [entry.actor for entry in entries(connection, "lamps") if entry.kind == "shop_set"] == ["zhao"]
    back = zhao.put(HOURS, json={"hours": None})
    assert back.json()["open"] is True
    assert (back.json()["set_by"]["source"], back.json()["set_by"]["version"]) == ("file", 2)


def test_what_is_read_may_be_sent_back(office: Office) -> None:
    zhao = office.client("zhao")
    read = zhao.get(HOURS).json()
    assert zhao.put(HOURS, json={"hours": read["hours"]}).json()["text"] == read["text"]


def test_two_leaders_do_not_overwrite_each_other(office: Office) -> None:
    zhao = office.client("zhao")
    assert zhao.put(HOURS, json={"hours": WEEK, "version": 0}).status_code == 200
    assert zhao.put(HOURS, json={"hours": NEVER, "version": 0}).status_code == 409


def test_an_agent_may_read_and_not_set(office: Office) -> None:
    li = office.client("li")
    for path, body in ((HOURS, {"hours": NEVER}), (AUTO, {"auto": {"mode": "off"}})):
        assert li.get(path).status_code == 200
        assert li.put(path, json=body).status_code == 403
    assert li.post(f"{AUTO}/trial", json={"mode": "off"}).status_code == 403


def test_a_preview_sets_nothing_and_knows_special_days(office: Office) -> None:
    zhao = office.client("zhao")
    today = zhao.get(HOURS).json()["days"][0]["day"]
    wanted = {**WEEK, "exceptions": [{"date": today, "spans": ["20:00-02:00"]}]}
    shown = zhao.post(f"{HOURS}/preview", json=wanted).json()["days"][0]
    assert shown["note"] == "exception"
    assert shown["spans"][0]["start"].startswith(f"{today}T20:00")
    assert zhao.get(HOURS).json()["set_by"]["source"] == "file"


def test_faulty_hours_are_refused_with_the_field(office: Office) -> None:
    zhao = office.client("zhao")
    bad = {"shifts": [{"days": "mon-fri", "spans": ["9-18"]}]}
    answer = zhao.put(HOURS, json={"hours": bad})
    assert (answer.status_code, answer.json()["field"]) == (422, "hours.shifts.0.spans.0")
    unknown = zhao.put(HOURS, json={"hours": {"preset": "nightly"}})
    assert unknown.status_code == 422
    assert "nightly" in unknown.json()["detail"]


def test_a_policy_is_set_and_an_unknown_topic_refused(office: Office) -> None:
    zhao = office.client("zhao")
    wanted = {"mode": "answers", "topics": ["invoice", "shipping/freight"], "quiet_minutes": 5}
    assert zhao.put(AUTO, json={"auto": wanted}).json()["auto"] == wanted
    assert office.service.desk.shops.find("lamps").auto.allows("invoice/type")
    refused = zhao.put(AUTO, json={"auto": {"mode": "answers", "topics": ["weather"]}})
    assert refused.status_code == 422
    assert "weather" in refused.json()["detail"]


def test_a_policy_is_tried_on_the_last_closed_period_and_nothing_is_sent(office: Office) -> None:
    zhao = office.client("zhao")
    assert zhao.put(AUTO, json={"auto": {"mode": "off"}}).status_code == 200
    assert (
        zhao.put(HOURS, json={"hours": {"shifts": [{"days": "daily", "spans": [_elsewhere(office)]}]}}).status_code
        == 200
    )
    talks = [office.ask("能开专票吗", buyer=buyer).conversation for buyer in ("zhang", "wu", "chen")]
    first = zhao.post(f"{AUTO}/trial", json={"mode": "answers"}, params={"limit": 2}).json()
    assert (first["total"], len(first["talks"])) == (3, 2)
    rest = zhao.post(f"{AUTO}/trial", json={"mode": "answers"}, params={"limit": 2, "after": first["next"]}).json()
    assert rest["next"] is None
    tried = [*first["talks"], *rest["talks"]]
    assert sorted(talk["conversation"] for talk in tried) == sorted(talks)
    assert all(line["would_send"] for talk in tried for line in talk["lines"])
    assert office.channel.got == []


def _elsewhere(office: Office) -> str:
    """An hour of the day that is far from now, on the clock of Shanghai."""
    hour = (office.service.clock().hour + 8 + 12) % 24
    return f"{hour:02}:00-{hour:02}:30"
