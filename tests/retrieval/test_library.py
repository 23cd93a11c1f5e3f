from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from contracts.errors import DataError, InputError
from contracts.platform import Platform
from contracts.reply import Approval, Condition, Validity
from contracts.taxonomy import Taxonomy, Topic
from retrieval.library import Library, Place, load_library
from tests.doubles import make_reply

TAXONOMY = Taxonomy([Topic("invoice", "issue", "能不能开"), Topic("shipping", "when", "何时发")])

GOOD = """\
replies:
  - id: invoice.issue.yes
    topic: invoice/issue
    platforms: [tmall, jd]
    text: 可以开，{invoice.issue_days}天内开好
    questions: [能开票吗, ' 有票吗 ']
    when: {order.status: [paid, shipped], item.custom: [false]}
    auto: true
    valid: {from: 2026-11-01, to: 2026-11-12}
    keeps: [tmall.invoice.must-issue-free]
    approved: {by: demo, on: 2026-11-21}
  - id: shipping.when
    topic: shipping/when
    platforms: [all]
    text: 今天发
    questions: [何时发]
    approved: {by: demo, on: 2026-11-21}
"""


def _load(folder: Path, text: str, name: str = "a.yml") -> Library:
    (folder / name).write_text(text, encoding="utf-8")
    return load_library(folder, TAXONOMY)


def test_every_field_is_read(tmp_path: Path) -> None:
    library = _load(tmp_path, GOOD)
    reply = library.get("invoice.issue.yes")
    assert len(library) == 2
    assert reply.platforms == {Platform.TMALL, Platform.JD}
    assert reply.questions == ("能开票吗", "有票吗")
    assert reply.slots == ("invoice.issue_days",)
    assert reply.when == (Condition("order.status", ("paid", "shipped")), Condition("item.custom", (False,)))
    assert reply.auto is True
    assert reply.valid == Validity(date(2026, 11, 1), date(2026, 11, 12))
    assert reply.keeps == ("tmall.invoice.must-issue-free",)
    assert reply.approved == Approval("demo", date(2026, 11, 21))
    plain = library.get("shipping.when")
    assert plain.platforms == frozenset(Platform)
    assert (plain.when, plain.auto, plain.valid, plain.keeps) == ((), False, Validity(), ())


FAULTS = [
    pytest.param("    auto: true\n", "    auto: true\n    colour: red\n", 9, "colour", id="unknown key"),
    pytest.param("text: 今天发", "text: 今天发\n    text: 明天发", 16, "given twice", id="double key"),
    pytest.param("id: shipping.when", "id: invoice.issue.yes", 12, "taken already, at .*a.yml:2", id="double id"),
    pytest.param("id: shipping.when", "id: Shipping", 12, "lower-case words", id="id of another form"),
    pytest.param("topic: shipping/when", "topic: shipping/colour", 13, "unknown topic", id="unknown topic"),
    pytest.param("topic: shipping/when", "topic: shipping", 13, "unknown topic", id="intent in place of a topic"),
    pytest.param("[all]", "[tmal]", 14, "unknown platform", id="unknown platform"),
    pytest.param("[all]", "[all, tmal]", 14, "unknown platform", id="unknown platform beside all"),
    pytest.param("[all]", "[]", 14, "platforms", id="no platform"),
    pytest.param("{invoice.issue_days}", "{invoice.days}", 5, "unknown slot", id="unknown slot"),
    pytest.param("{invoice.issue_days}", "{issue_days}", 5, "brace", id="brace that is no slot"),
    pytest.param("text: 今天发", "text: 今天}发", 15, "brace", id="lone brace"),
    pytest.param("text: 今天发", "text: ''", 15, "text", id="empty text"),
    pytest.param("text: 今天发", "text: '  '", None, "text", id="blank text"),
    pytest.param("text: 今天发", "text: " + "发" * 501, 15, "text", id="text too long"),
    pytest.param("[何时发]", "[]", 16, "questions", id="no question"),
    pytest.param("[何时发]", "[何时发, ' ']", None, "question", id="blank question"),
    pytest.param("[何时发]", "[何时发, 3]", 16, "questions.1", id="question that is a number"),
    pytest.param("order.status: [paid, shipped]", "order.state: [paid]", 7, "unknown context key", id="unknown state"),
    pytest.param("order.status: [paid, shipped]", "order.status: [payed]", 7, "not one of", id="unknown value"),
    pytest.param("order.status: [paid, shipped]", "order.status: []", 7, "names no value", id="state without value"),
    pytest.param("[paid, shipped]", f"[{'paid, ' * 600}paid]", 7, "more than 500 states", id="states without end"),
    pytest.param("order.status: [paid, shipped]", "order.status: paid", 7, "when", id="value that is no list"),
    pytest.param("auto: true", "auto: maybe", 8, "auto", id="auto that is neither"),
    pytest.param("from: 2026-11-01", "since: 2026-11-01", 9, "since", id="unknown key of valid"),
    pytest.param("to: 2026-11-12", "to: 2026-10-12", 9, "valid", id="over before it begins"),
    pytest.param("to: 2026-11-12", "to: soon", 9, "valid", id="day that is none"),
    pytest.param("approved: {by: demo, on: 2026-11-21}\n  -", "auto: false\n  -", None, "auto", id="auto twice"),
    pytest.param("{by: demo, on: 2026-11-21}\n  -", "{by: '', on: 2026-11-21}\n  -", 11, "approved.by", id="by nobody"),
    pytest.param("{by: demo, on: 2026-11-21}\n  -", "{by: demo}\n  -", 11, "approved.on", id="approved without a day"),
    pytest.param("    approved: {by: demo, on: 2026-11-21}\n  -", "  -", 2, "approved", id="not approved"),
]


@pytest.mark.parametrize(("part", "fault", "line", "message"), FAULTS)
def test_a_fault_stops_with_its_place(tmp_path: Path, part: str, fault: str, line: int | None, message: str) -> None:
    assert part in GOOD
    with pytest.raises(DataError, match=message) as caught:
        _load(tmp_path, GOOD.replace(part, fault, 1))
    assert caught.value.file == str(tmp_path / "a.yml")
    assert line is None or caught.value.line == line


def test_a_reply_knows_where_it_stands(tmp_path: Path) -> None:
    places = _load(tmp_path, GOOD).places
    assert places == {"invoice.issue.yes": Place(tmp_path / "a.yml", 2), "shipping.when": Place(tmp_path / "a.yml", 12)}
    assert str(places["shipping.when"]) == f"{tmp_path / 'a.yml'}:12"


def test_an_id_is_taken_in_every_file(tmp_path: Path) -> None:
    _load(tmp_path, GOOD)
    with pytest.raises(DataError, match=r"b\.yml:2: invoice.issue.yes: id is taken already, at .*a\.yml:2"):
        _load(tmp_path, GOOD, "b.yml")


def test_a_folder_without_replies_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no reply files"):
        load_library(tmp_path, TAXONOMY)


def test_a_reply_that_does_not_exist_cannot_be_had() -> None:
    with pytest.raises(InputError, match=r"unknown reply 'a\.b'"):
        Library(()).get("a.b")


def test_the_fingerprint_is_of_what_is_indexed() -> None:
    first = Library((make_reply("a.a", "可以开", "能开吗"),))
    assert first.fingerprint == Library((make_reply("a.a", "可以开", "能开吗", topic="greet/hello"),)).fingerprint
    others = [
        Library((make_reply("a.b", "可以开", "能开吗"),)),
        Library((make_reply("a.a", "可以的", "能开吗"),)),
        Library((make_reply("a.a", "可以开", "能开吗", "有吗"),)),
        Library((make_reply("a.a", "可以开能", "开吗"),)),
        Library(()),
    ]
    assert len({first.fingerprint, *(other.fingerprint for other in others)}) == len(others) + 1
