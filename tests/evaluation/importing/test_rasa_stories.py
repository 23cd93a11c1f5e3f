from __future__ import annotations

from pathlib import Path

import pytest

from contracts.errors import InputError
from evaluation.dialogues import Vocabulary
from evaluation.importing.protocol import Faults
from tests.evaluation.importing.conformance import PHONE, FormatConformance


class TestRasaStories(FormatConformance):
    name = "rasa"

    def good(self) -> str:
        return f"""version: "3.1"
stories:
- story: 问专票
  steps:
  - user: |
      能开[专票](invoice_kind)吗
    intent: invoice/type
  - action: utter_ask_title
  - user: '电话[{PHONE}]{{"entity": "phone"}}，单号[订单x]'
    intent: inform
  - bot: 收到
"""

    def two_faults(self) -> tuple[str, list[int]]:
        text = "stories:\n- story: a\n  steps:\n  - user: 在吗\n    intent: hello_there\n  - intent: greet\n"
        return text, [4, 6]

    def empty(self) -> str:
        return "stories: []\n"

    def test_marks_of_entities_go_and_masked_parts_stay(self, tmp_path: Path, known: Vocabulary) -> None:
        result = self.read(tmp_path, known, self.good())
        texts = [turn["text"] for turn in result.records[0]["turns"]]
        assert texts == ["能开专票吗", "电话[电话x]，单号[订单x]", "收到"]
        assert result.notes == ("steps without a text (actions, slots, forms) left out: 1",)

    def test_intents_and_topics(self, tmp_path: Path, known: Vocabulary) -> None:
        first, second, robot = self.read(tmp_path, known, self.good()).records[0]["turns"]
        assert (first["intents"], first["topics"]) == (["invoice"], ["invoice/type"])
        assert second["intents"] == ["inform"]
        assert robot["speaker"] == "robot"

    @pytest.mark.parametrize(
        ("steps", "message"),
        [
            ("  - or:\n    - intent: a\n", "line 4, or: a story that branches"),
            ("  - checkpoint: c\n", "line 4, checkpoint: a story that branches"),
            ("  - user: 在吗\n    intend: greet\n", "line 5, intend: unknown key"),
            ("  - user: [a, b]\n    intent: greet\n", "line 4, user: must be text"),
            ("  - sing: la\n", "line 4, steps: unknown step 'sing'"),
            ("  - 在吗\n", "line 4, steps: is not a step"),
            ("  - action: utter_greet\n", "line 2, turns: nobody says a word"),
        ],
    )
    def test_what_is_wrong_is_named(self, tmp_path: Path, known: Vocabulary, steps: str, message: str) -> None:
        with pytest.raises(Faults, match="nothing is imported") as caught:
            self.read(tmp_path, known, f"stories:\n- story: a\n  steps:\n{steps}")
        assert message in str(caught.value)

    def test_two_stories_of_one_name(self, tmp_path: Path, known: Vocabulary) -> None:
        story = "- story: a\n  steps:\n  - user: 在吗\n    intent: greet\n"
        with pytest.raises(Faults, match="line 6, id: 'a' is at line 2, too"):
            self.read(tmp_path, known, f"stories:\n{story}{story}")

    def test_rules_are_no_test_stories(self, tmp_path: Path, known: Vocabulary) -> None:
        with pytest.raises(InputError, match="unknown key 'rules'"):
            self.read(tmp_path, known, "rules: []\n")
