from __future__ import annotations

import pytest

from compliance.catalogue import Catalogue
from compliance.index import PatternIndex
from compliance.kinds import build
from compliance.kinds.check import Check
from compliance.lexicon import Lexicon
from compliance.material import gather
from compliance.readings import Readings
from compliance.triggers import Triggered, triggers
from contracts.context import Context
from contracts.platform import Platform

CLAIM = {"kind": "claim", "about": ["票"], "says": ["加钱"]}
STATE = {"kind": "state", "when": {"order.status": "paid"}}


def _built(**options: object) -> Check:
    kind = str(options.pop("kind"))
    return build(kind, options, Lexicon({}))


@pytest.mark.parametrize(
    ("options", "count"),
    [
        (CLAIM, 1),
        ({**CLAIM, "flatly": ["骂"]}, 2),
        ({"kind": "any_of", "checks": [CLAIM, {"kind": "claim", "says": ["收费"]}]}, 2),
        ({"kind": "any_of", "checks": [CLAIM, STATE]}, None),
        ({**STATE, "then": CLAIM}, 1),
        (STATE, None),
        ({"kind": "lacking", "when": CLAIM, "needs": [["好"]]}, 1),
        ({"kind": "length", "characters": {"over": 9}}, None),
        ({"kind": "wording", "words": ["宝贝"]}, 1),
        ({"kind": "reprice", "most": 0.5, "about": ["改"]}, None),
    ],
)
def test_what_must_match_before_a_check_finds_anything(options: dict[str, object], count: int | None) -> None:
    found = triggers(_built(**options))
    assert (None if found is None else len(found)) == count


def test_every_example_is_judged_alike_by_all_checks_and_by_those_that_are_worth_making(catalogue: Catalogue) -> None:
    rules = list(catalogue.checks.items())
    patterns = [pattern for own in catalogue.patterns.values() for pattern in own]
    index = PatternIndex(patterns)
    readings = Readings(index)
    triggered = Triggered(rules, lambda rule: rule[1], index)
    tried = 0
    for clause in catalogue.clauses:
        for example in (*clause.violating, *clause.compliant):
            material = gather(example.text, Platform.TMALL, Context().with_values(example.context)[0], readings.of)
            worth = triggered.worth_making(material)
            everything = [name for name, check in rules if check.find(material) is not None]
            assert [name for name, check in worth if check.find(material) is not None] == everything, example
            assert [name for name, _ in worth] == [name for name, check in rules if (name, check) in worth]
            tried += len(rules) - len(worth)
    assert tried > 0
