"""Reading the value of a form's slot out of a buyer's line, and saying what is wrong with it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from contracts.forms import FormSlot, SlotKind
from contracts.tax_number import compact, tax_number_fault
from contracts.text import normalise
from contracts.understanding import Entity

NO_EMAIL = "不需要"
NO_NUMBER = "买家说没有"
_LONGEST = 60
_MOST_TITLE = 40

_TAX_WORD = re.compile(r"(?:税号|识别号|信用代码)[^0-9A-Za-z]{0,8}([0-9A-Za-z](?:[ -]?[0-9A-Za-z]){5,29})")
_CODE = re.compile(r"[0-9A-Za-z](?:[ -]?[0-9A-Za-z]){7,29}")
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}")
_NO_EMAIL = re.compile(r"(?:不用|没有?|不需要|不要|无需|不发)(?:发|填|用)?(?:电子)?(?:邮箱|邮件)")
_NO_NUMBER = re.compile(r"(?:没有?|无|不用|不需要|不要)(?:发|填|给)?(?:税号|识别号|信用代码)")
_CELL = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
_PHONE_LIKE = re.compile(r"(?<![\dA-Za-z])1\d{7,13}(?![\dA-Za-z])")
_MISTYPED = re.compile(r"(?<![\dA-Za-z])1[3-9]\d{7,8}(?![\dA-Za-z])")
_TO_GO = re.compile(
    r"(?:[拍买选发写填下]的?(?:成|是|了|错)+|不(?:是|要|想要)|从|原来(?:的|是)*|之前(?:的|是)*|把|由)(?:了|那个|这个)?$"
)
MEANT = frozenset({"colour", "size", "address", "phone", "person_name", "invoice_title"})
"""Entities of which one line may name the old value and the new one."""
_DIGITS = re.compile(r"\d{4,}")
_LEAD = re.compile(
    r"^(?:那|就|请|麻烦|帮我|给我|写错了|错了|不对|不是|应该|应当|正确|新|发票|开票|公司|单位|个人)*"
    r"(?:的)?(?:抬头|名称|名字|全称)?(?:应该|就)?(?:改成|换成|改为|写成|开成|写|开|是|为|叫|用|填)[:： ]*"
)
_LABEL = re.compile(r"^(?:发票|开票|公司|单位)?(?:抬头|名称|全称)[:： ]*")
_TO_PERSON = re.compile(r"(?:改|换|开|写|填)(?:成|为|的是)?个人(?!的?(?:名字|姓名)?[:：])")
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁任沈姚卢姜崔钟谭陆"
    "汪范金石廖贾夏韦方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
_NAME = re.compile(
    rf"(?:就|我|名字|姓名|抬头)?(?:写|叫|是|用|开)?[:： ]?([{_SURNAMES}][\u4e00-\u9fff]{{1,2}})(?:就行|就好|吧|谢谢)?"
)
_PERSON = re.compile(r"个人(?:的)?(?:抬头|名字|姓名)?[:： 是为写叫,，]*([\u4e00-\u9fff·]{2,4})(?=$|[ ,，。、;；])")
_KIND_ONLY = frozenset({"公司", "企业", "单位"})
_PIECE = re.compile(r"[ ,，。;；!！]+")


@dataclass(frozen=True)
class Found:
    """A value that a line gives for a slot; `fault` says what is wrong with it, "" when it may be right.

    `parts` are the pieces of a value that may come one by one, each with its kind.
    """

    value: str
    fault: str = ""
    parts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Words:
    """A buyer's line as a form reads it.

    `none` when the buyer has no such thing, `told` when the words are the value of slots that ask for words, `talk`
    when the line is an answer to what was asked and not small talk or a question, `asking` when it is a question,
    `within` when the form has begun before, `nameless` when the invoice is a person's whose name is not known.
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


def clean_title(text: str) -> str:
    """An invoice title without the words that lead to it."""
    last = [piece for piece in _PIECE.split(text.strip(" ,，。:：")) if piece][-1:]
    return _LABEL.sub("", _LEAD.sub("", "".join(last)))


def _title(_slot: FormSlot, line: Words, asked: bool) -> Found | None:
    named = [value for value in map(clean_title, line.named("invoice_title")) if value]
    full = [value for value in named if value not in _KIND_ONLY]
    if full:
        person = _PERSON.search(line.text) if full[-1] == "个人" else None
        return Found(person.group(1) if person else full[-1])
    name = _NAME.fullmatch(line.text.strip(" ,，。.~～")) if line.nameless and line.talk else None
    if name is not None:
        return Found(name.group(1))
    if _TO_PERSON.search(line.text):
        return Found("个人")
    if not asked:
        return None
    people = line.named("person_name")
    if people:
        return Found(people[-1])
    for piece in _PIECE.split(line.text) if line.talk else ():
        words = clean_title(_CODE.sub("", piece))
        if 2 <= len(words) <= _MOST_TITLE and words not in _KIND_ONLY and "@" not in words:
            return Found(words)
    return Found(line.text, "again") if named or line.talk else None


def _tax_number(_slot: FormSlot, line: Words, asked: bool) -> Found | None:
    plain = _half_width(line.text)
    values = [*line.named("tax_number"), *_TAX_WORD.findall(plain)]
    if asked and not values:
        values = [code for code in _CODE.findall(plain) if not _CELL.fullmatch(compact(code)) and _DIGITS.search(code)]
    if asked and not values and _NO_NUMBER.search(line.text):
        return Found(NO_NUMBER)
    if not values:
        return None
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
        if re.search(expression, plain):
            return Found(value)
    if asked and line.none and not _NO_EMAIL.search(plain):
        return Found(slot.choices[-1][0])
    return Found(line.text, "again") if asked and line.talk else None


def _email(_slot: FormSlot, line: Words, asked: bool) -> Found | None:
    found = [*line.named("email"), *_EMAIL.findall(_half_width(line.text))]
    if found:
        return Found(found[-1].replace(" ", "").replace("。", "."))
    if (asked and line.none) or _NO_EMAIL.search(line.text):
        return Found(NO_EMAIL)
    tried = "@" in _half_width(line.text) or (asked and line.talk)
    return Found(line.text, "again") if tried else None


def _order(slot: FormSlot, line: Words, asked: bool) -> Found | None:
    numbers = line.named(*slot.entities)
    if numbers:
        return Found(numbers[-1])
    if not asked:
        return None
    if line.named("date", "time", "product_link", "item_number"):
        return Found(line.text[:_LONGEST])
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
    if line.topic in slot.told_by:
        return Found(line.text[:_LONGEST], parts=((line.topic, line.text[:_LONGEST]),))
    parts = {name: values[-1] for name in slot.entities if (values := meant(line.text, line.named(name)))}
    if parts and (asked or about or line.within):
        return Found("，".join(parts.values()), parts=tuple(parts.items()))
    if asked and line.talk:
        return Found(line.text[:_LONGEST]) if len(line.text) >= 2 else Found(line.text, "again")
    return None


def meant(text: str, values: list[str]) -> list[str]:
    """Of several values named in a line those that the buyer wants, not those that are to go (要白色，拍成黑色了)."""
    if len(values) < 2:
        return values
    plain = normalise(text).text
    wanted = [value for value in values if not _TO_GO.search(plain[: max(0, plain.find(normalise(value).text))])]
    return wanted or values


def _words(slot: FormSlot, line: Words, asked: bool) -> Found | None:
    told = line.topic in slot.told_by or line.told
    return Found(line.text[:_LONGEST]) if told or (asked and line.talk) else None


def _half_width(text: str) -> str:
    """Full-width letters, digits and signs as plain ones, case kept."""
    return "".join(chr(ord(c) - 0xFEE0) if "\uff01" <= c <= "\uff5e" else c for c in text)
