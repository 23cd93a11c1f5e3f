from __future__ import annotations

import pytest

from contracts.platform import Platform
from retrieval.library import Library
from tests.doubles import LetterEncoder, make_reply

TAOBAO_ONLY = frozenset({Platform.TMALL, Platform.TAOBAO})


@pytest.fixture
def encoder() -> LetterEncoder:
    return LetterEncoder()


@pytest.fixture
def library() -> Library:
    """Seven replies: two platforms groups, two states, a slot."""
    return Library(
        (
            make_reply("invoice.yes", "发票可以开的", "能开发票吗", "有票吗"),
            make_reply("invoice.taobao", "付款后在订单里申请发票", "在哪申请发票", platforms=TAOBAO_ONLY),
            make_reply("invoice.days", "{invoice.issue_days}天内开好发票", "发票多久开好", topic="invoice/time"),
            make_reply(
                "ship.paid", "已付款的今天发货", "什么时候发货", topic="shipping/when", when={"order.status": ["paid"]}
            ),
            make_reply(
                "ship.late", "仓库在赶了", "怎么还没发货", topic="shipping/when", when={"order.status": ["shipped"]}
            ),
            make_reply("ship.any", "四十八小时内发货", "多久发货", topic="shipping/when"),
            make_reply("greet.hello", "您好在的", "在吗", "你好", topic="greet/hello"),
        )
    )
