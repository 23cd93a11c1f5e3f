from __future__ import annotations

import csv
import io
import json

import pytest

from desk.people.access import Scope
from desk.storage.agents import add_agent
from tests.desk.office import Office

SAID = "我电话13812345678\n请回我"


def test_a_shift_leader_reads_on_page_by_page(office: Office) -> None:
    for number in range(5):
        office.ask(SAID, f"buyer-{number}")
    leader = office.client("zhao")
    seen, last = [0], 1
    while seen[-1] < last:
        page = leader.get("/v1/shops/lamps/audit", params={"after": seen[-1], "limit": 2}).json()
        seen += [entry["number"] for entry in page["entries"]]
        last = page["last"]
    assert seen == [*range(last + 1)]
    first = leader.get("/v1/shops/lamps/audit", params={"limit": 1}).json()["entries"][0]
    assert (first["kind"], first["actor"], first["erased"]) == ("received", "buyer", False)
    assert first["body"]["text"] == "我电话[电话x]\n请回我"


def test_agents_and_tokens_without_the_scope_have_no_look(office: Office) -> None:
    tokens = office.service.people.tokens
    reads = tokens.make("audit", "lamps", [Scope.AUDIT_READ], "console").secret
    other = tokens.make("panel", "lamps", [Scope.MESSAGES_READ], "console").secret
    for path in ("/v1/shops/lamps/audit", "/v1/shops/lamps/audit/export"):
        assert office.client("li").get(path).status_code == 403
        for secret, status in ((reads, 200), (other, 403)):
            anybody = office.client("li")
            anybody.headers["Authorization"] = f"Bearer {secret}"
            assert anybody.get(path).status_code == status
            assert anybody.get(path.replace("lamps", "shoes")).status_code == 404


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_an_export_is_a_masked_file_and_an_entry(office: Office, form: str) -> None:
    office.ask(SAID)
    leader = office.client("zhao")
    answer = leader.get("/v1/shops/lamps/audit/export", params={"format": form})
    assert answer.status_code == 200
    assert f"audit.{form}" in answer.headers["content-disposition"]
    rows = list(
        csv.DictReader(io.StringIO(answer.text)) if form == "csv" else map(json.loads, answer.text.splitlines())
    )
    assert rows[0]["kind"] == "received"
    assert "13812345678" not in answer.text
    entries = leader.get("/v1/shops/lamps/audit").json()["entries"]
    assert [(entry["kind"], entry["actor"]) for entry in entries if entry["kind"] == "exported"] == [
        ("exported", "zhao")
    ]


def test_a_span_of_time(office: Office) -> None:
    office.ask(SAID)
    leader = office.client("zhao")
    nothing = leader.get("/v1/shops/lamps/audit/export", params={"until": "2001-01-01T00:00:00Z"})
    assert (nothing.status_code, nothing.text) == (200, "")
    assert leader.get("/v1/shops/lamps/audit/export", params={"since": "yesterday"}).status_code == 422


def test_personal_data_is_for_an_admin_where_the_setting_allows_it(office: Office) -> None:
    office.ask(SAID)
    paths = ("/v1/shops/lamps/audit", "/v1/shops/lamps/audit/export")
    for path in paths:
        assert office.client("zhao").get(path, params={"unmasked": True}).status_code == 403
    with office.service.database.transaction() as connection:
        now = office.service.clock()
        add_agent(connection, "boss", "boss", "no password", now, admin=True, must_change=False)
    for path in paths:
        refused = office.client("boss").get(path, params={"unmasked": True})
        assert refused.status_code == 403
        assert "unmasked_export" in refused.json()["detail"]
