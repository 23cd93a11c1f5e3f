"""What a buyer wants an order changed to: an address, a name, a number, colour and size, how many, or a note."""

from __future__ import annotations

import re
from dataclasses import replace

from contracts.form_additions import is_addition, is_instead
from contracts.form_address_levels import ROAD, UNTOLD, bare_levels, parts_of, reaches_the_house
from contracts.form_bare_wishes import only_wishes_note
from contracts.form_conditions import main_part, says_where_to_leave
from contracts.form_corrections import corrected_parts
from contracts.form_meant import meant
from contracts.form_orders import corrects, several_orders
from contracts.form_small_words import CLAUSE, only_values
from contracts.form_titles import person_name
from contracts.form_words import Found, Words
from contracts.forms import MOST_WORDS, FormSlot
from contracts.understanding import Entity

MORE = "more"
"""The kind of a piece that is a wish beside the others, in the buyer's words."""

_LONGEST = 60
_NOTE = "order_change/note"
_NOTES = re.compile(r"备注|留言|贺卡|卡片|落款|署名")
_ADDRESS = "order_change/address"
_QUANTITY = "order_change/quantity"
_COUNT = "count"
_SORTS = frozenset({"colour", "size", _COUNT})
_CELL = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
_PHONE_LIKE = re.compile(r"(?<![\dA-Za-z])1\d{7,13}(?![\dA-Za-z])")
_MISTYPED = re.compile(r"(?<![\dA-Za-z])1[3-9]\d{7,8}(?![\dA-Za-z])")
_MASKED = re.compile(r"[\d*＊xX-]*[*＊xX]{2,}\d*")
_STARS = re.compile(r"(?<![\d*])1[3-9]\d{0,8}(?:[*＊]{2,9}|[xX]{3,9})\d{0,8}(?![\d*])")
_AS_BEFORE = re.compile(r"(?:没|不|未|不用|没有)(?:变|改|换)(?!成|为)|照旧|一样|原来的|同一个|还是那个")
_FULL_ADDRESS = 6
_NEW_ADDRESS = re.compile(
    r"地址(?:也|都|再|还)?(?:要|想|得|需要|麻烦|请)?(?:帮我|给我)?[改换](?!好|过|了)|[改换]个?(?:一?下)?(?:收货)?地址"
    r"|(?:改|换)?(?:[寄送]|发货?)(?:到|去|往)(?:我们?)?(?:公司|单位|学校|家里?|老家|店里|宿舍)"
)
"""A wish for another address: 颜色改白色 地址改到公司."""
_REST_STAYS = re.compile(
    r"(?:后[面头边]|其[他它余]|别的|剩下|余下|下面|门牌|小区|房号|楼[栋号])[^,，。;；]{0,8}(?:对|没错|没问题|不变|没变|不用[改变动]|一样|照旧|原来|不动)"
    r"|(?:就|只有?)是?(?:[改换错]了?)?(?:省|市|区|县|镇|乡|街道|路名?)(?:名字?)?(?:[写打填]?错|不对|要[改换]|变了?)"
)
"""Only a part was wrong: what stands below it is to stay as the order has it."""
_PLACE_LIKE = re.compile(r"\d|[一二三四五六七八九十]+(?:号|栋|幢|楼|室|单元|组|队)|[路街巷村镇县区]")


def new_value(slot: FormSlot, line: Words, asked: bool) -> Found | None:
    """What the line wants changed to, None when it says nothing about it."""
    plain = _half_width(line.text)
    mistyped = _MISTYPED if line.within else _PHONE_LIKE
    phones = line.topic == "order_change/recipient" or (line.within and not line.named("order_number"))
    if phones and mistyped.search(plain) and not _CELL.search(plain):
        return Found(line.text[:_LONGEST], "phone")
    main = main_part(line.text) if not line.asking else line.text
    if main != line.text:
        return _beside(slot, line, replace(line, text=main, entities=_within(line, len(main)), talk=False))
    values = _values(slot, line, asked)
    of_address = "address" in dict(line.before) or (line.within and line.about == _ADDRESS)
    if of_address and not (line.named("address") or line.asking) and says_where_to_leave(line.text):
        values.pop("address", None)
        return _with_words(line, _of_parts(line, values) if values else None)
    mended = _mended(line)
    if mended is not None:
        return mended
    words = _in_words(slot, line, values)
    if words is not None:
        return words
    if only_wishes_note(line.text):
        return Found(line.text, "again") if asked and line.talk else None
    if values:
        if several_orders(line.text) or len(set(meant(line.text, line.named("address")))) > 1:
            return Found(line.text[:MOST_WORDS])
        return _of_parts(line, values)
    before = dict(line.before)
    if asked and "phone" in before and _AS_BEFORE.search(line.text):
        return _of_parts(line, {"phone": f"{before['phone']}（买家说没变）"})
    if asked and line.talk and lacking(before) == "address" and _REST_STAYS.search(line.text):
        stays = before["address"] != UNTOLD
        return _of_parts(line, {"address": f"{before['address']}（买家说其余不变）"}) if stays else None
    if asked and line.talk and lacking(before) == "address" and _PLACE_LIKE.search(line.text):
        return _of_parts(line, {"address": f"{before['address'].removeprefix(UNTOLD)}{line.text}"[:MOST_WORDS]})
    if asked and line.talk and not lacking(before):
        return Found(line.text[:_LONGEST]) if _says_what(line) else Found(line.text, "again")
    return None


def _beside(slot: FormSlot, line: Words, main: Words) -> Found | None:
    """What a line wants without the words behind it that name what else would do: these stand beside it."""
    found = new_value(slot, main, False) if main.entities or line.topic in slot.told_by else None
    about = line.topic.startswith("order_change/") or bool(line.before)
    fresh = found is not None and not found.fault and not set(found.parts) <= set(line.before)
    return _with_words(line, found if fresh else None) if about else found


def _with_words(line: Words, found: Found | None) -> Found:
    """The line's words as a wish beside what it was found to give, if anything."""
    words = _words_as(MORE, line, dict(line.before).get(MORE, ""))
    if found is None or not found.parts:
        return words
    return replace(found, value=f"{found.value}，{words.value}", parts=(*found.parts, *words.parts))


def _within(line: Words, end: int) -> tuple[Entity, ...]:
    return tuple(entity for entity in line.entities if entity.end <= end)


def lacking(parts: dict[str, str]) -> str:
    """The kind of the piece that is no whole value yet, "" when all are."""
    if "address" in parts and (parts["address"] == UNTOLD or not reaches_the_house(parts["address"])):
        return "address"
    return "phone" if _MASKED.fullmatch(parts.get("phone", "")) else ""


def _with_untold(line: Words, named: dict[str, str]) -> dict[str, str]:
    """The values with a place for a new address that the line wants beside them and does not give."""
    wanted = bool(named) and "address" not in {**named, **dict(line.before)} and not line.asking
    return {**named, "address": UNTOLD} if wanted and _NEW_ADDRESS.search(line.text) else named


def is_masked(phone: str) -> bool:
    """Whether a telephone number has stars in place of digits."""
    return bool(_MASKED.fullmatch(phone))


def _of_parts(line: Words, values: dict[str, str]) -> Found:
    together = {**dict(line.before), **values}
    return Found("，".join(values.values()), parts=tuple(values.items()), short=bool(lacking(together)))


def _values(slot: FormSlot, line: Words, asked: bool) -> dict[str, str]:
    """The values that the line names, by their kind."""
    about = line.topic.startswith("order_change/")
    if not (asked or about or line.within):
        return {}
    named = {name: values[-1] for name in slot.entities if (values := meant(line.text, line.named(name)))}
    count = named.get(_COUNT, "")
    if count and (re.search(f"{re.escape(count)}(?:订?单|快递|包裹)", line.text) or several_orders(count)):
        named.pop(_COUNT)
    if line.asking and not (asked or about):  # 42码偏大吗, 四川现在能发吗
        named = {name: value for name, value in named.items() if name not in _SORTS and _is_whole(name, value)}
    told = dict(line.before)
    strange = line.elsewhere or (_is_whole("address", told.get("address", "")) and not (about or is_instead(line.text)))
    if strange and not only_values(line.text, line.values):  # 我在长沙上班
        named = {name: value for name, value in named.items() if _is_whole(name, value)}
    stars = _STARS.search(line.text)
    if stars and "phone" not in named:
        named["phone"] = stars.group()
    if is_masked(named.get("phone", "")) and _fits(named["phone"], told.get("phone", "")):
        named.pop("phone")
    piece = bare_levels(line.text, wrong=True) if line.within and line.about == _ADDRESS and not named else ""
    if piece and not line.asking and parts_of(piece)[0].level <= ROAD:
        named["address"] = piece
    if _COUNT in named:
        clause = next((found.group() for found in CLAUSE.finditer(line.text) if count in found.group()), count)
        if not only_values(clause, line.values):
            named = {name: value for name, value in named.items() if value not in clause}
            named[_COUNT] = clause[:_LONGEST]
    return _with_untold(line, named)


def _is_whole(name: str, value: str) -> bool:
    return name != "address" or reaches_the_house(value)


def _in_words(slot: FormSlot, line: Words, values: dict[str, str]) -> Found | None:
    """The buyer's own words as the value: a note, or a wish beside the values told before; None when it is neither."""
    before = dict(line.before)
    more = is_addition(line.text) and not corrects(line.text)
    if only_wishes_note(line.text):
        return None
    noted = _NOTE in before and bool(_NOTES.search(line.text)) and not line.asking
    if (noted or line.topic in slot.told_by) and not (values and only_values(line.text, line.values)):
        kind = _NOTE if noted else _COUNT if line.topic == _QUANTITY else line.topic
        return _words_as(kind, line, before.get(kind, "") if more or not is_instead(line.text) else "")
    told_in_words = values.get(_COUNT, "") not in ("", *line.named(_COUNT))
    if told_in_words and _COUNT in before and not is_instead(line.text):  # 一件黑一件白
        return _words_as(_COUNT, line, before[_COUNT])
    same = [name for name in values if name in before]
    beside = line.within and more and bool(before) and not line.elsewhere and not line.asking
    if beside and (same or not values):
        return _words_as(MORE, line, before.get(MORE, ""))
    return None


def _words_as(kind: str, line: Words, before: str) -> Found:
    """The words of the line as a piece of this kind, behind those that it has."""
    words, short = line.text[:_LONGEST], bool(lacking(dict(line.before)))
    if words in before:
        return Found(before, parts=((kind, before),), short=short)
    whole = f"{before}；{words}"[:MOST_WORDS] if before else words
    return Found(whole, parts=((kind, whole),), adds=bool(before) or kind == MORE, short=short)


def _fits(masked: str, phone: str) -> bool:
    """Whether the number may be the one that the stars hide."""
    expression = re.sub(r"[^\d]+", lambda stars: f".{{{len(stars.group())}}}", masked)
    return bool(phone) and bool(re.fullmatch(expression, phone))


def _mended(line: Words) -> Found | None:
    """The pieces told before with what the line sets right in them, None when it gives them whole or not at all."""
    before = dict(line.before)
    if not line.within or line.asking or not before:
        return None
    changed = corrected_parts(line.text, line.entities, before, doubted=line.doubted)
    told = {name: values[-1] for name in before if (values := meant(line.text, line.named(name)))}
    after = {**before, **told, **changed}
    if not changed:
        return None
    grown = not corrects(line.text) and all(value.startswith(before[kind]) for kind, value in changed.items())
    parts = tuple({**told, **changed}.items())
    return Found("，".join(after.values()), parts=parts, mends=not grown, adds=grown, short=bool(lacking(after)))


def _says_what(line: Words) -> bool:
    """Whether words without any value in them say what to change to; 公司的 is no address that could be written."""
    words = line.text
    for number in line.named("order_number", "parcel_number"):
        words = words.replace(number, "")
    if line.about == _ADDRESS:
        return len(words) >= _FULL_ADDRESS and bool(_PLACE_LIKE.search(words))
    if line.about == "order_change/recipient":
        return person_name(line.text) is not None
    return len(words) >= 2


def _half_width(text: str) -> str:
    """Full-width letters, digits and signs as plain ones, case kept."""
    return "".join(chr(ord(c) - 0xFEE0) if "\uff01" <= c <= "\uff5e" else c for c in text)
