"""Agents' panels: live connections that come back with their number, and agents who send what is suggested."""

from __future__ import annotations

import asyncio
import json
import random
import time
from datetime import datetime
from typing import Any

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from evaluation.load.notes import Answered, Notes, Ready
from evaluation.load.plan import Site

_PAUSE = 0.3
"""Seconds before a panel connects again."""

_TRIES = 60
_TIMEOUT = 10.0


class Panel:
    """One panel of a shop; the one that `answers` (a share, 0 to 1) sends the first suggestion as it is."""

    def __init__(self, site: Site, shop: str, desk: str, notes: Notes, answers: float, seed: int) -> None:
        self._desk, self._shop, self._notes = desk, shop, notes
        self._headers = {"Authorization": f"Bearer {site.tokens[shop]}"}
        self._answers, self._random = answers, random.Random(seed)
        self._client = httpx.AsyncClient(base_url=desk, headers=self._headers, timeout=_TIMEOUT, trust_env=False)
        self._sending: set[asyncio.Task[None]] = set()
        self._last = 0

    async def follow(self) -> None:
        """Read events until cancelled, from the first on; after an interruption from the last one seen."""
        address = self._desk.replace("http://", "ws://", 1)
        while True:
            url = f"{address}/v1/live?shop={self._shop}&after={self._last}"
            try:
                async with connect(url, additional_headers=self._headers, proxy=None, compression=None) as socket:
                    await self._read(socket)
            except (OSError, WebSocketException, TimeoutError):
                pass
            self._notes.reconnects += 1
            await asyncio.sleep(_PAUSE)

    async def close(self) -> None:
        """Let what is being sent end, and the connections."""
        await asyncio.gather(*self._sending)
        await self._client.aclose()

    async def _read(self, socket: ClientConnection) -> None:
        async for frame in socket:
            self._take(json.loads(frame), time.time())

    def _take(self, event: dict[str, Any], seen_at: float) -> None:
        number = event["number"]
        if number is None:
            return
        self._notes.events += 1
        self._notes.gaps += max(0, number - self._last - 1)
        if number <= self._last:
            self._notes.repeats += 1
            return
        self._last = number
        stored_at = datetime.fromisoformat(event["at"]).timestamp()
        self._notes.delays.append(seen_at - stored_at)
        body = event["body"]
        if event["kind"] == "message" and body["speaker"] == "buyer":
            self._notes.places.setdefault(body["message"], number)
        elif event["kind"] == "suggestions":
            ready = Ready(body["message"], event["conversation"], number, stored_at, seen_at)
            self._notes.note_ready(ready)
            if self._answers and self._random.random() < self._answers:
                self._begin_to_answer(ready, body["suggestion"])

    def _begin_to_answer(self, ready: Ready, suggestion: str) -> None:
        task = asyncio.create_task(self._answer(ready.conversation, suggestion))
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)

    async def _answer(self, conversation: str, suggestion: str) -> None:
        read = await self._ask("GET", f"/v1/conversations/{conversation}/suggestions", None)
        offered = read.json() if read is not None else None
        if not offered or offered["id"] != suggestion:
            return  # the buyer has gone on meanwhile: the next suggestion is for all of it
        best = next(iter(offered["answer"]["suggestions"]), None)
        if best is None or best["missing_slots"]:
            self._notes.unsendable += 1
            return
        key = f"answer-{suggestion}"
        body = {"text": best["text"], "key": key, "suggestion": suggestion, "rank": 1}
        sent = await self._ask("POST", f"/v1/conversations/{conversation}/messages", body)
        if sent is None or sent.status_code == 422:
            self._notes.unsendable += 1
            return
        self._notes.answered[key] = Answered(key, str(sent.json()["message"]["id"]))

    async def _ask(self, method: str, path: str, body: dict[str, Any] | None) -> httpx.Response | None:
        """Ask until there is an answer that stands, as a panel does with the same key; None after too many tries."""
        for _ in range(_TRIES):
            try:
                answer = await self._client.request(method, path, json=body)
                if answer.status_code in (200, 201, 422):
                    return answer
            except httpx.HTTPError:
                pass
            await asyncio.sleep(1)
        return None
