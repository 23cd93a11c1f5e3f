"""Figures for Prometheus."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from contracts.answer import Answer, Route
from contracts.clause import Severity
from contracts.conversation import Delivery
from contracts.errors import ServiceDown
from contracts.finding import Verdict
from contracts.turn import Speaker
from desk.storage.database import Database
from desk.storage.outbox import depth
from desk.storage.unread import unread_count
from desk.watch import Watch

MEDIA_TYPE = CONTENT_TYPE_LATEST
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)
_WAITS = (0.05, 0.1, 0.2, 0.3, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 5.0, 10.0, 30.0)
_STEPS = ("understand", "encode", "search", "rank", "check", "total")


class Metrics(Watch):
    """Counts what this process does; what the database holds is counted when somebody asks.

    `clients` says how many panels are connected here.
    """

    def __init__(self, database: Database, clients: Callable[[], int]) -> None:
        own = CollectorRegistry()
        self._registry = own
        self._messages = Counter("huashu_messages", "Lines stored, by who wrote them", ["speaker"], registry=own)
        self._duplicates = Counter("huashu_duplicates", "Lines that a channel gave twice", registry=own)
        self._seconds = Histogram(
            "huashu_suggestion_seconds", "Time of a suggestion by step", ["step"], buckets=_SECONDS, registry=own
        )
        self._degraded = Counter(
            "huashu_degraded_answers", "Suggestions made without a part, by what was missing", ["missing"], registry=own
        )
        self._decided = Histogram(
            "huashu_first_reply_seconds",
            "From a buyer's line to its decision while nobody is there",
            ["route"],
            buckets=_WAITS,
            registry=own,
        )
        self._blocked = Counter("huashu_blocked_sends", "Lines that the rules stopped", ["clause"], registry=own)
        self._deliveries = Counter(
            "huashu_deliveries", "Attempts to deliver, by how they ended", ["state"], registry=own
        )
        own.register(_Stored(database, clients))

    def exposition(self) -> bytes:
        """All figures, those of the process included, in Prometheus' text form."""
        return generate_latest(REGISTRY) + generate_latest(self._registry)

    def received(self, shop: str, conversation: str, *, duplicate: bool) -> None:  # noqa: ARG002
        if duplicate:
            self._duplicates.inc()
        else:
            self._messages.labels(Speaker.BUYER.value).inc()

    def decided(self, shop: str, conversation: str, route: Route, waited: float) -> None:  # noqa: ARG002
        self._decided.labels(route.value).observe(waited)

    def suggested(self, shop: str, conversation: str, answer: Answer) -> None:  # noqa: ARG002
        for step in _STEPS:
            self._seconds.labels(step).observe(getattr(answer.timings, step) / 1000)
        without_rasa = answer.understanding.source != "rasa"
        if without_rasa:
            self._degraded.labels("rasa").inc()
        if len(answer.notes) > without_rasa:
            self._degraded.labels("index or rules").inc()

    def sent(self, shop: str, conversation: str, speaker: Speaker) -> None:  # noqa: ARG002
        self._messages.labels(speaker.value).inc()

    def blocked(self, shop: str, conversation: str, verdict: Verdict) -> None:  # noqa: ARG002
        for clause in {found.clause for found in verdict.findings if found.severity is Severity.BLOCK}:
            self._blocked.labels(clause).inc()

    def delivered(self, shop: str, conversation: str, state: Delivery, attempt: int) -> None:  # noqa: ARG002
        self._deliveries.labels(state.value).inc()


class _Stored(Collector):
    """What waits in the database, and who is connected."""

    def __init__(self, database: Database, clients: Callable[[], int]) -> None:
        self._database = database
        self._clients = clients

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """The gauges; those of a database that does not answer are left out."""
        yield GaugeMetricFamily("huashu_live_clients", "Panels connected to this process", self._clients())
        up = GaugeMetricFamily("huashu_database_up", "Whether the database answers")
        outbox = GaugeMetricFamily("huashu_outbox_messages", "Lines of the shop by state of delivery", labels=["state"])
        try:
            with self._database.reading() as connection:
                counted, waiting = depth(connection), unread_count(connection)
        except ServiceDown:
            up.add_metric([], 0)
            yield up
            return
        up.add_metric([], 1)
        for state in Delivery:
            outbox.add_metric([state.value], counted.get(state.value, 0))
        yield from (up, outbox)
        yield GaugeMetricFamily("huashu_unread_lines", "Lines that wait to be understood", waiting)

    def describe(self) -> Iterator[GaugeMetricFamily]:
        """Nothing is asked of the database before somebody wants to know."""
        return iter(())
