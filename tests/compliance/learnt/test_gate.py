from __future__ import annotations

from pathlib import Path

from compliance.learnt.gate import doubtful, gate_open, holds, learnable, of_words
from contracts.platform import Platform
from tests.compliance.learnt.corpus import CLAUSES, catalogue
from tests.compliance.texts import check, material

CLOSED = {"when": {"buyer.asked_to_close": [False]}}
CLAIM = {"kind": "claim", "says": ["关"]}


def test_a_state_is_a_gate() -> None:
    state = check("state", **CLOSED, then=CLAIM)
    assert gate_open(state, material("好", buyer__asked_to_close=False))
    assert not gate_open(state, material("好", buyer__asked_to_close=True))
    assert not gate_open(state, material("好"))


def test_one_open_part_is_enough() -> None:
    either = check("any_of", checks=[{"kind": "state", **CLOSED, "then": CLAIM}, CLAIM])
    assert gate_open(either, material("好"))


def test_what_lacks_something_has_the_gate_of_what_it_looks_for() -> None:
    lacking = check("lacking", when={"kind": "state", **CLOSED, "then": CLAIM}, needs=[["好"]])
    assert not gate_open(lacking, material("好"))


def test_some_checks_read_no_words() -> None:
    assert not of_words(check("state", **CLOSED))
    assert of_words(check("state", **CLOSED, then=CLAIM))
    assert of_words(check("claim", says=["关"]))
    assert not of_words(check("any_of", checks=[{"kind": "state", **CLOSED}]))


def test_a_rule_holds_on_its_platforms_and_what_is_none_everywhere(tmp_path: Path) -> None:
    rules = catalogue(tmp_path)
    assert holds(rules, ("", "tmall.test.invoice"), Platform.TMALL) == [True, True]
    assert holds(rules, ("", "tmall.test.invoice"), Platform.JD) == [True, False]


def test_hints_and_what_looks_at_the_state_alone_are_not_learnt(tmp_path: Path) -> None:
    assert learnable(catalogue(tmp_path)) == ("tmall.test.invoice", "tmall.test.close")
    hint = CLAUSES.replace("severity: block", "severity: warn\n    hint: true", 1)
    assert learnable(catalogue(tmp_path, hint)) == ("tmall.test.close",)


def test_what_is_read_off_the_text_is_not_doubtful(tmp_path: Path) -> None:
    rule = "tmall.test.invoice"
    assert rule in doubtful(catalogue(tmp_path))
    contact = CLAUSES.replace("{kind: claim, about: [<invoice>], says: [加税点]}", "{kind: contact, channels: [phone]}")
    assert rule not in doubtful(catalogue(tmp_path, contact))
