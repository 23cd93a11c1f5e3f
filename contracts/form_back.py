"""Going back: a buyer who wants in the end what the order has, so that there is nothing left to change."""

from __future__ import annotations

import re

from contracts.form_meant import meant
from contracts.text import normalise
from contracts.understanding import Entity

SORTS = ("colour", "size", "count")
"""Entities of which a line may say what the order has."""

_TURN = re.compile(r"[换改]")
_HAD = re.compile(
    r"(?:(?:[拍买选下]|下单)(?:的|成|了)*(?:是|的)?|原来(?:的|是)*|之前(?:的|是|拍|买|选)*|本来(?:是|拍|买|选)*)[^\s,，。换改]{0,4}$"
)
_NUMBER = re.compile(r"(?<![\d.])(\d{2,3})(?:码|号|的)?(?=(?:想|要|给我|帮我|请)*[换改])")
_UNITS = re.compile(r"[色码号的个件双条只支瓶盒包袋套箱份本把张台]+$")
_NUMERALS = {numeral: str(number) for number, numeral in enumerate("零一二三四五六七八九十")} | {"两": "2", "俩": "2"}
_REFUSES = re.compile(
    r"(?:^|[\s,，。;；!！])(?:那|就|先|我|还是|算了?|了)*(?:不|别|不用|不想|先不|不要)(?:给我|帮我)?[换改](?:了|啦)(?=$|[\s,，。;；!！吧啊哈])"
)
_ANOTHER = re.compile(r"[换改](?:成|为|个|到)|要|来|买|拍|发")


def left_behind(text: str, entities: tuple[Entity, ...]) -> tuple[str, ...]:
    """The colours and sizes that a line names as what the order has: 黑的换成红的."""
    plain = normalise(text).text
    turns = [found.start() for found in _TURN.finditer(plain)]
    found = [*_NUMBER.findall(plain)]
    for name in SORTS:
        values = [entity.value for entity in entities if entity.name == name]
        for value in values:
            place = plain.find(normalise(value).text)
            replaced = len(values) > 1 and any(place < turn < plain.rfind(normalise(values[-1]).text) for turn in turns)
            if place >= 0 and (replaced or (turns and _HAD.search(plain[:place]))):
                found.append(value)
    return tuple(dict.fromkeys(map(_bare, found)))


def goes_back(text: str, entities: tuple[Entity, ...], had: tuple[str, ...], changed: frozenset[str]) -> bool:
    """Whether all that the line wants of what was to be `changed` is what the order `had`."""
    wanted = {
        name: meant(text, [entity.value for entity in entities if entity.name == name])
        for name in SORTS
        if any(entity.name == name for entity in entities)
    }
    values = {_bare(value) for found in wanted.values() for value in found}
    return bool(values) and values <= set(had) and changed <= wanted.keys()


def refuses_change(text: str, entities: tuple[Entity, ...] = (), had: tuple[str, ...] = ()) -> bool:
    """Whether the line says that nothing is to be changed, and wishes for nothing else in its place."""
    plain = normalise(text).text
    named = {_bare(entity.value) for entity in entities if entity.name in SORTS}
    if had and not named <= set(had):  # 还是5个吧 不改了: what the order has is another
        return False
    return bool(_REFUSES.search(plain)) and not _ANOTHER.search(_REFUSES.sub(" ", plain))


def _bare(value: str) -> str:
    plain = normalise(value).text
    bare = _UNITS.sub("", plain) or plain
    return _NUMERALS.get(bare, bare)
