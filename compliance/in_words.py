"""The terms of a clause in Chinese words, for people who never see its file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from enum import Enum
from typing import Any

from contracts.clause import CheckSpec, Clause, Severity, Source
from contracts.platform import Platform

PLATFORMS: Mapping[Platform, str] = {
    Platform.TMALL: "天猫",
    Platform.TAOBAO: "淘宝",
    Platform.JD: "京东",
    Platform.PDD: "拼多多",
    Platform.DOUYIN: "抖音",
    Platform.KUAISHOU: "快手",
}
"""The platforms in the order in which the rules are shown."""

KINDS: Mapping[str, str] = {
    "claim": "看话里有没有这个说法（否定、转述、先问后答的不算）",
    "compensation": "把提出的赔付金额和买的价格比",
    "contact": "看有没有站外的联系方式、链接或二维码（换了写法也认，平台自己的、买家自己给的不算）",
    "dispatch": "把话里的时间和允许的时间比",
    "emoji": "数表情符号",
    "lacking": "看说了这件事有没有把必须一起说的说上",
    "length": "看话的长短",
    "many": "数同一类的说法或符号有多少",
    "personal": "看有没有不是这位买家给的电话、证件号或住址",
    "quantity": "把话里的数量和规定的数量比",
    "reprice": "把话里的价格和原价比",
    "state": "看当时的状态",
    "surname": "看买家报过姓以后怎么称呼",
    "threshold": "把订单金额和券的门槛比",
    "wording": "看有没有用这些字眼（怎么说都算）",
}
"""How each kind of check decides; `any_of` only joins others."""

STATES: Mapping[str, str] = {
    "now": "现在",
    "buyer.text": "买家刚说",
    "buyer.is_orderer": "对方就是下单的人",
    "buyer.asked_to_close": "买家要求关单",
    "buyer.minutes_since": "离买家上一句的分钟数",
    "turn.proactive": "主动发的，不是回答",
    "turn.unanswered_sent": "连着发了还没人回的条数",
    "order.status": "订单状态",
    "order.paid_at": "付款时间",
    "order.warehouse_shipped": "仓库已出库",
    "order.presale": "预售",
    "order.agreed_ship_days": "约定的发货天数",
    "order.agreed_ship_date": "约定的发货日",
    "order.price_protected": "在价保期",
    "order.coupon": "订单用的券",
    "refund.type": "退款类型",
    "item.custom": "定制商品",
    "item.category": "类目",
    "item.no_credit_card": "不支持信用卡的商品",
    "campaign.free_shipping": "包邮活动",
    "campaign.scope": "活动范围",
    "campaign.includes_item": "商品在活动内",
    "campaign.min_amount": "活动门槛（元）",
    "campaign.excludes_regions": "活动不含的地区",
    "shop.ship_hours": "店铺承诺的发货小时数",
    "shop.return_freight_service": "店铺有退货运费服务",
    "shop.at_fault": "责任在店铺",
    "platform.services": "平台的服务",
    "platform.holiday_exemption": "平台公布了节假日顺延",
}
"""The keys of a context; one that is missing here is shown as it is written."""

_VALUES: Mapping[str, str] = {
    "unpaid": "未付款",
    "paid": "已付款",
    "unprinted": "未打单",
    "printed": "已打单",
    "locked": "已锁定",
    "shipped": "已发货",
    "delivered": "已签收",
    "closed": "已关闭",
    "all_store": "全店",
    "selected_items": "部分商品",
}
_LEARNT = "另看意思"


def severity(clause: Clause) -> str:
    """What a breach of the clause does."""
    if clause.hint:
        return "可关闭的提示（只是建议，店铺可以关掉）"
    return "拦下（发不出去）" if clause.severity is Severity.BLOCK else "提醒（发得出去，先看一眼）"


def source(place: Source) -> str:
    """Where a clause is from, since when it holds, and whether somebody compared it with the platform's own text."""
    note = f"（{place.note}）" if place.note else ""
    since = f"，{place.effective_from.isoformat()}起施行" if place.effective_from else ""
    verified = f"{place.verified_on.isoformat()}核实过" if place.verified_on else "未核实"
    return f"{place.document}{note}{since}，{verified}"


def platforms(clause: Clause) -> str:
    """Where the clause holds."""
    if len(clause.platforms) == len(PLATFORMS):
        return "所有平台"
    return "、".join(name for platform, name in PLATFORMS.items() if platform in clause.platforms)


def check(clause: Clause, *, learnt: bool) -> str:
    """How the clause is checked; `learnt` says that the learnt check looks at it too."""
    ways = [KINDS.get(kind, kind) for kind in kinds(clause.check)]
    return "；".join([*ways, _LEARNT] if learnt else ways)


def kinds(check: CheckSpec) -> tuple[str, ...]:
    """The kinds that decide in a check, each once; `any_of` only joins others."""
    return tuple(dict.fromkeys(_kinds(check.kind, check.options)))


def _kinds(kind: str, options: Mapping[str, Any]) -> Iterator[str]:
    """The kinds that decide, in order."""
    nested = [*options.get("checks", ()), *(options[name] for name in ("when", "then") if _is_check(options, name))]
    if kind != "any_of":
        yield kind
    for part in nested:
        yield from _kinds(part["kind"], part)


def _is_check(options: Mapping[str, Any], name: str) -> bool:
    part = options.get(name)
    return isinstance(part, dict) and isinstance(part.get("kind"), str)


def context(values: Mapping[str, Any]) -> str:
    """The state an example is read in, empty when there is none."""
    return "，".join(_state(key, value) for key, value in values.items())


def _state(key: str, value: Any) -> str:
    name = STATES.get(key, key)
    if key == "buyer.text":
        return f"{name}“{value}”"
    if value is True:
        return name
    if value is False:
        return f"{name}：否"
    return f"{name}：{_value(value)}"


def _value(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return "、".join(_value(part) for part in value)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    plain = str(value.value if isinstance(value, Enum) else value)
    return _VALUES.get(plain, plain)
