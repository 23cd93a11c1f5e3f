from __future__ import annotations

from pathlib import Path

import pytest

from compliance.catalogue import Catalogue, load_catalogue
from compliance.checker import Checker
from contracts.errors import DataError
from contracts.platform import Platform
from contracts.shop import Shop
from desk.shop_rules import check_shop_rules
from desk.shops import Shops

_CLAUSE = """\
clauses:
  - id: {id}
    platforms: [tmall]
    topic: product/usage
    statement: {{zh: 不行, en: No.}}
    penalty: 无
    severity: {severity}
    hint: {hint}
    source: {{document: seed.txt}}
    check: {{kind: claim, says: [{word}]}}
    why: 不好
    instead: 好话
    violating: [{word}]
    compliant: [好话]
"""


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    """A rule and a hint for all, and a rule of the lamp shop's own."""
    (tmp_path / "shops").mkdir()
    for name, clause, severity, hint, word in (
        ("rules.yml", "tmall.test.rule", "warn", "false", "坏话"),
        ("hints.yml", "tmall.test.hint", "warn", "true", "冷话"),
        ("shops/lamps.yml", "shop.lamps.fitting", "block", "false", "包安装"),
    ):
        text = _CLAUSE.format(id=clause, severity=severity, hint=hint, word=word)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return load_catalogue(tmp_path)


def _shop(name: str, *off: str, platform: Platform = Platform.TMALL) -> Shop:
    return Shop(name, platform, name, hints_off=frozenset(off))


def _found(catalogue: Catalogue, text: str, shop: Shop | None) -> list[str]:
    return [finding.clause for finding in Checker(catalogue).check(text, Platform.TMALL, None, shop).findings]


def test_a_shops_own_rule_holds_for_it_alone(catalogue: Catalogue) -> None:
    assert _found(catalogue, "我们包安装的", _shop("lamps")) == ["shop.lamps.fitting"]
    assert _found(catalogue, "我们包安装的", _shop("shoes")) == []
    assert _found(catalogue, "我们包安装的", None) == []


def test_a_shop_switches_off_hints_and_never_rules(catalogue: Catalogue) -> None:
    text = "坏话，冷话"
    assert _found(catalogue, text, _shop("lamps")) == ["tmall.test.rule", "tmall.test.hint"]
    off = _shop("lamps", "tmall.test.hint", "tmall.test.rule")
    assert _found(catalogue, text, off) == ["tmall.test.rule"]


def test_the_number_of_clauses_counts_what_was_applied(catalogue: Catalogue) -> None:
    checker = Checker(catalogue)
    assert checker.check("好", Platform.TMALL).clauses_checked == 2
    assert checker.check("好", Platform.TMALL, None, _shop("lamps", "tmall.test.hint")).clauses_checked == 2
    assert checker.check("好", Platform.TMALL, None, _shop("shoes", "tmall.test.hint")).clauses_checked == 1


def test_rules_of_a_known_shop_are_fine(catalogue: Catalogue, tmp_path: Path) -> None:
    check_shop_rules(catalogue, Shops({"lamps": _shop("lamps", "tmall.test.hint")}), tmp_path)


@pytest.mark.parametrize(
    ("shop", "fault"),
    [
        (_shop("shoes"), r"shops/lamps\.yml.*unknown shop 'lamps'"),
        (_shop("lamps", platform=Platform.JD), r"shop\.lamps\.fitting.*sells on jd alone"),
        (_shop("lamps", "tmall.test.rule"), r"hints_off.*tmall\.test\.rule is a rule"),
        (_shop("lamps", "no.such"), r"hints_off.*unknown clause 'no\.such'"),
    ],
)
def test_what_a_shop_may_not_say_stops_the_start(catalogue: Catalogue, tmp_path: Path, shop: Shop, fault: str) -> None:
    with pytest.raises(DataError, match=fault):
        check_shop_rules(catalogue, Shops({shop.id: shop}), tmp_path)


@pytest.mark.parametrize(("name", "clause"), [("more.yml", "shop.lamps.two"), ("shops/lamps.yml", "tmall.test.two")])
def test_ids_tell_a_shops_own_clauses_from_the_others(tmp_path: Path, name: str, clause: str) -> None:
    (tmp_path / "shops").mkdir()
    base = _CLAUSE.format(id="tmall.test.rule", severity="warn", hint="false", word="坏话")
    (tmp_path / "rules.yml").write_text(base, encoding="utf-8")
    text = _CLAUSE.format(id=clause, severity="warn", hint="false", word="坏话")
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=r"begin with 'shop\.'"):
        load_catalogue(tmp_path)
