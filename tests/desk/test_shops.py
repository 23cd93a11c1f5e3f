from __future__ import annotations

from pathlib import Path

import pytest

from contracts.errors import DataError, InputError
from contracts.platform import Platform
from desk.shops import Shops, load_shops

SLOTS = frozenset({"shop.hours", "shop.ship_hours"})
GOOD = """\
platform: jd
name: 远山数码
timezone: Asia/Shanghai
variables:
  shop.hours: 9点到23点
  shop.ship_hours: 24
context:
  shop.ship_hours: 24
"""


def _load(folder: Path, text: str) -> Shops:
    (folder / "yuanshan.yml").write_text(text, encoding="utf-8")
    return load_shops(folder, SLOTS)


def test_a_shop_is_named_by_its_file(tmp_path: Path) -> None:
    shops = _load(tmp_path, GOOD)
    shop = shops.get("yuanshan", Platform.JD)
    assert shops.ids == ("yuanshan",)
    assert (shop.id, shop.name, shop.platform, shop.timezone) == ("yuanshan", "远山数码", Platform.JD, "Asia/Shanghai")
    assert shop.variables == {"shop.hours": "9点到23点", "shop.ship_hours": "24"}
    assert shop.context == {"shop.ship_hours": 24}


def test_platform_and_name_are_enough(tmp_path: Path) -> None:
    shop = _load(tmp_path, "platform: jd\nname: 店\n").get("yuanshan", Platform.JD)
    assert (shop.timezone, shop.variables, shop.context) == ("Asia/Shanghai", {}, {})


def test_an_unknown_shop_is_refused_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="unknown shop 'other'; known: yuanshan"):
        _load(tmp_path, GOOD).get("other", Platform.JD)
    with pytest.raises(InputError, match="known: none"):
        load_shops(tmp_path / "none", SLOTS).get("other", Platform.JD)


def test_a_shop_of_another_platform_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="sells on jd, not on pdd"):
        _load(tmp_path, GOOD).get("yuanshan", Platform.PDD)


@pytest.mark.parametrize(
    ("part", "fault", "field"),
    [
        ("platform: jd", "platform: amazon", "platform"),
        ("platform: jd\n", "", "platform"),
        ("name: 远山数码", "name: ''", "name"),
        ("name: 远山数码", "name: 远山数码\ncolour: red", "colour"),
        ("Asia/Shanghai", "Asia/Nowhere", "timezone"),
        ("Asia/Shanghai", "../../etc/passwd", "timezone"),
        ("Asia/Shanghai", "Asia", "timezone"),
        ("Asia/Shanghai", "''", "timezone"),
        ("shop.hours: 9", "shop.colour: 9", "variables.shop.colour"),
        ("shop.hours: 9点到23点", "shop.hours: [9, 23]", "variables.shop.hours"),
        ("context:\n  shop.ship_hours: 24", "context:\n  shop.ship_hours: soon", "context"),
        ("context:\n  shop.ship_hours: 24", "context:\n  shop.colour: red", "context"),
    ],
)
def test_a_fault_stops_with_file_and_field(tmp_path: Path, part: str, fault: str, field: str) -> None:
    assert part in GOOD
    with pytest.raises(DataError) as caught:
        _load(tmp_path, GOOD.replace(part, fault, 1))
    assert caught.value.file == str(tmp_path / "yuanshan.yml")
    assert caught.value.field == field


def test_hours_write_the_slot(tmp_path: Path) -> None:
    text = "platform: jd\nname: 店\nhours:\n  shifts: [{days: mon-fri, spans: ['09:00-18:00']}]\n"
    assert _load(tmp_path, text).get("yuanshan", Platform.JD).variables == {"shop.hours": "周一至周五9:00-18:00"}


def test_a_preset_gives_the_shifts(tmp_path: Path) -> None:
    shops, presets = tmp_path / "shops", tmp_path / "hours"
    shops.mkdir()
    presets.mkdir()
    (presets / "late.yml").write_text("title: 晚\nshifts: [{name: 晚班, days: daily, spans: ['17:30-01:00']}]\n")
    shop = _load(shops, "platform: jd\nname: 店\nhours: {preset: late}\n").get("yuanshan", Platform.JD)
    assert [shift.name for shift in shop.hours.shifts] == ["晚班"]


@pytest.mark.parametrize(
    ("hours", "field"),
    [
        ("hours: {shifts: [{days: daily, spans: ['9-12']}]}", "hours.shifts.0.spans.0"),
        ("hours: {shifts: [{days: funday, spans: ['09:00-12:00']}]}", "hours.shifts.0.days"),
        ("hours: {preset: nowhere}", "hours.preset"),
        (
            "hours: {shifts: [{days: daily, spans: ['09:00-12:00']}]}\nvariables: {shop.hours: 9点}",
            "variables.shop.hours",
        ),
        ("auto: {mode: sometimes}", "auto.mode"),
        ("auto: {quiet_minutes: -1}", "auto.quiet_minutes"),
    ],
)
def test_a_fault_of_the_hours_stops_with_its_field(tmp_path: Path, hours: str, field: str) -> None:
    with pytest.raises(DataError) as caught:
        _load(tmp_path, f"platform: jd\nname: 店\n{hours}\n")
    assert caught.value.field == field


def test_a_shop_is_open_to_anybody_only_when_its_file_says_so(tmp_path: Path) -> None:
    assert not _load(tmp_path, GOOD).find("yuanshan").demo
    assert _load(tmp_path, GOOD + "demo: true\n").find("yuanshan").demo
