"""How many replies each topic has on each platform, and in each state of an order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from contracts.context import OrderStatus
from contracts.platform import Platform
from contracts.reply import Reply, Validity
from contracts.taxonomy import Taxonomy
from retrieval.library import Library

_STATUS = "order.status"


@dataclass(frozen=True)
class Count:
    """Replies that hold in every state and at any time, and those bound to a state or to days."""

    always: int = 0
    bound: int = 0

    def __str__(self) -> str:
        return f"{self.always}+{self.bound}"


@dataclass(frozen=True)
class Cover:
    """Replies of one topic on one platform: all of them (day), and those that may leave without an agent (night)."""

    day: Count
    night: Count


def is_bound(reply: Reply) -> bool:
    """Whether the reply holds in certain states, or on certain days, only."""
    return bool(reply.when) or reply.valid != Validity()


def coverage(library: Library, taxonomy: Taxonomy) -> Mapping[str, Mapping[Platform, Cover]]:
    """The replies of every topic of the taxonomy on every platform."""
    day, night = _counted(library.replies), _counted(tuple(reply for reply in library.replies if reply.auto))
    return {
        topic.path: {
            platform: Cover(_count(day, topic.path, platform), _count(night, topic.path, platform))
            for platform in Platform
        }
        for topic in taxonomy.topics
    }


_Counts = Counter[tuple[str, Platform, bool]]


def _counted(replies: tuple[Reply, ...]) -> _Counts:
    return Counter((reply.topic, platform, is_bound(reply)) for reply in replies for platform in reply.platforms)


def _count(counts: _Counts, topic: str, platform: Platform) -> Count:
    return Count(counts[topic, platform, False], counts[topic, platform, True])


def state_coverage(
    library: Library, taxonomy: Taxonomy, platform: Platform
) -> Mapping[str, Mapping[OrderStatus | None, Cover]]:
    """The replies of every topic that may be used on a platform, by the order's status; None: there is no order.

    `always` are those that ask for nothing but this status; `bound` ask for more, or for certain days.
    """
    counts: Counter[tuple[str, OrderStatus | None, bool, bool]] = Counter()
    for reply in library.replies:
        if platform in reply.platforms:
            statuses = _statuses(reply)
            bound = reply.valid != Validity() or any(condition.key != _STATUS for condition in reply.when)
            counts.update((reply.topic, status, bound, reply.auto) for status in statuses)
    return {
        topic.path: {status: _cover(counts, topic.path, status) for status in (None, *OrderStatus)}
        for topic in taxonomy.topics
    }


def _statuses(reply: Reply) -> tuple[OrderStatus | None, ...]:
    for condition in reply.when:
        if condition.key == _STATUS:
            return tuple(status for status in OrderStatus if status.value in condition.values)
    return (None, *OrderStatus)


def _cover(
    counts: Counter[tuple[str, OrderStatus | None, bool, bool]], topic: str, status: OrderStatus | None
) -> Cover:
    night = Count(counts[topic, status, False, True], counts[topic, status, True, True])
    by_day = (counts[topic, status, bound, False] + counts[topic, status, bound, True] for bound in (False, True))
    return Cover(Count(*by_day), night)
