from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pytest

from alarms.ear import Ear
from alarms.model import Heard
from contracts.errors import DataError
from contracts.taxonomy import Taxonomy, Topic, intent_of
from contracts.understanding import Guess, Understanding
from desk.night.reading import ALARMS
from desk.night.signals import REQUIRED, Signals, load_signals

TAXONOMY = Taxonomy([Topic("complaint", "anger", "生气")])


@pytest.fixture(scope="module")
def signals(data: Path, taxonomy: Taxonomy) -> Signals:
    return load_signals(data / "signals.yml", taxonomy)


def _read(*topics: tuple[str, float]) -> Understanding:
    guesses = tuple(Guess(name, share) for name, share in topics)
    return Understanding(tuple(Guess(intent_of(guess.name), guess.confidence) for guess in guesses), guesses)


def _alarm(signals: Signals, text: str, *topics: tuple[str, float]) -> str:
    found = signals.found(text, _read(*topics))
    return next((signal.id for signal in found if signal.id in ALARMS), "")


@pytest.mark.parametrize(
    ("text", "topic", "share", "alarm"),
    [
        ("明天就打12315", "returns/how", 0.4, "threat"),
        ("打１２３１５", "returns/how", 0.4, "threat"),
        ("不补就差评", "discount/price_protection", 0.9, "threat"),
        ("我要去消协", "out_of_scope/other", 0.4, "threat"),
        ("再不回我就发小红书曝光", "complaint/anger", 0.3, "threat"),
        ("等着吃官司吧，法院见", "complaint/anger", 0.3, "threat"),
        ("订单260101-123456789012345", "inform/details", 0.9, ""),
        ("91330100MA27X12345", "inform/details", 0.9, ""),
        ("12345号链接还有货吗", "product/stock", 0.9, ""),
        ("12345@qq.com", "inform/details", 0.9, ""),
        ("邮箱12315.li@126.com", "inform/details", 0.9, ""),
        ("看到有差评说掉色，真的吗", "product/attributes", 0.9, ""),
        ("放心，不会给差评的", "affirm/yes", 0.5, ""),
        ("用了两天脸上过敏红肿", "returns/quality", 0.8, "injury"),
        ("一插上就冒火花", "returns/quality", 0.8, "injury"),
        ("这款火花塞有货吗", "product/stock", 0.8, ""),
        ("充电的时候冒烟了", "returns/quality", 0.5, "injury"),
        ("孩子把零件吞下去了", "out_of_scope/other", 0.5, "injury"),
        ("这个会漏电吗", "product/attributes", 0.9, ""),
        ("敏感肌会不会过敏", "product/usage", 0.6, ""),
        ("手机中毒了能换新吗", "returns/warranty", 0.6, ""),
        ("凭什么不给我退", "returns/refund_progress", 0.6, "dispute"),
        ("退款被驳回了", "returns/how", 0.5, "dispute"),
        ("退款什么时候到账", "returns/refund_progress", 0.9, ""),
        ("一群废物", "complaint/anger", 0.5, "abuse"),
        ("傻逼", "out_of_scope/other", 0.6, "abuse"),
        ("有没有厨房用的垃圾袋", "product/recommend", 0.9, ""),
        ("太失望了", "complaint/anger", 0.2, "complaint"),
        ("把我前男友的收货地址发我", "account/privacy", 0.2, "privacy"),
        ("把地址改成我朋友的地址", "order_change/address", 0.9, ""),
        ("加我微信详聊", "out_of_scope/other", 0.4, "outside"),
        ("可以用微信支付吗", "payment/methods", 0.9, ""),
        ("能不能线下付款便宜点", "discount/bargain", 0.6, "outside"),
    ],
)
def test_what_raises_an_alarm(signals: Signals, text: str, topic: str, share: float, alarm: str) -> None:
    assert _alarm(signals, text, (topic, share)) == alarm


def test_the_model_alone_raises_one(signals: Signals) -> None:
    assert _alarm(signals, "呵呵", ("complaint/anger", 0.6)) == "complaint"
    assert _alarm(signals, "呵呵", ("complaint/anger", 0.2)) == ""


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("评论里有人讲要举报你们 是咋回事", "complaint/escalate"),
        ("听说好多人投诉过", "complaint/escalate"),
        ("网友都说坑人", "complaint/anger"),
        ("怕被骗 能到了再付不", "complaint/anger"),
        ("烂果包赔吗", "complaint/compensation"),
        ("要是路上碎了赔不赔", "complaint/compensation"),
        ("人家店都送运费险", "complaint/anger"),
        ("烂的那个退我钱就行", "complaint/compensation"),
        ("烟感报警器怎么装", "product/usage"),
        ("等了一星期了", "complaint/anger"),
    ],
)
def test_what_is_only_spoken_of_raises_no_alarm_of_its_own(signals: Signals, text: str, topic: str) -> None:
    assert _alarm(signals, text, (topic, 0.3)) == ""


@pytest.mark.parametrize(
    ("text", "topic", "alarm"),
    [
        ("网上都骂你们 果然没冤枉 我要投诉", "complaint/escalate", "threat"),
        ("我去网上曝光你们", "complaint/escalate", "threat"),
        ("别家都退 凭什么你不给退", "returns/policy", "dispute"),
        ("退我钱就行 别废话 不退就投诉", "complaint/escalate", "threat"),
    ],
)
def test_what_is_said_beside_it_stands(signals: Signals, text: str, topic: str, alarm: str) -> None:
    assert _alarm(signals, text, (topic, 0.9)) == alarm


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("上次客服说能换", False),
        ("店主推荐的还有吗", False),
        ("是人工缝的还是机缝的", False),
        ("人工草皮多少一平", False),
        ("真人实拍图有吗", False),
        ("真人戴上啥样 有图没", False),
        ("有没有真人在", True),
        ("语音转的字 您见谅", False),
        ("想跟真的客服讲", True),
        ("人工在不在", True),
        ("人工怎么一直没回", True),
        ("上次客服说能换 现在给我转人工", True),
        ("售后电话多少 我打过去讲", True),
    ],
)
def test_speaking_of_people_is_no_wish_for_one(signals: Signals, text: str, person: bool) -> None:
    found = {signal.id for signal in signals.found(text, _read(("human/request", 0.9)))}
    assert ("person" in found) is person
    assert signals.spoken_of(text, _read(("human/request", 0.9))) == (frozenset() if person else {"human/request"})


@pytest.mark.parametrize(
    ("text", "topic", "share"),
    [
        ("别给我退 寄个新轮子来就中", "returns/policy", 0.6),
        ("不想退 缺的补一下", "returns/policy", 0.6),
        ("重寄一个还是把钱退我", "returns/exchange", 0.6),
        ("那就退钱吧", "returns/policy", 0.6),
        ("钱我不要 给俺换个好的就成", "complaint/compensation", 0.6),
        ("不用你们赔 送上楼就好", "complaint/compensation", 0.6),
        ("不退货 赔那三个的钱就好", "complaint/compensation", 0.6),
        ("之前那条差评是我弟打的 早删了", "complaint/escalate", 0.8),
        ("我把一星改成五星了哈", "complaint/escalate", 0.8),
        ("这个点还回消息 厉害", "complaint/anger", 0.7),
        ("服务真好 又快又仔细", "complaint/anger", 0.7),
        ("发到我那个qq邮箱", "off_platform/contact", 0.6),
        ("邮箱 lan_99@qq.com", "off_platform/contact", 0.6),
    ],
)
def test_a_choice_a_waiver_a_thing_of_the_past_praise_and_a_mailbox_raise_nothing(
    signals: Signals, text: str, topic: str, share: float
) -> None:
    assert _alarm(signals, text, (topic, share)) == ""


@pytest.mark.parametrize(
    ("text", "topic", "alarm"),
    [
        ("你们就是不想退吧", "returns/policy", "dispute"),
        ("赔偿我要 态度也要", "complaint/compensation", "complaint"),
        ("上次忍了没给差评 这次我肯定投诉", "complaint/escalate", "threat"),
        ("厉害 四天了还没动", "complaint/anger", "complaint"),
        ("服务真好 呵呵", "complaint/anger", "complaint"),
        ("邮箱不会弄 加我微信吧", "off_platform/contact", "outside"),
        ("视频拍好了 就等你们给话", "out_of_scope/other", "threat"),
        ("咱走着瞧", "out_of_scope/other", "threat"),
        ("放网上让大家评评理", "out_of_scope/other", "threat"),
        ("视频拍好了 等会发给您看看", "out_of_scope/other", ""),
        ("发群里给姐妹们看看 真好看", "out_of_scope/other", ""),
    ],
)
def test_what_is_near_to_those_stands(signals: Signals, text: str, topic: str, alarm: str) -> None:
    assert _alarm(signals, text, (topic, 0.6)) == alarm


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("也没见谁给我打电话", False),
        ("没人通知我去取", False),
        ("没人打给我 叫你们客服来", True),
        ("早啊 有人了没", False),
        ("人来了没", False),
        ("没人吗 叫个活人来", True),
        ("有没有人工啊", True),
    ],
)
def test_calls_that_never_came_and_whether_anybody_is_there(signals: Signals, text: str, person: bool) -> None:
    found = {signal.id for signal in signals.found(text, _read(("human/request", 0.9)))}
    assert ("person" in found) is person


@pytest.mark.parametrize(
    ("text", "topic", "alarm"),
    [
        ("没打算举报谁 你们别紧张", "complaint/escalate", ""),
        ("我退得多会不会被商家拉黑", "complaint/escalate", ""),
        ("等着被投诉吧你们", "complaint/escalate", "threat"),
        ("再拖我就去举报", "complaint/escalate", "threat"),
        ("不投诉你们都当没事", "complaint/escalate", "threat"),
        ("包裹是谁代收的", "account/privacy", ""),
        ("查下我室友买了啥", "account/privacy", "privacy"),
    ],
)
def test_a_denial_and_the_own_parcel_raise_nothing(signals: Signals, text: str, topic: str, alarm: str) -> None:
    assert _alarm(signals, text, (topic, 0.6)) == alarm


@pytest.mark.parametrize(
    ("text", "alarm"),
    [
        ("床板塌了 我闪了腰", "injury"),
        ("搬的时候掉下来砸我爸脚上", "injury"),
        ("粥里吃出半截虫子", "injury"),
        ("锅的把手掉了", ""),
        ("桌腿歪了", ""),
        ("这批货砸手里了", ""),
    ],
)
def test_what_is_likely_needs_somebody_hurt_beside_it(data: Path, taxonomy: Taxonomy, text: str, alarm: str) -> None:
    signals = _hearing(data, taxonomy, Heard(likely=frozenset({"injury"})))
    assert _alarm(signals, text, ("returns/quality", 0.7)) == alarm


@pytest.mark.parametrize(
    ("name", "text", "holds"),
    [
        ("person", "转人工", True),
        ("person", "别老是自动回复 叫人工来", True),
        ("person", "不用转人工了", False),
        ("robot", "[自动回复] 您好，我在开会", True),
        ("robot", "您好，我现在有事不在，稍后回复您", True),
        ("robot", "你们这是自动回复吧", False),
        ("robot", "怎么又是【自动回复】", False),
        ("stop", "算了不退了", True),
        ("stop", "退了吗", False),
        ("stop", "不想退 再寄个螺丝包来", False),
        ("stop", "算了不想退了 也不用再寄", True),
        ("stop", "补我二十块就算了", False),
        ("stop", "不用补了 算了", True),
        ("threat", "再不处理我就让大家都看看", True),
        ("threat", "买回去让家里人都看看", False),
        ("none", "没有", True),
        ("none", "没有收到货", False),
        ("question", "能开吗", True),
        ("question", "帮我开票", False),
        ("request", "帮我开张发票", True),
        ("request", "能开发票吗", False),
        ("mistake", "地址写错了", True),
        ("mistake", "是不是地址写错了", False),
        ("reason", "尺码买大了", True),
        ("notice", "您好，客服已下班，上班后回复您", True),
        ("notice", "您好，欢迎光临", False),
    ],
)
def test_what_the_wording_says(signals: Signals, name: str, text: str, holds: bool) -> None:
    assert signals.worded(name, text) is holds


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("你好，在吗？包邮吗", "包邮吗"),
        ("亲 请问怎么退货 谢谢", "怎么退货"),
        ("在吗", "在吗"),
        ("你好", "你好"),
        ("hiking的鞋有吗", "hiking的鞋有吗"),
        ("能开发票吗", "能开发票吗"),
        ("早 多久能发", "多久能发"),
        ("晚上好呀 能开票不", "能开票不"),
        ("老铁这双有黑的吗", "这双有黑的吗"),
        ("早点发货行吗", "早点发货行吗"),
        ("姐妹装还有吗", "姐妹装还有吗"),
    ],
)
def test_a_greeting_is_no_part_of_the_question(signals: Signals, text: str, bare: str) -> None:
    assert signals.bare(text) == bare


@pytest.mark.parametrize(
    ("record", "says"),
    [
        ("{id: abuse, label: 骂, sure: ['(']}", "not an expression"),
        ("{id: abuse, label: 骂, topics: {invoice: 0.5}}", "unknown topic"),
        ("{id: rude, label: 骂}", "unknown signal"),
        ("{id: abuse, label: 骂, likely: {invoice: 0.5}}", "unknown topic"),
        ("{id: abuse, label: 骂, with: [complaint], support: 2}", "less than or equal"),
        ("{id: abuse, label: 骂, sures: []}", "unknown key"),
        ("{id: hearsay, label: 听说, sure: [听说], takes_back: [abuse]}", "takes back 'abuse', which is no signal"),
        ("{id: abuse, label: 骂}\n  - {id: abuse, label: 骂}", "twice"),
        ("{id: abuse, label: 骂}", "lacks the signals"),
    ],
)
def test_a_fault_stops_with_its_reason(tmp_path: Path, record: str, says: str) -> None:
    path = tmp_path / "signals.yml"
    path.write_text(f"signals:\n  - {record}\n", encoding="utf-8")
    with pytest.raises(DataError, match=says):
        load_signals(path, TAXONOMY)


def test_every_alarm_is_a_signal() -> None:
    assert set(ALARMS) <= REQUIRED


class FixedEar(Ear):
    """Hears what it was told."""

    def __init__(self, heard: Heard) -> None:
        self.hear = lru_cache(lambda _: heard)


def _hearing(data: Path, taxonomy: Taxonomy, heard: Heard) -> Signals:
    return load_signals(data / "signals.yml", taxonomy, FixedEar(heard))


def test_what_the_ear_hears_stands_whatever_the_wording_takes_back(data: Path, taxonomy: Taxonomy) -> None:
    signals = _hearing(data, taxonomy, Heard(found=frozenset({"injury"})))
    assert _alarm(signals, "会不会是这个弄的 嘴唇麻了", ("product/usage", 0.9)) == "injury"


def test_what_is_likely_needs_the_model_beside_it(data: Path, taxonomy: Taxonomy) -> None:
    signals = _hearing(data, taxonomy, Heard(likely=frozenset({"dispute", "injury"})))
    assert _alarm(signals, "这样也行", ("returns/refund_progress", 0.5)) == "dispute"
    assert _alarm(signals, "这样也行", ("product/usage", 0.5)) == ""


def test_the_ears_doubt_takes_back_wording_but_no_danger_and_no_wish_for_a_person(
    data: Path, taxonomy: Taxonomy
) -> None:
    signals = _hearing(data, taxonomy, Heard(doubted=frozenset({"threat", "injury", "person"})))
    assert _alarm(signals, "消协的人也来你家买", ("out_of_scope/other", 0.9)) == ""
    assert _alarm(signals, "我真的要去说说了", ("complaint/escalate", 0.9)) == "threat"
    assert _alarm(signals, "烫伤了", ("returns/quality", 0.9)) == "injury"
    assert any(signal.id == "person" for signal in signals.found("转人工", _read()))
    assert signals.worded("threat", "打12315")


def test_danger_comes_before_everything_else(data: Path, taxonomy: Taxonomy) -> None:
    signals = _hearing(data, taxonomy, Heard(found=frozenset(ALARMS)))
    assert [signal.id for signal in signals.found("唔", _read())] == list(ALARMS)
    assert ALARMS[0] == "injury"
