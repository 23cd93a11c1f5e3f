"""Calls to other people's HTTP services, bounded in time and size as a whole."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import CancelledError
from dataclasses import dataclass, field

import httpx

from contracts.errors import HuashuError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
MAX_ANSWER = 65_536
"""Bytes of an answer; more is no answer."""


class CallFailed(HuashuError):
    """No answer came; the message says why, without the address."""


class CallForbidden(HuashuError):
    """The address may not be called."""


@dataclass(frozen=True)
class Call:
    """A request. With `permits` the name is looked up first, and one of its addresses is called when all are permitted.

    `wants_body` is False where only the status counts: the body is left unread then.
    """

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    permits: Callable[[Address], bool] | None = None
    wants_body: bool = True


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    body: bytes = b""


class Caller:
    """Makes calls from any thread; redirects are not followed and no proxy is asked. `close` ends it.

    `keep` connections are kept open for the next call.
    """

    def __init__(self, keep: int = 0) -> None:
        self._client = httpx.AsyncClient(
            limits=httpx.Limits(max_connections=50, max_keepalive_connections=keep),
            verify=httpx.create_ssl_context(),
            follow_redirects=False,
            trust_env=False,
            timeout=None,
        )
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="calls", daemon=True)
        self._thread.start()
        self._lock = threading.Lock()
        self._closed = False

    def call(self, call: Call, timeout: float) -> Answer:
        """The answer, which must be complete within `timeout` seconds, name look-up and connecting included.

        Raises CallFailed, CallForbidden.
        """
        with self._lock:
            if self._closed:
                raise CallFailed("the desk is stopping")
            future = asyncio.run_coroutine_threadsafe(self._bounded(call, timeout), self._loop)
        try:
            return future.result()
        except CancelledError:
            raise CallFailed("the desk is stopping") from None

    def close(self) -> None:
        """Break off what is under way and give the connections back."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _end(self) -> None:
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await self._client.aclose()

    async def _bounded(self, call: Call, timeout: float) -> Answer:
        try:
            async with asyncio.timeout(timeout):
                return await self._exchange(call)
        except TimeoutError:
            raise CallFailed(f"no answer within {timeout:g} s") from None
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise CallFailed(f"cannot be reached ({type(error).__name__})") from None

    async def _exchange(self, call: Call) -> Answer:
        url, headers = httpx.URL(call.url), {**call.headers, "accept-encoding": "identity"}
        if call.permits is None:
            return await self._send(call, url, headers, {})
        headers["host"] = url.netloc.decode("ascii")
        extensions = {"sni_hostname": url.raw_host.decode("ascii")}
        *others, last = await self._resolve(url, call.permits)
        for address in others:
            try:
                return await self._send(call, url.copy_with(host=address), headers, extensions)
            except httpx.ConnectError:
                continue
        return await self._send(call, url.copy_with(host=last), headers, extensions)

    async def _send(self, call: Call, url: httpx.URL, headers: Mapping[str, str], extensions: dict[str, str]) -> Answer:
        request = self._client.build_request(
            call.method, url, headers=headers, content=call.body or None, extensions=extensions
        )
        response = await self._client.send(request, stream=True)
        try:
            return Answer(response.status_code, await _body(response) if call.wants_body else b"")
        finally:
            await response.aclose()

    async def _resolve(self, url: httpx.URL, permits: Callable[[Address], bool]) -> list[str]:
        """The addresses that may be connected to, IPv4 first, so that no later look-up can lead elsewhere."""
        name = url.raw_host.decode("ascii").strip("[]")
        try:
            found = await self._loop.getaddrinfo(name, url.port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            raise CallFailed("its name is not known") from None
        texts = dict.fromkeys(str(entry[4][0]).partition("%")[0] for entry in found)
        addresses = sorted((ipaddress.ip_address(text) for text in texts), key=lambda address: address.version)
        if not addresses or not all(permits(address) for address in addresses):
            raise CallForbidden("it lies in a network that may not be called")
        return [str(address) for address in addresses]


async def _body(response: httpx.Response) -> bytes:
    parts, size = [], 0
    async for part in response.aiter_raw():
        size += len(part)
        if size > MAX_ANSWER:
            raise CallFailed(f"the answer has more than {MAX_ANSWER} bytes")
        parts.append(part)
    return b"".join(parts)
