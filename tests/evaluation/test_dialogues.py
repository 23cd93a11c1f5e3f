from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from contracts.errors import DataError
from evaluation.dialogues import Clarity, Labels, Vocabulary, parse_labelled, read_labelled
from files.jsonl import JsonLine
from tests.evaluation.written import agent, buyer, labelled_record

Line = Callable[..., JsonLine]
Written = Callable[..., Path]


def test_every_label_is_read(line: Line, known: Vocabulary) -> None:
    turns = [
        buyer("专票能开吗 运费谁出", "invoice/type returns/return_freight", clear="0", at="2026-11-20T10:00:00+08:00"),
        agent("加我微信说", "tmall.contact.any"),
        agent("好的", ""),
        agent("嗯"),
        {"speaker": "system", "text": "会话结束"},
    ]
    labelled = parse_labelled(line(turns=turns, stratum="uniform", shop="demo-tmall"), "d.jsonl", known)
    assert (labelled.file, labelled.line, labelled.stratum) == ("d.jsonl", 3, "uniform")
    assert labelled.labels == (
        Labels(("invoice", "returns"), ("invoice/type", "returns/return_freight"), Clarity.CONTEXT),
        Labels(violates=frozenset({"tmall.contact.any"})),
        Labels(violates=frozenset()),
        Labels(),
        Labels(),
    )
    assert [labels.given for labels in labelled.labels] == [True, True, True, False, False]


def turn(**changes: Any) -> dict[str, Any]:
    return {"turns": [{**buyer("能开专票吗", "invoice/type"), **changes}]}


def said(**changes: Any) -> dict[str, Any]:
    return {"turns": [buyer("在吗"), {**agent("在的", ""), **changes}]}


FAULTS: list[tuple[dict[str, Any], str]] = [
    ({"topcis": []}, "d.jsonl:3: d1: topcis: unknown key; known: context, hours, id, order,"),
    ({"id": " "}, "d.jsonl:3: id: is empty"),
    ({"id": 7}, "id: must be text"),
    ({"stratum": 7}, "stratum: must be text"),
    ({"platform": "ebay"}, "platform: unknown platform 'ebay'"),
    ({"shop": "nowhere"}, "d1: shop: unknown shop 'nowhere'"),
    ({"shop": "demo-jd"}, "d1: shop: shop 'demo-jd' sells on jd, not on tmall"),
    ({"order": {"status": "lost"}}, "d1: order: order field 'status' is ignored"),
    ({"order": {"stauts": "paid"}}, "d1: order.stauts: unknown key"),
    ({"context": {"order.stauts": "paid"}}, "d1: context: unknown context key 'order.stauts'"),
    ({"turns": []}, "turns: must be a list with at least one turn"),
    (turn(labels=[]), "d1: turns[0].labels: unknown key"),
    (turn(text=" \n"), "d1: turns[0].text: is empty"),
    (turn(speaker="customer"), "turns[0].speaker: unknown speaker 'customer'"),
    (turn(intents=["invoices"]), "d1: turns[0].intents: unknown intent 'invoices'; known: invoice, shipping"),
    (turn(topics=["invoice/typ"]), "d1: turns[0].topics: unknown topic 'invoice/typ'"),
    (turn(topics=["shipping/delay"]), "'shipping/delay' belongs to an intent that is not among the intents"),
    (turn(intents=["invoice", "invoice"]), "turns[0].intents: names the same twice"),
    (turn(clear=1), "turns[0].clear: 1 is neither '1' (clear), '0' (needs its context) nor 'x' (a guess)"),
    (turn(clear=[]), "turns[0].clear: [] is neither"),
    (turn(intents=[], topics=[]), "turns[0].intents: is missing beside clear"),
    (turn(violates=["a.b"]), "turns[0].violates: is no label of buyer turns"),
    (said(violates=["no.such-clause"]), "d1: turns[1].violates: unknown clause 'no.such-clause'"),
    (said(intents=["greet"]), "turns[1].intents: is no label of agent turns"),
    (said(clear="1"), "turns[1].clear: is no label"),
]


@pytest.mark.parametrize(("changes", "message"), FAULTS, ids=lambda value: value if isinstance(value, str) else "")
def test_a_fault_names_file_line_dialogue_and_field(
    changes: dict[str, Any], message: str, line: Line, known: Vocabulary
) -> None:
    with pytest.raises(DataError) as caught:
        parse_labelled(line(**changes), "d.jsonl", known)
    assert str(caught.value).startswith("d.jsonl:3: ")
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [("{", "d.jsonl:2: is not JSON"), ("[]", "d.jsonl:2: is not a JSON object"), ('"d"', "is not a JSON object")],
)
def test_a_line_that_holds_no_dialogue_is_named(text: str, message: str, written: Written, known: Vocabulary) -> None:
    with pytest.raises(DataError, match=r"d\.jsonl:2") as caught:
        list(read_labelled([written(labelled_record(), text)], known))
    assert message in str(caught.value)


def test_an_id_stands_once_in_all_files(written: Written, known: Vocabulary) -> None:
    first = written(labelled_record(), labelled_record(id="d2"), name="a.jsonl")
    second = written(labelled_record(id="d3"), labelled_record(id="d2"), name="b.jsonl")
    with pytest.raises(DataError, match=r"b\.jsonl:2: d2: id: 'd2' is the id of .*a\.jsonl:2, too"):
        list(read_labelled([first, second], known))


def test_dialogues_come_one_at_a_time(written: Written, known: Vocabulary) -> None:
    reading = read_labelled([written(labelled_record(), "{")], known)
    assert next(reading).dialogue.id == "d1"
    with pytest.raises(DataError):
        next(reading)


def test_a_file_that_is_not_there_is_named(tmp_path: Path, known: Vocabulary) -> None:
    with pytest.raises(DataError, match=r"none\.jsonl: cannot be read"):
        list(read_labelled([tmp_path / "none.jsonl"], known))
