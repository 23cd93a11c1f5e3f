from __future__ import annotations

from pathlib import Path

import pytest

from contracts.platform import Platform
from desk.shops import load_shops
from retrieval.slots import SLOT_NAMES


@pytest.mark.parametrize("platform", list(Platform))
def test_a_shop_on_every_platform(data: Path, platform: Platform) -> None:
    shop = load_shops(data / "shops", SLOT_NAMES).get(f"demo-{platform.value}", platform)
    assert shop.name
    assert shop.context["shop.ship_hours"] == int(shop.variables["shop.ship_hours"])
