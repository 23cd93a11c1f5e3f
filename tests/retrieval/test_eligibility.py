from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from contracts.context import CONTEXT_KEYS, Context
from contracts.platform import Platform
from contracts.reply import Condition, Validity
from contracts.taxonomy import Taxonomy, Topic
from retrieval.eligibility import eligible, holds
from retrieval.library import load_library
from tests.doubles import TODAY, make_reply


def _context(values: Mapping[str, Any]) -> Context:
    context, warnings = Context().with_values(values)
    assert warnings == ()
    return context


@pytest.mark.parametrize("key", sorted(CONTEXT_KEYS))
@pytest.mark.parametrize("value", [False, True, 0, "", "paid"])
def test_an_absent_key_never_matches(key: str, value: str | bool | int) -> None:
    assert not holds(Condition(key, (value,)), Context())


@pytest.mark.parametrize(
    ("key", "values", "known", "expected"),
    [
        ("order.status", ("paid", "shipped"), "paid", True),
        ("order.status", ("paid", "shipped"), "closed", False),
        ("order.presale", (False,), False, True),
        ("order.presale", (False,), True, False),
        ("campaign.scope", ("all_store",), "all_store", True),
        ("shop.ship_hours", (48,), 48, True),
        ("shop.ship_hours", (24,), 48, False),
        ("refund.type", ("return",), "return", True),
        ("platform.services", ("7天无理由",), ["运费险", "7天无理由"], True),
        ("platform.services", ("7天无理由",), ["运费险"], False),
        ("order.coupon", (True,), True, True),
        ("order.coupon", (True,), "满减券", False),
    ],
)
def test_a_known_key_must_hold_one_of_the_values(
    key: str, values: tuple[str | bool | int, ...], known: Any, expected: bool
) -> None:
    assert holds(Condition(key, values), _context({key: known})) is expected


@pytest.mark.parametrize(
    ("key", "written", "known"),
    [
        ("order.presale", "'true'", True),
        ("shop.ship_hours", "'48'", 48),
        ("order.agreed_ship_date", "'2026-11-25'", "2026-11-25"),
    ],
)
def test_a_value_that_loads_can_also_match(tmp_path: Path, key: str, written: str, known: Any) -> None:
    text = (
        f"replies:\n  - {{id: a.b, topic: greet/hello, platforms: [all], text: 在, questions: [在吗], "
        f"when: {{{key}: [{written}]}}, approved: {{by: demo, on: 2026-11-21}}}}\n"
    )
    (tmp_path / "a.yml").write_text(text, encoding="utf-8")
    reply = load_library(tmp_path, Taxonomy([Topic("greet", "hello", "问好")])).get("a.b")
    assert eligible(reply, Platform.JD, _context({key: known}), TODAY)


def test_platform_day_and_every_state_must_fit() -> None:
    reply = make_reply(
        "a.b",
        "在",
        platforms=frozenset({Platform.JD}),
        when={"order.status": ["paid"], "item.custom": [False]},
        valid=Validity(TODAY, TODAY),
    )
    fits = _context({"order.status": "paid", "item.custom": False})
    assert eligible(reply, Platform.JD, fits, TODAY)
    assert not eligible(reply, Platform.PDD, fits, TODAY)
    assert not eligible(reply, Platform.JD, fits, date(2026, 11, 22))
    assert not eligible(reply, Platform.JD, _context({"order.status": "paid"}), TODAY)
    assert not eligible(reply, Platform.JD, _context({"order.status": "paid", "item.custom": True}), TODAY)
