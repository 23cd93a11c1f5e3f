from __future__ import annotations

from compliance.learnt.gate import gate_open, of_words
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
