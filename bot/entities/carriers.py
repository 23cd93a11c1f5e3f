"""Parcel carriers, by name, nickname and common misspelling; the value is the plain name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.entities.grammar import Candidate, Pattern, compiled
from bot.entities.reading import CARRIER, Reading

_TAIL = "(?:快递|速运|速递|快运|物流|速度)?"


@dataclass(frozen=True)
class Carrier:
    """A carrier and the expression its names match."""

    name: str
    forms: str


CARRIERS = (
    Carrier("顺丰", rf"(?:顺丰|(?<!一路)顺[风封](?!车|耳|顺水)|(?<![a-z0-9])sf(?![a-z0-9])){_TAIL}"),
    Carrier("京东快递", r"(?:京东|(?<![a-z0-9])jd|狗东)(?:快递|物流|配送|快运)"),
    Carrier("中通", rf"中[通痛](?!过){_TAIL}|(?<![a-z0-9])zto(?![a-z0-9])"),
    Carrier("圆通", rf"[圆园元][通痛](?!过){_TAIL}|(?<![a-z0-9])yto(?![a-z0-9])"),
    Carrier("申通", rf"申[通痛](?!过|知){_TAIL}|(?<![a-z0-9])sto(?![a-z0-9])"),
    Carrier("韵达", rf"[韵运][达大]{_TAIL}|(?<![a-z0-9])yunda(?![a-z0-9])"),
    Carrier("百世", rf"百世(?:汇通)?{_TAIL}|(?<!外)汇通{_TAIL}"),
    Carrier("天天快递", r"天天(?:快递|物流)|(?<=[发走用])天天(?=的|吗|吧|$)"),
    Carrier("EMS", r"(?:中国)?(?:邮政)?(?<![a-z0-9])ems(?![a-z0-9])"),
    Carrier("邮政", r"(?:中国)?邮政(?!编码|储蓄|银行)(?:快递|小包|平邮|包裹|速递)?|邮局"),
    Carrier("极兔", rf"[极急级]兔{_TAIL}|(?<![a-z0-9])j&t(?![a-z0-9])"),
    Carrier("德邦", rf"德[邦帮]{_TAIL}"),
    Carrier("丰网", rf"丰网{_TAIL}"),
    Carrier("跨越", r"跨越(?:速运|快递|物流)"),
    Carrier("安能", r"安能(?:快递|物流|快运)?"),
    Carrier("宅急送", "宅急送"),
    Carrier("优速", rf"优速{_TAIL}"),
    Carrier("速尔", rf"速尔{_TAIL}"),
    Carrier("国通", "国通快递"),
    Carrier("快捷", "快捷快递"),
    Carrier("丹鸟", rf"丹鸟{_TAIL}"),
    Carrier("菜鸟", "菜鸟(?:速递|裹裹|直送|快递)"),
    Carrier("闪送", "闪送"),
    Carrier("通达系", "[三四]通一达|通达系"),
    Carrier("UPS", r"(?<![a-z0-9])ups(?![a-z0-9])"),
    Carrier("DHL", r"(?<![a-z0-9])dhl(?![a-z0-9])"),
    Carrier("FedEx", r"(?<![a-z0-9])fedex(?![a-z0-9])|联邦快递"),
)

_NAMES = compiled("|".join(f"(?P<c{index}>{carrier.forms})" for index, carrier in enumerate(CARRIERS)))
_MASKED = Pattern("carrier", compiled(CARRIER.character))


def find(reading: Reading) -> Iterator[Candidate]:
    """Every carrier named."""
    for match in _NAMES.finditer(reading.text):
        carrier = CARRIERS[int((match.lastgroup or "c0")[1:])]
        yield Candidate("carrier", match.start(), match.end(), carrier.name)
    yield from _MASKED(reading)
