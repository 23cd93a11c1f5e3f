"""Reading the value of a form's slot out of a buyer's line, and saying what is wrong with it."""

from __future__ import annotations

import re

from contracts.form_changes import new_value
from contracts.form_invoice_block import beside, without_account
from contracts.form_meant import named_orders, stands_so
from contracts.form_orders import BETWEEN, order_tails
from contracts.form_people import is_name
from contracts.form_small_words import only_values
from contracts.form_title_corrections import corrected_title
from contracts.form_titles import (
    clean_title,
    names_nobody,
    only_wishes_something,
    person_name,
    person_title,
    receives,
    spelled_title,
    stated_title,
    tells_receiver,
    turns_to_person,
)
from contracts.form_words import LATER, Found, Words
from contracts.forms import PAPER_WORDS, PERSON, FormSlot, SlotKind, is_person
from contracts.tax_corrections import corrected_code
from contracts.tax_number import compact, tax_number_fault
from contracts.text import normalise

NO_EMAIL = "不需要"
_BECAUSE = re.compile(r"^(?:退货?|换货?)?的?(?:原因|理由)(?!呢|吗|是什么)|因为|主要是")
NO_NUMBER = "买家说没有"
_LONGEST = 60

_TAX_WORD = re.compile(r"(?:税号|识别号|信用代码)[^0-9A-Za-z]{0,8}([0-9A-Za-z](?:[ -]?[0-9A-Za-z]){5,29})")
_TAX_LIKE = re.compile(r"(?<![0-9A-Za-z])9[1-3]\d{6}[0-9A-Za-z]{8,12}(?![0-9A-Za-z])")
"""Begins as the codes of companies and traders do."""
_CODE = re.compile(r"[0-9A-Za-z](?:[ -]?[0-9A-Za-z]){7,29}")
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}")
_MAIL_LIKE = re.compile(r"(?:[^\s,，。;；@]*(?:邮箱|邮件|[:：是到给为]))?(?P<v>[^\s,，。;；@]*@[^\s,，;；]*)")
_TRIES_MAIL = re.compile(r"[A-Za-z]{2}|邮|信箱|扣扣|艾特|圈a|小老鼠|^\W*\d[\d\s]{4,13}\W*$|点(?:com|cn|康)")
"""What somebody types who tries to give an e-mail; other words are no failed try: they set right what came before."""
_NO_EMAIL = re.compile(
    r"(?:不用|(?<![还直都么])没有?(?!发)|不需要|不要|无需|不发)(?:发|填|用)?(?:电子)?(?:邮箱|邮件)"
    r"|(?:邮箱|邮件)(?:我们?|这边|就|也|是|都|真|的|么|嘛|的话|那些)*(?:没有(?!问题|收到|的话|变|错)|没(?!有|问题|收到|变|错|写|打|发)|木有|没得|莫得|不用|不需要|不要)(?!你|您|再|换)"
)
_EMAIL_LACKS = re.compile(
    r"(?:邮箱|邮件)(?:我们?|也|都|是|真|的|么|嘛)*(?:没有|木有|没得|莫得|没)(?:的|啊|呀|哦)*[\s,，。;；]+(?=.)"
)
"""Words that there is none before a question: 邮箱没有 发这里行不."""
_TAX_NAMES = "税号|识别号|信用代码|营业执照|执照"
_NO_NUMBER = re.compile(
    rf"(?:没有?|无|不用|不需要|不要|木有|没得)(?:办|发|填|给|注册|这个)?(?:什么)?(?:{_TAX_NAMES})"
    rf"|(?:{_TAX_NAMES})(?:我们?|这边|也|是|都|还|目前|暂时|的话)*(?:没有?|木有|没得|无|不用|没办|不需要)(?!问|找到|记|查)"
    r"|(?:个体户?|没注册|小店|事业单位|机关|学校)[^,，。;；]{0,8}(?:没有|没得|木有)(?!邮|电子|发票|专票|普票)"
)
_REFUSED = re.compile(r"(?:不要|不用|不是|不开|不需要|别开?|无需)(?:的|开|给)?$")
_REFUSED_BEHIND = re.compile(
    r"(?:的|发票)*(?:就|先|也|都|可|千万)*(?:不要|不用|不开|不需要|别(?:开|给|要|发|弄|再|了)(?!错|漏|丢|反)|[改换](?:成|为)?(?!一下|下|开))"
)
_NOT_SENT = re.compile(r"(?:的|发票)*(?:就|先|也|都|可|千万)*别邮?寄")
"""Behind paper it refuses paper: 纸质的别寄; behind another choice it says the same of paper."""
_NOT_ANY = re.compile(r"(?:就是|真的?|我们?|这边|也|都)*(?:没有?|无|木有|没得|暂无)(?:的|了|啊|呀|哦|呢)*")
_LATER = re.compile(
    r"(?:明[天早儿]|后天|回头|晚[点些]|一会|等[会下]|待会|稍后|过会|过[几两]天|改天|到时|白天|上班|周[一二三四五六日]|有空|问(?:一?下|问|好|到|了)|找到了?).{0,8}"
    r"(?:给|发|补|报|说|告诉|提供|再|回)|(?:现在|手头|手上|身边|这会|暂时).{0,4}(?:没有?|不在|找不到|拿不到|不方便)"
    r"|(?:要|得|需要|先|去|我)(?:去|先|再)?(?:问|查|找)(?:一?下|问|找|查)?(?:财务|会计|公司|老板|单位|同事|领导)|(?:不知道|不记得|记不住|记不清|忘了?|不清楚)"
)
_NUMBER_ALONE = re.compile(r"[^0-9A-Za-z]{0,8}([0-9A-Za-z](?:[ -]?[0-9A-Za-z]){3,29})[^0-9A-Za-z]{0,8}")
_CELL = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
_DIGITS = re.compile(r"\d{4,}")
_HOUSE = re.compile(r"\d[\d-]*(?:号楼|单元|[号栋幢座楼层室户弄])?$")
_MARKS = " ,，。.~～!！?？"
_SHORTEST_CODE = 15
_SHORTEST_TRY = 3
"""Characters up to which a line is taken for a choice that was not understood."""
_TRIES_TO_CHOOSE = re.compile(
    r"[票普专增税纸]|电子(?!邮)|抵扣|报销|公司|个人|单位|第?[一二12](?:个|种|款)|[这那哪][个种样]|[前后上下]面|一样|随[便意]|[不没](?:知道|懂|清楚|明白|晓得)"
    r"|什么|啥|区别|你们?[看定选]"
)
"""What somebody says who chooses between kinds of invoices, or does not know which: the matter, or one of two."""
_NO_WORDS = ("order_number", "parcel_number", "phone", "email")
"""Entities that make a line details and no words of its own."""


def read_slot(slot: FormSlot, line: Words, *, asked: bool) -> Found | None:
    """The value of the slot in this line, None when it says nothing about it; `asked` when it answers our question."""
    reader = {
        SlotKind.TITLE: _title,
        SlotKind.TAX_NUMBER: _tax_number,
        SlotKind.CHOICE: _choice,
        SlotKind.EMAIL: _email,
        SlotKind.ORDER: _order,
        SlotKind.NEW_VALUE: new_value,
        SlotKind.WORDS: _words,
        SlotKind.BESIDE: _beside,
    }[slot.kind]
    return reader(slot, line, asked)


def _title(_slot: FormSlot, line: Words, asked: bool) -> Found | None:
    person = person_title(line.text, line.entities)
    wanted = [value for value in line.named("invoice_title") if not stands_so(line.text, value)]
    named = [value for value in map(clean_title, wanted) if value]
    full = [value for value in named if not names_nobody(value) and value != PERSON]
    if full and (person is None or not is_name(full[-1])):
        return Found(full[-1])
    if line.within and not line.asking and not full:
        mended = corrected_title(
            line.text, line.titled, personal=line.personal, doubted=line.doubted, elsewhere=line.elsewhere
        )
        if mended is not None:
            return Found(mended, mends=True)
    if person == PERSON and is_person(line.titled, PERSON) and not turns_to_person(line.text):
        return None  # it says whose the name given before is
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
    people = [name for name in line.named("person_name") if not receives(line.text, name)]
    if people:
        return Found(people[-1])
    if tells_receiver(line.text):
        return None
    words = spelled_title(line.text) if line.talk else None
    if words is not None and any(words in place and _HOUSE.search(place) for place in line.named("address")):
        return None  # where somebody lives
    if words is not None:
        return Found(words)
    if not named and only_wishes_something(line.text):
        return None
    return Found(line.text, "again") if named or line.talk else None


def _tax_number(_slot: FormSlot, line: Words, asked: bool) -> Found | None:
    plain = _half_width(without_account(line.text))
    values = [*line.named("tax_number"), *_TAX_WORD.findall(plain)]
    invoiced = line.within or line.topic.startswith("invoice/") or bool(line.named("invoice_title"))
    if not values and invoiced and not line.asking:
        values = _TAX_LIKE.findall(plain)
    whole = any(len(compact(value)) >= _SHORTEST_CODE for value in values)
    if not whole and line.coded and line.within and not line.asking:
        mended = corrected_code(plain, line.coded, alone=asked)
        if mended is not None and mended != compact(line.coded):
            fault = tax_number_fault(mended)
            return Found(mended, fault.value if fault else "", mends=True)
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
        if _chosen(expression, plain):
            return Found(value)
    if asked and line.none and not _NO_EMAIL.search(plain):
        return Found(slot.choices[-1][0])
    tries = len(plain.strip(_MARKS)) <= _SHORTEST_TRY or _TRIES_TO_CHOOSE.search(plain)
    return Found(line.text, "again") if asked and line.talk and tries else None


def _chosen(expression: str, plain: str) -> bool:
    """Whether the words of a choice stand in the line and are not refused."""
    return any(
        not (
            _REFUSED.search(plain[: match.start()])
            or _REFUSED_BEHIND.match(plain, match.end())
            or (expression == PAPER_WORDS and _NOT_SENT.match(plain, match.end()))
        )
        for match in re.finditer(expression, plain)
    )


def _email(_slot: FormSlot, line: Words, asked: bool) -> Found | None:
    found = [*line.named("email"), *_EMAIL.findall(_half_width(line.text))]
    if found:
        return Found(found[-1].replace(" ", "").replace("。", "."))
    paper = not line.asking and _chosen(PAPER_WORDS, line.text)
    if paper:
        return Found(NO_EMAIL, hinted=True)
    lacks = _EMAIL_LACKS if line.asking else _NO_EMAIL
    if (asked and line.none) or lacks.search(line.text):
        return Found(NO_EMAIL)
    if asked and _later(line):
        return Found(line.text, LATER)
    typed = _MAIL_LIKE.search(_half_width(line.text))
    if typed:
        return Found(typed["v"], "again")
    tries = _TRIES_MAIL.search(_half_width(line.text)) and not line.named("phone", "tax_number", "address")
    return Found(line.text, "again") if asked and line.talk and tries else None


def _order(slot: FormSlot, line: Words, asked: bool) -> Found | None:
    numbers = [line.orders] if line.orders else line.named("order_number") or line.named(*slot.entities)
    if numbers:
        return Found(numbers[-1])
    tails = named_orders(line.text, line.entities)
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


def _words(slot: FormSlot, line: Words, asked: bool) -> Found | None:
    told = line.topic in slot.told_by or line.told or bool(_BECAUSE.search(line.text) and not line.asking)
    answers = asked and line.talk and not (order_tails(line.text) or line.named(*_NO_WORDS))
    size = any(character.isdigit() for value in line.named("size") for character in value)
    answers = answers and not (size and only_values(line.text, line.values))
    return Found(line.text[:_LONGEST]) if told or answers else None


def _beside(slot: FormSlot, line: Words, _asked: bool) -> Found | None:
    return beside(slot, line)


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
