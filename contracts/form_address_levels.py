"""The parts of a delivery address, from the province down to the room, and an address with some of them replaced."""

from __future__ import annotations

import re
from dataclasses import dataclass

UNTOLD = "新地址还没发"
"""Stands for a new address that the buyer wants and has not given."""

_H = "[\u4e00-\u9fff]"
_N = "[0-9A-Za-z一二三四五六七八九十东南西北甲乙丙]"
_PROVINCES = (
    "北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃"
    "|青海|台湾|内蒙古?|广西|西藏|宁夏|新疆|香港|澳门"
)
_TEN = "[一二三四五六七八九十]"
STRETCH = rf"(?:(?:[东南西北中上下]?{_TEN}?段|[东南西北中]|(?:{_TEN}{{1,2}}|\d{{1,3}})[巷横])(?= ?\d))?"
"""Which stretch of a street or which lane off it, before the number of the house: 大道中42号, 北路二段5号."""
_PARTS = (
    rf"{_H}{{2,6}}?(?:省|自治区|特别行政区)|^(?:{_PROVINCES})(?!市|{_H}{{0,2}}(?:[路街道巷]|大[道学街]))",
    rf"{_H}{{2,7}}?(?:市|自治州|地区|盟)",
    rf"{_H}{{1,7}}?(?:开发区|新区|(?<![小校社])区|[县旗])(?!域|别)",
    rf"{_H}{{1,6}}?(?:街道|镇|乡)",
    rf"{_H}{{1,6}}?(?:村|社区)",
    rf"{_H}{{1,7}}?(?:大道|大街|公路|胡同|[路街道巷弄])(?!道){STRETCH}",
    r"(?:\d{1,5}弄)?\d{1,5}(?:-\d{1,3})?号(?:院|(?!楼|门))|\d{1,5}弄",
    rf"(?:{_H}|[A-Za-z]){{1,10}}?(?:小区|花园|公寓|大厦|广场|家园|花苑|新村|新城|公馆|宿舍|中心|学校|[大中小]学|学院|医院|产业园|园区|酒店"
    r"|国际|时代|华府|[苑园府城庭湾里居寓院])(?=$|[\dA-Za-z一二三四五六七八九十东南西北])(?:[\d一二三四五六七八九]{1,2}期)?",
    rf"{_N}{{1,4}}(?:号楼|[栋幢座])|{_N}{{1,3}}楼(?=\d)",
    rf"{_N}{{1,3}}单元",
    rf"{_N}{{1,3}}[层楼]",
    r"\d{2,5}(?:-\d{1,3})?(?:室|房|户)?|\d{1,3}-\d{1,4}(?:-\d{1,4})?",
)
PROVINCE, CITY, DISTRICT, TOWN, VILLAGE, ROAD, NUMBER, ESTATE, BUILDING, UNIT, FLOOR, ROOM = range(len(_PARTS))
_PART = re.compile("|".join(f"(?P<p{level}>{expression})" for level, expression in enumerate(_PARTS)))
_NAMED = (PROVINCE, CITY, DISTRICT, TOWN, VILLAGE, ROAD, ESTATE)
_SPLIT = re.compile(r"[\s,，。;；、!！~～]+")
_LEAD = re.compile(
    r"^(?:我|那个?|刚才?|的|哦|噢|哎|呃|额|啊|不对|对|收货|新(?=地址|门牌|房|的))*"
    r"(?:(?:门牌号?|房间?号|楼号|楼栋号?|[栋幢]号|单元号?|小区名?字?|街道名?|路名|[路区县市楼]|城市|地址|号码)(?=[写填打发弄搞报漏少错不是应]|\d))?"
    r"(?:也?(?:[写填打发弄搞报选]|忘记?)*(?:错|不对|漏|少|忘)(?:[写填打发弄了]|的)*)?"
    r"(?:门牌号?|房间?号|楼号|单元号)?(?:应该|应当|其实|正确|的|就|要)*(?P<is>是|为|改成|换成|改为|补上?|加上?)?[:：]?"
)
_PARTICLES = re.compile(r"[吧呢哈啊呀哦噢喔嘛啦哟呗咯了的]+$")
_SURE = (BUILDING, UNIT)
"""Levels that say by themselves that a few characters are of an address: 3幢, 2单元."""
_BELOW = (BUILDING, UNIT, FLOOR)
"""Levels behind which a bare number is the room."""
_REGION = re.compile(rf"{_H}{{2,7}}")
_NAMED_PARTS = tuple(
    (
        level,
        re.compile(
            rf"(?:{kind})(?:号|数|名)?(?:也|给|都|这里|那里)?(?:[写打填发输弄报搞看]?错了?|不对|有误)?[\s,，]*(?:应该|应当|其实|正确的?)?"
            rf"(?:是|为|改成|换成|改为)(?P<v>{_N}{{1,3}})(?=$|[\s,，。;；!！吧哈啊呢哦])"
        ),
    )
    for level, kind in ((BUILDING, "楼?[栋幢座]|楼号"), (UNIT, "单元"), (FLOOR, "楼?层"))
)
_LAST_NUMBER = re.compile(rf"{_N}{{1,4}}(?P<unit>号楼|[栋幢座楼层]|单元)$")
_REFUSED = re.compile(
    r"(?:而|并|可|才)?(?<!是)(?:不是|不在|不要)(?!这|那)[^\s,，。;；、!！是在]{2,20}?(?=$|[\s,，。;；、!！]|[是在])"
)


@dataclass(frozen=True)
class Part:
    """A piece of an address with its level; words between two pieces belong to the second."""

    level: int
    text: str


def parts_of(address: str) -> tuple[Part, ...]:
    """The pieces of an address in their order; what fits no level belongs to the piece behind or before it."""
    parts: list[Part] = []
    end = 0
    for match in _PART.finditer(address):
        level = int((match.lastgroup or "p0")[1:])
        text = address[end : match.end()]
        end = match.end()
        if parts and level == CITY == parts[-1].level:
            level = DISTRICT
        if parts and level == DISTRICT == parts[-1].level:
            level = ESTATE
        if parts and level < parts[-1].level and level <= DISTRICT:
            parts[-1] = Part(parts[-1].level, parts[-1].text + text)
            continue
        parts.append(Part(level, text))
    rest = address[end:]
    if parts and parts[-1].level == PROVINCE and _REGION.fullmatch(rest):
        parts.append(Part(CITY, rest))
    elif parts and rest:
        parts[-1] = Part(parts[-1].level, parts[-1].text + rest)
    return tuple(parts)


def reaches_the_house(address: str) -> bool:
    """Whether somebody could deliver there: it names a house, a village or some place beyond a region and a street."""
    parts = parts_of(address)
    if not parts:  # a city's bare name, or something that only a person can judge
        return bool(address) and not _REGION.fullmatch(address)
    named = any(part.level == VILLAGE or part.level >= NUMBER for part in parts)
    place = [address[match.end() :] for match in _PART.finditer(address)][-1:]
    return named or (bool(place) and len(place[0].strip()) > 1 and parts[-1].level > CITY)


def bare_levels(text: str, *, wrong: bool, room: bool = False) -> str:
    """The pieces of an address that make up one piece of a line, "" when there is none.

    `wrong` when the line, or one before it, says that something is wrong, or the address so far is no whole one; else
    it must begin with 是 or name a house. With `room` a number alone is one.
    """
    for piece in reversed(_SPLIT.split(_without_refused(text))):
        lead = _LEAD.match(piece)
        rest = _PARTICLES.sub("", piece[lead.end() :]) if lead else ""
        read = parts_of(rest)
        whole = bool(read) and all(_PART.fullmatch(part.text) for part in read)
        stated = wrong or bool(lead and lead["is"]) or any(part.level in _SURE for part in read)
        number_alone = [part.level for part in read] == [ROOM] and not rest[-1].isalpha()
        if whole and stated and (not number_alone or room or re.search("房|室|门牌|户号", text)):
            return rest
    return ""


def with_part_named(address: str, text: str) -> str | None:
    """The address with another number for the kind of part that the line names (楼栋写错了 是9), None for none."""
    for level, expression in _NAMED_PARTS:
        named = expression.search(text)
        parts = parts_of(address)
        places = [place for place, part in enumerate(parts) if part.level == level]
        if named is None or len(places) != 1:
            continue
        old = parts[places[0]].text
        new = _LAST_NUMBER.sub(lambda found, value=named["v"]: f"{value}{found['unit']}", old)  # type: ignore[misc]
        return "".join(
            [*(part.text for part in parts[: places[0]]), new, *(part.text for part in parts[places[0] + 1 :])]
        )
    return None


def _without_refused(text: str) -> str:
    """The line without the places that it says are wrong: 是甲街道 不是乙街道."""
    return _REFUSED.sub(" ", text)


def lacks_the_room(address: str) -> bool:
    """Whether it ends with a building, a unit or a floor: a number by itself is then the room."""
    parts = parts_of(address)
    return bool(parts) and parts[-1].level in _BELOW


def mended_address(old: str, new: str, *, wrong: bool) -> str | None:
    """The old address with the pieces of the new one; None when the new one stands for itself.

    What lies below all of the old one is put behind it. What lies below another street belongs to the old one and goes.
    Without a word that something is `wrong`, an address of another district may lie in another city: then both are
    kept.
    """
    if old == UNTOLD:
        return None
    before, after = parts_of(old), parts_of(new)
    if not before and after and DISTRICT <= after[0].level <= ROAD:
        before = _bare_city(old)
    if not after and all(part.level == PROVINCE for part in before):
        after = _bare_city(new)
    if not before or not after:
        return None
    first = after[0]
    if first.level > max(part.level for part in before):
        return f"{old}{new}"
    if first.level <= CITY and (first.level == PROVINCE or first not in before):
        return None
    if before[0].level >= first.level > ROAD:
        return _merged(before, after)
    elsewhere = not any(_same_place(part, first) for part in before)
    if elsewhere and all(part.level >= first.level for part in before):
        return None
    if elsewhere and first.level == DISTRICT and len(after) > 1 and not wrong:
        return f"{new}（原先写的是{old}）"
    return _merged(before, after)


def _bare_city(text: str) -> tuple[Part, ...]:
    """A city without a word for it."""
    return (Part(CITY, text),) if _REGION.fullmatch(text) else ()


def _same_place(old: Part, new: Part) -> bool:
    return old.level == new.level and old.text.endswith(new.text)


def _merged(before: tuple[Part, ...], after: tuple[Part, ...]) -> str:
    known = {part.level: part.text for part in before}
    news = {part.level: part.text for part in after}
    named = [level for level in news if level in _NAMED and level in known]
    moved = len(after) > 1 and any(not known[level].endswith(news[level]) for level in named)
    first = after[0].level
    kept = [part for part in before if part.level < first] if moved else list(before)
    result = [Part(part.level, _with_words(part, news.pop(part.level, part.text))) for part in kept]
    for level, text in news.items():
        place = next((n for n, part in enumerate(result) if part.level > level), len(result))
        result.insert(place, Part(level, text))
    return "".join(part.text for part in result)


def _with_words(old: Part, new: str) -> str:
    """The new piece behind the words that stand before the old one: a city without 市, the name of an estate."""
    if old.level in _BELOW and re.fullmatch(_PARTS[old.level], new):
        number = re.search(rf"(?:{_PARTS[old.level]})$", old.text)
        return f"{old.text[: number.start()] if number else ''}{new}"
    city = old.text[: len(old.text) - len(new)] if old.level == DISTRICT and new[-1:] == old.text[-1:] else ""
    return f"{city}{new}" if len(city) > 1 and not new.startswith(city) else new
