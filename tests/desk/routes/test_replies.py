from __future__ import annotations

from desk.storage.suggestions import latest_suggested
from tests.desk.office import Office, until


def test_the_library_of_a_shop_with_what_agents_made_of_it(office: Office) -> None:
    talk = office.ask().conversation
    li = office.client("li")
    detail = until(lambda: li.get(f"/v1/conversations/{talk}").json()["suggested"])
    best = detail["answer"]["suggestions"][0]
    body = {"text": best["text"] + "～", "key": "k", "suggestion": detail["id"], "rank": 1}
    assert li.post(f"/v1/conversations/{talk}/messages", json=body).status_code == 201
    page = li.get("/v1/shops/lamps/replies", params={"order": "shown", "limit": 5}).json()
    assert len(page["replies"]) == page["next"] == 5
    assert all("tmall" in reply["platforms"] for reply in page["replies"])
    mine = next(reply for reply in page["replies"] if reply["id"] == best["reply_id"])
    assert (mine["usage"]["shown"], mine["usage"]["edited_share"], mine["standing"]) == (1, 1.0, "valid")
    one = li.get(f"/v1/shops/lamps/replies/{best['reply_id']}").json()
    assert one["edits"] == [{"text": best["text"] + "～", "count": 1}]
    assert one["questions"]
    with office.service.database.transaction() as connection:
        assert latest_suggested(connection, talk) is not None


def test_searching_and_filtering(office: Office) -> None:
    li = office.client("li")
    found = li.get("/v1/shops/lamps/replies", params={"q": "发票抬头写错了", "limit": 3}).json()["replies"]
    assert found[0]["topic"] == "invoice/title"
    about = li.get("/v1/shops/lamps/replies", params={"topic": "invoice"}).json()
    assert {reply["topic"].partition("/")[0] for reply in about["replies"]} == {"invoice"}


def test_what_is_covered_in_which_state(office: Office) -> None:
    covers = office.client("li").get("/v1/shops/lamps/coverage").json()
    issue = next(cover for cover in covers if cover["topic"] == "invoice/issue")
    assert [cell["status"] for cell in issue["states"]][:3] == [None, "unpaid", "paid"]
    assert all(cell["day"]["always"] for cell in issue["states"])


def test_a_reply_that_is_not_there(office: Office) -> None:
    assert office.client("li").get("/v1/shops/lamps/replies/no.such").status_code == 404
    wrong = office.client("li").get("/v1/shops/lamps/replies", params={"from": "2026-02-01", "to": "2026-01-01"})
    assert wrong.status_code == 422
