"""Simulated buyers: a shop's own system hands their lines over by signed webhook, again until they are taken."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Sequence
from datetime import datetime, timezone

import httpx

from desk.channels.signing import SIGNATURE, TIMESTAMP, sign
from evaluation.load.notes import Acknowledged, Notes
from evaluation.load.plan import Line, Site

_FIRST_PAUSE, _LONGEST_PAUSE = 0.2, 2.0
_GIVE_UP = 180.0
"""Seconds after which a line that was never taken counts as lost."""

_TIMEOUT = 10.0


class Buyers:
    """Writes lines at their moments, to the desks in turn. `close` ends the connections."""

    def __init__(self, site: Site, notes: Notes) -> None:
        self._site = site
        self._notes = notes
        limits = httpx.Limits(max_connections=200, max_keepalive_connections=20)
        self._client = httpx.AsyncClient(timeout=_TIMEOUT, limits=limits, trust_env=False)
        self._turn = 0

    async def write(self, lines: Sequence[Line]) -> None:
        """Write all of them, each at its moment from now, whether those before have been taken or not."""
        begun = asyncio.get_running_loop().time()
        await asyncio.gather(*(self._at(line, begun + line.at) for line in lines))

    async def close(self) -> None:
        """End the connections."""
        await self._client.aclose()

    async def _at(self, line: Line, moment: float) -> None:
        await asyncio.sleep(max(0.0, moment - asyncio.get_running_loop().time()))
        await self._hand_over(line)
        if line.twice:
            await self._hand_over(line)

    async def _hand_over(self, line: Line) -> None:
        said_at, deadline = datetime.now(timezone.utc).isoformat(), time.monotonic() + _GIVE_UP
        attempts, pause = 0, _FIRST_PAUSE
        while time.monotonic() < deadline:
            attempts += 1
            asked_at = time.time()
            answer = await self._post(line, said_at)
            if answer is not None:
                self._note(line, answer, asked_at, attempts)
                return
            self._notes.failures += 1
            await asyncio.sleep(pause)
            pause = min(_LONGEST_PAUSE, pause * 2)

    async def _post(self, line: Line, said_at: str) -> dict[str, object] | None:
        fields = {"id": line.id, "buyer": line.buyer, "text": line.text, "said_at": said_at}
        body, stamp = json.dumps(fields, ensure_ascii=False).encode(), int(time.time())
        headers = {
            "Content-Type": "application/json",
            TIMESTAMP: str(stamp),
            SIGNATURE: sign(self._site.secrets[line.shop], stamp, body),
        }
        self._turn += 1
        desk = self._site.desks[self._turn % len(self._site.desks)]
        try:
            answer = await self._client.post(f"{desk}/v1/channels/webhook/{line.shop}", content=body, headers=headers)
            return dict(answer.json()) if answer.status_code == 202 else None
        except (httpx.HTTPError, ValueError):
            return None

    def _note(self, line: Line, answer: dict[str, object], asked_at: float, attempts: int) -> None:
        known = self._notes.acknowledged.get(line.id)
        message, conversation = str(answer["message"]), str(answer["conversation"])
        if known is not None:
            if known.message == message:
                self._notes.doubles += 1
            else:
                self._notes.wrong_doubles.append(line.id)
            return
        self._notes.acknowledged[line.id] = Acknowledged(
            line.id, line.shop, message, conversation, asked_at, time.time(), attempts
        )
