"""What lines mean once the goods are there: who does not want them any more sends them back and cancels nothing."""

from __future__ import annotations

import re
from dataclasses import replace

from contracts.context import OrderStatus
from contracts.forms import CANCEL
from contracts.understanding import Guess
from desk.night.reading import LIKELY, Reading

ARRIVED = frozenset({OrderStatus.DELIVERED.value, OrderStatus.CLOSED.value})
_HOW = "returns/how"
_ABOUT = frozenset({_HOW, "returns/exchange", "returns/policy"})
_UNWANTED = re.compile(r"不(?:太|是很|怎么)?(?:想|打算)?(?:再)?要了|不想要")
_BACK = re.compile(r"退(?!税|出|换补)")
_BARE = re.compile(
    r"(?:我|们|想|要|给|帮|申请|办理?|走|用|按|就|那|可以|直接|支持|商品|东西|这个|全部|都|都要|是|的|了|吧|哈|啊|一下|麻烦|你好|您好|在吗|[\W_]"
    r"|[七7]天|7日|无理由|无条件|退货退款|退换货?|退货|退款|退掉|换货)+"
)
_DECIDED = re.compile(
    r"(?:那|就|还是|直接|我要|我想|给我|帮我|申请)+(?:把?它|全部|都)?退(?:了|掉|货|款)?(?:吧|了吧|哈|算了)?(?=$|[\s,，。!！~～])"
)
_GOODS_BACK = re.compile(r"退货|退换|退掉|换货|无理由")
_HOW_BACK = re.compile(
    r"(?:怎么|怎样|咋个?|如何|哪样|咋样)(?:去|才能|来|弄|办理?|申请|操作)?(?:能)?[退换]|[退换](?:货|掉)?(?:要|该|得|应该|流程)?(?:怎么|咋|如何)"
)
_SUPPOSED = re.compile(r"如果|要是|万一|假如|倘若|的话|会不会|怕|担心|之?前")


def as_return(reading: Reading, order_status: str) -> Reading:
    """A line on goods that are there, read as a wish to cancel, as one to give them back."""
    plain = reading.topic == CANCEL and "取消" not in reading.text
    if order_status not in ARRIVED or not plain or not (_UNWANTED.search(reading.text) or _BACK.search(reading.text)):
        return reading
    understood = reading.answer.understanding
    topics = _moved(understood.topics, CANCEL, _HOW)
    intents = _moved(understood.intents, CANCEL.partition("/")[0], _HOW.partition("/")[0])
    moved = replace(understood, topics=topics, intents=intents)
    return replace(reading, answer=replace(reading.answer, understanding=moved))


def sends_back(reading: Reading, order_status: str) -> bool:
    """Whether a line on goods that are there is a plain wish to give them back: 七天无理由退货, 不想要了."""
    if order_status not in ARRIVED or reading.asks or not _of_returns(reading):
        return False
    bare = bool(_BARE.fullmatch(reading.text)) and bool(_GOODS_BACK.search(reading.text))
    decided = reading.has("reason") and bool(_DECIDED.search(reading.text)) and not _SUPPOSED.search(reading.text)
    return (
        bare
        or decided
        or (bool(_UNWANTED.search(reading.text)) and not reading.has("stop"))
        or _plainly_unwanted(reading)
    )


def asks_how_to_send_back(reading: Reading, order_status: str) -> bool:
    """Whether a line on goods that are there asks how they go back, and says why: 买大了怎么退."""
    told = reading.has("reason") and not _SUPPOSED.search(reading.text)
    return order_status in ARRIVED and told and _of_returns(reading) and bool(_HOW_BACK.search(reading.text))


def _plainly_unwanted(reading: Reading) -> bool:
    """不要了 calls something off in other talk; by itself and of goods that are there it does not."""
    return reading.topic == _HOW and bool(_UNWANTED.search(reading.text))


def _of_returns(reading: Reading) -> bool:
    return reading.topic in _ABOUT and reading.probabilities.total(_ABOUT) >= LIKELY


def _moved(guesses: tuple[Guess, ...], one: str, other: str) -> tuple[Guess, ...]:
    """The guesses with what one had put to the other, the most probable first."""
    shares = {guess.name: guess.confidence for guess in guesses}
    shares[other] = shares.get(other, 0.0) + shares.pop(one, 0.0)
    return tuple(Guess(name, share) for name, share in sorted(shares.items(), key=lambda pair: -pair[1]))
