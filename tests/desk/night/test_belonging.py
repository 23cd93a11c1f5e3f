from __future__ import annotations

from pathlib import Path

import pytest

from bot.entities.patterns import find_entities
from contracts.answer import Answer, Route, Timings
from contracts.forms import ATTACHED, FORMS, ORDER_CHANGE, FormState
from contracts.understanding import Guess, Understanding
from desk.night.belonging import stops
from desk.night.reading import Reading
from desk.night.signals import load_signals
from files.taxonomy import load_taxonomy

CHANGE = next(form for form in FORMS if form.id == ORDER_CHANGE)


def _reading(data: Path, text: str) -> Reading:
    signals = load_signals(data / "signals.yml", load_taxonomy(data / "taxonomy.yml"))
    guesses = (Guess("order_change", 0.9),), (Guess("order_change/cancel", 0.9),)
    understood = Understanding(*guesses, find_entities(text))
    return Reading.of(text, Answer(understood, Route.HOLD, "", (), (), Timings(), ()), signals)


@pytest.mark.parametrize(
    ("text", "known", "ends"),
    [
        ("尾号7788的不要了", "尾号5521", False),
        ("尾号7788那单不用改了", "220118833771125521", False),
        ("尾号5521的不用改了", "220118833771125521", True),
        ("尾号5521的不要了", ATTACHED, True),
        ("不改了", "尾号5521", True),
    ],
)
def test_only_its_own_order_ends_a_form(data: Path, text: str, known: str, ends: bool) -> None:
    state = FormState(CHANGE, values=(("order_number", known),))
    assert stops(_reading(data, text), state) == ends
