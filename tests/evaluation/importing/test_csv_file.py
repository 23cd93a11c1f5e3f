from __future__ import annotations

from pathlib import Path

import pytest

from evaluation.dialogues import Vocabulary
from evaluation.importing.protocol import Faults
from tests.evaluation.importing.conformance import PHONE, FormatConformance

HEAD = "dialogue,platform,order_status,speaker,at,text,topics,clear,violates\n"


class TestCsv(FormatConformance):
    name = "csv"

    def good(self) -> str:
        return (
            HEAD
            + "d1,tmall,paid,buyer,2026-11-20T10:00:00+08:00,能开专票吗,invoice/type；shipping/delay,1,\n"
            + "d1,,,agent,2026-11-20T10:00:09+08:00,可以的，您发我抬头,,,-\n"
            + f"d1,,,buyer,2026-11-20T10:00:20+08:00,电话{PHONE},inform/details,1,\n"
            + "d1,,,agent,2026-11-20T10:00:30+08:00,收到,,,\n"
        )

    def two_faults(self) -> tuple[str, list[int]]:
        return HEAD + "d1,tmall,,buyer,,在吗,greet/helo,1,\nd1,,,boss,,在的,,,\n", [2, 3]

    def empty(self) -> str:
        return HEAD

    def test_labels_states_and_what_nobody_looked_at(self, tmp_path: Path, known: Vocabulary) -> None:
        (record,) = self.read(tmp_path, known, self.good()).records
        assert record["order"] == {"status": "paid"}
        first, agent, _, last = record["turns"]
        assert first["topics"] == ["invoice/type", "shipping/delay"]
        assert first["intents"] == ["invoice", "shipping"]
        assert agent["violates"] == []
        assert "violates" not in last

    @pytest.mark.parametrize(
        ("rows", "message"),
        [
            (
                "d1,tmall,,buyer,,在吗,,,\nd2,tmall,,buyer,,在吗,,,\nd1,tmall,,buyer,,喂,,,\n",
                "row 4, dialogue: 'd1' began",
            ),
            ("d1,tmall,,buyer,,在吗,,,\nd1,jd,,buyer,,喂,,,\n", "row 3, platform: 'jd', but 'tmall' before"),
            (",tmall,,buyer,,在吗,,,\n", "row 2, dialogue: is empty"),
            ("d1,ebay,,buyer,,在吗,,,\n", "row 2, platform: unknown platform 'ebay'"),
            ("d1,tmall,gone,buyer,,在吗,,,\n", "row 2, order: order field 'status' is ignored"),
            ("d1,tmall,,buyer,昨天,在吗,,,\n", "row 2, at: '昨天' is not an ISO time"),
            ("d1,tmall,,buyer,,,,,\n", "row 2, text: is empty"),
            ("d1,tmall,,agent,,好,,,tmall.contact.none\n", "row 2, violates: unknown clause"),
            ("d1,tmall,,agent,,好,greet/hello,,\n", "row 2, intents: is no label of agent turns"),
        ],
    )
    def test_what_is_wrong_is_named(self, tmp_path: Path, known: Vocabulary, rows: str, message: str) -> None:
        with pytest.raises(Faults, match="nothing is imported") as caught:
            self.read(tmp_path, known, HEAD + rows)
        assert message in str(caught.value)

    def test_columns_that_are_missing_or_unknown(self, tmp_path: Path, known: Vocabulary) -> None:
        with pytest.raises(Faults, match="row 1, speaker: the column is missing"):
            self.read(tmp_path, known, "dialogue,text\nd1,在吗\n")
        with pytest.raises(Faults, match="row 1, mood"):
            self.read(tmp_path, known, "dialogue,speaker,text,mood\nd1,buyer,在吗,:)\n")
