"""A value for every slot, so that a reply can be held against the rules as it will be sent."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

SAMPLES: Mapping[str, str] = MappingProxyType(
    {
        "shop.name": "青禾家居旗舰店",
        "shop.hours": "每天9:00-22:30",
        "shop.ship_hours": "48",
        "shop.return_address": "浙江省杭州市余杭区良睦路8号2号仓",
        "shop.carrier": "中通",
        "shop.free_shipping_min": "59",
        "shop.warranty_months": "12",
        "shop.gift": "收纳袋一个",
        "shop.refund_days": "3",
        "invoice.issue_days": "3",
        "invoice.kinds": "普票和专票",
        "order.number": "2026112000123456",
        "order.carrier": "中通",
        "order.tracking_number": "75512345678901",
        "order.ship_by": "11月22日",
        "order.shipped_on": "11月21日",
        "order.amount": "128",
        "order.status_label": "待发货",
        "order.eta": "11月24日",
        "campaign.name": "双12",
        "campaign.ends": "12月12日",
        "campaign.rule": "每满300元减40元",
        "campaign.min_amount": "300",
        "item.name": "羊毛地毯",
        "clock.opens_at": "明天9:00",
    }
)
