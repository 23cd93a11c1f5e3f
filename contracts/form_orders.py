"""Which orders a buyer has named: several are kept side by side, and only a correction takes the place of one."""

from __future__ import annotations

import re

from contracts.text import normalise

BETWEEN = "、"
"""Stands between the numbers of several orders."""

TAIL = "尾号"
"""Stands before the last digits of an order's number."""

_NUMERAL = "两|二|俩|2|三|仨|3|四|4|几|好几|多"
_SEVERAL = re.compile(
    rf"(?:{_NUMERAL})(?:个|笔|张|份)?(?:不同的?)?(?:订单|单(?!元|号|独|子?里))|两(?:笔|个)(?:都|一起|分别)"
    r"|(?:另外?|其他|其它|别的|还有|下面|上面|前面|后面|第二|第三)的?(?:那|这)?(?:一|两|几)?(?:个|笔|张)?(?:订单|单(?!元|号|独))"
    r"|第?[一1](?:个|笔|张|单).{0,6}[改寄发送收换].{2,80}?(?:第[二2两]|另外?一|还有一|[一1])(?:个|笔|张|单)(?!号)"
    r"|(?:一|这|那)(?:个|笔|张)?(?:订?单).{1,20}(?:另|还有|一|那)(?:外|一)?(?:个|笔|张)?(?:订?单)(?!号)"
)
_CORRECTS = re.compile(
    r"(?:写|填|发|报|给|打|输|弄|搞|抄|贴|复制|说|记|看|选|留)(?:成)?错|(?:刚才?|上面|前面)(?:那|发|给|说).{0,6}(?:不对|作废|错|不算)"
    r"|不对|^(?:哦|噢|啊|呃|额|哎呀?|诶)*不(?=[\s,，是]|不)|错了|(?:应该|应当)是|不是(?:尾号)?\d{3}|(?<!\d)\d{3,8}(?:改成?|换成|应为)\d{3,8}(?!\d)|更正|以.{0,4}为准|重新发"
    r"|少(?:打|写|发|输|了).{0,2}(?:位|个)|(?:打|写|发|输)(?:少|漏|多)了"
)
_ONLY_CORRECTS = re.compile(
    r"(?:哎呀?|啊|哦|噢|呃|额|不好意思|抱歉|对不起|刚才?|刚刚|上面|前面|那个?|这个?|我|的|了|是|应该|应当|正确|才|就|给|成"
    r"|(?:订单|快递|物流|运单|单)(?:编?号|号码)?|号码?|尾号|最后.位|[写填发报打输弄搞抄贴说记看]错|复制错|错|不对|不|有误|重新?发?|一下|更正|麻烦|请|看|以.{0,4}为准|这个为准|[:：,，。.;；!！~～\s])*"
)
_WRONG = re.compile(r"不是(?:尾号)?\d{3,}")
_BESIDES = re.compile(r"还有|另外?|其他|其它|也|(?:这|那)(?:一?单|个订单|笔)")
"""What speaks of an order beside those named before: a mistake is then one in the goods and not in the number."""
_TAIL = re.compile(
    r"(?:尾号|末尾|(?:最后|后面?|末)(?:几|三|四|五|六|[3-8])(?:位数?|个数字?)|结尾)(?:数字?)?(?:是|为|就是)?[:： ]*"
    r"(\d{3,8})(?!\d)"
    r"|(?<!\d)(\d{3,8})(?:结尾|收尾|(?:那|这)(?:一?单|个订单|笔))"
)
_CELL = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
_PHONE = re.compile(r"手机|电话|号码的?尾|联系方式|银行卡|卡号")
_OF_ORDER = re.compile(r" ?的?(?:[那这]一?[单笔]|[那这]?个?订单|单子)")


def corrects(text: str) -> bool:
    """Whether the line takes back something said before."""
    return bool(_CORRECTS.search(normalise(text).text))


def only_renumbers(text: str, numbers: list[str]) -> bool:
    """Whether the line does nothing but put these numbers, or last digits, in the place of one named before."""
    plain = normalise(text).text
    for number in sorted(numbers, key=len, reverse=True):
        plain = plain.replace(normalise(number.removeprefix(TAIL)).text, " ")
    plain = _WRONG.sub(" ", plain)
    return bool(numbers) and corrects(text) and bool(_ONLY_CORRECTS.fullmatch(plain))


def several_orders(text: str) -> bool:
    """Whether the line speaks of more than one order."""
    return bool(_SEVERAL.search(normalise(text).text))


def orders_of(value: str | None) -> tuple[str, ...]:
    """The numbers that a value holds."""
    return tuple(value.split(BETWEEN)) if value else ()


def apart(one: str | None, other: str | None) -> bool:
    """Whether two values name orders, and no order in common."""
    return bool(one and other) and not any(_same(a, b) for a in orders_of(one) for b in orders_of(other))


def orders_told(before: str | None, text: str, numbers: list[str]) -> str | None:
    """All orders named so far, after a line that names these numbers; the last is replaced by a correction.

    The last digits of a number stand for it until the whole number is named.
    """
    told = list(orders_of(before))
    fresh = [number for number in dict.fromkeys(numbers) if not any(_same(number, known) for known in told)]
    told = [max([known, *(number for number in numbers if _same(number, known))], key=_digits) for known in told]
    if fresh and told and corrects(text) and not _BESIDES.search(normalise(text).text):
        told = told[:-1]
    return BETWEEN.join((*told, *fresh)) or None


def _digits(value: str) -> int:
    return sum(character.isdigit() for character in value)


def _same(number: str, known: str) -> bool:
    """Whether both name one order; True as well when one is the tail of the other."""
    tails = [value.removeprefix(TAIL) for value in (number, known)]
    if number.startswith(TAIL) or known.startswith(TAIL):
        return tails[0].endswith(tails[1]) or tails[1].endswith(tails[0])
    return number == known


def order_tails(text: str) -> list[str]:
    """The last digits by which a buyer names orders."""
    plain = normalise(text).text
    cells = _CELL.findall(plain)
    tails = [
        found.group(1) or found.group(2)
        for found in _TAIL.finditer(plain)
        if _OF_ORDER.match(plain, found.end()) or not _PHONE.search(plain[max(0, found.start() - 8) : found.start()])
    ]
    return [f"{TAIL}{tail}" for tail in tails if not any(cell.endswith(tail) for cell in cells)]
