"""An address as the buyer wrote it, where only its beginning was recognised."""

from __future__ import annotations

import re
from dataclasses import replace

from contracts.understanding import Entity

_END = re.compile(r"[^\s,，。;；、:：]*[\d号栋幢楼室层座元户苑园村庄弄]")
_MORE = re.compile(
    r" ?[^\s,，。;；、:：]{0,12}?\d{1,4}(?:-\d{1,4}){0,3}(?:号楼|单元|[号栋幢楼室层座户弄])?(?=$|[\s,，。;；、])"
)
_WORD = re.compile(r"[\u4e00-\u9fff]{2,15}\Z")
_LEAD = re.compile(r"^.*(?:[改换寄送发搬][到成为去往]|地址(?:是|为)?|收[货件]|都[改寄送]|[在到往])")
_PLACE = re.compile(r"[学院区园厂店城村镇路街楼苑舍府厦场庄站所司社寓]\Z")
_SHORT = re.compile(r"[\u4e00-\u9fffA-Za-z0-9]{0,6}")
_SPEECH = re.compile(r"[我你他您的了吗呢吧这那把想要不没请帮给是改换写填和跟住家]|地址|收货|电话|手机")
_TALK = re.compile(r"[我你您他的了吗呢吧这那把想要不没请帮给改换写填或和及跟]|地址|收货|电话|手机|还有|另外")
"""Words that hardly any name of an estate holds: between a street and a building stands the estate (翡翠湾8幢)."""
_BUILDING = re.compile(r"[0-9A-Za-z一二三四五六七八九十东南西北]{1,4}(?:号楼|[栋幢座]|单元)")
_MARKS = " ,，"
_HOUSE = re.compile(r"\d{1,4}号?")
_HOUSE_READ_AS = ("date", "number")
_OTHER = re.compile(r"手机|电话|号码|订单|单号|尾号|快递|微信|邮编|[要换改是]|\d{5,}")


def whole_addresses(text: str, entities: tuple[Entity, ...]) -> tuple[Entity, ...]:
    """The entities with each address as far as the buyer's writing of it goes: to the house, not to the district."""
    whole = tuple(_whole(text, entity, entities) if entity.name == "address" else entity for entity in entities)
    places = [entity for entity in whole if entity.name == "address"]
    inside = ("address", *_HOUSE_READ_AS)
    return tuple(
        entity
        for entity in whole
        if entity.name not in inside or not any(_within(entity, place) for place in places if place != entity)
    )


def _within(entity: Entity, place: Entity) -> bool:
    return place.start <= entity.start and entity.end <= place.end


def _whole(text: str, address: Entity, entities: tuple[Entity, ...]) -> Entity:
    start, end = _beginning(text, address, entities), address.end
    if text[address.start : end] != address.value:
        return address
    until = min([entity.start for entity in entities if entity.start >= end and not _house(entity)], default=len(text))
    for expression in (_END, _MORE):
        found = expression.match(text, end, until)
        if found and found.group().strip() and not _OTHER.search(found.group()):
            end = found.end()
    return replace(address, value=text[start:end], start=start, end=end)


def _house(entity: Entity) -> bool:
    """Whether it may be the number of a house although it reads like a day (1号) or a mere number."""
    return entity.name in _HOUSE_READ_AS and bool(_HOUSE.fullmatch(entity.value))


def _beginning(text: str, address: Entity, entities: tuple[Entity, ...]) -> int:
    """Where the word begins that the address was read at the end of, when that is the name of a place."""
    earlier = [entity for entity in entities if entity.end <= address.start]
    last = max(earlier, key=lambda entity: entity.end, default=None)
    since = last.end if last else 0
    between = text[since : address.start]
    if last is not None and last.name == "address":
        estate = between.strip(_MARKS)
        if _SHORT.fullmatch(estate) and not (_TALK if _BUILDING.match(address.value) else _SPEECH).search(estate):
            return last.start
    before = _WORD.search(text[since : address.start])
    named = _LEAD.sub("", before.group()) if before else ""
    place = _PLACE.search(named) and not _SPEECH.search(named)
    return address.start - len(named) if place else address.start
