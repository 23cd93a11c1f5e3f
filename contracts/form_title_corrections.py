"""A later line that sets right whose invoice it is: a name typed wrongly, or one character of a title."""

from __future__ import annotations

import re

from contracts.form_orders import corrects
from contracts.form_people import is_name

_H = "[\u4e00-\u9fff]"
_EXPLAINED = re.compile(rf"(?:(?<!{_H})|(?<=[是为成叫姓]))(?P<word>[^不是为成叫姓的\W]{{2,4}})的(?P<char>{_H})")
"""A character told by a word that it stands in: 大小的小."""
_CHARACTER = rf"(?:{_H}{{1,6}})"
_CONTRASTS = (
    re.compile(rf"不[是姓叫](?P<old>{_CHARACTER}?)[,，、 ]*(?:而|应该|应当|我)?[是姓叫](?P<new>{_CHARACTER})"),
    re.compile(rf"[是姓叫](?P<new>{_CHARACTER}?)[,，、 ]*(?:而)?不[是姓叫](?P<old>{_CHARACTER})"),
    re.compile(rf"把?(?P<old>{_CHARACTER}?)字?(?:应该是|应当是|改成|换成|改为|换为)(?P<new>{_CHARACTER})"),
    re.compile(rf"(?P<new>{_CHARACTER}?)字?(?:[写打填输弄敲]成)了?(?P<old>{_CHARACTER}?)(?:了|$|[,，。 ])"),
)
_PARTICLES = re.compile(r"(?:[吧呢哈啊呀哦噢喔嘛啦哟呗咯了的字~～]|才对|谢谢您?|麻烦了?|哈)+$")
_LEAD = re.compile(
    r"^(?:哦|噢|啊|呃|额|哎呀?|对了|那个?|不好意思|抱歉|刚才?|刚刚|上面|前面|我|的|发票|开票|抬头|姓名|名字|全名|个人|正确|应该|应当|其实|爱人|老公|老婆|妈妈?|爸爸?"
    r"|真正|更正一?下?|纠正一?下?|改一?下|不对|不是|请|麻烦|帮我?|给我?|就|要|把|[写打填发输弄搞]错了?|错了?|[改换写开]?成|[改换]|为|是|叫|写|开|填|[:：])+"
)
_TRAIL = re.compile(r"(?:刚才?|刚刚|我|[写打填发输弄搞]错了?|错了|才对|才是|不好意思|抱歉)+$")
_PIECE = re.compile(r"[\s,，。.;；、!！~～()（）]+")
_LABEL = re.compile(
    r"(?:名字|姓名|抬头|全名|名)(?:应该|应当|其实|就|要|请)*(?:是|叫|写|为|改成|换成|改为|[:：])+ ?"
    r"(?P<v>[\u4e00-\u9fff·]{2,12})"
)
_WRONG = re.compile(
    r"[写填打发输弄报搞敲]错|错了|错别?字|错字|不对|有误|有问题|[多漏少][写填打]了?|不是这个字|更正|纠正"
)
_OF_TITLE = re.compile(r"抬头|名字|姓名|名称|[名姓]里?|公司名|单位名|个字|那个字|字")
_OTHERS = re.compile(
    r"收[货件]|签收|联系人|快递|地址|电话|手机|邮箱|邮件|税号|订单|单号|商品|宝贝|客服|你们|店铺|微信|颜色|尺码|经办|退货|发错货|[吗么?？]$"
)
"""Words of another matter: a name beside them is somebody else's."""
_NO_NAME = re.compile(r"不知道|什么|怎么|啥|哪|错|不对|有误|[改换]|没有|随便|公司|单位")


def corrected_title(
    text: str, before: str, *, personal: bool, doubted: bool = False, elsewhere: bool = False
) -> str | None:
    """The title as the line sets it right, None when it does not.

    `personal` when the title before is a person's: then a bare name behind a word for it, or after one that something
    is wrong, takes its place, and so does a name that is but one character apart. `doubted` when it has been said
    already that the title is wrong, `elsewhere` when the line was read as being about something else.
    """
    if not before or _OTHERS.search(text):
        return None
    plain = _EXPLAINED.sub(lambda found: found["char"] if found["char"] in found["word"] else found.group(), text)
    name = _named(plain, wrong=doubted or says_wrong(plain)) if personal else None
    if name is not None and name != before and (not elsewhere or _alike(name, before)):
        labelled = bool(_LABEL.search(plain))
        return name if labelled or doubted or says_wrong(plain) or _alike(name, before) else None
    return _contrasted(plain, before)


def doubts_title(text: str) -> bool:
    """Whether the line says that a title is wrong, and not what is right."""
    return bool(_WRONG.search(text) and _OF_TITLE.search(text)) and not _OTHERS.search(text)


def says_wrong(text: str) -> bool:
    """Whether the line says that something typed before is wrong."""
    return corrects(text) or bool(_WRONG.search(text))


def _named(text: str, *, wrong: bool) -> str | None:
    """The name that the line gives, behind a word for it or as a piece of its own."""
    labelled = _LABEL.search(text)
    if labelled:
        name = _bare(labelled["v"])
        if is_name(name) or (wrong and len(name) > 1 and not _NO_NAME.search(name)):
            return name
    pieces = [_bare(piece) for piece in _PIECE.split(text)]
    return next((piece for piece in reversed(pieces) if is_name(piece)), None)


def _bare(piece: str) -> str:
    return _PARTICLES.sub("", _TRAIL.sub("", _PARTICLES.sub("", _LEAD.sub("", piece))))


def _alike(name: str, before: str) -> bool:
    """Whether two names of three characters or more are one character apart."""
    apart = sum(one != other for one, other in zip(name, before, strict=False))
    return len(name) == len(before) > 2 and apart == 1


def _contrasted(text: str, before: str) -> str | None:
    """The title with the right word in the place of the wrong one that the line names beside it: 是小不是晓."""
    for expression in _CONTRASTS:
        for match in expression.finditer(text):
            old, new = (_PARTICLES.sub("", _LEAD.sub("", match[side])) or match[side] for side in ("old", "new"))
            if old != new and before.count(old) == 1:
                return before.replace(old, new)
    return None
