"""What of a line that asks something tells a form a value: its clauses that ask nothing, and codes."""

from __future__ import annotations

import re

from contracts.text import normalise
from contracts.understanding import Entity

_CLAUSE = re.compile(r"[\s,，。;；!！~～]+|(?<=[?？])")
_ASKS = re.compile(
    r"[?？]|吗|么$|呢$|嘛$|(?<=.)(?:不|没|没有|否)$|怎|咋|什么|啥|哪|谁|为何|如何|多少|多久|几[天时点号个种]"
    r"|(?:能|可|是|会|要|用|行|好|该)(?:以)?不(?:能|可|是|会|要|用|行|好|该)|有没有|区别|不同|差别"
)
_TAG = re.compile(
    r"(?<=..)(?:可以|行|好|成|ok)(?:吗|么|不|嘛|不(?:可以|行|好))[?？]?$|(?<=..)[对是](?:吗|吧|不)[?？]?$"
)
"""A question behind a statement, which stands all the same: 改成红色可以吗."""
_WORD = r"[^\s,，。;；!！?？]"
_END = r"(?:呢|啊|呀)?(?:[?？]|(?=$|[\s,，。;；!！~～]))"
_STATED = r"(?<!觉得)(?<!感觉)(?<!想想)(?<!算了)(?<!最后)(?<!决定)(?<!不如)(?<!那就)"
_OR = rf"{_STATED}还是(?!原来|之前|以前|[那这老没不很太])"
_OPEN_END = r"(?<![吧行了])(?<!都好|可以|即可)"
_SORTS = (
    "个人|私人|公司|单位|企业",
    "专票|普票|电子票?|纸质票?",
    "顺丰|京东|中通|圆通|申通|韵达|邮政|极兔|德邦",
    "自提|自取|配送|快递|驿站|上门|自寄",
    "退货|换货|退款|补发|维修|重发",
    "今天|今晚|明天|后天|上午|下午|晚上|周末",
)
"""Words of one sort in each: with 还是 between two of them is a choice; 手机还是黑屏 is none."""
_CHOICES = (
    # 是电子的还是纸质的
    re.compile(rf"(?<![还不])是{_WORD}{{1,10}}{_OR}{_WORD}{{1,12}}{_OPEN_END}{_END}"),
    # 开个人还是开公司
    re.compile(rf"([\u4e00-\u9fff]){_WORD}{{1,6}}还是\1{_WORD}{{1,6}}{_OPEN_END}{_END}"),
    # 普票还是专票好
    re.compile(
        rf"(?<![要买写说用发拍给填换改颜])([\u4e00-\u9fffa-z]{{1,2}}){_OR}{_WORD}{{1,6}}\1{_WORD}{{0,3}}{_OPEN_END}{_END}"
    ),
    # 开专票还是普票划算
    re.compile(rf"{_WORD}{{2,8}}{_OR}{_WORD}{{1,8}}(?:更|比较)?(?:好看?|合适|划算|快|便宜|省事|耐用|靠谱|实惠){_END}"),
    # 发顺丰还是京东
    *(re.compile(rf"(?:{sort}){_STATED}还是(?:{sort})(?:呢|啊|呀)?(?=$|[^\u4e00-\u9fff])") for sort in _SORTS),
    # 抬头写法人还是公章呢
    re.compile(rf"{_WORD}{{2,8}}{_OR}{_WORD}{{2,8}}(?:呢|[?？])"),
)
_CODES = frozenset({"order_number", "parcel_number", "phone", "tax_number", "email"})
"""Entities that are what they are in a question too."""


def offers_choice(text: str) -> bool:
    """Whether a line asks which of two it is or is to be, with no word that questions have: 是电子的还是纸质的."""
    plain = normalise(text).text
    return "还是" in plain and any(expression.search(plain) for expression in _CHOICES)


def told_part(text: str) -> str:
    """The clauses of a line that are no questions by their form, or statements but for the tag behind them."""
    return " ".join(_TAG.sub("", clause) for clause in _CLAUSE.split(text) if clause and not _is_question(clause))


def _is_question(clause: str) -> bool:
    plain = _TAG.sub("", normalise(clause).text)
    return bool(_ASKS.search(plain)) or offers_choice(plain)


def told_entities(told: str, entities: tuple[Entity, ...]) -> tuple[Entity, ...]:
    """The entities of a line that stand in what it tells, or that are codes wherever they stand."""
    return tuple(
        entity
        for entity in entities
        if entity.name in _CODES
        or entity.value in told
        or (entity.name == "address" and any(character.isdigit() for character in entity.value))
    )
