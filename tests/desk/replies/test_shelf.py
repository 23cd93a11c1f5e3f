from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from contracts.errors import DataError
from contracts.reply import Reply
from desk.replies.plan import Change, Plan
from desk.replies.shelf import Shelf
from tests.desk.replies.conftest import open_shelf
from tests.doubles import make_reply

NEW = make_reply("invoice.issue.new", "可以的", "能吗")


def _texts(data: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in (data / "replies").rglob("*") if path.is_file()}


def _changed(shelf: Shelf, name: str, **fields: object) -> Plan:
    before = shelf.replies[name]
    return Plan(changed=(Change(before, replace(before, **fields)),))  # type: ignore[arg-type]


def test_where_a_reply_stands(shelf: Shelf, own: Path) -> None:
    assert str(shelf.place("shipping.dispatch.any")) == f"{own / 'replies' / 'shipping.yml'}:9"
    assert str(shelf.place("night.notice")) == f"{own / 'replies' / 'fixed' / 'night.yml'}:2"
    assert shelf.replies.keys() == {*shelf.library.places, "night.notice"}


def test_a_changed_field_changes_one_line(shelf: Shelf, own: Path) -> None:
    before = _texts(own)
    written = shelf.write(_changed(shelf, "invoice.issue.yes", text="能开的，付款后申请就好"))
    assert written == (own / "replies" / "invoice.yml",)
    after = _texts(own)
    old = "可以开的，付款后在订单里申请就好"
    assert after == {**before, "invoice.yml": before["invoice.yml"].replace(old, "能开的，付款后申请就好")}


def test_a_new_reply_stands_behind_the_last_of_its_topic(shelf: Shelf, own: Path) -> None:
    shelf.write(Plan(added=(NEW, replace(NEW, id="invoice.issue.newer"))))
    names = [reply.id for reply in open_shelf(own).library.replies]
    assert names[:4] == ["invoice.issue.yes", "invoice.issue.new", "invoice.issue.newer", "invoice.type.both"]
    assert open_shelf(own).replies["invoice.issue.new"] == NEW


def test_a_new_intent_has_a_new_file(shelf: Shelf, own: Path) -> None:
    reply = replace(NEW, id="greet.hello.new", topic="greet/hello")
    assert shelf.write(Plan(added=(reply,))) == (own / "replies" / "greet.yml",)
    assert _texts(own)["greet.yml"].startswith("replies:\n  - id: greet.hello.new\n    topic: greet/hello\n")


def test_a_reply_of_another_intent_moves_file(shelf: Shelf, own: Path) -> None:
    written = shelf.write(_changed(shelf, "invoice.type.both", topic="shipping/dispatch_time"))
    assert written == (own / "replies" / "shipping.yml", own / "replies" / "invoice.yml")
    moved = open_shelf(own)
    assert moved.place("invoice.type.both").file.name == "shipping.yml"
    assert moved.replies["invoice.type.both"].topic == "shipping/dispatch_time"
    assert moved.replies.keys() == shelf.replies.keys()


def test_a_reply_of_the_same_intent_stays_even_in_a_file_of_another_name(shelf: Shelf, own: Path) -> None:
    (written,) = shelf.write(_changed(shelf, "greet.hello", text="在的"))
    assert written == own / "replies" / "shipping.yml"


def test_the_last_reply_of_a_file_may_leave_it(shelf: Shelf, own: Path) -> None:
    plan = Plan(
        changed=tuple(
            Change(reply, replace(reply, topic="shipping/dispatch_time"))
            for reply in shelf.library.replies
            if reply.topic.startswith("invoice/")
        )
    )
    shelf.write(plan)
    assert _texts(own)["invoice.yml"] == "replies: []\n"
    assert len(open_shelf(own).library) == len(shelf.library)


def test_a_fixed_text_is_changed_in_its_file_whatever_its_topic(shelf: Shelf, own: Path) -> None:
    (written,) = shelf.write(_changed(shelf, "night.notice", topic="invoice/issue", text="没人"))
    assert written == own / "replies" / "fixed" / "night.yml"
    assert open_shelf(own).fixed.get("night.notice").text == "没人"


def _refused(shelf: Shelf, plan: Plan, own: Path, message: str) -> None:
    before = _texts(own)
    with pytest.raises(DataError, match=message):
        shelf.write(plan)
    assert _texts(own) == before


def test_files_that_changed_meanwhile_are_left_alone(shelf: Shelf, own: Path) -> None:
    file = own / "replies" / "shipping.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("付款后四十八小时内发货", "今天发"), encoding="utf-8")
    _refused(shelf, Plan(added=(NEW,)), own, "shipping.dispatch.any: the files have changed meanwhile")


def test_a_reply_that_went_meanwhile_is_an_error(shelf: Shelf, own: Path) -> None:
    file = own / "replies" / "invoice.yml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("invoice.type.both", "invoice.type.other"), encoding="utf-8"
    )
    changed = _changed(shelf, "invoice.type.both", text="能开")
    _refused(shelf, changed, own, r"invoice\.yml: invoice\.type\.both: is not there any more")


def test_a_file_that_cannot_be_edited_by_line_is_left_alone(own: Path) -> None:
    file = own / "replies" / "greet.yml"
    file.write_text(
        "replies: [{id: greet.a, topic: greet/hello, platforms: [all], text: 在, questions: [在], "
        "approved: {by: demo, on: 2026-11-21}}]\n",
        encoding="utf-8",
    )
    _refused(open_shelf(own), Plan(added=(replace(NEW, topic="greet/hello"),)), own, "a list in brackets")


def test_when_one_file_cannot_be_written_none_is(shelf: Shelf, own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    really = Path.replace

    def fail(part: Path, target: Path) -> Path:
        if target.name == "invoice.yml":
            raise OSError(28, "No space left on device")
        return really(part, target)

    monkeypatch.setattr(Path, "replace", fail)
    plan = _changed(shelf, "invoice.type.both", topic="shipping/dispatch_time")
    _refused(shelf, plan, own, "No space left")


def test_a_crash_in_the_middle_of_a_move_is_found_by_the_next_command(shelf: Shelf, own: Path) -> None:
    invoice = own / "replies" / "invoice.yml"
    before = invoice.read_bytes()
    shelf.write(_changed(shelf, "invoice.type.both", topic="shipping/dispatch_time"))
    invoice.write_bytes(before)
    with pytest.raises(
        DataError, match=r"shipping\.yml:\d+: invoice\.type\.both: id is taken already, at .*invoice\.yml"
    ):
        open_shelf(own)


def test_a_reply_of_every_kind_of_value_is_written(shelf: Shelf, own: Path) -> None:
    odd: Reply = make_reply(
        "invoice.issue.odd",
        "好: {shop.name} #1\n'二'",
        "- 能吗",
        "[开], 吗",
        "yes",
        when={"shop.ship_hours": [48.0, 24.5], "item.custom": [False]},
    )
    shelf.write(Plan(added=(odd,)))
    assert open_shelf(own).replies["invoice.issue.odd"] == odd
