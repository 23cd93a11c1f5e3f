from __future__ import annotations

from tests.compliance.texts import material


def test_a_reply_is_read_alone_without_the_buyer() -> None:
    gathered = material("可以的")
    assert len(gathered.readings) == 1
    assert gathered.buyer is None


def test_a_bare_answer_adds_what_it_amounts_to() -> None:
    gathered = material("可以的", buyer__text="能加微信吗")
    assert [reading.text for reading in gathered.readings] == ["可以的", "能加微信"]
    assert gathered.reply.text == "可以的"
