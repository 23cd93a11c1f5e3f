"""Which form a line starts when it stands for itself."""

from __future__ import annotations

import re

from contracts.context import OrderStatus
from contracts.form_bare_wishes import asks_for_note
from contracts.form_titles import names_nobody, said_holder
from contracts.forms import DELIVERY, FORMS, INVOICE, ORDER_CHANGE, RETURN, Form
from desk.night.arrived import ARRIVED, asks_how_to_send_back, sends_back
from desk.night.cancelling import threatens
from desk.night.reading import LIKELY, NAMED, Reading
from desk.night.staying import only_stays
from desk.night.wording import asks_consent

_WHERE = frozenset({"address", "phone", "person_name"})
"""Entities that make a line about a change the change itself: 收货改 and a telephone number is a request."""
_GOODS = frozenset({"colour", "size"})
_CHANGES = re.compile(r"(?<![不没退])[改换](?!货|了|过|季)")
_TOOK_ANOTHER = re.compile(
    r"(?:拍|买|选|下|点)(?:成|错成|的是|了)[^,，。;；]{1,8}?[\s,，]*(?:其实|应该|本来|原本)?(?:我)?(?:是)?(?:想)?(?:要|应该是|该是)(?!求|不)"
)
"""What was ordered beside what is wanted: 拍成黑的了 我要灰的."""
_WRITTEN = re.compile(
    r"(?:收[件货]人|收货(?:地址|姓名|电话)|联系人|联系电话|收货)(?:名字?|姓名)?(?:就|请|给我|帮我|麻烦|要|都)*(?:写|填|改|换)(?:成|为|给|一?下)?(?![了错过的着好吗么没不])"
)
"""Whose name is to stand on the parcel, if only in words: 收件人写我妹."""
_EXCHANGE = "returns/exchange"
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
_NEVER_MIND = re.compile(
    r"(?:^|[\s,，。;；!！])(?:也|都|倒|不过|但|反正|就)*(?:没事儿?|没关系|不要紧|无所谓|不碍事|没啥|没什么|不计较)(?:的|哈|啦|了|啊)*(?=$|[\s,，。;；!！~])"
    r"|(?:下次|下回|以后)(?:再)?(?:注意|装|包|打包|发|弄|留意|小心|检查|改进|多放)"
)
_WANTS_NOTHING = re.compile(r"(?:不用|不必|不需要|别|不要)(?:给我|再|你们)?(?:退|换|补|赔|处理)")
_WANTED = re.compile(r"退|换|补|赔|处理|解决|怎么|咋|[?？]|吗|给个说法|投诉|差评")
_ON_ITS_WAY = frozenset({OrderStatus.SHIPPED.value, OrderStatus.DELIVERED.value, OrderStatus.CLOSED.value})


def entity_names(reading: Reading) -> set[str]:
    """The entities of a line by name, without titles that only say whose an invoice is."""
    return {entity.name for entity in reading.entities if not names_nobody(entity.value)}


def before_ordering(text: str) -> bool:
    """Whether the line speaks of an order that is still to be placed."""
    return bool(_BEFORE_ORDERING.search(text))


def started(reading: Reading, order_status: str = "") -> Form | None:
    """The form that the line starts; `order_status` is where the conversation's order stands, "" when not known."""
    names = entity_names(reading)
    if threatens(reading.text) or only_stays(reading.text):
        return None
    for form in FORMS:
        if form.id == RETURN and _goes_back(reading, names, order_status):
            return form
        if names & form.openers and not reading.business | (reading.topic in form.topics):
            return form
        wish = form.on_wish if reading.has("request") and not reading.has("question") else frozenset()
        topics, asked_for = form.topics | wish, form.on_request | wish
        likely = reading.topic in topics and reading.probabilities.total(topics) >= LIKELY
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


def forgives(text: str) -> bool:
    """Whether a line tells of a trouble for which nothing is wanted: 没事 下次包好点."""
    wanted = _WANTED.search(_WANTS_NOTHING.sub(" ", text))
    return bool(_NEVER_MIND.search(text)) and not wanted


def tells_trouble(reading: Reading, form: Form, order_status: str) -> bool:
    """Whether a line about a trouble tells of one and does not ask what would be: 能送上楼吗, 坏了给换吗 before buying.

    A question without a word of what happened tells of a trouble only when there can be one by now.
    """
    if forgives(reading.text) or asks_consent(reading.text):
        return False
    if not reading.asks:
        return True
    if _SUPPOSED.search(reading.text):
        return False
    there = order_status in (_ON_ITS_WAY if form.id == DELIVERY else ARRIVED)
    asks_whether = bool(_EITHER_WAY.search(reading.text))
    past = bool(_PAST.search(reading.text))
    if _HAPPENED.search(reading.text):
        return there or (past and form.id == DELIVERY) or ((past or not order_status) and not asks_whether)
    return there and not asks_whether


def _goes_back(reading: Reading, names: set[str], order_status: str) -> bool:
    """Whether goods are to go back: as a plain wish, asked how with the reason told, or exchanged for what is named."""
    if sends_back(reading, order_status) or asks_how_to_send_back(reading, order_status):
        return True
    likely = reading.topic == _EXCHANGE and reading.probabilities.of_name(_EXCHANGE) >= LIKELY
    stated = bool(names & _GOODS) and bool(_CHANGES.search(reading.text)) and not reading.asks
    return likely and stated and order_status in (*ARRIVED, "")


def _states_change(reading: Reading, names: set[str]) -> bool:
    """Whether the line says what an order is to be changed to with no word for asking (备注放门口, 灰的换黑的)."""
    goods = bool(names & _GOODS) and bool(_CHANGES.search(reading.text) or _TOOK_ANOTHER.search(reading.text))
    return (
        goods or bool(_WRITTEN.search(reading.text)) or (reading.topic == _NOTE and bool(_NOTES.search(reading.text)))
    )


def _wants_invoice(text: str) -> bool:
    """Whether the line says whose the invoice is to be, or names it as wanted with no verb (要发票)."""
    return bool(said_holder(text) or _INVOICE_WANTED.search(text) or _TITLED.search(text))


def _named_instead(reading: Reading, form: Form) -> Form | None:
    """The form whose matter a line names that was read, though less surely, as that too; 公司 misleads the reading."""
    if re.search(form.nouns, reading.text):
        return None
    others = (other for other in FORMS if other is not form and re.search(other.nouns, reading.text))
    return next((other for other in others if reading.probabilities.total(other.topics) >= NAMED), None)
