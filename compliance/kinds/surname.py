"""How a reply addresses a buyer who said a surname: by another one, by a nickname, or by asking for it again.

Options
    asks  patterns that ask for the name
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from compliance.kinds.check import Check
from compliance.material import Material
from compliance.options import Options
from compliance.pattern import Pattern
from compliance.polarity import Stance, stance
from compliance.reading import Reading, Span

_NAMES = (
    "欧阳|上官|司马|诸葛|皇甫|[王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕"
    "丁任沈姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严]"
)
_SAID = re.compile(
    f"(?:免贵|(?:我|本人|鄙人)(?:是|就)?)姓(?P<name>{_NAMES})|我(?:叫|是)(?P<full>{_NAMES})[一-龥]{{1,2}}(?![一-龥])"
)
_ADDRESS = re.compile(f"(?P<name>{_NAMES})(?:先生|女士|小姐|老师|太太)")
_NICKNAME = (
    "(?:小|老|阿){name}(?!子|[一-龥]?(?:区|镇|村|店|路|县|街))|{name}(?:某|哥|姐|总|大哥|大姐|妹子|美女|帅哥|老板)"
)


@dataclass(frozen=True)
class Surname:
    """The check; see the module."""

    asks: Pattern

    def find(self, material: Material) -> Span | None:
        """The first address that does not fit the name in the buyer's line."""
        given = _SAID.search(material.buyer.text) if material.buyer is not None else None
        if given is None:
            return None
        reply = material.reply
        for start, end in sorted(self._wrong(reply, given["name"] or given["full"])):
            if stance(reply, start, end) is Stance.CLAIMED:
                return reply.span(start, end)
        return None

    def _wrong(self, reply: Reading, name: str) -> Iterator[Span]:
        yield from (match.span() for match in _ADDRESS.finditer(reply.text) if match["name"] != name)
        yield from (match.span() for match in re.finditer(_NICKNAME.format(name=name), reply.text))
        yield from self.asks.spans(reply)


def compile_check(options: Options) -> Check:
    """The check from its options. Raises OptionError."""
    return Surname(options.pattern("asks"))
