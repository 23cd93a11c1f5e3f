"""The forms of what tells who a person is or where: telephones, cards, mail, chat accounts, addresses.

All of them read text that has been normalised: lower case, half width, simplified.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_PHONE = re.compile(
    r"(?<![\da-z])(?:\+?86[- ]?)?(?P<mobile>1[3-9](?:[- .,、/]?\d){9})(?!\d)"
    r"|(?<!\d)(?P<fixed>0\d{2,3}[- ]?[2-8]\d{6,7})(?!\d)"
)
_SPELT = re.compile("[一幺][三四五六七八九](?:[- .,、]?[零〇一幺二两三四五六七八九]){9}")
_IDENTITY = re.compile(r"(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dx](?!\d)")
_BANK = re.compile(r"(?<!\d)6[0-9](?:[- ]?\d){13,17}(?!\d)")
_ROW = re.compile(r"\d(?:[- .,、/]?\d){9}")
"""Ten digits near each other: without them there is no such number."""

_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}", re.ASCII)
_ACCOUNT = re.compile(
    r"(?:微信号?|vx|wx|wechat|qq号?|扣扣)(?:号码|是|为|[: ]){0,3}(?P<id>[a-z0-9][-_a-z0-9]{4,19})", re.ASCII
)

_CHARACTER = "(?![我你您他她它们的了吗呢吧到在是寄送发住请给把帮要这那哪和就])[\u4e00-\u9fff]"
_NUMBER = "(?:[a-z]?\\d{1,5}(?:-\\d{1,5}){0,3}|[一二三四五六七八九十]{1,3}|[a-z东西南北甲乙])"
_PART = re.compile(
    rf"(?P<area>(?:{_CHARACTER}){{1,7}}?(?:省|自治[区州县旗]|特别行政区|地区|市(?!场)|新区|开发区|区(?![别分域间])|县|街道|[镇乡村]))"
    rf"|(?P<road>(?:{_CHARACTER}){{1,8}}?(?:大道|大街|公路|路(?![上过程径线费])|街(?!道)|巷|胡同))"
    rf"|(?P<place>(?:{_CHARACTER}){{1,10}}?(?:小区|花园|家园|公寓|大厦|广场|新村|新城|苑|公馆|宿舍|社区|工业园|产业园|科技园|园区"
    rf"|大学|中学|小学|学院|学校|医院|驿站|酒店|宾馆))"
    rf"|(?P<house>{_NUMBER}(?:号楼|号院|号(?![码线机])|栋|幢|座|单元|楼(?![上下])|层|室|弄|户|房(?!间)))"
    r"|(?P<tail>\d{1,5}(?:-\d{1,5}){1,3}|(?<=[栋幢座楼元层])\d{3,4})(?!\d)"
)
_STATED = re.compile(r"地址(?:是|为|改为|改成|:) ?(?P<v>(?=[^,。;!?]{0,40}?\d)[^,。;!?]{4,60})")


@dataclass(frozen=True)
class Found:
    """A piece of personal data at `text[start:end]`; `bare` is a number without what separates its digits."""

    start: int
    end: int
    bare: str = ""


def phones(text: str) -> Iterator[Found]:
    """Every telephone number."""
    if _ROW.search(text) is None:
        return
    for match in _PHONE.finditer(text):
        yield Found(match.start(), match.end(), re.sub(r"\D", "", match["mobile"] or match["fixed"]))


def spelt_phones(text: str) -> Iterator[Found]:
    """Every mobile number that is written in Chinese numerals."""
    for match in _SPELT.finditer(text):
        yield Found(*match.span())


def identity_cards(text: str) -> Iterator[Found]:
    """Every number that has the form of a citizen's identity card."""
    return _numbers(_IDENTITY, text)


def bank_cards(text: str) -> Iterator[Found]:
    """Every number that has the form of a bank card; numbers of orders may have it too."""
    return _numbers(_BANK, text)


def mails(text: str) -> Iterator[Found]:
    """Every mail address."""
    for match in _MAIL.finditer(text):
        yield Found(*match.span())


def accounts(text: str) -> Iterator[Found]:
    """Every name of a chat account that is called one."""
    for match in _ACCOUNT.finditer(text):
        yield Found(*match.span("id"))


def addresses(text: str) -> Iterator[Found]:
    """Every postal address: two parts of one next to each other, or what is called the address and has a number."""
    for match in _STATED.finditer(text):
        yield Found(*match.span("v"))
    start, end, kinds = 0, 0, 0
    for part in _PART.finditer(text):
        if not kinds or text[end : part.start()].strip(" ,-") or part.start() > end + 1:
            if kinds > 1:
                yield Found(start, end)
            start, kinds = part.start(), 0
        end, kinds = part.end(), kinds + 1
    if kinds > 1:
        yield Found(start, end)


def _numbers(form: re.Pattern[str], text: str) -> Iterator[Found]:
    if _ROW.search(text) is None:
        return
    for match in form.finditer(text):
        yield Found(match.start(), match.end(), re.sub("[- ]", "", match[0]))
