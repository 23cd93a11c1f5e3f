from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from contracts.errors import DataError
from evaluation.dialogues import Vocabulary
from evaluation.importing.protocol import Faults
from tests.evaluation.importing.conformance import PHONE, FormatConformance

AGENT = {"id": 7, "name": "小李", "type": "user"}


def message(number: int, content: str | None, kind: int = 0, **more: Any) -> dict[str, Any]:
    """A message as the API gives it; its id and its second are `number`."""
    return {
        "id": number,
        "content": content,
        "inbox_id": 2,
        "conversation_id": 45,
        "message_type": kind,
        "content_type": "text",
        "created_at": 1_763_600_000 + number,
        "private": False,
        "source_id": None,
        **more,
    }


def answer(*messages: Any) -> str:
    return json.dumps({"meta": {"labels": []}, "payload": list(messages)}, ensure_ascii=False)


class TestChatwoot(FormatConformance):
    name = "chatwoot"

    def good(self) -> str:
        return answer(
            message(1, "能开专票吗", sender={"id": 9, "type": "contact"}),
            message(2, "可以的", 1, sender=AGENT),
            message(3, f"打{PHONE}"),
        )

    def two_faults(self) -> tuple[str, list[int]]:
        return answer(message(1, "在吗", 9), message(2, "在的", 1), message(3, "喂", id="x")), [1, 3]

    def empty(self) -> str:
        return answer()

    def test_who_spoke_when(self, tmp_path: Path, known: Vocabulary) -> None:
        text = answer(
            message(1, "在吗"),
            message(2, "您好，现在没有人", 3),
            message(3, "我来了", 1, sender={"id": 1, "type": "agent_bot"}),
            message(4, "我也来了", 1, sender=AGENT),
        )
        turns = self.read(tmp_path, known, text).records[0]["turns"]
        assert [turn["speaker"] for turn in turns] == ["buyer", "robot", "robot", "agent"]
        assert (turns[0]["at"], turns[0]["message_id"]) == ("2025-11-20T08:53:21+08:00", "1")

    def test_what_no_buyer_saw_is_left_out_and_told(self, tmp_path: Path, known: Vocabulary) -> None:
        text = answer(
            message(1, "在吗"), message(2, "难缠", 1, private=True), message(3, "已解决", 2), message(4, None)
        )
        result = self.read(tmp_path, known, text)
        assert result.turns == 1
        assert result.notes[0].endswith("left out: 3")

    def test_pages_of_many_conversations_come_together(self, tmp_path: Path, known: Vocabulary) -> None:
        pages = [
            answer(message(3, "还在吗"), message(4, "别的", conversation_id=46)),
            answer(message(1, "在吗"), message(2, "在的", 1), message(3, "还在吗")),
        ]
        result = self.read(tmp_path, known, f"[{','.join(pages)}]")
        assert [record["id"] for record in result.records] == ["chatwoot-45", "chatwoot-46"]
        assert [turn["text"] for turn in result.records[0]["turns"]] == ["在吗", "在的", "还在吗"]

    def test_an_attachment_is_a_token(self, tmp_path: Path, known: Vocabulary) -> None:
        text = answer(message(1, "看", attachments=[{"file_type": "image"}]), message(2, None, attachments=[{}]))
        turns = self.read(tmp_path, known, text).records[0]["turns"]
        assert [turn["text"] for turn in turns] == ["[图片] 看", "[附件]"]

    def test_a_conversation_without_a_buyer_is_left_out(self, tmp_path: Path, known: Vocabulary) -> None:
        text = answer(message(1, "在吗"), message(2, "双十一啦", 1, conversation_id=46))
        assert self.read(tmp_path, known, text).notes == ("conversations in which no buyer wrote left out: 1",)

    @pytest.mark.parametrize("value", [{"data": {"payload": []}}, {"id": 45, "messages": [message(1, "在吗")]}])
    def test_the_list_of_conversations_is_not_their_messages(
        self, tmp_path: Path, known: Vocabulary, value: dict[str, Any]
    ) -> None:
        with pytest.raises(DataError, match="with the last message of each alone"):
            self.read(tmp_path, known, json.dumps(value))

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"content": 7}, "content"),
            ({"created_at": "2025-11-20"}, "created_at"),
            ({"created_at": -1}, "created_at"),
            ({"conversation_id": None}, "conversation_id"),
            ({"message_type": "incoming"}, "message_type"),
            ({"message_type": 1, "sender": "小李"}, "sender"),
            ({"attachments": {"file_type": "image"}}, "attachments"),
        ],
    )
    def test_what_is_wrong_is_named(
        self, tmp_path: Path, known: Vocabulary, change: dict[str, Any], field: str
    ) -> None:
        with pytest.raises(Faults, match=f"message 1, {field}: "):
            self.read(tmp_path, known, answer(message(1, "在吗", **{"kind": 0}) | change))
