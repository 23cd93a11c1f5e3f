"""Pieces of a line that ask for something to be done, or to wait: they are no value that was asked for."""

from __future__ import annotations

import re

_WISH = re.compile(
    r"(?:帮|替)(?:我|俺|咱|忙|我们|咱们)|给(?:我|俺|咱)(?:们)?[改换退查看发寄送加备]|麻烦|拜托|请(?:先|帮|把|问|你|您|尽快|马上|给|别)"
    r"|^先(?:不|别|把|看|改|查|问|发|寄|等|说|弄|处理|退|换|等)|别(?:再|给|忘|发|寄|改|搞|弄|急|送|催|忙|拍|关)"
    r"|(?:能|可)(?:不能|否|以不)|(?:想|要|得|需要|还是)(?:改|换|退|查|问|看|加|催|取消|补|等)|赶[紧快]|快[点些](?!.*[店铺])|[问查看催]一?下|催发"
    r"|[改换](?:一?下|个)(?!.*(?:公司|厂))|(?:怎么|咋)(?:还|没|这)"
)
_WAIT = re.compile(r"(?:[哎诶欸哦噢啊额呃嗯那]|对了|不)*(?:稍等|等)(?:一?[下会]儿?|等)?(?:[哈啊哦吧]|再说|先)*")


def wishes(piece: str) -> bool:
    """Whether a piece of a line asks for something to be done, or to wait a moment."""
    return bool(_WISH.search(piece) or _WAIT.fullmatch(piece))
