from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path

import pytest

from contracts.turn import Speaker
from desk.night.signals import load_signals
from desk.storage.glances import Glance, Glimpse
from desk.urgency import Urgency
from files.taxonomy import load_taxonomy

AT = datetime(2026, 11, 20, tzinfo=timezone.utc)


@pytest.fixture(scope="module")
def urgency() -> Urgency:
    data = Path(__file__).resolve().parents[2] / "data"
    return Urgency(load_signals(data / "signals.yml", load_taxonomy(data / "taxonomy.yml")))


def _waiting(*texts: str, read: dict[str, list[dict[str, object]]] | None = None) -> Glance:
    lines = tuple(Glimpse(place, Speaker.BUYER, text, AT, read) for place, text in enumerate(texts, 1))
    return Glance(lines[-1], lines)


def test_an_ordinary_question_is_not_urgent(urgency: Urgency) -> None:
    assert urgency.of(_waiting("能开票吗", "啥时候发货")) == ""
    assert urgency.of(Glance()) == ""


def test_a_danger_stays_urgent_whatever_is_said_after_it(urgency: Urgency) -> None:
    assert urgency.of(_waiting("插上就漏电了 孩子被电到手", "在吗", "能开票吗")) == "使用商品受伤或有安全隐患"


def test_who_asks_for_a_person_is_urgent(urgency: Urgency) -> None:
    assert urgency.of(_waiting("转人工")) == "找人工客服"


def test_what_was_answered_is_not_urgent_any_more(urgency: Urgency) -> None:
    answered = _waiting("插上就漏电了 孩子被电到手")
    assert urgency.of(Glance(answered.last, ())) == ""


def test_what_the_model_read_counts(urgency: Urgency) -> None:
    read = {"intents": [], "topics": [{"name": "complaint/escalate", "confidence": 0.9}]}
    assert urgency.of(_waiting("我真的要去说说了", read=read)) == "要投诉、曝光或给差评"
    assert urgency.of(_waiting("我真的要去说说了")) == ""
