"""An address as the buyer wrote it, where only its beginning was recognised."""

from __future__ import annotations

import re
from dataclasses import replace

from contracts.understanding import Entity

_END = re.compile(r"[^\s,，。;；、:：]*[\d号栋幢楼室层座元户苑园村庄弄]")
_MORE = re.compile(
    r" ?[^\s,，。;；、:：]{0,12}?\d{1,4}(?:-\d{1,4}){0,3}(?:号楼|单元|[号栋幢楼室层座户弄])?(?=$|[\s,，。;；、])"
)
_OTHER = re.compile(r"手机|电话|号码|订单|单号|尾号|快递|微信|邮编|[要换改是]|\d{5,}")


def whole_addresses(text: str, entities: tuple[Entity, ...]) -> tuple[Entity, ...]:
    """The entities with each address as far as the buyer's writing of it goes: to the house, not to the district."""
    return tuple(_whole(text, entity, entities) if entity.name == "address" else entity for entity in entities)


def _whole(text: str, address: Entity, entities: tuple[Entity, ...]) -> Entity:
    end = address.end
    if not text[address.start : end].endswith(address.value[-1:]):
        return address
    until = min([entity.start for entity in entities if entity.start >= end], default=len(text))
    for expression in (_END, _MORE):
        found = expression.match(text, end, until)
        if found and found.group().strip() and not _OTHER.search(found.group()):
            end = found.end()
    return address if end == address.end else replace(address, value=text[address.start : end], end=end)
