"""Live: what happens in a shop reaches every panel that is connected to this process."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable

from desk.storage.database import Database
from desk.storage.feed import Event, Notice, announce, events_after, last_number

PAGE = 200
"""Events read at once."""

ROOM = 500
"""Events that may wait for one client; with more than that it is too slow."""


class Client:
    """One connected panel, with a queue of its own; lives in the event loop that made it.

    `slow` is set when the queue was full: from then on the client misses events and must come back with its number.
    """

    def __init__(self, shop: str, room: int = ROOM) -> None:
        self.shop = shop
        self.slow = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self._queue: asyncio.Queue[Event | Notice] = asyncio.Queue(room)

    def offer(self, item: Event | Notice) -> None:
        """Put something into the queue, from any thread; never waits."""
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._put, item)

    async def next(self) -> Event | Notice:
        """The next thing that happened."""
        return await self._queue.get()

    def _put(self, item: Event | Notice) -> None:
        try:
            self._queue.put_nowait(item)
        except asyncio.QueueFull:
            self.slow.set()


class Live:
    """Reads new events once for the whole process and hands them to its clients; safe to use from several threads.

    `step` is the work of a Worker, `awaken` its `wake`. Events are numbered without gaps: a client that has joined sees
    every event that was stored afterwards, and reads what came before from the database.
    """

    def __init__(self, database: Database, awaken: Callable[[], None]) -> None:
        self._database = database
        self._awaken = awaken
        self._lock = threading.Lock()
        self._clients: dict[str, set[Client]] = {}
        self._places: dict[str, int] = {}
        self._stirred: set[str] = set()

    @property
    def count(self) -> int:
        """How many clients there are."""
        with self._lock:
            return sum(len(clients) for clients in self._clients.values())

    def join(self, client: Client) -> None:
        """Let a client have what happens from now on. Raises ServiceDown."""
        place = self.last(client.shop)
        with self._lock:
            self._places.setdefault(client.shop, place)
            self._clients.setdefault(client.shop, set()).add(client)

    def leave(self, client: Client) -> None:
        """Forget a client."""
        with self._lock:
            clients = self._clients.get(client.shop, set())
            clients.discard(client)
            if not clients:
                self._clients.pop(client.shop, None)
                self._places.pop(client.shop, None)

    def wake(self, shop: str) -> None:
        """There are new events in a shop; "" when they may be in any."""
        with self._lock:
            if shop and shop not in self._clients:
                return
            self._stirred.update([shop] if shop else self._clients)
        self._awaken()

    def step(self) -> bool:
        """Hand out what is new in the shops that have stirred, or in all when none has (the slow look around)."""
        with self._lock:
            shops = self._stirred & self._clients.keys() or set(self._clients)
            self._stirred = set()
        for shop in shops:
            while self._hand_out(shop):
                pass
        return False

    def read(self, shop: str, number: int) -> tuple[Event, ...]:
        """Stored events behind `number`, at most PAGE. Raises ServiceDown."""
        with self._database.reading() as connection:
            return events_after(connection, shop, number, PAGE)

    def last(self, shop: str) -> int:
        """The number of the latest event. Raises ServiceDown."""
        with self._database.reading() as connection:
            return last_number(connection, shop)

    def announce(self, notice: Notice) -> None:
        """Tell the clients of every process. Raises ServiceDown."""
        if not self._database.postgres:
            self.tell(notice)
            return
        with self._database.transaction() as connection:
            announce(connection, notice)

    def tell(self, notice: Notice) -> None:
        """Tell the clients of this process."""
        with self._lock:
            clients = tuple(self._clients.get(notice.shop, ()))
        for client in clients:
            client.offer(notice)

    def _hand_out(self, shop: str) -> bool:
        """Read a page and hand it out; whether there may be more."""
        with self._lock:
            place = self._places.get(shop)
        if place is None:
            return False
        events = self.read(shop, place)
        if not events:
            return False
        with self._lock:
            if self._places.get(shop) != place:
                return True
            self._places[shop] = events[-1].number
            clients = tuple(self._clients.get(shop, ()))
        for client in clients:
            for event in events:
                client.offer(event)
        return len(events) == PAGE
