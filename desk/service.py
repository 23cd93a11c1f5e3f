"""The running desk: storage, the way in, the way out, the workers between them, and who listens."""

from __future__ import annotations

import os
import socket
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from contracts.conversation import Conversation
from desk.assembly import PATTERNS_ONLY, Desk, open_first_reply, open_plain_encoder
from desk.assistant import Assistant
from desk.channels.doors import Doors, Ways
from desk.channels.pace import Pace
from desk.clock import Clock, utc_now
from desk.clocks import Clocks, ClockState, load_clocks
from desk.delivery import Deliverer
from desk.inbox import Inbox
from desk.journal import Journal
from desk.last_night import LastNight
from desk.library_search import LibrarySearch
from desk.live import Live
from desk.metrics import Metrics
from desk.misses.misses import Misses
from desk.misses.proposals import Proposals
from desk.night.attendant import Attendant
from desk.night.calling import NightCall
from desk.outgoing import Outgoings
from desk.people.people import People
from desk.refusals import Refusals
from desk.reloading import LibraryWatch
from desk.retention import Retention
from desk.send import Sender
from desk.shop_settings import ShopSettings
from desk.statistics.book import Book
from desk.storage.database import Database
from desk.storage.listening import Listener
from desk.storage.shops import note_shops
from desk.suggest import KEYWORDS_ONLY
from desk.suggest_process import SuggestProcess
from desk.urgency import Urgency
from desk.watch import Watches
from desk.workers import Worker
from files.labels import load_labels
from files.taxonomy import load_taxonomy

ASSISTANTS = 3
"""Workers that understand lines."""

ATTENDANTS = 2
"""Workers that answer while nobody is there."""

DELIVERERS = 2
"""Workers that deliver lines; one conversation never has two of them at once."""

PATIENCE = 8.0
"""Seconds in which the workers finish what they have begun when the desk stops."""

_IDLE = 1.0
"""Seconds after which a worker looks whether another process has left it something."""

_NIGHT_IDLE = 0.25
"""The same for those who answer while nobody is there: a notice waits a moment, and nobody wakes them for it."""

_LIVE_IDLE = 2.0

_TIDY_EVERY = 6 * 3600.0

_PLAY_EVERY = 0.2
"""Seconds between two looks at whether lines of a simulated busy hour are due."""

_LOOK_EVERY = 5.0
"""Seconds between two looks at the library's files."""

_NOTED = {"index": KEYWORDS_ONLY, "rules": PATTERNS_ONLY}


@dataclass(frozen=True)
class Missing:
    """A part that does not work at the moment: "database", "rasa", "index", "rules", "alarms"."""

    part: str
    reason: str


@dataclass(frozen=True)
class Service:
    """The parts of one process. `start` begins the work, `stop` drains and closes everything.

    `labels` are a few words for each topic. `pace` is None when callers may ask as often as they like.
    """

    desk: Desk
    database: Database
    people: People
    ways: Ways
    doors: Doors
    inbox: Inbox
    sender: Sender
    outgoings: Outgoings
    refusals: Refusals
    library: LibrarySearch
    labels: Mapping[str, str]
    misses: Misses
    proposals: Proposals
    book: Book
    urgency: Urgency
    live: Live
    metrics: Metrics
    pace: Pace | None
    clocks: Clocks
    clock: Clock
    workers: tuple[Worker, ...]
    listener: Listener | None
    settings: ShopSettings
    last_night: LastNight
    apart: SuggestProcess | None

    def missing(self) -> tuple[Missing, ...]:
        """What does not work at the moment."""
        parts = self.desk.suggester.parts
        faults = parts.faults()
        found = [] if self.database.answers() else [Missing("database", "the database does not answer")]
        if not parts.reader.ready():
            found.append(Missing("rasa", "the intent model does not answer; topics come from the nearest replies"))
        for part, beginning in _NOTED.items():
            found += [Missing(part, note) for note in faults if note.startswith(beginning)]
        if self.desk.deaf:
            found.append(Missing("alarms", self.desk.deaf))
        return tuple(found)

    def deadline(self, talk: Conversation) -> ClockState | None:
        """The response clock of a conversation at this moment, None when nobody waits or there is none."""
        if talk.shop not in self.desk.shops.ids:
            return None
        shop = self.desk.shops.find(talk.shop)
        return self.clocks.deadline(shop.platform, talk.waiting_since, self.clock(), shop.timezone)

    def start(self) -> None:
        """Begin to work."""
        self.desk.suggester.warm_up()
        if self.apart is not None:
            self.apart.start()
        if self.listener is not None:
            self.listener.start()
        for worker in self.workers:
            worker.start()

    def stop(self) -> None:
        """Take no new work, finish the steps at hand, and close; takes at most about ten seconds."""
        deadline = time.monotonic() + PATIENCE
        for worker in self.workers:
            worker.end()
        for worker in self.workers:
            worker.stop(max(0.0, deadline - time.monotonic()))
        if self.listener is not None:
            self.listener.stop(max(1.0, deadline - time.monotonic()))
        self.ways.close()
        if self.apart is not None:
            self.apart.close()
        self.desk.suggester.close()
        self.database.close()


def make_service(
    desk: Desk, database: Database, ways: Ways, clock: Clock = utc_now, apart: SuggestProcess | None = None
) -> Service:
    """Put the parts together; nothing runs yet. Lines are understood `apart`, or in this process when that is None.

    Raises ServiceDown when the database does not answer, DataError for a faulty clock, signal, taxonomy or label.
    """
    with database.transaction() as connection:
        note_shops(connection, [desk.shops.find(shop) for shop in desk.shops.ids])
    ways.seed(desk.shops, database, clock())
    assistants, deliverers, lookout, attendants = _Bell(), _Bell(), _Bell(), _Bell()
    live = Live(database, lookout)
    database.on_events(live.wake)
    metrics = Metrics(database, lambda: live.count)
    watch = Watches((metrics, Journal()))
    me = f"{socket.gethostname()[:60]}-{os.getpid()}-{uuid.uuid4().hex[:8]}"
    settings = ShopSettings(database, desk.shops, load_taxonomy(desk.settings.data / "taxonomy.yml"), clock)
    settings.step()
    nights = NightCall(settings, attendants, clock)
    suggests = apart or desk.suggester
    for number in range(ASSISTANTS):
        assistant = Assistant(
            database, suggests, desk.shops, ways.orders, f"{me}-assistant-{number}", clock, watch, nights
        )
        assistants.add(Worker(f"assistant-{number}", assistant.step, _IDLE))
    for number in range(DELIVERERS):
        deliverer = Deliverer(database, ways.channels, f"{me}-deliverer-{number}", clock, watch)
        deliverers.add(Worker(f"deliverer-{number}", deliverer.step, _IDLE))
    undo = timedelta(seconds=desk.settings.desk.undo_seconds)
    sender = Sender(database, desk.checker, desk.shops, ways.orders, deliverers, undo, clock, watch)
    first_reply, night_limits = open_first_reply(desk, suggests), desk.settings.night
    for number in range(ATTENDANTS):
        holder = f"{me}-attendant-{number}"
        attendant = Attendant(database, first_reply, settings, ways.orders, sender, night_limits, holder, clock, watch)
        attendants.add(Worker(f"attendant-{number}", attendant.step, _NIGHT_IDLE))
    lookout.add(Worker("live", live.step, _LIVE_IDLE))
    people, keep = People.over(database, clock=clock), timedelta(days=desk.settings.storage.keep_days)
    keep_forms = timedelta(days=desk.settings.night.keep_days)
    tidying = Worker("tidying", _tidying(people, Retention(database, keep, keep_forms, clock)), _TIDY_EVERY)
    renewing = Worker("renewing", LibraryWatch(desk).step, _LOOK_EVERY)
    clocks = load_clocks(desk.settings.data / "clocks")
    taxonomy = load_taxonomy(desk.settings.data / "taxonomy.yml")
    inbox, limits = Inbox(database, assistants, clock, watch), desk.settings.desk
    doors = Doors.open(desk.settings, ways, desk.shops, database, inbox, clock)
    playing = Worker("busy-hour", doors.busy_hour.step, _PLAY_EVERY)
    return Service(
        desk=desk,
        database=database,
        people=people,
        ways=ways,
        doors=doors,
        inbox=inbox,
        sender=sender,
        outgoings=Outgoings(database, deliverers, clock),
        refusals=Refusals(database, clock),
        library=LibrarySearch(desk.suggester),
        labels=load_labels(desk.settings.data / "topic_labels.yml", taxonomy),
        misses=Misses(database, desk.suggester, lambda: open_plain_encoder(desk)),
        proposals=Proposals(database, desk, taxonomy, clock),
        book=Book(database, clocks),
        urgency=Urgency(desk.signals),
        live=live,
        metrics=metrics,
        pace=Pace(limits.burst, limits.burst / limits.requests_per_second) if limits.requests_per_second else None,
        clocks=clocks,
        clock=clock,
        workers=(
            *assistants.workers,
            *attendants.workers,
            *deliverers.workers,
            *lookout.workers,
            playing,
            tidying,
            renewing,
            Worker("shops", settings.step, _LIVE_IDLE),
        ),
        listener=Listener(database, live.wake, live.tell) if database.postgres else None,
        settings=settings,
        last_night=LastNight(database, first_reply, settings, ways.orders, clock),
        apart=apart,
    )


def _tidying(people: People, retention: Retention) -> Callable[[], bool]:
    """The step of the worker that erases what has been kept for long enough; there is nothing to do right after."""

    def step() -> bool:
        people.tidy()
        retention.run()
        return False

    return step


class _Bell:
    """Wakes the workers of one kind."""

    def __init__(self) -> None:
        self.workers: list[Worker] = []

    def add(self, worker: Worker) -> None:
        self.workers.append(worker)

    def __call__(self) -> None:
        for worker in self.workers:
            worker.wake()
