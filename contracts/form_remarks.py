"""Remarks that are no answer to what a form asks now: once more, that what it asked before is not there."""

from __future__ import annotations

import re

_PIECE = re.compile(r"[\s,，。;；!！~～]+")
_MISSING = re.compile(
    r"(?:就是|真的?|确实|实在|是|我们?|这边|现在|也|都|的)*"
    r"(?:没有?|无|木有|没得|不知道|不清楚|不晓得|不记得|找不到|查不到|拿不到)(?:的|了|啊|呀|哦|呢)*"
    r"|(?:你们?|您|商家|店家)?(?:自己|能|可以|帮[我忙]?|给我?)*(?:查|找|看着办)(?:一?下|查|找|看|看看)?(?:吧|呗|嘛|哈)?"
    r"|(?:以后|回头|晚点|到时候?|明天|明早|下次|等会儿?|过会儿?)再?(?:给|发|补|说|报)(?:你们?|您)?(?:吧|哈|哦)?"
)
_STRESSED = re.compile(r"没|无|木有|[查找看]|真|确实|实在|就是|也")
"""A bare 不知道 answers what was asked just now."""


def still_missing(text: str) -> bool:
    """Whether a line says nothing but that the buyer does not have something, and presses that."""
    pieces = [piece for piece in _PIECE.split(text) if piece]
    pressed = any(_STRESSED.search(piece) for piece in pieces)
    return pressed and all(_MISSING.fullmatch(piece) for piece in pieces)
