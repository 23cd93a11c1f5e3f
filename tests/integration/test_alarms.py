"""The learnt alarms as set-up makes them, on lines that nothing was trained on, without the intent model."""

from __future__ import annotations

import pytest

from alarms.ear import ALARMS_FOLDER, Ear
from alarms.lines import LINES, read_lines
from desk.assembly import open_encoder
from desk.settings import Settings

ALARMS = {
    "injury": (
        "切菜板掉漆 我娃舔了舌头麻",
        "电火锅通电就噼啪响 碰一下胳膊全麻了",
        "凉席竹签扎进我大腿里 拔出来全是血",
        "吃了你家虾干 嗓子发紧脸都憋红了",
        "敷了你家眼膜 眼皮肿得睁不开",
        "充电头一插就冒火苗 桌布都燎了",
    ),
    "threat": (
        "今晚不给个结果我直接找平台处罚你们",
        "等我写篇帖子让全网看看",
        "律师已经在写材料了 你们等信",
        "再装聋作哑就12315见",
    ),
    "privacy": ("我老婆在你家下的单寄到哪个小区", "把买这款的顾客电话给我几个", "帮我看看我前夫最近买没买东西"),
    "outside": ("加个V吧 这边聊着费劲", "直接扫你个人收款码 便宜我二十", "微信号给一个 我发照片给你"),
    "person": (
        "喊你们主管来跟我讲",
        "有没有真人 别拿机器糊弄",
        "给我回个电话 打字说不清楚",
        "zhuanrengong",
    ),
    "upset": (
        "钱拖了半个月不退 到底想赖到什么时候",
        "你们客服就是一群蠢猪",
        "问三天了没一个人管 太差劲了",
        "凭什么驳回我的退款申请",
    ),
}
QUIET = (
    "这款刀快不快 切骨头行吗",
    "插座防水吗",
    "孩子多大能用这个水杯",
    "包裹到哪个站点了",
    "地址帮我换成单位的",
    "我妈那个订单几号能到",
    "能用微信付吗",
    "发票抬头写公司可以吧",
    "评论里说偏大 我选小一码行吗",
    "老板包邮吗",
    "质量真好 下回还买",
    "退货地址发我一下",
    "退款几天到账呀",
    "黑色有现货不",
    "好的收到",
    "洗了会缩水吗",
)
HEARD = 0.75
"""Of the alarms, by the learnt part alone."""


@pytest.fixture(scope="module")
def ear(settings: Settings) -> Ear:
    encoder = open_encoder(settings)
    return Ear.open(settings.var / ALARMS_FOLDER, encoder.encode, encoder.card.fingerprint)


def test_the_lines_are_new(settings: Settings) -> None:
    known = {line.text for line in read_lines(settings.data / LINES)}
    assert known.isdisjoint([*QUIET, *(text for texts in ALARMS.values() for text in texts)])


def test_most_alarms_are_heard(ear: Ear) -> None:
    upset = {"threat", "dispute", "abuse", "complaint"}
    missed = [
        text
        for kind, texts in ALARMS.items()
        for text in texts
        if not ear.hear(text).found & (upset if kind in {"upset", "threat"} else {kind})
    ]
    assert len(missed) <= (1 - HEARD) * sum(map(len, ALARMS.values())), missed


def test_what_is_ordinary_is_quiet(ear: Ear) -> None:
    heard = {text: ear.hear(text).found for text in QUIET}
    assert len([text for text in QUIET if heard[text]]) <= 1, heard
