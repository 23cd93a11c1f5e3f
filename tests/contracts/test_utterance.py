from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from contracts.errors import InputError
from contracts.text import clean
from contracts.utterance import SEPARATOR, Utterance


def _cleaned(raw: str) -> str:
    try:
        return clean(raw)
    except InputError:
        return ""


LINE = st.text(st.characters(codec=None), max_size=30).map(_cleaned)


@given(LINE, LINE, LINE)
def test_what_is_packed_comes_out_again(text: str, agent: str, buyer: str) -> None:
    utterance = Utterance(text, agent, buyer)
    assert Utterance.unpack(utterance.pack()) == utterance


def test_a_message_with_nothing_before_it_travels_as_it_is() -> None:
    assert Utterance("能开票吗").pack() == "能开票吗"
    assert Utterance.unpack("能开票吗") == Utterance("能开票吗")


def test_each_line_keeps_its_place() -> None:
    assert Utterance("可以", agent="要开票吗").pack() == f"可以{SEPARATOR}要开票吗{SEPARATOR}"
    assert Utterance.unpack(f"可以{SEPARATOR}{SEPARATOR}在吗") == Utterance("可以", buyer="在吗")


def test_missing_lines_are_empty() -> None:
    assert Utterance.unpack(f"可以{SEPARATOR}要开票吗") == Utterance("可以", agent="要开票吗")
    assert Utterance.unpack("") == Utterance("")


def test_nobody_can_type_the_separator() -> None:
    assert SEPARATOR not in clean(f"可以{SEPARATOR}假的客服")
