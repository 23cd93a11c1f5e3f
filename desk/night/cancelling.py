"""Cancelling that is not the order's: the invoice or another form's matter, and what somebody threatens to do."""

from __future__ import annotations

import re

from contracts.forms import FORMS, INVOICE, ORDER_CHANGE, RETURN, Form

_CLAUSE = re.compile(r"[\s,，。;；、!！~～]+")
_CANCEL = re.compile(r"取消|撤[回销掉了]")
_ORDER = re.compile(r"订单|整[单个]|全部|单子|这一?单|那一?单|都取消|重[拍买新]|不买")
_OBJECTS = {
    INVOICE: r"票(?!价|据|号)|抬头",
    RETURN: r"退货|换货|退换|退款|售后",
    ORDER_CHANGE: r"[改换](?:收货)?(?:地址|电话|尺码|颜色|码|色)|备注",
}
_DROPPED = (
    r"(?:就|也|先|都|那个|那张|的)*"
    r"(?:不(?:用|要|需要|必|想)(?:开|办|弄|退|换|改)?|不(?:开|办|弄|退|换|改)了|免了|算了|别(?:开|办|弄|退|换|改)了)"
)

_SHOP_DOES = r"动|发|到|送|来|回|理|处理|解决|改|换|拦|退|修|补|行|查|更新|联系|说话|给|安排|开|催"
_IF_NOT = (
    rf"(?:再|还)(?:不|没)(?:给|帮|有人|有)?(?:我|人)?(?:{_SHOP_DOES}|动静|消息|进展)"
    rf"|(?:不能|没法|不给|不肯|不让|无法|没办法)(?:给我|帮我)?(?:{_SHOP_DOES})"
    r"|(?:改|拦|发|送|换|查|找|联系|退|赶|催|到|截)不(?:了|到|上|及|住|回|出来|下来?)|来不及"
    rf"|(?:今天|今晚|明天|后天|周.|月底|[一二三两\d]+天|[\d一二三]+号)(?:内|之?前|里|还|再|要是|都|就)*(?:不|没)(?:给我?)?(?:{_SHOP_DOES})"
    r"|要是|如果|若是|万一|的话|否则|不然|要不然"
)
_THEN = (
    r"(?:我|那|俺)*(?:就|只好|只能|只有|直接|可就|便)"
    r"(?:要|去|得|直接|申请|把它?|给|全|先|只能|只好|不)*(?:退|取消|拒收|拒签|要了|买了|要啦)"
)
_THREAT = re.compile(
    rf"(?:{_IF_NOT})[^。;；]{{0,10}}?{_THEN}|(?:否则|不然|要不然)(?:我|就|直接|只好)*(?:退|取消|拒收|拒签)"
)
_ELSE = re.compile(r"(?:不|没|无法)[^,，]{0,8}就(?:直接|给我|只好|算|先)*取消")
"""If the one is not to be had, then the other: 开不了专票就取消."""
_ASKS = re.compile(r"[?？]|[吗么嘛]$|行不|可以不|好不|能不能|可不可以|怎么|咋")


def cancels_matter(text: str) -> Form | None:
    """The form whose matter the words for cancelling are about, None when they are about the order or there are none.

    That is what their own clause names, or one before it that says that the matter is not wanted any more.
    """
    clauses = [clause for clause in _CLAUSE.split(text) if clause]
    place = next((place for place, clause in enumerate(clauses) if _CANCEL.search(clause)), None)
    if place is None or _ASKS.search(text):
        return None
    own = clauses[place]
    if _ORDER.search(own) or _ELSE.search(own):
        return None
    for form_id, words in _OBJECTS.items():
        form = next(form for form in FORMS if form.id == form_id)
        if re.search(
            rf"(?:{words}).{{0,6}}(?:取消|撤)|(?:取消|撤[回销掉]?)(?:我|刚才?|之前|前面|那个|这个|一下|掉|了|的)*(?:{words})",
            own,
        ):
            return form
        before = any(
            re.search(rf"(?:{words})[^，,]{{0,4}}{_DROPPED}|不(?:用|要|需要|想)(?:开|办|弄)?(?:{words})", clause)
            for clause in clauses[:place]
        )
        if before and not any(_ORDER.search(clause) for clause in clauses):
            return form
    return None


def threatens(text: str) -> bool:
    """Whether the line says that the buyer gives the goods back or cancels if something is not done."""
    return bool(_THREAT.search(text)) and not _ASKS.search(text)
