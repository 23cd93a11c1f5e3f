"""Colours and sizes where only the words around them show what they are: a number beside a colour is a size."""

from __future__ import annotations

import re

from contracts.form_small_words import CLAUSE, only_small_words
from contracts.text import normalise
from contracts.understanding import Entity

_SHADE = "红橙黄绿青蓝紫黑白灰粉棕褐银"
_PLAIN = r"(?<![\dA-Za-z.*/-])\d{2,3}(?:\.5)?"
_NO_UNIT = (
    r"(?![\dA-Za-z.*%/-])(?! ?(?:[个件双条只支瓶盒包袋套块元天年月日栋楼幢层室点分秒次岁斤克米寸折度期多来几]"
    r"|厘米|公分|公斤|毫|号楼|小时|钟|左右))"
)
_BEHIND = re.compile(rf"(?:色|款)?(?:的|系)?[ ,，]?(?P<v>{_PLAIN}){_NO_UNIT}")
_BEFORE = re.compile(rf"(?P<v>{_PLAIN})(?:码|号)?的? ?$")
_BARE_COLOUR = re.compile(rf"(?:^|[换改]成?|要|来|拍|选|[\s,，])(?P<v>[{_SHADE}])(?={_PLAIN}(?:$|[\s,，的吧]))")
_SHADES = re.compile(rf"(?:[深浅淡暗亮纯正大酒玫橘桃墨军天湖宝藏奶米][{_SHADE}]|[{_SHADE}])色?(?![来说等买跑给])")
_LABELLED = re.compile(
    rf"(?:尺码|码数|鞋码|码子|尺寸|鞋号)(?:就|要|是|为|拍|选|写|[换改]成?|[:： ])*(?P<v>{_PLAIN}){_NO_UNIT}"
)
_CHANGED = re.compile(rf"[换改]成?个?(?P<v>{_PLAIN})(?=的|吧|$|[\s,，。;；~～])")
_BODY = re.compile(r"(?:身高|体重|净重|腰围|臀围|胸围|肩宽|脚长|脚宽|三围|宝宝|孩子)(?:是|有|为|大概|差不多|[:： ])*$")
_SIZES = range(20, 60), range(60, 221, 5)
"""Sizes of shoes and clothes, and of what is told by the height."""


def with_goods(text: str, entities: tuple[Entity, ...]) -> tuple[Entity, ...]:
    """The entities of a line with sizes that stand bare beside a colour, and without measures of the buyer's body."""
    plain = normalise(text)
    if len(plain.text) != len(text):
        return entities
    kept = tuple(entity for entity in entities if entity.name != "size" or not _BODY.search(plain.text[: entity.start]))
    colours = [entity for entity in kept if entity.name == "colour"]
    for match in _BARE_COLOUR.finditer(plain.text):
        if not any(colour.start <= match.start("v") < colour.end for colour in colours):
            colours.append(Entity("colour", match["v"], *match.span("v")))
    found = [*(_beside(plain.text, colour) for colour in colours)]
    found.extend([*_LABELLED.finditer(plain.text), *_CHANGED.finditer(plain.text)])
    sizes = [Entity("size", one["v"], *one.span("v")) for one in found if one is not None and is_size(one["v"])]
    return with_entities(kept, (*colours, *sizes))


def bare_shade(text: str) -> tuple[Entity, ...]:
    """The colour of a clause that is nothing but one, () when there is none."""
    for clause in CLAUSE.finditer(text):
        shades = list(_SHADES.finditer(clause.group()))
        if len(shades) == 1 and only_small_words(_SHADES.sub("", clause.group())):
            start = clause.start() + shades[0].start()
            return (Entity("colour", shades[0].group(), start, start + len(shades[0].group())),)
    return ()


def is_size(number: str) -> bool:
    """Whether a bare number may be a size of shoes or clothes."""
    whole, _, half = number.partition(".")
    return bool(whole.isdigit()) and (int(whole) in _SIZES[0] or (not half and int(whole) in _SIZES[1]))


def with_entities(entities: tuple[Entity, ...], more: tuple[Entity, ...]) -> tuple[Entity, ...]:
    """The entities with these among them, in the order of their places; what was read as a mere number gives way."""
    placed = [entity for entity in entities if entity not in more]
    for entity in more:
        over = [other for other in placed if other.start < entity.end and entity.start < other.end]
        if all(other.name in ("number", "date") for other in over):
            placed = [other for other in placed if other not in over] + [entity]
    return tuple(sorted(placed, key=lambda entity: entity.start))


def _beside(text: str, colour: Entity) -> re.Match[str] | None:
    behind = _BEHIND.match(text, colour.end)
    return behind or _BEFORE.search(text, 0, colour.start)
