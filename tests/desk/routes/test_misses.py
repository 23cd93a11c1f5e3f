from __future__ import annotations

from tests.desk.office import Office, until


def test_what_an_agent_answered_by_hand_is_a_miss_and_becomes_a_proposal(office: Office) -> None:
    talk = office.ask("能开专票吗，我电话13812345678").conversation
    li = office.client("li")
    until(lambda: li.get(f"/v1/conversations/{talk}").json()["suggested"])
    body = {"text": "专票这边可以开的，您放心", "key": "k"}
    assert li.post(f"/v1/conversations/{talk}/messages", json=body).status_code == 201
    page = li.get("/v1/shops/lamps/misses").json()
    assert (page["total"], page["lines"], page["cut"], page["next"]) == (1, 1, False, None)
    (group,) = page["groups"]
    assert group["examples"] == ["能开专票吗，我电话[电话x]"]
    assert group["reasons"] == [{"reason": "otherwise", "count": 1}]
    assert group["nearest"]["reply_id"]
    proposal = {"topic": "invoice/type", "text": "专票这边可以开的，您放心", "lines": group["lines"]}
    made = li.post("/v1/shops/lamps/proposals", json=proposal).json()["proposal"]
    assert (made["questions"], made["lines"], made["made_by"]) == (group["examples"], group["lines"], "li")
