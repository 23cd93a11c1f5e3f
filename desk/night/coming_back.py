"""Coming back to a form that was called off: the buyer wants its matter after all, with the values told before."""

from __future__ import annotations

import re
from dataclasses import replace

from contracts.form_steps import FormStep, StepKind, advance, begun_again
from contracts.form_words import Words
from contracts.forms import DELIVERY, FORMS, INVOICE, ORDER_CHANGE, RETURN, FormState, FormStatus
from desk.night.reading import Reading
from desk.night.staying import says_that_it_stays

_AGAIN = r"(?:还是|又|再|重新|依然|仍然?|还(?!没|有|能|可以|来))(?:给我|帮我|给|帮|麻烦|请|想|得|要|需要|决定|打算|把)*"
_VERBS = {
    INVOICE: "开|报销|要(?:个|张)?发?票",
    ORDER_CHANGE: "改|换|加|备注",
    RETURN: "退|换",
    DELIVERY: "处理|查",
}
_DONE = r"(?!回|不|了(?:吗|没|么)|过|货运|好)"
_ANY = re.compile(
    r"(?:算了|要不|那|我|就|唉|哎|嗯)*(?:还是|又)(?:想|需)?(?:要|办|弄|登记)(?:一?下|吧|的|了|哈|好了|得了)*"
)
_PIECE = re.compile(r"[\s,，。;；、!！~～]+")


def come_back_to(reading: Reading, states: tuple[FormState | None, ...]) -> FormState | None:
    """The form called off that the line wants after all, open again as it was; None when it wants none."""
    off = (state for state in states if state is not None and state.status is FormStatus.STOPPED)
    found = next((state for state in off if wants_again(reading, state)), None)
    return replace(found, status=FormStatus.OPEN, asked=None) if found else None


def wants_again(reading: Reading, state: FormState) -> bool:
    """Whether the line says that the form's matter is wanted after all."""
    if reading.asks or reading.alarm is not None:
        return False
    text, form = reading.text, state.form
    others = any(re.search(other.nouns, _told(text)) for other in FORMS if other is not form)
    if others and not re.search(form.nouns, text):
        return False
    wanted = re.search(f"{_AGAIN}(?:{_VERBS[form.id]}){_DONE}", text)
    return bool(wanted) or any(_ANY.fullmatch(piece) for piece in _PIECE.split(text))


def taken_up_again(state: FormState, words: Words) -> FormStep:
    """The step of a form that the buyer comes back to: what the line tells besides, then what is still missing."""
    step = advance(state, words, stop=False, about_it=True)
    return begun_again(state) if step.kind in (StepKind.PASS, StepKind.AGAIN) else step


def _told(text: str) -> str:
    return " ".join(piece for piece in _PIECE.split(text) if not says_that_it_stays(piece))
