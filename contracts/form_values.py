"""Reading the value of a form's slot out of a buyer's line, and saying what is wrong with it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from contracts.form_corrections import corrected_parts
from contracts.form_orders import BETWEEN, TAIL, order_tails, several_orders
from contracts.form_people import is_name
from contracts.form_titles import clean_title, names_nobody, person_name, person_title, spelled_title, stated_title
from contracts.forms import MOST_WORDS, PERSON, FormSlot, SlotKind
from contracts.tax_number import compact, tax_number_fault
from contracts.text import normalise
from contracts.understanding import Entity

NO_EMAIL = "不需要"
_BECAUSE = re.compile(r"^(?:退货?|换货?)?的?(?:原因|理由)(?!呢|吗|是什么)|因为|主要是")
NO_NUMBER = "买家说没有"
LATER = "later"
"""The fault of a value that the buyer will bring later."""
_LONGEST = 60

_TAX_WORD = re.compile(r"(?:税号|识别号|信用代码)[^0-9A-Za-z]{0,8}([0-9A-Za-z](?:[ -]?[0-9A-Za-z]){5,29})")
_CODE = re.compile(r"[0-9A-Za-z](?:[ -]?[0-9A-Za-z]){7,29}")
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}")
_NO_EMAIL = re.compile(r"(?:不用|(?<![还直都么])没有?(?!发)|不需要|不要|无需|不发)(?:发|填|用)?(?:电子)?(?:邮箱|邮件)")
_TAX_NAMES = "税号|识别号|信用代码|营业执照|执照"
_NO_NUMBER = re.compile(
    rf"(?:没有?|无|不用|不需要|不要|木有|没得)(?:办|发|填|给|注册|这个)?(?:什么)?(?:{_TAX_NAMES})"
    rf"|(?:{_TAX_NAMES})(?:我们?|这边|也|是|都|还|目前|暂时|的话)*(?:没有?|木有|没得|无|不用|没办|不需要)(?!问|找到|记|查)"
    r"|(?:个体户?|没注册|小店|事业单位|机关|学校)[^,，。;；]{0,8}(?:没有|没得|木有)(?!邮|电子|发票|专票|普票)"
)
_REFUSED = re.compile(r"(?:不要|不用|不是|不开|不需要|别开?|无需)(?:的|开|给)?$")
_NOT_ANY = re.compile(r"(?:就是|真的?|我们?|这边|也|都)*(?:没有?|无|木有|没得|暂无)(?:的|了|啊|呀|哦|呢)*")
_LATER = re.compile(
    r"(?:明[天早儿]|后天|回头|晚[点些]|一会|等[会下]|待会|稍后|过会|过[几两]天|改天|到时|白天|上班|周[一二三四五六日]|有空|问(?:一?下|问|好|到|了)|找到了?).{0,8}"
    r"(?:给|发|补|报|说|告诉|提供|再|回)|(?:现在|手头|手上|身边|这会|暂时).{0,4}(?:没有?|不在|找不到|拿不到|不方便)"
    r"|(?:要|得|需要|先|去|我)(?:去|先|再)?(?:问|查|找)(?:一?下|问|找|查)?(?:财务|会计|公司|老板|单位|同事|领导)|(?:不知道|不记得|记不住|记不清|忘了?|不清楚)"
)
_NUMBER_ALONE = re.compile(r"[^0-9A-Za-z]{0,8}([0-9A-Za-z](?:[ -]?[0-9A-Za-z]){3,29})[^0-9A-Za-z]{0,8}")
_CELL = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
_PHONE_LIKE = re.compile(r"(?<![\dA-Za-z])1\d{7,13}(?![\dA-Za-z])")
_MISTYPED = re.compile(r"(?<![\dA-Za-z])1[3-9]\d{7,8}(?![\dA-Za-z])")
_TO_GO = re.compile(
    r"(?:[拍买选发写填下]的?(?:成|是|了|错)+|不(?:是|要|想要)|从|原来(?:的|是)*|之前(?:的|是)*|把|由)(?:了|那个|这个)?$"
)
MEANT = frozenset({"colour", "size", "address", "phone", "person_name", "invoice_title"})
"""Entities of which one line may name the old value and the new one."""
_DIGITS = re.compile(r"\d{4,}")
_NO_WORDS = ("order_number", "parcel_number", "phone", "email")
"""Entities that make a line details and no words of its own."""
_FULL_ADDRESS = 6
_PLACE_LIKE = re.compile(r"\d|[一二三四五六七八九十]+(?:号|栋|幢|楼|室|单元|组|队)|[路街巷村镇县区]")


@dataclass(frozen=True)
class Found:
    """A value that a line gives for a slot; `fault` says what is wrong with it, "" when it may be right.

    `parts` are the pieces of a value that may come one by one, each with its kind; `mends` when the line gave only a
    part of one and the rest is from before.
    """

    value: str
    fault: str = ""
    parts: tuple[tuple[str, str], ...] = ()
    mends: bool = False


@dataclass(frozen=True)
class Words:
    """A buyer's line as a form reads it.

    `none` when the buyer has no such thing, `told` when the words are the value of slots that ask for words, `talk`
    when the line is an answer to what was asked and not small talk or a question, `asking` when it is a question,
    `within` when the form has begun before, `nameless` when the invoice is a person's whose name is not known.
    `orders` are all orders that the buyer has named, "" when this line names none; `about` is what the form is about.
    `before` are the pieces of the new value so far, by their kind; `doubted` when one of them was said to be wrong.
    """

    text: str
    entities: tuple[Entity, ...] = ()
    topic: str = ""
    none: bool = False
    told: bool = False
    talk: bool = True
    asking: bool = False
    within: bool = False
    nameless: bool = False
    orders: str = ""
    about: str = ""
    before: tuple[tuple[str, str], ...] = ()
    doubted: bool = False

    def named(self, *names: str) -> list[str]:
        return [entity.value for entity in self.entities if entity.name in names]


def read_slot(slot: FormSlot, line: Words, *, asked: bool) -> Found | None:
    """The value of the slot in this line, None when it says nothing about it; `asked` when it answers our question."""
    reader = {
        SlotKind.TITLE: _title,
        SlotKind.TAX_NUMBER: _tax_number,
        SlotKind.CHOICE: _choice,
        SlotKind.EMAIL: _email,
        SlotKind.ORDER: _order,
        SlotKind.NEW_VALUE: _new_value,
        SlotKind.WORDS: _words,
    }[slot.kind]
    return reader(slot, line, asked)


def _title(_slot: FormSlot, line: Words, asked: bool) -> Found | None:
    person = person_title(line.text, line.entities)
    named = [value for value in map(clean_title, line.named("invoice_title")) if value]
    full = [value for value in named if not names_nobody(value) and value != PERSON]
    if full and (person is None or not is_name(full[-1])):
        return Found(full[-1])
    if person is not None and (named or asked or line.within or line.topic.startswith("invoice/")):
        return Found(person)
    name = person_name(line.text) if line.nameless and (line.talk or is_name(line.text.strip())) else None
    if name is not None:
        return Found(name)
    stated = stated_title(line.text) if line.within or line.topic.startswith("invoice/") else None
    if stated is not None and not line.asking:
        return Found(stated)
    if not asked:
        return None
    people = line.named("person_name")
    if people:
        return Found(people[-1])
    words = spelled_title(line.text) if line.talk else None
    if words is not None:
        return Found(words)
    return Found(line.text, "again") if named or line.talk else None


def _tax_number(_slot: FormSlot, line: Words, asked: bool) -> Found | None:
    plain = _half_width(line.text)
    values = [*line.named("tax_number"), *_TAX_WORD.findall(plain)]
    orders = () if _bare_number(line) else tuple(map(compact, line.named("order_number", "parcel_number")))
    if asked and not values:
        values = [code for code in _CODE.findall(plain) if not _CELL.fullmatch(compact(code)) and _DIGITS.search(code)]
    if not values and (asked or line.within) and not line.asking and _NO_NUMBER.search(plain):
        return Found(NO_NUMBER)
    if asked and not values:
        if _NOT_ANY.fullmatch(line.text.strip(" ,，。.~～!！")):
            return Found(NO_NUMBER)
        alone = _NUMBER_ALONE.fullmatch(plain)
        short = alone is not None and _DIGITS.search(alone.group(1)) and not _CELL.fullmatch(compact(alone.group(1)))
        values = [alone.group(1)] if alone is not None and short else []
    values = [value for value in values if compact(value) not in orders]
    if not values:
        return Found(line.text, LATER) if asked and _later(line) else None
    faults = {compact(value): tax_number_fault(value) for value in values}
    good = [code for code, fault in faults.items() if fault is None]
    if good:
        return Found(good[-1])
    code, fault = next(iter(faults.items()))
    return Found(code, fault.value if fault else "")


def _choice(slot: FormSlot, line: Words, asked: bool) -> Found | None:
    plain = normalise(line.text).text
    for entity in line.entities:
        plain = plain.replace(normalise(entity.value).text, " ")
    for value, expression in slot.choices if asked or not line.asking else ():
        if any(not _REFUSED.search(plain[: match.start()]) for match in re.finditer(expression, plain)):
            return Found(value)
    if asked and line.none and not _NO_EMAIL.search(plain):
        return Found(slot.choices[-1][0])
    return Found(line.text, "again") if asked and line.talk else None


def _email(_slot: FormSlot, line: Words, asked: bool) -> Found | None:
    found = [*line.named("email"), *_EMAIL.findall(_half_width(line.text))]
    if found:
        return Found(found[-1].replace(" ", "").replace("。", "."))
    if (asked and line.none) or (not line.asking and _NO_EMAIL.search(line.text)):
        return Found(NO_EMAIL)
    if asked and _later(line):
        return Found(line.text, LATER)
    tried = "@" in _half_width(line.text) or (asked and line.talk)
    return Found(line.text, "again") if tried else None


def _order(slot: FormSlot, line: Words, asked: bool) -> Found | None:
    numbers = [line.orders] if line.orders else line.named("order_number") or line.named(*slot.entities)
    if numbers:
        return Found(numbers[-1])
    tails = order_tails(line.text)
    if tails:
        return Found(BETWEEN.join(tails))
    if not asked:
        return None
    if line.named("date", "time", "product_link", "item_number"):
        return Found(line.text[:_LONGEST])
    if _later(line):
        return Found(line.text, LATER)
    if _DIGITS.search(line.text):
        return Found(line.text[:_LONGEST], "again")
    about_nothing_else = line.topic.partition("/")[0] in ("inform", "out_of_scope", "order_status", "")
    return Found(line.text, "again") if line.talk and about_nothing_else else None


def _new_value(slot: FormSlot, line: Words, asked: bool) -> Found | None:
    plain = _half_width(line.text)
    about = line.topic.startswith("order_change/")
    mistyped = _MISTYPED if line.within else _PHONE_LIKE
    phones = line.topic == "order_change/recipient" or (line.within and not line.named("order_number"))
    if phones and mistyped.search(plain) and not _CELL.search(plain):
        return Found(line.text[:_LONGEST], "phone")
    mended = _mended(line)
    if mended is not None:
        return mended
    if line.topic in slot.told_by:
        return Found(line.text[:_LONGEST], parts=((line.topic, line.text[:_LONGEST]),))
    values_of = {name: meant(line.text, line.named(name)) for name in slot.entities}
    values_of["count"] = [
        value
        for value in values_of.get("count", [])
        if not re.search(f"{re.escape(value)}(?:订?单|快递|包裹)", plain) and not several_orders(value)
    ]
    parts = {name: values[-1] for name, values in values_of.items() if values}
    if parts and (asked or about or line.within):
        if several_orders(line.text) or len(set(values_of["address"])) > 1:
            return Found(line.text[:MOST_WORDS])
        return Found("，".join(parts.values()), parts=tuple(parts.items()))
    if asked and line.talk:
        return Found(line.text[:_LONGEST]) if _says_what(line) else Found(line.text, "again")
    return None


def _mended(line: Words) -> Found | None:
    """The pieces told before with what the line sets right in them, None when it gives them whole or not at all."""
    before = dict(line.before)
    if not line.within or line.asking or not before:
        return None
    changed = corrected_parts(line.text, line.entities, before, doubted=line.doubted)
    told = {name: meant(line.text, line.named(name))[-1] for name in before if line.named(name)}
    after = {**before, **told, **changed}
    if not changed:
        return None
    return Found("，".join(after.values()), parts=tuple({**told, **changed}.items()), mends=True)


def _says_what(line: Words) -> bool:
    """Whether words without any value in them say what to change to; 公司的 is no address that could be written."""
    words = line.text
    for number in line.named("order_number", "parcel_number"):
        words = words.replace(number, "")
    if line.about == "order_change/address":
        return len(words) >= _FULL_ADDRESS and bool(_PLACE_LIKE.search(words))
    if line.about == "order_change/recipient":
        return person_name(line.text) is not None
    return len(words) >= 2


def meant(text: str, values: list[str]) -> list[str]:
    """Of several values named in a line those that the buyer wants, not those that are to go (要白色，拍成黑色了)."""
    if len(values) < 2:
        return values
    plain = normalise(text).text
    wanted = [value for value in values if not _TO_GO.search(plain[: max(0, plain.find(normalise(value).text))])]
    return wanted or values


def named_orders(text: str, entities: tuple[Entity, ...]) -> list[str]:
    """The orders that a line names, by their numbers or the last digits."""
    numbers = meant(text, [entity.value for entity in entities if entity.name == "order_number"])
    tails = [tail for tail in order_tails(text) if not any(n.endswith(tail.removeprefix(TAIL)) for n in numbers)]
    return [*numbers, *tails]


def _words(slot: FormSlot, line: Words, asked: bool) -> Found | None:
    told = line.topic in slot.told_by or line.told or bool(_BECAUSE.search(line.text) and not line.asking)
    answers = asked and line.talk and not (order_tails(line.text) or line.named(*_NO_WORDS))
    return Found(line.text[:_LONGEST]) if told or answers else None


def _bare_number(line: Words) -> bool:
    """Whether the line is a number and hardly a word more: then it answers what was asked, whatever it looks like."""
    rest = re.sub(r"[0-9A-Za-z\W]|[税号识别码是就的这个呢吧啊]", "", line.text)
    return len(rest) <= 1


def _later(line: Words) -> bool:
    """Whether the buyer will bring the value another time."""
    return not line.asking and bool(_LATER.search(line.text))


def _half_width(text: str) -> str:
    """Full-width letters, digits and signs as plain ones, case kept."""
    return "".join(chr(ord(c) - 0xFEE0) if "\uff01" <= c <= "\uff5e" else c for c in text)
