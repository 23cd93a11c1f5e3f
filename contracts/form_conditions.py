"""What a line wants only on a condition (没货就发白的), and where a parcel is to be left: words beside the values."""

from __future__ import annotations

import re

_NONE = r"(?:没(?:有)?(?:现?货|了)?|[缺断无]货|不够|不行|不好改|改不了|换不了|来不及)"
_CONDITION = re.compile(
    rf"(?:要是|如果|若是?|万一|实在|假如|倘若)[^\s,，。;；]{{0,6}}?{_NONE}|{_NONE}[^\s,，。;；]{{0,8}}?(?:的话|就|那就|(?=[\s,，](?:就|那|也)))"
)
_INSTEAD = re.compile(r"也(?:行|可以|成|中|好|能)|就|[换改]成?|[发给拿要来]|代替|凑合")
_DROPPED = re.compile(r"算了|退|取消|不要了|拉倒|不买|不换了|不改了")
_LEAVE = re.compile(
    r"(?:放|搁|存|寄放|丢|塞|送到?|挂)(?:在|到|进|至)?(?:[^\s,，。;；?？]{0,8})?(?:超市|门口|驿站|[货快]?[递件]?柜|店|村口|小卖部|物业|保安|门卫|岗亭|楼下"
    r"|前台|传达室|邻居|楼道|窗口|代收点|快递点|车库|院子|仓库|收发室|隔壁)"
    r"|(?:超市|门口|驿站|快递柜|丰巢|店里?|村口|小卖部|物业|保安|门卫|岗亭|楼下|前台|传达室|邻居家?|隔壁|代收点|收发室)[^\s,，。;；?？]{0,6}(?:放|搁|存|丢|代收|签收)"
)
_LEFT = re.compile(
    r"[放搁存丢塞送挂][^\s,，。;；]{0,8}了|没人|没(?:放|送|给)|为什么|怎么|谁|快递(?:员|小哥)?(?:说|给|就)|别人|[?？吗]$"
)


def main_part(text: str) -> str:
    """The line up to what it wants only on a condition; all of it when there is none."""
    found = _CONDITION.search(text)
    if found is None or _DROPPED.search(text, found.start()) or not _INSTEAD.search(text, found.end() - 1):
        return text
    return text[: found.start()]


def is_conditional(text: str) -> bool:
    """Whether the line says what it wants in case the other cannot be had."""
    return main_part(text) != text


def says_where_to_leave(text: str) -> bool:
    """Whether the line says where the parcel is to be left, and not what was done with one."""
    return bool(_LEAVE.search(text)) and not _LEFT.search(text)
