from __future__ import annotations

from pathlib import Path

from compliance.learnt.gate import decided, doubtful, gate_open, holds, learnable, of_words
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


def test_what_the_clause_itself_lets_pass_is_open_to_teach_but_not_to_judge() -> None:
    excused = check("claim", says=["关"], unless_text=["您自己关"])
    state = check("state", **CLOSED, then={"kind": "claim", "says": ["关"], "unless_text": ["您自己关"]})
    either = check("any_of", checks=[{"kind": "claim", "says": ["关"], "unless_text": ["您自己关"]}, CLAIM])
    text = material("您自己关就行", buyer__asked_to_close=False)
    assert [gate_open(one, text) for one in (excused, state, either)] == [True, True, True]
    assert [gate_open(one, text, excusing=True) for one in (excused, state, either)] == [False, False, True]
    assert gate_open(excused, material("我来关"), excusing=True)


def test_some_checks_read_no_words() -> None:
    assert not of_words(check("state", **CLOSED))
    assert of_words(check("state", **CLOSED, then=CLAIM))
    assert of_words(check("claim", says=["关"]))
    assert not of_words(check("any_of", checks=[{"kind": "state", **CLOSED}]))
    assert not of_words(check("lacking", when={"kind": "state", **CLOSED}, needs=[["好"]]))


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


LATE = {"kind": "dispatch", "about": ["发货"], "hours": 72}


def test_where_figures_break_a_clause_wording_has_no_say() -> None:
    late = check("any_of", checks=[CLAIM, {"kind": "state", **CLOSED, "then": LATE}])
    assert decided(late, material("7天内发货", buyer__asked_to_close=False))
    assert not decided(late, material("7天内发货", buyer__asked_to_close=True))
    assert not decided(late, material("2天内发货，关了", buyer__asked_to_close=False))


def test_so_with_a_state_that_is_known() -> None:
    assert decided(check("state", **CLOSED), material("关", buyer__asked_to_close=False))
    assert not decided(check("state", **CLOSED), material("关"))
    assert not decided(check("state", buyer=["票"], then=CLAIM), material("关了", buyer__text="开票"))
    waited = check("state", when={"buyer.minutes_since": {"at_least": 5}}, then=CLAIM)
    assert decided(waited, material("关了", buyer__minutes_since=9))
    assert not decided(waited, material("开着", buyer__minutes_since=9))
    assert not decided(waited, material("关了", buyer__minutes_since=2))


def test_so_with_a_figure_of_the_state_alone_and_with_what_is_lacking_then() -> None:
    waited = {"kind": "state", "when": {"buyer.minutes_since": {"at_least": 5}}}
    assert decided(check("any_of", checks=[waited, CLAIM]), material("在的", buyer__minutes_since=9))
    sorry = check("lacking", when=waited, needs=[["久等"]])
    assert decided(sorry, material("在的", buyer__minutes_since=9))
    assert not decided(sorry, material("久等了", buyer__minutes_since=9))
    assert not decided(check("lacking", when=CLAIM, needs=[["久等"]]), material("关了", buyer__minutes_since=9))
