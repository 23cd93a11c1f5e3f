from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from desk.channels.signing import sign
from desk.clock import utc_now
from desk.routes.doors import MOST_BYTES
from desk.storage.conversations import get_conversation, get_message, messages_of
from desk.storage.unread import unread_count
from tests.desk.channels.app import build, open_doors, served
from tests.desk.channels.outside import EXAMPLE, SECRET
from tests.desk.talk import START, SmallDesk

PATH = "/v1/channels/webhook/lamps"
LINE = {
    "id": "e1",
    "buyer": "zhang",
    "buyer_name": "小张",
    "text": "能开专票吗",
    "said_at": "2026-11-20T09:59:58+08:00",
}


@pytest.fixture
def client(small_desk: SmallDesk) -> Iterator[TestClient]:
    with TestClient(build(open_doors(small_desk))) as made:
        yield made


def _post(
    client: TestClient, line: Any, path: str = PATH, at: int | None = None, secret: str = SECRET, **headers: str
) -> tuple[int, Any]:
    body = line if isinstance(line, bytes) else json.dumps(line).encode()
    stamp = int(START.timestamp()) if at is None else at
    signed = {"X-Huashu-Timestamp": str(stamp), "X-Huashu-Signature": sign(secret, stamp, body)}
    answer = client.post(path, content=body, headers={**signed, **headers})
    assert "Traceback" not in answer.text
    return answer.status_code, answer.json()


def _stored(desk: SmallDesk) -> int:
    with desk.database.transaction() as connection:
        return unread_count(connection)


def test_a_signed_line_is_kept_and_answered_at_once(client: TestClient, small_desk: SmallDesk) -> None:
    status, answer = _post(client, LINE)
    assert status == 202
    assert answer["duplicate"] is False
    with small_desk.database.transaction() as connection:
        message = get_message(connection, answer["message"])
        talk = get_conversation(connection, answer["conversation"])
    assert message is not None
    assert talk is not None
    assert (message.text, message.said_at) == ("能开专票吗", START - timedelta(seconds=2))
    assert (talk.shop, talk.channel, talk.buyer, talk.buyer_name) == ("lamps", "webhook", "zhang", "小张")
    assert small_desk.unread.times == 1
    assert _stored(small_desk) == 1


def test_the_same_line_again_is_one_line(client: TestClient, small_desk: SmallDesk) -> None:
    first, again = _post(client, LINE), _post(client, LINE, at=int(START.timestamp()) + 60)
    assert first[0] == again[0] == 202
    assert again[1] == {**first[1], "duplicate": True}
    with small_desk.database.transaction() as connection:
        assert len(messages_of(connection, first[1]["conversation"], 10)) == 1


def test_an_id_that_says_something_else_is_a_conflict(client: TestClient, small_desk: SmallDesk) -> None:
    assert _post(client, LINE)[0] == 202
    assert _post(client, {**LINE, "text": "算了"})[0] == 409
    assert _post(client, {**LINE, "text": "算了", "buyer": "wang"})[0] == 202
    asked = small_desk.ask("在吗", buyer="zhang")
    assert asked.conversation


def test_a_key_of_an_agent_does_not_stand_in_the_way_of_a_line_with_that_id(
    client: TestClient, small_desk: SmallDesk
) -> None:
    conversation = _post(client, LINE)[1]["conversation"]
    small_desk.sender.send(small_desk.draft(conversation, "可以开的亲，付款后把抬头发我，免费给您开", key="k9"))
    status, answer = _post(client, {**LINE, "id": "k9"})
    assert (status, answer["duplicate"]) == (202, False)


def test_a_line_of_before_is_kept_with_its_time_and_one_of_a_fast_clock_with_ours(
    client: TestClient, small_desk: SmallDesk
) -> None:
    for name, said, kept in (
        ("a", START - timedelta(days=2), START - timedelta(days=2)),
        ("b", START + timedelta(seconds=200), START),
    ):
        answer = _post(client, {**LINE, "id": name, "said_at": said.isoformat()})[1]
        with small_desk.database.transaction() as connection:
            message = get_message(connection, answer["message"])
        assert message is not None
        assert message.said_at == kept


def test_a_stale_request_is_refused(client: TestClient, small_desk: SmallDesk) -> None:
    for off in (-301, 301, 10**8):
        assert _post(client, LINE, at=int(START.timestamp()) + off)[0] == 401
    assert _stored(small_desk) == 0


@pytest.mark.parametrize(
    ("path", "more"),
    [
        (PATH, {"secret": "x" * 40}),
        (PATH, {"X-Huashu-Signature": ""}),
        (PATH, {"X-Huashu-Timestamp": "now"}),
        ("/v1/channels/webhook/shoes", {}),
        ("/v1/channels/webhook/nobody", {}),
    ],
)
def test_who_is_not_known_learns_nothing(
    client: TestClient, small_desk: SmallDesk, path: str, more: dict[str, str]
) -> None:
    status, answer = _post(client, LINE, path, **more)
    assert (status, answer) == (401, {"detail": "the signature is missing, wrong, or older than five minutes"})
    assert _stored(small_desk) == 0


def test_a_body_that_was_changed_is_refused(client: TestClient) -> None:
    body, stamp = json.dumps(LINE).encode(), int(START.timestamp())
    headers = {"X-Huashu-Timestamp": str(stamp), "X-Huashu-Signature": sign(SECRET, stamp, body)}
    assert client.post(PATH, content=body.replace(b"zhang", b"wangs"), headers=headers).status_code == 401


def test_an_older_secret_opens_as_well(client: TestClient) -> None:
    assert _post(client, LINE, secret="an-older-one" + "o" * 32)[0] == 202


def _without(key: str) -> dict[str, str]:
    return {name: value for name, value in LINE.items() if name != key}


NO_LINES: list[tuple[Any, str]] = [
    (b"", "JSON"),
    (b"{", "JSON"),
    (b"\xff\xfe", ""),
    (b"[]", ""),
    (b"[" * 30_000, ""),
    (_without("id"), "id"),
    (_without("buyer"), "buyer"),
    (_without("text"), "text"),
    (_without("said_at"), "said_at"),
    ({**LINE, "colour": "red"}, "colour: unknown key"),
    ({**LINE, "id": 1}, "id"),
    ({**LINE, "id": "x" * 201}, "id"),
    ({**LINE, "id": "a\u0000b"}, "cannot be seen"),
    ({**LINE, "buyer": " zhang"}, "blanks"),
    ({**LINE, "buyer": "zh\u200bang"}, "cannot be seen"),
    (json.dumps(LINE).replace("zhang", "\\ud800").encode(), ""),
    ({**LINE, "text": ""}, "text"),
    ({**LINE, "text": "\u200b\n "}, "no text"),
    ({**LINE, "text": "字" * 2_001}, "text"),
    ({**LINE, "text": None}, "text"),
    ({**LINE, "said_at": 1_763_600_000}, "said_at"),
    ({**LINE, "said_at": "2026-11-20T10:00:00"}, "said_at"),
    ({**LINE, "said_at": "0001-01-01T00:00:00+08:00"}, "said_at: lies before"),
    ({**LINE, "said_at": "9999-12-31T23:59:59-12:00"}, "said_at: lies in the future"),
    ({**LINE, "said_at": "2026-11-20T10:06:00+08:00"}, "said_at: lies in the future"),
]


def test_a_body_that_is_no_line_is_refused(client: TestClient, small_desk: SmallDesk) -> None:
    for line, fault in NO_LINES:
        status, answer = _post(client, line)
        assert (status, fault in str(answer)) == (422, True), (line, answer)
    assert _stored(small_desk) == 0


def test_a_name_is_cleaned_and_not_refused(client: TestClient, small_desk: SmallDesk) -> None:
    answer = _post(client, {**LINE, "buyer_name": "小\u0000张\n"})[1]
    with small_desk.database.transaction() as connection:
        talk = get_conversation(connection, answer["conversation"])
    assert talk is not None
    assert talk.buyer_name == "小张"


def test_a_long_body_is_refused_unread(client: TestClient) -> None:
    assert _post(client, b"x" * (MOST_BYTES + 1))[0] == 413
    pieces: Callable[[], Iterator[bytes]] = lambda: (b"x" * 1000 for _ in range(1000))  # noqa: E731
    assert client.post(PATH, content=pieces()).status_code == 413


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(EXAMPLE), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


def test_the_example_client_hands_a_line_over(small_desk: SmallDesk, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    small_desk.clock.now = utc_now()
    with served(build(open_doors(small_desk, clock=utc_now))) as url:
        arguments = ("send", "--url", url + PATH, "--buyer", "zhang", "--text", "能开专票吗", "--id", "e1")
        secret.write_text(SECRET + "\n", encoding="utf-8")
        first, again = (_run(*arguments, "--secret-file", str(secret)) for _ in range(2))
        secret.write_text("w" * 40, encoding="utf-8")
        refused = _run(*arguments, "--secret-file", str(secret))
    assert first.returncode == 0, first.stderr
    assert json.loads(first.stdout)["duplicate"] is False
    assert json.loads(again.stdout) == {**json.loads(first.stdout), "duplicate": True}
    assert refused.returncode == 1
    assert "refused with 401" in refused.stderr
    assert "Traceback" not in refused.stderr
    with small_desk.database.transaction() as connection:
        (message,) = messages_of(connection, json.loads(first.stdout)["conversation"], 10)
    assert message.text == "能开专票吗"
