from __future__ import annotations

import pytest

from contracts.errors import ServiceDown
from contracts.platform import Platform
from contracts.turn import Inquiry
from contracts.understanding import Guess, Understanding
from contracts.utterance import CONTEXT_CHARACTERS
from desk.remembering_reader import RememberingReader


class Counting:
    """A reader that names the message as its intent and counts what it is asked."""

    patience = 2.0

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.down = False
        self.closed = False

    def read(self, inquiry: Inquiry) -> Understanding:
        self.asked.append(inquiry.text)
        if self.down:
            raise ServiceDown("连接不上")
        return Understanding((Guess(inquiry.text, 1.0),), ())

    def ready(self) -> bool:
        return not self.down

    def close(self) -> None:
        self.closed = True


def test_what_was_just_read_is_not_asked_again() -> None:
    counting = Counting()
    reader = RememberingReader(counting)
    first = reader.read(Inquiry("在吗", Platform.JD, previous_agent="您好"))
    again = reader.read(Inquiry("在吗", Platform.TMALL, shop="demo", previous_agent="您好"))
    assert again is first
    assert counting.asked == ["在吗"]


@pytest.mark.parametrize(
    "other",
    [
        Inquiry("在", Platform.JD, previous_agent="您好"),
        Inquiry("在吗", Platform.JD, previous_agent="您"),
        Inquiry("在吗", Platform.JD, previous_agent="您好", previous_buyer="发票"),
    ],
)
def test_other_words_before_or_in_it_are_another_message(other: Inquiry) -> None:
    counting = Counting()
    reader = RememberingReader(counting)
    reader.read(Inquiry("在吗", Platform.JD, previous_agent="您好"))
    reader.read(other)
    assert len(counting.asked) == 2


def test_what_the_reader_does_not_see_of_the_lines_before_makes_no_difference() -> None:
    counting = Counting()
    reader = RememberingReader(counting)
    end = "尾" * CONTEXT_CHARACTERS
    for start in ("甲", "乙"):
        reader.read(Inquiry("在吗", Platform.JD, previous_agent=start + end))
    assert len(counting.asked) == 1


def test_a_reader_that_was_down_is_asked_again() -> None:
    counting = Counting()
    reader = RememberingReader(counting)
    counting.down = True
    for _ in range(2):
        with pytest.raises(ServiceDown):
            reader.read(Inquiry("在吗", Platform.JD))
    counting.down = False
    assert reader.read(Inquiry("在吗", Platform.JD)).intents[0].name == "在吗"
    assert len(counting.asked) == 3


def test_the_rest_is_the_other_readers() -> None:
    counting = Counting()
    reader = RememberingReader(counting)
    assert (reader.patience, reader.ready()) == (2.0, True)
    reader.close()
    assert counting.closed
