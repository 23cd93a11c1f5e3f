"""The forms that collect what a shop needs to act: which slots, by which entities, and how far one has been filled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum

from contracts.form_people import is_name

INVOICE = "invoice_details"
ORDER_CHANGE = "order_change"
DELIVERY = "delivery_problem"
RETURN = "return_refund"

CANCEL = "order_change/cancel"
"""The topic of a wish that no form takes: it ends those about its order."""

ATTACHED = "本次会话里的订单"
"""Stands for the order that the conversation belongs to when its number is not known."""

_WORDS = "words"
"""Kind of a piece that was told in words before pieces of other kinds came."""

PERSON = "个人"
COMPANY = "公司"
"""Whose an invoice is."""

PAPER = "纸质"
"""An invoice on paper, which is sent to an address and not to an e-mail."""

PAPER_WORDS = "纸质|纸的|纸张?(?:发票|专票|普票|版)|实体票|(?:寄|邮寄|快递)(?:个|张|一张)?(?:发?票|专票|普票)"

MOST_WORDS = 300
"""Characters that a slot for the buyer's own words keeps."""


class SlotKind(str, Enum):
    """How a slot reads its value out of a line, and what makes the value valid."""

    TITLE = "title"
    TAX_NUMBER = "tax_number"
    CHOICE = "choice"
    EMAIL = "email"
    ORDER = "order"
    NEW_VALUE = "new_value"
    WORDS = "words"
    BESIDE = "beside"


_OF_COMPANIES = (SlotKind.TAX_NUMBER, SlotKind.CHOICE)


@dataclass(frozen=True)
class FormSlot:
    """One value of a form: `name` in the ids of its questions, `key` in what was collected, `title` for people."""

    name: str
    key: str
    title: str
    kind: SlotKind
    entities: tuple[str, ...] = ()
    choices: tuple[tuple[str, str], ...] = ()
    """Each value with the expression that means it."""
    optional: bool = False
    """Whether it is only kept when the buyer names it, and never asked for."""
    told_by: frozenset[str] = frozenset()
    """Topics under which the buyer's own words are the value."""


@dataclass(frozen=True)
class Form:
    """A form and the topics that start it: by a request only, or by any line about them.

    `openers` are entities that start it whatever the topic; `on_wish` are topics that count as the form's own
    in a request that asks nothing; `nouns` is the expression for what the form is about.
    """

    id: str
    title: str
    on_request: frozenset[str]
    on_sight: frozenset[str]
    slots: tuple[FormSlot, ...]
    openers: frozenset[str] = frozenset()
    on_wish: frozenset[str] = frozenset()
    nouns: str = ""

    @property
    def topics(self) -> frozenset[str]:
        return self.on_request | self.on_sight

    def slot(self, name: str) -> FormSlot:
        return next(slot for slot in self.slots if slot.name == name)


class FormStatus(str, Enum):
    """Still asking, complete, given up to people, or called off by the buyer."""

    OPEN = "open"
    DONE = "done"
    HANDED = "handed"
    STOPPED = "stopped"


@dataclass(frozen=True)
class FormState:
    """How far a form is: values by key, the slot asked last, failed tries and the last failed value by slot name.

    `parts` are the pieces of a value that came one by one, by their kind; `about` is the topic that started it;
    `put_off` names the slots whose values the buyer will bring later; `holder` is whose the invoice is, 个人 or 公司,
    where the buyer said so; `had` is what the order has that is to be changed, as far as the buyer named it.
    """

    form: Form
    values: tuple[tuple[str, str], ...] = ()
    asked: str | None = None
    tries: tuple[tuple[str, int], ...] = ()
    refused: tuple[tuple[str, str], ...] = ()
    parts: tuple[tuple[str, str], ...] = ()
    status: FormStatus = FormStatus.OPEN
    about: str = ""
    put_off: tuple[str, ...] = ()
    holder: str = ""
    had: tuple[str, ...] = ()

    def value(self, key: str) -> str | None:
        return dict(self.values).get(key)

    def filled(self, values: dict[str, str]) -> FormState:
        """With these values by key, which replace earlier ones; what was refused for them is forgotten."""
        if not values:
            return self
        names = {slot.name for slot in self.form.slots if slot.key in values}
        refused = tuple((name, value) for name, value in self.refused if name not in names)
        put_off = tuple(name for name in self.put_off if name not in names)
        together = tuple({**dict(self.values), **values}.items())
        return replace(self, values=together, refused=refused, put_off=put_off)

    def emptied(self, key: str) -> FormState:
        """Without the value at `key`: it is asked for anew."""
        return replace(self, values=tuple(pair for pair in self.values if pair[0] != key))

    def completed(self, known: Mapping[str, str]) -> FormState:
        """With what is known otherwise in the places that are still empty."""
        return self.filled({slot.key: known[slot.key] for slot in self.missing() if slot.key in known})

    def pieced(self, key: str, parts: dict[str, str]) -> FormState:
        """With these pieces put to those that the value at `key` has, or to the words that it is."""
        before, pieces = self.value(key), dict(self.parts)
        if before and before != "，".join(pieces.values()):
            pieces = {_WORDS: before, **pieces}
        together = {**pieces, **parts}
        return replace(self.filled({key: "，".join(together.values())}), parts=tuple(together.items()))

    def gathering(self, key: str, parts: dict[str, str]) -> FormState:
        """With these pieces of a value that is no whole one yet: it is asked for until it is."""
        return replace(self.emptied(key), parts=tuple({**dict(self.parts), **parts}.items()))

    def added(self, key: str, text: str) -> FormState:
        """With these words put behind the value at `key`."""
        before = self.value(key)
        if not before or text in before:
            return self
        return self.filled({key: f"{before}；{text}"[:MOST_WORDS]})

    def postponed(self, name: str) -> FormState:
        """Without asking for this slot any more: the buyer brings its value later."""
        return replace(self, put_off=(*(other for other in self.put_off if other != name), name))

    def doubted(self, name: str, value: str) -> FormState:
        """With a faulty value that nobody asked about."""
        return replace(self, refused=tuple({**dict(self.refused), name: value}.items()))

    def failed(self, name: str, value: str) -> FormState:
        """After one more vain try; what was tried is kept where it looks like a value."""
        tries = {**dict(self.tries), name: dict(self.tries).get(name, 0) + 1}
        tried = any(character.isdigit() or character == "@" for character in value)
        refused = {**dict(self.refused), name: value} if tried else dict(self.refused)
        return replace(self, tries=tuple(tries.items()), refused=tuple(refused.items()), asked=name)

    def missing(self) -> tuple[FormSlot, ...]:
        """Slots that still want a value; a person's invoice needs no tax number and is always an ordinary one."""
        known = dict(self.values)
        title = known.get("invoice_title", "")
        personal = self.form.id == INVOICE and (is_person(title, self.holder) or (not title and self.holder == PERSON))
        return tuple(
            slot
            for slot in self.form.slots
            if slot.key not in known and not slot.optional and not (personal and slot.kind in _OF_COMPANIES)
        )

    def open_slots(self) -> tuple[FormSlot, ...]:
        """Slots that are worth asking for: the missing ones that the buyer has not put off."""
        return tuple(slot for slot in self.missing() if slot.name not in self.put_off)


_BODIES = tuple("公司 厂 店 院 校 学 所 中心 社 集团 部 局 会 室 行 园 馆 队 吧 坊 铺 户 票 企业 单位".split())


def is_person(title: str, holder: str = "") -> bool:
    """Whether an invoice title names a person: 个人, or a person's name that was not said to be a body's.

    `holder` is what the buyer said: with 个人 a short name is a person's whatever it looks like, with 公司 it is none.
    """
    if title == PERSON or not title:
        return title == PERSON
    short = 1 < len(title) <= (4 if "·" not in title else 12) and title.replace("·", "").isalpha()
    short = short and not title.endswith(_BODIES)
    return short and holder != COMPANY and (holder == PERSON or is_name(title))


_ORDER = FormSlot("order", "order_number", "订单号", SlotKind.ORDER, ("order_number", "parcel_number"))

FORMS: tuple[Form, ...] = (
    Form(
        INVOICE,
        "开发票",
        on_request=frozenset({"invoice/issue", "invoice/title", "invoice/type", "invoice/content"}),
        on_sight=frozenset(),
        slots=(
            FormSlot("title", "invoice_title", "发票抬头", SlotKind.TITLE, ("invoice_title", "person_name")),
            FormSlot("tax_number", "tax_number", "税号", SlotKind.TAX_NUMBER, ("tax_number",)),
            FormSlot(
                "kind",
                "invoice_kind",
                "票种（普票或专票）",
                SlotKind.CHOICE,
                choices=(
                    ("专票", "专票|专用|增专|增票|^专的?$"),
                    ("普票", "普票|普通|^普的?$|增普|平票"),
                ),
            ),
            FormSlot(
                "medium",
                "invoice_medium",
                "电子还是纸质",
                SlotKind.CHOICE,
                choices=((PAPER, PAPER_WORDS), ("电子", "电子(?!邮)|数电")),
                optional=True,
            ),
            FormSlot("email", "email", "收票邮箱", SlotKind.EMAIL, ("email",)),
            FormSlot("bank", "bank", "开户行", SlotKind.BESIDE, optional=True),
            FormSlot("account", "bank_account", "银行账号", SlotKind.BESIDE, optional=True),
            FormSlot("own", "invoice_address", "开票地址电话", SlotKind.BESIDE, optional=True),
            FormSlot("mail_to", "mail_to", "寄票地址", SlotKind.BESIDE, optional=True),
        ),
        openers=frozenset({"tax_number", "invoice_title"}),
        nouns="票|抬头|税号|报销",
    ),
    Form(
        ORDER_CHANGE,
        "改订单",
        on_request=frozenset(
            {"order_change/address", "order_change/recipient", "order_change/item", "order_change/quantity",
             "order_change/note"}
        ),
        on_sight=frozenset(),
        slots=(
            _ORDER,
            FormSlot(
                "value",
                "new_value",
                "改成什么",
                SlotKind.NEW_VALUE,
                ("address", "person_name", "phone", "colour", "size", "count"),
                told_by=frozenset({"order_change/note", "order_change/quantity"}),
            ),
        ),
        nouns="地址|收货|收件|电话|手机|号码|名字|颜色|[红白黑蓝绿灰粉黄紫]色?|尺[码寸]|码|款|型号|规格|备注|数量|件|加",
    ),
    Form(
        DELIVERY,
        "派送问题",
        on_request=frozenset(),
        on_sight=frozenset({"shipping/delivery_problem"}),
        slots=(
            _ORDER,
            FormSlot(
                "happened", "happened", "具体情况", SlotKind.WORDS, told_by=frozenset({"shipping/delivery_problem"})
            ),
        ),
        nouns="快递|派送|签收|驿站|包裹|物流",
    ),
    Form(
        RETURN,
        "退换售后",
        on_request=frozenset({"returns/how", "returns/exchange"}),
        on_sight=frozenset({"returns/quality", "returns/missing_parts"}),
        slots=(
            _ORDER,
            FormSlot(
                "reason",
                "reason",
                "退换原因",
                SlotKind.WORDS,
                told_by=frozenset({"returns/quality", "returns/missing_parts"}),
            ),
        ),
        on_wish=frozenset({"returns/policy"}),
        nouns="退货|退款|退换|换货|售后|退",
    ),
)  # fmt: skip
"""Every form, in the order in which they are tried."""
