from __future__ import annotations

from pathlib import Path

import pytest

from contracts.answer import Answer, Route, Timings
from contracts.forms import FORMS, FormState, FormStatus
from contracts.understanding import Guess, Understanding
from desk.night.coming_back import come_back_to
from desk.night.reading import Reading
from desk.night.signals import Signals, load_signals
from files.taxonomy import load_taxonomy

DATA = Path(__file__).parents[3] / "data"
BY_ID = {form.id: form for form in FORMS}
INVOICE, CHANGE, RETURN = "invoice_details", "order_change", "return_refund"


@pytest.fixture(scope="module")
def signals() -> Signals:
    return load_signals(DATA / "signals.yml", load_taxonomy(DATA / "taxonomy.yml"))


def _back(signals: Signals, text: str, form: str, status: FormStatus = FormStatus.STOPPED) -> FormState | None:
    understood = Understanding((Guess("inform", 0.5),), (Guess("inform/details", 0.5),))
    reading = Reading.of(text, Answer(understood, Route.HOLD, "", (), (), Timings(), ()), signals)
    return come_back_to(reading, (FormState(BY_ID[form], (("email", "a@b.cn"),), status=status),))


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("会计说还是要开", INVOICE),
        ("算了还是开一张吧", INVOICE),
        ("又想要发票了 照前面的抬头", INVOICE),
        ("还是给我换吧", CHANGE),
        ("家里人商量了下 还是得改", CHANGE),
        ("越想越气 还是退了吧", RETURN),
        ("还是办吧", RETURN),
        ("那还是要吧", INVOICE),
    ],
)
def test_who_wants_it_after_all_has_it_as_it_was(signals: Signals, text: str, form: str) -> None:
    back = _back(signals, text, form)
    assert back is not None
    assert (back.status, back.value("email")) == (FormStatus.OPEN, "a@b.cn")


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("还是不开了", INVOICE),
        ("还能开吗", INVOICE),
        ("还没开", INVOICE),
        ("还是换个地址吧", RETURN),
        ("还是算了", CHANGE),
        ("还是退了吧", CHANGE),
        ("什么时候发货", CHANGE),
        ("再退回来了", RETURN),
    ],
)
def test_others_do_not(signals: Signals, text: str, form: str) -> None:
    assert _back(signals, text, form) is None


def test_only_what_was_called_off_comes_back(signals: Signals) -> None:
    assert _back(signals, "还是要开", INVOICE, FormStatus.DONE) is None
