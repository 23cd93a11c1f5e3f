"""Lines that are not what the model reads them as: a name for a title, a wish beside a form, a value set right."""

from __future__ import annotations

import re
from collections.abc import Iterable

from contracts.form_conditions import is_conditional
from contracts.form_meant import meant
from contracts.form_numbers import bare_number
from contracts.form_titles import names_title
from contracts.forms import FORMS, INVOICE, ORDER_CHANGE, Form
from contracts.taxonomy import intent_of
from desk.night.reading import LIKELY, Reading

_OF_TITLE = frozenset({"invoice_title", "person_name", "address"})
"""Entities that a name of a shop may hold."""
_OWN = "地址|收货人|收件人|收货信息|电话|手机号?|颜色|尺码|规格|款式|数量"
_CHANGE = re.compile(
    rf"[改换](?:一?下|个|掉)?(?:我的?)?(?:新的?)?(?:收货|收件)?(?:{_OWN})|(?:{_OWN})(?:要|得|想|需要|帮我|给我|麻烦)*[改换]"
)
_SORTS = ("colour", "size")
_NOT = re.compile(r"不[是要]")


def is_title(reading: Reading) -> bool:
    """Whether the line is a title and no more; after a question of the library for one, any short name is."""
    awaited = "抬头" in reading.asked and not (reading.has("question") or reading.has("request") or reading.has("stop"))
    other = any(entity.name not in _OF_TITLE for entity in reading.entities)
    sure = reading.business and reading.probabilities.of_name(reading.topic) >= LIKELY
    strange = sure and intent_of(reading.topic) not in ("invoice", "product")
    return names_title(reading.text, awaited=awaited and not other and not strange)


def wishes_change(reading: Reading, subject: Form | None) -> Form | None:
    """The form for changes where a line asks for one in words, whatever the talk about an invoice makes of it."""
    other = subject is not None and subject.id == INVOICE and not re.search(subject.nouns, reading.text)
    wished = other and reading.has("request") and not (reading.has("question") or reading.has("stop"))
    return next(form for form in FORMS if form.id == ORDER_CHANGE) if wished and _CHANGE.search(reading.text) else None


def would_do(reading: Reading, form: Form) -> bool:
    """Whether a line says what would do as well in a change that runs, whatever it is read as (没货就发白的)."""
    return form.id == ORDER_CHANGE and is_conditional(reading.text) and not reading.has("question")


def sets_right(reading: Reading, subject: Form | None, said: Iterable[str]) -> bool:
    """Whether a line only sets right a colour or a size in a wish to change an order (不是38 是39)."""
    if subject is None or subject.id != ORDER_CHANGE or reading.has("question") or not _NOT.search(reading.text):
        return False
    bare = bare_number(reading.text)
    old = {bare.old} if bare is not None and bare.old else set()
    for sort in _SORTS:
        values = [entity.value for entity in reading.entities if entity.name == sort]
        old |= set(values) - set(meant(reading.text, values))
    return any(value and value in words for value in old for words in said)
