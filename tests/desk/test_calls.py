from __future__ import annotations

import gzip
import socket
import threading
from collections.abc import Iterator

import pytest

from desk.calls import MAX_ANSWER, Call, Caller, CallFailed, CallForbidden
from tests.desk.channels.outside import Say, Shop, wait_for


@pytest.fixture
def caller() -> Iterator[Caller]:
    made = Caller()
    yield made
    made.close()


def test_an_answer_comes_back(caller: Caller) -> None:
    shop = Shop(lambda asked: Say(207, asked.body + b"!"))
    with shop.open() as url:
        answer = caller.call(Call("POST", f"{url}/a?b=c", {"X-One": "1"}, b"hello"), 5)
    assert (answer.status, answer.body) == (207, b"hello!")
    (asked,) = shop.asked
    assert (asked.method, asked.path, asked.headers["x-one"]) == ("POST", "/a?b=c", "1")


def test_a_redirect_is_an_answer_and_not_followed(caller: Caller) -> None:
    shop = Shop(lambda asked: Say(302, headers={"Location": "/elsewhere"}))  # noqa: ARG005
    with shop.open() as url:
        assert caller.call(Call("GET", url), 5).status == 302
    assert len(shop.asked) == 1


@pytest.mark.parametrize("said", [Say(wait=30), Say(drip=0.05)])
def test_a_slow_server_is_left_after_the_time_in_all(caller: Caller, said: Say) -> None:
    shop = Shop(lambda asked: said)  # noqa: ARG005
    with shop.open() as url, pytest.raises(CallFailed, match=r"no answer within 0\.4 s"):
        caller.call(Call("GET", url), 0.4)


def test_a_server_that_is_not_there_is_a_failure(caller: Caller) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(CallFailed, match="cannot be reached"):
            caller.call(Call("GET", url), 5)


def test_an_endless_answer_is_not_read(caller: Caller) -> None:
    shop = Shop(lambda asked: Say(200, b"x" * (MAX_ANSWER + 1)))  # noqa: ARG005
    with shop.open() as url:
        with pytest.raises(CallFailed, match="more than"):
            caller.call(Call("GET", url), 5)
        assert caller.call(Call("GET", url, wants_body=False), 5).body == b""


def test_a_packed_answer_is_not_unpacked(caller: Caller) -> None:
    packed = gzip.compress(b"0" * 10_000_000)
    shop = Shop(lambda asked: Say(200, packed, {"Content-Encoding": "gzip"}))  # noqa: ARG005
    with shop.open() as url:
        assert caller.call(Call("GET", url), 5).body == packed
    assert shop.asked[0].headers["accept-encoding"] == "identity"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1"])
def test_a_name_is_looked_at_where_it_leads(caller: Caller, host: str) -> None:
    shop = Shop()
    with shop.open():
        url = f"http://{host}:{shop.port}/"
        with pytest.raises(CallForbidden):
            caller.call(Call("GET", url, permits=lambda address: not address.is_loopback), 5)
        assert shop.asked == []


def test_the_server_is_told_its_name_though_its_address_is_called(caller: Caller) -> None:
    shop = Shop()
    with shop.open():
        caller.call(Call("GET", f"http://localhost:{shop.port}/", permits=lambda address: True), 5)  # noqa: ARG005
    assert shop.asked[0].headers["host"] == f"localhost:{shop.port}"


@pytest.mark.parametrize("host", ["no-such-host.invalid", "a..b", "x" * 70 + ".example"])
def test_a_name_that_leads_nowhere_is_a_failure(caller: Caller, host: str) -> None:
    with pytest.raises(CallFailed):
        caller.call(Call("GET", f"http://{host}/", permits=lambda address: True), 5)  # noqa: ARG005


def test_several_threads_call_at_once(caller: Caller) -> None:
    shop, got = Shop(lambda asked: Say(200, asked.body)), []
    with shop.open() as url:

        def work(number: int) -> None:
            got.append(caller.call(Call("POST", url, body=str(number).encode()), 10).body)

        threads = [threading.Thread(target=work, args=(number,)) for number in range(12)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)
    assert sorted(got) == sorted(str(number).encode() for number in range(12))


def test_closing_breaks_off_what_is_under_way() -> None:
    shop, caller, failures = Shop(lambda asked: Say(wait=30)), Caller(), []  # noqa: ARG005

    def work(url: str) -> None:
        try:
            caller.call(Call("GET", url), 60)
        except CallFailed as failure:
            failures.append(str(failure))

    with shop.open() as url:
        thread = threading.Thread(target=work, args=(url,))
        thread.start()
        assert wait_for(lambda: len(shop.asked) == 1)
        caller.close()
        thread.join(10)
    assert failures == ["the desk is stopping"]
    with pytest.raises(CallFailed, match="stopping"):
        caller.call(Call("GET", url), 5)


def test_closing_twice_is_the_same_as_once() -> None:
    caller = Caller(keep=2)
    caller.close()
    caller.close()
