"""Which form a line starts when it stands for itself."""

from __future__ import annotations

import re

from contracts.context import OrderStatus
from contracts.form_bare_wishes import asks_for_note
from contracts.form_titles import names_nobody, said_holder
from contracts.forms import DELIVERY, FORMS, INVOICE, ORDER_CHANGE, Form
from desk.night.reading import NAMED, Reading

_LIKELY = 0.5
"""Probability of a topic at which a line is about it."""

_WHERE = frozenset({"address", "phone", "person_name"})
"""Entities that make a line about a change the change itself: 收货改 and a telephone number is a request."""
_GOODS = frozenset({"colour", "size"})
_CHANGES = re.compile(r"(?<![不没退])[改换](?!货|了|过|季)")
_NOTE = "order_change/note"
_NOTES = re.compile(r"(?<![没有])(?:备注|留言)(?!了|过|没|吗|[里上中]|的|栏|呢|在哪)")
_BEFORE_ORDERING = re.compile(
    r"(?:还|都)没(?:有)?(?:下单|拍|买|付款)|(?<!已经)(?:准备|打算|想|要是|如果|假如|先不|等会儿?|一会儿?|待会儿?|马上|现在|今天|明天)(?:再|去|就|要)?"
    r"(?:下单|拍|买)(?!了|的|错|过|完|好|重)"
)
"""Words of somebody who has ordered nothing yet: 现在下单15号再发."""
_INVOICE_WANTED = re.compile(r"(?<![不没需])要(?:个|张|一张|份)?(?:电子|纸质|普通)?(?:发票|[普专]?票)(?![吗么?？])")
_TITLED = re.compile(r"抬头(?:就|请|给我|帮我|要|用)*(?:[写填开用]成?)(?![错过了什啥哪谁怎好])")
_SUPPOSED = re.compile(
    r"如果|要是|万一|假如|倘若|若是|会不会|(?<!怎么)(?<![咋不])会(?!员).{0,12}(?:吗|么|不|嘛)[?？]?$|容易|怕|担心|的话|之?前"
)
"""Words of somebody who asks what would be."""
_HAPPENED = re.compile(
    r"了(?!吗|么|嘛|没|解|不)|没(?:收|到|送|接|人|货|有(?:收|到|送|人|货))|(?<!会)(?<!能)(?<!要)(?:不(?:送|接|给|让|肯|来|见|派|放|理|亮|响|通)|打不通|联系不[上到]|找不[到着])"
    r"|显示|一直|丢|居然|竟|少(?:发|件)|破|裂|碎|[坏烂]的|发错"
)
_PAST = re.compile(r"了(?!吗|么|嘛|没|解|不)|没(?:收|到|送|接)|显示|丢")
_EITHER_WAY = re.compile(
    r"(.)不\1|(?:能|可以|可否|能否|是否).{0,14}(?:吗|么|不|嘛|没)?[?？]?$|(?:吗|么|嘛|不|没)[?？]?$"
)
"""A question that yes or no answers."""
_ON_ITS_WAY = frozenset({OrderStatus.SHIPPED.value, OrderStatus.DELIVERED.value, OrderStatus.CLOSED.value})
_ARRIVED = _ON_ITS_WAY - {OrderStatus.SHIPPED.value}


def entity_names(reading: Reading) -> set[str]:
    """The entities of a line by name, without titles that only say whose an invoice is."""
    return {entity.name for entity in reading.entities if not names_nobody(entity.value)}


def before_ordering(text: str) -> bool:
    """Whether the line speaks of an order that is still to be placed."""
    return bool(_BEFORE_ORDERING.search(text))


def started(reading: Reading, order_status: str = "") -> Form | None:
    """The form that the line starts; `order_status` is where the conversation's order stands, "" when not known."""
    names = entity_names(reading)
    for form in FORMS:
        if names & form.openers and not reading.business | (reading.topic in form.topics):
            return form
        wish = form.on_wish if reading.has("request") and not reading.has("question") else frozenset()
        topics, asked_for = form.topics | wish, form.on_request | wish
        likely = reading.topic in topics and reading.probabilities.total(topics) >= _LIKELY
        if likely and reading.topic in form.on_sight:
            return form if tells_trouble(reading, form, order_status) else None
        wished = reading.has("request") or (reading.has("mistake") and form.id in (INVOICE, ORDER_CHANGE))
        told = form.id == ORDER_CHANGE and bool(names & _WHERE) and not reading.has("question")
        told = told or (form.id == ORDER_CHANGE and not reading.has("question") and _states_change(reading, names))
        told = told or (form.id == ORDER_CHANGE and reading.topic == _NOTE and asks_for_note(reading.text))
        wished = wished or told or (form.id == INVOICE and not reading.has("question") and _wants_invoice(reading.text))
        if reading.topic in asked_for and (names & form.openers or (likely and wished)):
            return form if names & form.openers else _named_instead(reading, form) or form
    return None


def tells_trouble(reading: Reading, form: Form, order_status: str) -> bool:
    """Whether a line about a trouble tells of one and does not ask what would be: 能送上楼吗, 坏了给换吗 before buying.

    A question without a word of what happened tells of a trouble only when there can be one by now.
    """
    if not reading.asks:
        return True
    if _SUPPOSED.search(reading.text):
        return False
    there = order_status in (_ON_ITS_WAY if form.id == DELIVERY else _ARRIVED)
    asks_whether = bool(_EITHER_WAY.search(reading.text))
    past = bool(_PAST.search(reading.text))
    if _HAPPENED.search(reading.text):
        return there or (past and form.id == DELIVERY) or ((past or not order_status) and not asks_whether)
    return there and not asks_whether


def _states_change(reading: Reading, names: set[str]) -> bool:
    """Whether the line says what an order is to be changed to with no word for asking (备注放门口, 灰的换黑的)."""
    goods = bool(names & _GOODS) and bool(_CHANGES.search(reading.text))
    return goods or (reading.topic == _NOTE and bool(_NOTES.search(reading.text)))


def _wants_invoice(text: str) -> bool:
    """Whether the line says whose the invoice is to be, or names it as wanted with no verb (要发票)."""
    return bool(said_holder(text) or _INVOICE_WANTED.search(text) or _TITLED.search(text))


def _named_instead(reading: Reading, form: Form) -> Form | None:
    """The form whose matter a line names that was read, though less surely, as that too; 公司 misleads the reading."""
    if re.search(form.nouns, reading.text):
        return None
    others = (other for other in FORMS if other is not form and re.search(other.nouns, reading.text))
    return next((other for other in others if reading.probabilities.total(other.topics) >= NAMED), None)
