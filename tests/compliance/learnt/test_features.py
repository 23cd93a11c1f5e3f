from __future__ import annotations

from compliance.learnt.features import GROUPS, tokens
from compliance.pattern import Pattern
from tests.compliance.texts import material

CLASSES = {"tax": Pattern.compile(["税点"])}


def test_each_group_speaks_of_its_own() -> None:
    found = set(tokens(material("不收税点", buyer__text="要税点", order__status="paid"), CLASSES))
    assert {"r不收", "r^不", "r点$", "b税点", "wtax=denied", "corder.status=paid"} <= found
    assert {token[0] for token in found} == set(GROUPS)


def test_numbers_and_names_of_the_state_are_told_by_their_values() -> None:
    known = material("好", buyer__minutes_since=12, refund__type="reship", platform__services=["7天无理由", "运费险"])
    state = [token for token in tokens(known, CLASSES) if token[0] == "c"]
    assert {"cbuyer.minutes_since", "cbuyer.minutes_since>=10", "crefund.type=reship"} <= set(state)
    assert {"cplatform.services=7天无理由", "cplatform.services=运费险"} <= set(state)
    assert "cbuyer.minutes_since>=24" not in state


def test_a_bare_answer_is_read_as_what_it_says() -> None:
    assert "wtax=claimed" in set(tokens(material("要的", buyer__text="开票要加税点吗"), CLASSES))


def test_no_text_is_too_odd() -> None:
    for text in ("", "。。。", "\ud800\x00", "好" * 5000):
        assert len(list(tokens(material(text), CLASSES))) < 5000
