from __future__ import annotations

from desk.channels.protocol import Refused
from tests.desk.office import Office, until
from tests.desk.test_two_processes import ANSWERS

PATH = "/v1/shops/lamps/dead-letters"


def _die(office: Office, buyer: str) -> str:
    """A line that its receiver refuses; its id."""
    office.channel.faults.append(Refused(f"nobody knows {buyer}"))
    talk = office.ask(buyer=buyer).conversation
    body = {"text": ANSWERS[0], "key": "k"}
    sent = office.client("li").post(f"/v1/conversations/{talk}/messages", json=body).json()["message"]["id"]
    letters = office.client("li")
    until(lambda: sent in [letter["message"] for letter in letters.get(PATH).json()["letters"]])
    return str(sent)


def test_what_could_not_be_delivered_is_listed_until_it_is(office: Office) -> None:
    li = office.client("li")
    assert li.get(PATH).json() == {"letters": [], "next": None}
    sent = _die(office, "zhang")
    (letter,) = li.get(PATH).json()["letters"]
    assert (letter["message"], letter["text"], letter["author"]) == (sent, ANSWERS[0], "li")
    assert (letter["error"], letter["tries"]) == ("nobody knows zhang", 1)
    again = li.post(f"/v1/conversations/{letter['conversation']}/messages/{sent}/retry")
    assert again.status_code == 200
    until(lambda: not li.get(PATH).json()["letters"])
    until(lambda: [message.key for message in office.channel.got] == [sent])


def test_the_list_is_read_page_by_page_the_latest_first(office: Office) -> None:
    li = office.client("li")
    sent = [_die(office, buyer) for buyer in ("zhang", "wang", "zhao")]
    seen, cursor = [], None
    while True:
        page = li.get(PATH, params={"limit": 1, **({"cursor": cursor} if cursor else {})}).json()
        seen += [letter["message"] for letter in page["letters"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert seen == sent[::-1]
    for wrong in ("x", "2026-11-20 abc", "2026-11-20T10:00:00+08:00 \x00", "0001-01-01T00:00:00+14:00 a"):
        assert li.get(PATH, params={"cursor": wrong}).status_code == 422
