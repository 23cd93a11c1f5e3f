"""Names of people in a buyer's line: by where they stand, beside an address and a telephone number."""

from __future__ import annotations

import re
from dataclasses import replace

from contracts.form_addresses import whole_addresses
from contracts.text import simplified
from contracts.understanding import Entity

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁任沈姚卢姜崔钟谭陆"
    "汪范金石廖贾夏韦方白邹孟熊秦邱江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔"
    "伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴"
    "蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬"
)
"""Surnames of one character."""
_DOUBLE = "欧阳|上官|司马|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|夏侯|轩辕|端木|百里|南宫"
_TITLE = "先生|女士|小姐|老师|阿姨|师傅|医生"
_NAME = re.compile(rf"(?:{_DOUBLE})[\u4e00-\u9fff]{{1,2}}|[{SURNAMES}](?:[\u4e00-\u9fff]{{1,2}}|{_TITLE})")
_WORDS = re.compile(
    r"谢谢|多谢|麻烦|方便|周[一二三四五六日末]|高[兴级]|马上|万一|任何|成都|江[苏西]|石家|安[徽全]|白[色天]|黄色|金[色额]|蓝色|单[号独位子]"
    r"|时[候间]|全[部额]|常用|家[里用]|何时|解[决锁]|应该|于是|关[于闭]|连同|古[铜]|米[白色]|简单|文[件字]|管理|包[裹装邮]|成[功了]"
    r"|电话|手机|地址|号码|订单|发票|抬头|颜色|尺码|收货|收件|快递|公司|个人|店铺|都[要是]|就[行好]|可以|不[要用]|这个|那个|左右|尽快|帮我"
    r"|今天|明天|安排|易碎|连夜|温馨|常温|时效|[要是的了吗呢吧啊下发货件单点到市县区省镇]$"
)
_LEAD = re.compile(
    r"^(?:收[货件]?人?|联系人|姓名|名字?|全名|户主|签收人|我(?:朋友|妈妈?|爸爸?|老公|老婆|姐姐?|妹妹?|哥哥?|弟弟?|同事|对象|叫)?"
    r"|是|为|叫|写成?|改成?|换成|改为|给|就|[:：])+"
)
_TRAIL = re.compile(r"(?:收件?|签收|接收|本人收?|代收|电话|手机号?|联系电话|的|是|就[行好]|谢谢|[:：])+$")
_VERB = re.compile(r"[改换寄送发要请帮把到写填查问有没不]")
_PIECE = re.compile(r"[\s,，。;；、/|()（）!！~～+＋-]+")
_WHERE = ("address", "phone")
_CELL = re.compile(r"1[3-9]\d{9}")
_MOST = 4


def is_name(text: str) -> bool:
    """Whether a piece of text by itself is a person's name."""
    plain = simplified(text)
    return bool(_NAME.fullmatch(plain)) and not _WORDS.search(plain)


def recipient(text: str, entities: tuple[Entity, ...]) -> str | None:
    """Who receives, where the name stands bare beside an address or a telephone number; None when it is not said.

    Right between the two a short word is a name whatever it looks like; elsewhere it must begin with a surname.
    """
    named = [entity.value for entity in entities if entity.name == "person_name"]
    if named:
        return named[-1]
    places = sorted((entity for entity in entities if entity.end > entity.start), key=lambda entity: entity.start)
    if not any(entity.name in _WHERE for entity in places):
        return None
    both = {entity.name for entity in places} >= set(_WHERE)
    found, start, left = None, 0, ""
    for entity in (*places, None):
        gap = text[start : entity.start if entity else len(text)]
        between = {left, entity.name if entity else ""} == set(_WHERE)
        edge = entity is not None and entity.name in _WHERE and left not in _WHERE and both
        found = _in_gap(gap, between) or (_next_to(gap) if edge else None) or found
        if entity is not None:
            found = (_at_the_end(entity.value) if entity.name == "address" else None) or found
            start, left = entity.end, entity.name
    return found


def _in_gap(gap: str, between: bool) -> str | None:
    pieces = [piece for piece in (_bare(piece) for piece in _PIECE.split(gap)) if piece]
    names = [piece for piece in pieces if is_name(piece)]
    if names:
        return names[-1]
    if between and len(pieces) == 1 and 2 <= len(pieces[0]) <= _MOST and pieces[0].isalpha():
        return None if _WORDS.search(pieces[0]) else pieces[0]
    return None


def _next_to(gap: str) -> str | None:
    """The word right before an address and a telephone number, where it is set apart and no verb."""
    pieces = [piece for piece in _PIECE.split(gap) if piece]
    last = _bare(pieces[-1]) if len(pieces) > 1 else ""
    plain = 2 <= len(last) <= _MOST and last.isalpha() and not _WORDS.search(last) and not _VERB.search(last)
    return last if plain else None


def _at_the_end(address: str) -> str | None:
    """A name that an address was read together with."""
    last = _bare(_PIECE.split(address)[-1])
    return last if last != address and is_name(last) else None


def _bare(piece: str) -> str:
    return _TRAIL.sub("", _LEAD.sub("", piece))


def with_recipient(text: str, entities: tuple[Entity, ...]) -> tuple[Entity, ...]:
    """The entities of a line with its addresses whole and the bare name of who receives among them.

    A mobile number that was read as a plain one, such as behind its own last digits, is a telephone number.
    """
    entities = tuple(
        replace(entity, name="phone") if entity.name == "number" and _CELL.fullmatch(entity.value) else entity
        for entity in whole_addresses(text, entities)
    )
    name = recipient(text, entities)
    if name is None or any(entity.name == "person_name" for entity in entities):
        return entities
    start = text.rfind(name)
    if start < 0:  # written otherwise than it was read
        return entities
    return (*entities, Entity("person_name", name, start, start + len(name)))
