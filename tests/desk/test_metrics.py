from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from compliance.checker import Checker
from contracts.errors import ServiceDown
from desk.metrics import Metrics
from desk.send import Blocked, Sender
from desk.storage.database import Database
from desk.suggest import Suggester
from desk.understand import NoReader
from tests.desk.talk import SmallDesk

GOOD = "可以开的亲，付款后把抬头发我，免费给您开"


def _figures(metrics: Metrics) -> dict[str, float]:
    lines = metrics.exposition().decode().splitlines()
    pairs = [line.rsplit(" ", 1) for line in lines if line.startswith("huashu_")]
    return {name: float(value) for name, value in pairs}


@pytest.fixture
def metrics(small_desk: SmallDesk) -> Metrics:
    return Metrics(small_desk.database, lambda: 3)


def _watched(desk: SmallDesk, metrics: Metrics, checker: Checker) -> Sender:
    """The parts of the small desk, watched; gives the sender."""
    desk.inbox._watch = metrics
    desk.assistant = replace(desk.assistant, watch=metrics)
    desk.deliverer = replace(desk.deliverer, watch=metrics)
    return Sender(
        desk.database, checker, desk.assistant.shops, desk.orders, desk.outgoing, timedelta(), desk.clock, metrics
    )


def test_what_happens_is_counted(small_desk: SmallDesk, metrics: Metrics, checker: Checker) -> None:
    sender = _watched(small_desk, metrics, checker)
    asked = small_desk.ask("能开专票吗", external_id="1")
    small_desk.ask("能开专票吗", external_id="1")
    assert _figures(metrics)["huashu_unread_lines"] == 1
    small_desk.assistant.step()
    sender.send(small_desk.draft(asked.conversation, GOOD))
    with pytest.raises(Blocked) as stopped:
        sender.send(small_desk.draft(asked.conversation, "要票的话加6个点", key="k2"))
    assert _figures(metrics)['huashu_outbox_messages{state="queued"}'] == 1
    small_desk.deliverer.step()
    figures = _figures(metrics)
    assert figures['huashu_messages_total{speaker="buyer"}'] == 1
    assert figures['huashu_messages_total{speaker="agent"}'] == 1
    assert figures["huashu_duplicates_total"] == 1
    assert figures['huashu_suggestion_seconds_count{step="total"}'] == 1
    assert figures['huashu_deliveries_total{state="delivered"}'] == 1
    clause = stopped.value.verdict.findings[0].clause
    assert figures[f'huashu_blocked_sends_total{{clause="{clause}"}}'] == 1
    assert figures["huashu_unread_lines"] == 0
    assert figures["huashu_live_clients"] == 3
    assert figures["huashu_database_up"] == 1
    assert not any(name.startswith("huashu_degraded_answers_total{") for name in figures)


def test_answers_without_a_part_are_counted(
    small_desk: SmallDesk, metrics: Metrics, checker: Checker, shipped: Suggester
) -> None:
    _watched(small_desk, metrics, checker)
    without = Suggester(replace(shipped.parts, reader=NoReader(), notes=("只用关键词检索",)))
    small_desk.ask("能开专票吗")
    replace(small_desk.assistant, suggester=without).step()
    without.close()
    figures = _figures(metrics)
    assert figures['huashu_degraded_answers_total{missing="rasa"}'] == 1
    assert figures['huashu_degraded_answers_total{missing="index or rules"}'] == 1


def test_without_a_database_the_rest_is_still_told(database: Database) -> None:
    class Gone(Database):
        def reading(self) -> object:  # type: ignore[override]
            raise ServiceDown("gone")

    figures = _figures(Metrics(Gone(database.engine), lambda: 0))
    assert figures["huashu_database_up"] == 0
    assert "huashu_unread_lines" not in figures
