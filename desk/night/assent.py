"""Words that say no more than yes, thanks or goodbye; whatever a line says besides is kept for the morning."""

from __future__ import annotations

import re

from contracts.text import normalise

_ASSENT = re.compile(
    r"(?:好[的滴嘞吧呀啊哒哦了]?|行[吧了的啊]?|可以[的了吧]?|嗯+|恩+|哦+|噢+|喔+|啊+|哈+|呵+|嘿+|对[的呀啊]?|是[的呀啊]?|ok+|okk?|okay|收到|知道|晓得|了解|明白|懂|清楚|记[得住]"
    r"|谢谢?|多谢|感谢|谢啦|辛苦|麻烦|劳烦|费心|打扰|拜+|再见|回见|晚安|早安|午安|早点?|睡觉?|休息|没事儿?|没关系|不客气|不用谢|不用[了啦]?|没[有了]?|不[要了]?|算了?|先这样|就这样|这样"
    r"|那|就|我|你们?|您|亲|啦|了|吧|呀|呢|哒|的|咯|喽|嘛|哟|呗|嘞|也|都|先|等|再|去|来|说|吗|么|多|太|真|很|给|请|大家|客服|老板|掌柜|小二|小姐姐|一下|一声|早上|明天|今天|今晚|明早|上班|时候|到时|联系|回复?|消息"
    r"|爱你|么么|比心|真棒|棒|赞|期待|同意|没问题|问题|没错|确[认定]|成|中|要得|妥|稳|得嘞|得|必须|当然|肯定|开|办|改|换|退|发票|货|这个|那个|还是|要|什么|慢慢|不急|急|时间)*"
)
_TYPED = re.compile(r"\[[^\]]{1,6}\]|[\W_]+")
_MOST = 1


def says_more(text: str) -> bool:
    """Whether a line that was read as small talk says something besides."""
    left = _ASSENT.sub("", _TYPED.sub("", normalise(text).text.lower()))
    return sum(character.isalnum() for character in left) > _MOST
