"""A later line that sets right a part of what the buyer gave: the part is replaced and the rest is kept."""

from __future__ import annotations

import re
from collections.abc import Mapping

from contracts.form_address_levels import (
    bare_levels,
    lacks_the_room,
    mended_address,
    reaches_the_house,
    with_part_named,
)
from contracts.form_numbers import bare_number, replaced, told_numbers
from contracts.form_orders import corrects
from contracts.form_people import is_name
from contracts.form_titles import person_name
from contracts.understanding import Entity

_VALUE = r"[^\s,，。;；!！?？是不]{1,20}"
_SAYS = "(?:是|姓|叫|要|住)"
_CONTRASTS = (
    re.compile(rf"不{_SAYS}(?P<old>{_VALUE}?)[,， ]*(?:而|应该|应当|我)?{_SAYS}(?P<new>{_VALUE})"),
    re.compile(rf"{_SAYS}(?P<new>{_VALUE}?)[,， ]*(?:而)?不{_SAYS}(?P<old>{_VALUE})"),
    re.compile(rf"把?(?P<old>{_VALUE}?)(?:应该是|应当是|改成|换成|改为|改)(?P<new>{_VALUE})"),
    re.compile(rf"(?P<new>{_VALUE}?)(?:[写打填输弄敲发报]成)了?(?P<old>{_VALUE}?)(?:了|$)"),
)
_LEAD = re.compile(r"^(?:把|那个|名字|门牌号?|楼号|房号|电话|手机号?|尾号|收[货件]人|地址|小区|哦|噢)+(?=[^,，]{2,})")
_PARTICLES = re.compile(r"[吧呢哈啊呀哦噢喔嘛啦哟呗咯了的~～]+$")
_CELL = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
_DIGITS = re.compile(r"(?<!\d)\d{3,6}(?!\d)")
_OF_PHONE = re.compile(r"电话|手机|号码|联系方式|联系人")
_OF_TAIL = re.compile(r"尾号|末尾|[最末后]{1,2}面?(?:几|三|四|五|六|[3-6])位|结尾")
_OF_NAME = re.compile(r"(?<!区)名字|姓名|姓|收[货件]人|联系人")
_WRONG = "[写填打发输弄报搞选]错|错了|不对|有误|有问题|[漏忘][写填打了]|少[写填打]"
_OPEN = re.compile(_WRONG)
_GIVEN = "地址|门牌|房间?号|[楼栋幢]号|单元|小区|街道|[路区县市]名?|电话|手机|号码|联系方式|名字|姓名|收[货件]人|联系人"
_DOUBTS = re.compile(rf"(?:{_GIVEN}).{{0,8}}(?:{_WRONG})|(?:{_WRONG}).{{0,3}}(?:{_GIVEN})")

_ROOM = re.compile(r"\s*\d{3,4}[室房]?\s*")
_NUMBERED = frozenset({"order_number", "phone", "size", "count", "address"})
"""Entities that a number beside them belongs to."""
_OTHERS_FAULT = re.compile(r"你们|快递|送[错到]|发错|收到|[吗么?？]$")
"""Words of a complaint about what others did: that is no mistake in what the buyer gave."""
_NAMES = re.compile(r"(?:(?<!区)名字|姓名|收[货件]人|联系人)(?:就|要|请|还)*(?:[改换]|写|填|叫|是)")


def corrected_parts(
    text: str, entities: tuple[Entity, ...], before: Mapping[str, str], *, doubted: bool = False
) -> dict[str, str]:
    """The parts, by their kind, that the line changes in `before`, each as a whole; {} when it corrects none of them.

    `doubted` when it has been said already that something in them is wrong.
    """
    wrong = doubted or corrects(text) or bool(_OPEN.search(text))
    changed = _contrasted(text, before)
    if not changed:
        changed = _address(text, entities, before, wrong) | _phone(text, before, wrong) | _name(text, before, wrong)
    changed = changed or _house_number(text, entities, before)
    return {kind: value for kind, value in changed.items() if value != before[kind]}


def doubts(text: str) -> bool:
    """Whether the line says that an address, a telephone number or a name is wrong."""
    return bool(_DOUBTS.search(text)) and not _OTHERS_FAULT.search(text)


def _contrasted(text: str, before: Mapping[str, str]) -> dict[str, str]:
    """What a line changes that names the wrong word beside the right one (是甲不是乙)."""
    for expression in _CONTRASTS:
        for match in expression.finditer(text):
            old = _LEAD.sub("", match["old"])
            new = _PARTICLES.sub("", _LEAD.sub("", match["new"]))
            old = old if old in "".join(before.values()) else _PARTICLES.sub("", old)
            for kind, value in before.items():
                after = _exchanged(kind, value, old, new)
                if after is not None:
                    return {kind: after}
    return {}


def _exchanged(kind: str, value: str, old: str, new: str) -> str | None:
    """The value with the new word for the old one; None when they are not of one sort or the old is not there once."""
    if not old or not new or old == new:
        return None
    if old.isdigit() != new.isdigit() or (kind != "person_name" and not old.isdigit() and old[-1] != new[-1]):
        return None
    if kind == "phone":
        tail = new.isdigit() and (len(new) == len(old) <= len(value)) and value.endswith(old)
        return f"{value[: -len(old)]}{new}" if tail else None
    if kind == "person_name" and not (is_name(value.replace(old, new)) or value == old):
        return None
    before, behind = (r"(?<![0-9A-Za-z])" if old[0].isascii() else ""), (r"(?!\d)" if old[-1].isdigit() else "")
    places = list(re.finditer(f"{before}{re.escape(old)}{behind}", value))
    return f"{value[: places[0].start()]}{new}{value[places[0].end() :]}" if len(places) == 1 else None


def _address(text: str, entities: tuple[Entity, ...], before: Mapping[str, str], wrong: bool) -> dict[str, str]:
    known = before.get("address")
    if known is None:
        return {}
    told = [entity.value for entity in entities if entity.name == "address"]
    if len(told) > 1:
        return {}
    room = bool(_ROOM.fullmatch(text)) and lacks_the_room(known)
    more = room or not reaches_the_house(known)
    new = told[0] if told else bare_levels(text, wrong=wrong or more, room=room)
    after = mended_address(known, new, wrong=wrong) if new else with_part_named(known, text)
    return {"address": after} if after is not None else {}


def _house_number(text: str, entities: tuple[Entity, ...], before: Mapping[str, str]) -> dict[str, str]:
    """The address with a bare number in the place of the one that it is most like (不对是603)."""
    bare = bare_number(text)
    taken = any(entity.name in _NUMBERED for entity in entities)
    if bare is None or taken or "address" not in before:
        return {}
    told = told_numbers([("address", before["address"])], None, len(bare.figures))
    best = replaced(text, bare, told, sized=False)
    after = _exchanged("address", before["address"], best.figures, bare.figures) if best is not None else None
    return {"address": after} if after is not None else {}


def _phone(text: str, before: Mapping[str, str], wrong: bool) -> dict[str, str]:
    """The number with other last digits."""
    known = before.get("phone", "")
    last = _DIGITS.findall(text)
    tail = wrong and last and _OF_PHONE.search(text) and _OF_TAIL.search(text) and not _CELL.search(text)
    return {"phone": f"{known[: -len(last[-1])]}{last[-1]}"} if tail and _CELL.fullmatch(known) else {}


def _name(text: str, before: Mapping[str, str], wrong: bool) -> dict[str, str]:
    alone = _PARTICLES.sub("", text.strip())
    if "person_name" in before and wrong and is_name(alone):
        return {"person_name": alone}
    if "person_name" not in before or not (_NAMES.search(text) or (wrong and _OF_NAME.search(text))):
        return {}
    name = person_name(text)
    return {"person_name": name} if name else {}
