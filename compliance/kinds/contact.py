"""Ways out of the platform: messengers, phone numbers, mail, links, codes to scan, other selling platforms.

Options
    channels  which of wechat, qq, phone, mail, link, code, elsewhere to look for
    domains   for each platform (or `all`) the domains that are its own (channel link)
    names     for each platform the names that are its own (channel elsewhere)
    except    patterns in the unit that make a mention harmless

The buyer's own number or address, carriers' and public hotlines and a shop's return address are fine.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from compliance.kinds.check import Check
from compliance.material import Material
from compliance.numbers import phones
from compliance.options import OptionError, Options
from compliance.pattern import Pattern
from compliance.polarity import Stance, stance
from compliance.reading import Reading, Span
from contracts.platform import ALL, Platform, expand_platforms

_WECHAT = re.compile(
    "微信(?!公众号|红包|支付|付款|登[录陆]|零钱|钱包|余额|绑定|收银|账单|里的零钱)|"
    "加(?:一下|下|个)?(?:我|客服|店长|老板)?好友|加(?:一下|下|个)?我(?:吧|聊|呗|一下|"
    "哦|哈|$)|(?:我们|店铺|本店|店里|关注)(?:的|我们的)?(?:公众号|朋友圈)"
)
_METHODS = "支付宝|银行卡|信用卡|花呗|云闪付|余额|储蓄卡|数字人民币"
_AND = "(?:[,、/ ]|和|或者?|跟|及|与|还是|以及){0,3}"
_PAYS = re.compile(
    f"(?:{_METHODS})(?:支付|付款)?{_AND}(?:用|刷)?微信(?!.{{0,4}}(?:转|号|联系|聊|加|扫|发))"
    f"|微信{_AND}(?:{_METHODS})(?!.{{0,4}}(?:转|扫|打给|发我|账号))"
)
"""WeChat named among ways to pay, which a platform's own cashier offers."""
_QQ = re.compile(r"(?<![a-z])q[,:号是]{0,2}\d{5,11}|qq(?!邮箱|糖|弹|软|的口感|音乐|支付|钱包)")
_CALL = re.compile(
    "(?:打|拨打|拨|呼|call)(?:一下|下|个)?(?:到|给)?(?:我(?!们售后热线|们客服热线|们旺旺|旺旺|的旺旺|们核实|们处理|"
    "们的客服)|店长|老板|经理|业务)(?:的|私人)?(?:电话|手机|号码)?|(?:我|店长|老板|"
    "经理)的?(?:私人|个人)?(?:手机|电话)(?:号码?)?(?:是|:|给您|发您|您记|\\d)|"
    "短信(?:联系|发)我|(?:私人|个人)(?:电话|手机)|(?:留|发|给|报)(?:我|一?下|个|您的){0,3}(?:手机|"
    "电话)(?:号码?)?.{0,6}(?:联系您|打给您|加您|细聊|详聊|私聊|单独聊)|"
    "(?:电话|手机)(?:里|上)?(?:私聊|单独聊|详谈|细聊|细说|详聊|谈价)|同手机(?:号)?|手机号?同号"
)
_MAIL = re.compile(r"[a-z0-9][a-z0-9._-]{1,40}@[a-z0-9-]{1,30}\.[a-z]{2,6}")
_DOT = r"\s?(?:\.|点|dot|。)\s?"
_LABEL = "[a-z0-9](?:(?!dot)[a-z0-9-]){0,60}"
"""A part of a host name: a dot spelt out ends it, so that a name is read in one way only."""

_LINK = re.compile(
    rf"(?:https?:?//)?(?P<host>{_LABEL}(?:{_DOT}{_LABEL}){{0,4}}{_DOT}"
    r"(?:com|cn|net|shop|top|cc|vip|xyz|me|ly|link|io|co|org|info|site|store|club|ltd|tv|app))(?![a-z])"
    r"|(?:(?<![另之以])外部?|站外|第三方)(?:的)?链接|外链|(?:把|将)?点(?:换|改)成|(?:淘|口)令复制"
)
_CODE = re.compile(
    "二维码|收款码|扫一?扫|扫(?:我|这个|下面的?|一?下|图上的?|图片的?|上面的?)?码|"
    "小程序码|太阳码|码我|群码|扫(?:图|我发的)|扫[^,。!?;:不没别]{0,4}码(?!头)"
)
_CODE_FINE = re.compile(
    "取件|取货|驿站|快递柜|丰巢|自提|防伪|能效|溯源|说明书|登录|收银台|付款页|支付页|结算页|保修卡|查验|验真|能验|可验|真伪|验证|失败"
)
_FINE = re.compile(
    "快递员|派送员|配送员|揽收员|网点|站点|驿站|快递(?:公司)?(?:的)?(?:客服|热线|电话)|"
    "官方(?:客服|热线)|平台(?:客服|热线)|热线|消费者"
)
_RETURN = re.compile("退货|退回|寄回|寄到|返修|换货|售后地址|收货仓|退换|仓库地址|寄过来|寄来")
_YOURS = re.compile("您的?邮箱|您提供的|您留的|您给的|您发的|您填")
_ELSEWHERE = re.compile(
    "(?:去|到|上|在|搜|用|来|从|打开|下载)[^,。!?;:]{0,4}"
    "(?P<name>淘宝|天猫|京东|拼多多|抖音|快手|闲鱼|咸鱼|小红书|唯品会|转转|1688|有赞|微店)"
    "(?:上|里|那边|店|平台|搜|app|的店|商城|旗舰店|直播间|小程序)?[^,。!?;:]{0,6}(?:下单|拍|买|购|找我们|搜|付款|成交|交易)"
)


@dataclass(frozen=True)
class Contact:
    """The check; see the module."""

    channels: tuple[str, ...]
    domains: Mapping[Platform, tuple[str, ...]]
    names: Mapping[Platform, tuple[str, ...]]
    harmless: Pattern | None

    def find(self, material: Material) -> Span | None:
        """The first way out that the text offers."""
        for reading in material.readings:
            for channel in self.channels:
                for start, end in _FINDERS[channel](self, reading, material):
                    if self._offered(reading, start, end):
                        return reading.span(start, end)
        return None

    def _offered(self, reading: Reading, start: int, end: int) -> bool:
        unit = reading.units[reading.unit_at(start)]
        if self.harmless is not None and self.harmless.found(reading, unit.start, unit.end):
            return False
        return stance(reading, start, end) is Stance.CLAIMED

    def wechat(self, reading: Reading, _: Material) -> Iterator[Span]:
        """Mentions of WeChat, save as one of several ways to pay, and of becoming friends."""
        paying = [match.span() for match in _PAYS.finditer(reading.text)]
        for match in _WECHAT.finditer(reading.text):
            if not any(start <= match.start() < end for start, end in paying):
                yield match.span()

    def qq(self, reading: Reading, _: Material) -> Iterator[Span]:
        """Mentions of QQ that are no mail address."""
        for match in _QQ.finditer(reading.text):
            if reading.text[match.start() - 1 : match.start()] != "@":
                yield match.span()

    def phone(self, reading: Reading, material: Material) -> Iterator[Span]:
        """Numbers that are not the buyer's, a carrier's or part of a return address, and offers to call."""
        text = reading.text
        for start, end, digits in phones(text):
            near = text[slice(*reading.sentence(reading.unit_at(start)))]
            if _given(digits, material) or _FINE.search(near) or _RETURN.search(near):
                continue
            yield start, end
        yield from (match.span() for match in _CALL.finditer(text))

    def mail(self, reading: Reading, material: Material) -> Iterator[Span]:
        """Mail addresses that are not the buyer's."""
        for match in _MAIL.finditer(reading.text):
            given = material.buyer is not None and match[0] in material.buyer.text
            if not given and not _YOURS.search(reading.words(reading.unit_at(match.start()))):
                yield match.span()

    def link(self, reading: Reading, material: Material) -> Iterator[Span]:
        """Links to domains that are not the platform's own."""
        own = self.domains.get(material.platform, ())
        for match in _LINK.finditer(reading.text):
            host = match["host"]
            if host is None:
                yield match.span()
                continue
            plain = re.sub(_DOT, ".", host)
            at = reading.text[match.start() - 1 : match.start()] == "@"
            if not at and not any(plain == domain or plain.endswith(f".{domain}") for domain in own):
                yield match.span()

    def code(self, reading: Reading, _: Material) -> Iterator[Span]:
        """Codes to scan, except for picking up parcels, signing in and the platform's own cashier."""
        for match in _CODE.finditer(reading.text):
            if not _CODE_FINE.search(reading.words(reading.unit_at(match.start()))):
                yield match.span()

    def elsewhere(self, reading: Reading, material: Material) -> Iterator[Span]:
        """Invitations to buy on another platform."""
        own = self.names.get(material.platform, ())
        for match in _ELSEWHERE.finditer(reading.text):
            if match["name"] not in own:
                yield match.span()


_FINDERS: dict[str, Callable[[Contact, Reading, Material], Iterator[Span]]] = {
    "wechat": Contact.wechat,
    "qq": Contact.qq,
    "phone": Contact.phone,
    "mail": Contact.mail,
    "link": Contact.link,
    "code": Contact.code,
    "elsewhere": Contact.elsewhere,
}


def _given(digits: str, material: Material) -> bool:
    """Whether the buyer wrote this number."""
    return material.buyer is not None and any(number == digits for _, _, number in phones(material.buyer.text))


def compile_check(options: Options) -> Check:
    """The check from its options. Raises OptionError."""
    return Contact(
        channels=options.choices("channels", tuple(_FINDERS)),
        domains=_by_platform(options.mapping("domains")),
        names=_by_platform(options.mapping("names")),
        harmless=options.optional_pattern("except"),
    )


def _by_platform(raw: Mapping[str, Any]) -> dict[Platform, tuple[str, ...]]:
    known = {platform.value: platform for platform in Platform}
    table: dict[Platform, tuple[str, ...]] = {}
    for name, values in raw.items():
        if name not in known and name != ALL:
            raise OptionError(f"unknown platform {name!r}; known: {', '.join(known)}, {ALL}")
        if not isinstance(values, list) or not all(isinstance(value, str) and value for value in values):
            raise OptionError(f"{name!r} must be a list of words")
        for platform in expand_platforms((name,)):
            table[platform] = (*table.get(platform, ()), *(value.lower() for value in values))
    return table
