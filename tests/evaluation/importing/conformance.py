"""What every format of dialogues must do. A class of tests for a format inherits this and says what its files hold."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from pathlib import Path

import pytest

from contracts.errors import DataError, InputError
from contracts.platform import Platform
from evaluation.dialogues import Vocabulary, read_labelled
from evaluation.importing.importing import FORMATS, Result, import_dialogues
from evaluation.importing.protocol import Defaults, Faults
from tests.evaluation.written import write_lines

PHONE = "13912345678"


class FormatConformance(ABC):
    """The format `name`; `good` holds one dialogue in which a buyer says `said` and then gives PHONE."""

    name: str
    said = "能开专票吗"

    @abstractmethod
    def good(self) -> str:
        """A file in which nothing is wrong."""

    @abstractmethod
    def two_faults(self) -> tuple[str, list[int]]:
        """A file with two faults, and the numbers where they are."""

    @abstractmethod
    def empty(self) -> str:
        """A file of this format with no dialogue in it."""

    def read(self, folder: Path, known: Vocabulary, text: str, *, masked: bool = True) -> Result:
        path = folder / "in.file"
        path.write_text(text, encoding="utf-8")
        return import_dialogues(path, self.name, known, Defaults(Platform.TMALL, "demo-tmall"), masked=masked)

    def test_it_is_a_format_that_can_be_named(self) -> None:
        assert self.name in FORMATS

    def test_what_is_read_can_be_measured(self, tmp_path: Path, known: Vocabulary) -> None:
        result = self.read(tmp_path, known, self.good())
        written = write_lines(tmp_path / "out.jsonl", [dict(record) for record in result.records])
        (labelled,) = read_labelled([written], known)
        dialogue = labelled.dialogue
        assert (dialogue.platform, dialogue.shop, dialogue.source) == (Platform.TMALL, "demo-tmall", self.name)
        assert dialogue.turns[0].text == self.said
        assert result.turns == len(dialogue.turns)

    def test_nobody_can_be_reached_by_what_is_read(self, tmp_path: Path, known: Vocabulary) -> None:
        masked = json.dumps(self.read(tmp_path, known, self.good()).records, ensure_ascii=False)
        assert PHONE not in masked
        assert "[电话x]" in masked
        assert PHONE in json.dumps(self.read(tmp_path, known, self.good(), masked=False).records)

    def test_the_same_file_gives_the_same_dialogues(self, tmp_path: Path, known: Vocabulary) -> None:
        assert self.read(tmp_path, known, self.good()) == self.read(tmp_path, known, self.good())

    def test_every_fault_is_told_with_its_place(self, tmp_path: Path, known: Vocabulary) -> None:
        text, numbers = self.two_faults()
        with pytest.raises(Faults, match="2 faults; nothing is imported") as caught:
            self.read(tmp_path, known, text)
        assert [fault.number for fault in caught.value.faults] == numbers
        assert all(str(tmp_path / "in.file") in str(fault) and fault.field for fault in caught.value.faults)

    def test_a_file_without_a_dialogue_is_refused(self, tmp_path: Path, known: Vocabulary) -> None:
        with pytest.raises(InputError):
            self.read(tmp_path, known, self.empty())

    @pytest.mark.parametrize("content", [b"\xff\xfe\xff", b"\x00\x01", b"{" * 100_000, b"- [" * 3_000], ids=repr)
    def test_what_is_no_such_file_is_refused_in_words(self, tmp_path: Path, known: Vocabulary, content: bytes) -> None:
        path = tmp_path / "in.file"
        path.write_bytes(content)
        with pytest.raises(InputError, match=r"in\.file"):
            import_dialogues(path, self.name, known, Defaults(Platform.TMALL))

    def test_a_file_that_is_not_there_is_told(self, tmp_path: Path, known: Vocabulary) -> None:
        with pytest.raises(DataError, match="cannot be read"):
            import_dialogues(tmp_path / "nothing", self.name, known, Defaults(Platform.TMALL))
