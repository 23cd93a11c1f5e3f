"""What people of the shop have promised the buyer in their own words, and until when."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from contracts.handover import Promise
from contracts.text import normalise
from contracts.turn import Speaker
from desk.night.deadlines import deadline, is_soon, without_times
from desk.night.talk import Line
from desk.night.wording import content

_ACTS = {
    "send": r"补寄|补发|重发|重寄|寄(?!快递费|多久)|发(?!票|生|现|给(?:我|我们)|我)|送|赠|备货|打包|出库",
    "tell": r"回复|答复|回电|回信|回您|回你|告诉|通知|联系|跟您说|和您说|提醒|打(?:个)?电话"
    r"|给(?:您|你|亲)(?:一?个)?(?:说|准?信|消息|结果|说法|方案|(?:快递|物流|运|订)?单号|链接)",
    "pay": r"退(?!货)|打款|返|赔|补(?!寄|发|货|录|开|办)|转给|承担|免(?:运费|邮)",
    "paper": r"开(?:票|发票|具|出来|好)|补开|重开|换开",
    "see": r"催|核实|核对|查(?!看)|跟进|处理|反馈|上报|登记|备注|申请|确认|问(?:问|下|一下|仓库|快递|厂家)|协调"
    r"|解决|加急|拍(?:个|张|照|图|实物|视频)",
    "change": r"改|换(?!算)|取消|拦截|安排|上门|取件|留(?:着|一件|货|给)|调货|修",
}
"""Groups of acts: an act is done when a later line says that one of its group is."""

_ACT = re.compile("|".join(f"(?P<{name}>{expression})" for name, expression in _ACTS.items()))
_SHOP = re.compile(r"我(?!的)|我们|咱们?|俺|这边|店里|小店|本店|仓库|财务|同事|售后(?:的)?(?:同事|部)?")
_TO_BUYER = re.compile(
    r"(?:给|帮|替|为|跟|和|向)(?:您|你|亲)|(?:发|寄|送|赠|回复|答复|告诉|通知|联系|提醒|回|赔|补|退)(?:您|你|亲)"
)
_WILL = re.compile(r"(?<![不机])会(?!员)|一定|保证|肯定|负责")
_WHEN_KNOWN = re.compile(
    r"到货|有货|来货|补货|有(?:消息|结果|进展|回复|信)|出(?:来|结果)|(?:核实|查|问|确认|核对|处理|弄|办|改|发|寄|开|退|好|清楚)(?:好|到|完|清楚|出)(?:了|后|之后|就)?"
    r"|(?:收到|签收|到了?)(?:后|之后|就|了)?(?=.{0,6}(?:给|帮|跟|和)?(?:您|你))|上班后?|(?:回去|到仓|到店)(?:了|后)?"
)
_BUYER_DOES = re.compile(
    r"(?:请|麻烦|辛苦|劳烦|让|等|要)(?:您|你|亲)?(?:先|再|把|在|去|自己)|(?<![给帮替为跟和向复诉知系醒回赔补退])(?:您|你|亲)(?:先|再|把|在|去|可以|自己|那边|这边|可|要|需要|今|明|后|直接)"
)
_OTHERS = re.compile(
    r"^(?:但|不过|那|然后|届时)?(?:快递|物流|系统|平台|银行|驿站|京东|菜鸟|顺丰|中通|圆通|配送|师傅|厂家|官方|商品|订单|页面|包裹|活动|钱|款)"
)
_POLICY = re.compile(
    r"一般|通常|正常(?:来说|情况|是)?|平时|都是|默认|规定|按照?|根据|为准|页面|现货|(?:付款|下单|拍下|签收|收货|审核|申请|提交|通过|成团)(?:成功)?(?:之?后|了?就|好|的?当天)|截单|预售|显示"
    r"|运费险|不喜欢|无理由|如果|要是|假如|万一|的话|只要|大概|左右就|需要"
)
_OFFERS = re.compile(
    r"可以|(?<!才)能|要不|建议|推荐|[满买拍]|下单|收藏|关注|评|晒|加购|会员|入会|进店|每|天内|质量问题|不喜欢|只要|活动|送[到货达上件]"
    r"|[坏破少丢]了|过|[了啦咯]$|发(?:过去|一下|个|您|你|给您)*.{0,3}(?:链接|图|照片|视频|地址|截图|表|资料|单号|说明|教程|位置|二维码|券|红包)"
)
"""What keeps a clause without any time from being a promise: an offer, a campaign, what is shown at once."""
_ENTERED = re.compile(r"申请|登记|安排")
"""An act that only prepares the one behind it: 申请补发."""
_PASSING = re.compile(r"查|看|问|确认|核[实对]|处理|跟进|解决|协调")
"""What an agent does while talking: the next line may be its result."""
_REFUSES = re.compile(r"不(?:了|能|会|到|给|可以|支持|用|需要|一定)|没(?:法|办法)|无法|没有?(?:发|寄|退|到|开|办)")
_DONE = re.compile(
    r"已经?|刚才?|昨(?:天|晚|日)|前天|过了|(?:好|完|出|发|寄|退|改|换|开|办|补|联系|通知|回复|登记|备注|处理)(?:好|完|出|掉)?(?:了|啦|咯)$"
)
_QUESTION = re.compile(
    r"[?？]$|(?:吗|么|嘛|呢|行不行|可以不|好不好|行不|对吧|是吧)[?？~～]*$|要不要|是不是|能不能|需不需要"
)

_AHEAD = r"(?:那|哎|诶|喂|嗨|亲|你好|您好|在吗|老板|客服|请问|现在|到底|这会儿?|所以|我那个|那个|这个|[^\w])*"
_YET = r"(?:了|出来)?(?:没有?|吗|么|呢|不|啦)?(?:啊|呀|了|呢|[^\w])*"
_NEWS = re.compile(
    rf"{_AHEAD}(?:有没有|有啥|有什么|有|来|出|怎么还没有?|还没有?)?"
    rf"(?:消息|结果|进展|回[复音信]|信儿?|下文|答复|说法|准信|动静){_YET}"
    rf"|{_AHEAD}(?:怎么样|咋样|怎样|如何)(?:了|啦){_YET}"
)
_DONE_YET = re.compile(
    rf"{_AHEAD}(?:都|还|给我|帮我|到底)*(?P<verb>核实|确认|登记|处理|联系|协调|反馈|解决|安排|查|改|问|催|办|弄|退|拦|换|补|找)"
    r"(?:到|好|出来|完|清楚|妥|着|成|上|过|下来)?(?:了)?(?:没有?|吗|么|呢|不)(?:啊|呀|了|呢|[^\w])*"
)
"""Asking whether something is done that was promised, with no word for what it is about."""
_REMEMBERED = timedelta(days=3)
_TOLD = timedelta(minutes=5)
"""A line so much later than "稍后回复您" is that answer."""


@dataclass(frozen=True)
class Commitment:
    """One promise in a line: its words, its act's group, until when; `soon` when it says no more than 稍后 or 马上.

    `passing` when it names no time and the agent may have done it by the next line.
    """

    words: str
    act: str
    due: datetime | None
    soon: bool = False
    passing: bool = False


def commitments(text: str, said_at: datetime) -> tuple[Commitment, ...]:
    """What a line of the shop promises: an act to come, by the shop or for the buyer, and not what holds for everybody.

    An offer, a question, what is done already, what others do and what the buyer should do are none.
    """
    found: list[Commitment] = []
    time_before = ""
    for clause in _clauses(text):
        act = _promised(clause, time_before)
        undated = "" if act else _undated(clause)
        if act:
            said = clause if deadline(clause, said_at) or is_soon(clause) else f"{time_before}{clause}"
            found.append(Commitment(clause, act, deadline(said, said_at), is_soon(said)))
        elif undated:
            passing = undated == "see" and bool(_PASSING.search(clause))
            found.append(Commitment(clause, undated, None, soon=passing, passing=passing))
        time_before = clause if not act and _bare_time(clause) else ""
    return tuple(found)


def promised_before(lines: Iterable[Line], now: datetime, returns_at: datetime | None) -> tuple[Promise, ...]:
    """What people have promised in a conversation and still owe; what was for soon is due when they are back."""
    return tuple(
        dict.fromkeys(
            Promise(f"客服说过：“{made.words}”", made.due or (returns_at if made.soon else None))
            for made in _owed(lines, now)
        )
    )


def is_owed(asked: str, lines: Iterable[Line], now: datetime) -> bool:
    """Whether words are about a thing that people have promised: only they know how that goes."""
    lines = list(lines)
    named = _pairs(asked)
    return asked_after(asked, lines, now) is not None or any(named & _pairs(made.words) for made in _owed(lines, now))


def asked_after(asked: str, lines: Iterable[Line], now: datetime) -> datetime | None:
    """When people promised what the buyer asks after by no more than 有消息没 or 查到没; None for nothing."""
    told = list(lines)
    owed = _open_at(told, now)
    done = _DONE_YET.fullmatch(normalise(asked).text)
    if _NEWS.fullmatch(normalise(asked).text):
        return owed[-1][0] if owed else None
    same = [at for at, made in owed if done and done["verb"] in made.words]
    return same[-1] if same else None


def _pairs(text: str) -> frozenset[str]:
    """The pairs of characters side by side in what a text names."""
    plain = content(text)
    return frozenset(pair for pair in map("".join, pairwise(plain)) if pair.isalpha())


def _owed(lines: Iterable[Line], now: datetime) -> list[Commitment]:
    """What people have promised and still owe."""
    return [made for _, made in _open_at(lines, now)]


def _open_at(lines: Iterable[Line], now: datetime) -> list[tuple[datetime, Commitment]]:
    """What people have promised and no later line of theirs says is done, each with when.

    What is more than some days old counts while its time has not come. What an agent does while talking is owed while
    nothing was said after it.
    """
    open_: list[tuple[datetime, Commitment]] = []
    for line in lines:
        if line.turn.speaker is not Speaker.AGENT:
            continue
        done = _acts_done(line.turn.text)
        open_ = [
            (at, made)
            for at, made in open_
            if not (made.act in done or made.passing or (made.act == "tell" and made.soon and line.at - at >= _TOLD))
        ]
        open_ += [(line.at, made) for made in commitments(line.turn.text, line.at)]
    return [(at, made) for at, made in open_ if now - at <= _REMEMBERED or (made.due is not None and made.due >= now)]


def _clauses(text: str) -> list[str]:
    """The clauses with the question mark that ends them, if one does."""
    pieces = re.split(r"(?<=[?？])|[，,。！!；;~～\n\s]+", normalise(text).text)
    return [piece.strip() for piece in pieces if piece and piece.strip()]


def _promised(clause: str, time_before: str) -> str:
    """The group of the act that a clause promises, "" when it promises none."""
    act = _ACT.search(clause)
    if act is None or not _will(clause, act):
        return ""
    own = bool(_SHOP.search(clause[: act.start()]))
    when = time_before + clause
    for_buyer = bool(_TO_BUYER.search(clause))
    dated = _dated(when)
    coming = dated or is_soon(when) or bool(_WHEN_KNOWN.search(when)) or bool(_WILL.search(clause))
    personal = own or for_buyer or (dated and not _span_only(when) and not without_times(clause[: act.start()]))
    return act.lastgroup or "" if coming and personal else ""


def _undated(clause: str) -> str:
    """The group of what a clause without a time promises this buyer (另外送您一把刷子), "" when it promises nothing."""
    acts = [act for act in _ACT.finditer(clause) if act.lastgroup != "tell"]
    if not acts or not _will(clause, acts[0]) or _OFFERS.search(clause):
        return ""
    prepares = len(acts) > 1 and _ENTERED.fullmatch(acts[0].group())
    act = acts[1] if prepares else acts[0]
    own = bool(_SHOP.search(clause[: acts[0].start()]))
    for_buyer = bool(_TO_BUYER.search(clause))
    return act.lastgroup or "" if for_buyer or (own and act.lastgroup in ("pay", "see")) else ""


def _will(clause: str, act: re.Match[str]) -> bool:
    """Whether a clause with this act may be a promise of the shop's: not asked, refused, done, or others' to do."""
    if _QUESTION.search(clause) or _BUYER_DOES.search(clause) or _REFUSES.search(clause):
        return False
    own = bool(_SHOP.search(clause[: act.start()]))
    return not (_POLICY.search(clause) or _DONE.search(clause) or (_OTHERS.search(clause) and not own))


def _dated(words: str) -> bool:
    return deadline(words, datetime(2026, 1, 1)) is not None


def _span_only(words: str) -> bool:
    """Whether the only time is a span such as 48小时内, which is how a shop says what holds for everybody."""
    return not re.search(r"[今明后当]|周|星期|礼拜|[号日点]", words)


def _bare_time(clause: str) -> bool:
    return len(clause) <= 8 and (_dated(clause) or is_soon(clause) or bool(_WHEN_KNOWN.search(clause)))


def _acts_done(text: str) -> set[str]:
    """The groups of acts that a line says are done."""
    done: set[str] = set()
    for clause in _clauses(text):
        if _DONE.search(clause) and not _QUESTION.search(clause) and not re.search(r"还?没", clause):
            done.update(found.lastgroup for found in _ACT.finditer(clause) if found.lastgroup)
    return done
