"""Lines that only wish for a change in words, with no word of what it is to be: 帮我备注一下, 数量改一下."""

from __future__ import annotations

import re

_NOTE = "备注|留个?言|留个?话|贺卡|卡片|纸条|便签|祝福语?|附言"
_QUANTITY = "数量|件数|个数"
_SMALL = (
    "请|麻烦|帮|给|替|我们?|咱们?|你们?|您|亲|老板|客服|想|要|需要|得|可以|可不可以|能不能|能|行不行|行|方便|好|"
    "在|把|那|就|还|再|先|现在|刚才?|刚刚|下单时?|忘记?|没来得及|没|订单|这一?单|那一?单|单子|里面?|上面?|下面?|后台|"
    "一下|一个|一张|一句|一条|几句话?|个|张|句|条|下|点|些|话|字|内容|信息|东西|写上?|代写|手写|加上?|添加?|补上?|补|填|改|有|做|弄|"
    "修改|更改|的|了|吗|么|嘛|不|吧|呢|啊|呀|哈|哦|呗|啦|谢谢|多谢|你好|您好|在吗|请问|一|用|帮忙|来"
)
_BARE_NOTE = re.compile(rf"(?:{_SMALL}|{_NOTE}|\W)+")
_BARE_QUANTITY = re.compile(rf"(?:{_SMALL}|{_QUANTITY}|\W)+")
_NAMES_NOTE = re.compile(f"(?:{_NOTE})")
_NAMES_QUANTITY = re.compile(f"(?:{_QUANTITY})")
_PUT_IN = re.compile("[放塞附送夹]")
"""A card that is put in is a wish in itself, whatever stands on it."""
_ASKS_FOR_NOTE = re.compile(
    r"(?:能|可以|可不可以|能不能|可否|能否|方便)[^,，。;；?？]{0,8}(?:备注|留言|写[个张]?(?:贺卡|卡片))|(?:备注|留言)[^,，。;；?？]{0,4}(?:行|可以|能)?(?:吗|么|不|嘛)[?？]?$"
)
_ABOUT_NOTE = re.compile(
    r"备注了|备注过|没备注|没看备注|看到备注|看备注|备注栏|哪里备注|在哪|怎么备注|备注.{0,4}(?:有用|看到|没)"
)


def only_wishes_note(text: str) -> bool:
    """Whether the line asks for a note, or for another number of things, and says nothing of what it is to be."""
    if _NAMES_NOTE.search(text) and not _PUT_IN.search(text):
        return bool(_BARE_NOTE.fullmatch(text))
    return bool(_NAMES_QUANTITY.search(text) and _BARE_QUANTITY.fullmatch(text))


def asks_for_note(text: str) -> bool:
    """Whether a question asks for a note to be made, and not what became of one."""
    return bool(_ASKS_FOR_NOTE.search(text)) and not _ABOUT_NOTE.search(text)
