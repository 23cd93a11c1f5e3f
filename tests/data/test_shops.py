from __future__ import annotations

from pathlib import Path

import pytest

from contracts.platform import Platform
from desk.shops import load_shops
from retrieval.library import Library
from retrieval.slots import SLOT_NAMES


@pytest.mark.parametrize("platform", list(Platform))
def test_a_shop_on_every_platform(data: Path, platform: Platform) -> None:
    shop = load_shops(data / "shops", SLOT_NAMES).get(f"demo-{platform.value}", platform)
    assert shop.name
    assert shop.context["shop.ship_hours"] == int(shop.variables["shop.ship_hours"])


def test_what_the_shops_promise_is_used_by_some_reply(data: Path, shipped_library: Library) -> None:
    used = {slot for reply in shipped_library.replies for slot in reply.slots}
    shops = load_shops(data / "shops", SLOT_NAMES)
    given = {
        name
        for platform in Platform
        for name in shops.get(f"demo-{platform.value}", platform).variables
        if f"demo-{platform.value}" in shops.ids
    }
    assert given - used == set()
