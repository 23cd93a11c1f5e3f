"""Whether a line belongs to the form that runs: a fragment of its matter, something about it, words that end it."""

from __future__ import annotations

import re

from contracts.form_meant import named_orders
from contracts.form_orders import BETWEEN, apart, corrects
from contracts.forms import ATTACHED, CANCEL, FORMS, INVOICE, Form, FormState
from contracts.taxonomy import intent_of
from desk.night.cancelling import cancels_matter
from desk.night.reading import LIKELY, Reading
from desk.night.starting import entity_names

_FRAGMENT = 8
"""Characters up to which a line that names no matter of its own belongs to the matter before it."""
_OFF = re.compile(r"不|别|算了|取消|没")


def stops(reading: Reading, state: FormState) -> bool:
    """Whether the line calls this form off, and not another matter or another order."""
    form = state.form
    stops_it = reading.has("stop") and not _stops_another(reading.text, form) and not _of_another_order(reading, state)
    return stops_it or cancels_matter(reading.text) is form


def _of_another_order(reading: Reading, state: FormState) -> bool:
    """Whether the line names orders by their numbers, and none of them is the form's."""
    told = named_orders(reading.text, reading.entities)
    known = state.value("order_number")
    return bool(told) and known not in (None, ATTACHED) and apart(known, BETWEEN.join(told))


def _stops_another(text: str, form: Form) -> bool:
    """Whether the words that call something off name the matter of another form and not of this one."""
    pieces = [piece for piece in re.split(r"[\s,，。;；!！]+", text) if _OFF.search(piece)]
    named = [piece for piece in pieces if any(re.search(other.nouns, piece) for other in FORMS)]
    return bool(named) and not any(re.search(form.nouns, piece) for piece in named)


def is_fragment(reading: Reading, subject: Form | None) -> bool:
    """Whether the line belongs to what was spoken of before although it was read as something else.

    A fragment such as 改成公司的 does not name what it is about: that stands in the lines before it.
    """
    other = next((form for form in FORMS if reading.topic in form.on_request), None)
    if other is None or subject is None or other is subject or reading.has("stop"):
        return False
    if entity_names(reading) & other.openers or re.search(other.nouns, reading.text):
        return False
    return len(reading.text) <= (_FRAGMENT if other.id != INVOICE else 2 * _FRAGMENT)


def is_about(reading: Reading, form: Form) -> bool:
    """Whether the line may belong to the form: it is not small talk and not clearly about something else."""
    if reading.replies or reading.story or (corrects(reading.text) and not reading.has("question")):
        return True
    if reading.small_talk or reading.intent == "greet":
        return False
    if not reading.business or reading.topic in form.topics:
        return True
    near = intent_of(reading.topic) in {intent_of(topic) for topic in form.topics} and reading.topic != CANCEL
    return not reading.has("question") and (near or reading.probabilities.of_name(reading.topic) < LIKELY)
