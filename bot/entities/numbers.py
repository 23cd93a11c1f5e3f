"""Order, parcel, phone and item numbers: one run of digits, told apart by the words around it and by its form.

The nearest label before the number decides ("快递单号 ..."), then a label right after it ("... 是订单号"),
then the label of the number it is listed with ("订单 A、B"), then its form alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.entities.grammar import Candidate, Pattern, compact, compiled, together
from bot.entities.reading import NUMBER, Reading

_BEFORE = 14
_GAP = 8
_AFTER = 12

_LABEL = (
    r"(?P<tax_number>税号|识别号|信用代码)"
    r"|(?P<number>尾号|工单|服务单|售后单|交易单|交易号|流水号|卡号|账号|帐号|qq|扣扣|sn|序列号|身份证|验证码|邮编|批次|工号)"
    r"|(?P<item_number>商品 ?(?:id|编号|编码|号)|宝贝 ?(?:id|编号)|链接 ?id|货号|款号|型号|sku)"
    r"|(?P<parcel_number>(?:快递|物流|运单|包裹|面单)(?:单?号)?"
    r"|顺丰|圆通|中通|申通|韵达|极兔|百世|德邦|ems|邮政|京东物流|退货单号|寄回)"
    r"|(?P<phone>电话|手机号?|联系方式|联系我|联系人|收[货件]人|号码|微信|vx|tel)"
    r"|(?P<order_number>订单编?号?|那单|这单|这笔|那笔)"
)
_BEFORE_LABEL = compiled(_LABEL)
_AFTER_LABEL = compiled(
    rf" ?(?:这个?|那个?|是|我的?|的|新|就|\(){{0,3}}(?:{_LABEL})(?![号码是为 :]{{0,3}}[\da-z{NUMBER.character}])"
)
_ARRIVAL = compiled(r"[^。;!?\d]{0,4}(?:到哪|走到|没更新|签收|派送)")
_JOINT = compiled(r"[ ,、;和跟及与还有]{1,5}")
_TOKEN = compiled(
    r"(?<![\d.])(?:\d{6}-\d{9,18}|\d{4}(?: \d{4}){2,3}(?: \d{1,3})?(?! ?\d)"
    r"|\d{5}(?: \d{5}){2}(?! ?\d)|\d{1,30}(?:\.\d{1,4})?)(?!\d)"
    rf"|{NUMBER.character}"
)
_CELL = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"0\d{9,11}|[48]00\d{7}")
_LENGTHS = {
    "tax_number": (15, 20),
    "item_number": (4, 20),
    "parcel_number": (8, 20),
    "phone": (7, 12),
    "order_number": (9, 25),
    "number": (1, 30),
}
"""How many digits a number under each label may have."""

_SPACED_PHONE = Pattern(
    "phone",
    compiled(r"(?<!\d)(?:(?:\+ ?86|0086|86)[ -]?)?1[3-9]\d(?:[ -]?\d{4}){2}(?!\d)"),
    lambda text: re.sub(r"\D", "", text)[-11:],
)
_SPELT = str.maketrans("零〇一幺二两三四五六七八九", "0011223456789")
_SPELT_PHONE = Pattern(
    "phone",
    compiled(r"(?<!\d)1 [3-9](?: \d){9}(?! ?\d)|[一幺][三四五六七八九][零〇一幺二两三四五六七八九]{9}"),
    lambda text: text.replace(" ", "").translate(_SPELT),
)
_STARRED_PHONE = Pattern("phone", compiled(r"(?<!\d)1[3-9]\d\*{4}\d{4}(?!\d)"))
_LINE_PHONE = Pattern(
    "phone",
    compiled(r"(?<![\d-])(?:\(?0\d{2,3}\)?[ -]\d{7,8}(?:[ -]\d{1,5})?|[48]00[ -]\d{3,4}[ -]\d{3,4})(?![\d-])"),
    lambda text: re.sub(r"[()]", "", text).replace(" ", "-"),
)
_PREFIX = r"(?<![a-z0-9])(?:sf|jd[a-z]{0,2}|yt|jt|dpk|dpl|yd|sto|zto|kye|best|v[a-z])[ -]?"
_LETTERED_PARCELS = (
    Pattern("parcel_number", compiled(_PREFIX + r"\d{8,16}(?:-\d{1,3}){0,3}-?(?![a-z0-9])"), compact),
    Pattern("parcel_number", compiled(r"(?<![a-z0-9])[a-z]{2} ?\d{9} ?cn(?![a-z0-9])"), compact),
    Pattern("parcel_number", compiled(_PREFIX + NUMBER.character)),
)
_ITEM_CODE = Pattern(
    "item_number",
    compiled(
        r"(?:货号|款号|型号|商品编[号码]|商品 ?id|宝贝 ?id|sku)[是为: ]{0,3}"
        r"(?P<v>(?=[a-z0-9./-]{0,20}\d)(?=[a-z0-9./-]{0,20}[a-z])[a-z0-9][a-z0-9./-]{1,22}[a-z0-9])"
    ),
    compact,
)


def _runs(reading: Reading) -> Iterator[Candidate]:
    """Every run of digits and every masked number, under the entity it most likely is."""
    text = reading.text
    label, end = "", 0
    for match in _TOKEN.finditer(text):
        found = _label_before(text, match.start()) or _label_after(text, match.end())
        if not found and label and _JOINT.fullmatch(text, end, match.start()):
            found = label
        label, end = found, match.end()
        name = _named(match.group(), found, text[match.end() : match.end() + _AFTER])
        if name == "order_number" and not found and _beside_a_letter(text, match):
            name = "number"  # a code of letters and digits is no order's number
        if name == "number" and _part_of_a_word(text, match):
            continue
        masked = match.group() == NUMBER.character
        yield Candidate(name, match.start(), match.end(), None if masked else match.group().replace(" ", ""))


def _label_before(text: str, start: int) -> str:
    """The nearest label in front, as `name` or `name!` when it says that a number follows (…号)."""
    window = text[max(0, start - _BEFORE) : start]
    last = None
    for last in _BEFORE_LABEL.finditer(window):  # noqa: B007 - only the last one matters
        pass
    if last is None:
        return ""
    gap = window[last.end() :]
    if len(gap) > _GAP or any(character in "。;!?" or character.isdigit() for character in gap):
        return ""
    return _strong(last)


def _label_after(text: str, end: int) -> str:
    match = _AFTER_LABEL.match(text, end, end + _AFTER)
    return _strong(match) if match else ""


def _strong(match: re.Match[str]) -> str:
    name = match.lastgroup or ""
    return name + "!" if match.group().endswith("号") else name


def _named(token: str, label: str, after: str) -> str:
    """The entity of a number under a label ("" when there is none)."""
    name, strong = label.rstrip("!"), label.endswith("!")
    if token == NUMBER.character:
        return name or "number"
    digits = re.sub(r"\D", "", token)
    if "." in token:
        return "number"
    if name and not (_CELL.fullmatch(digits) and name in {"order_number", "parcel_number"} and not strong):
        low, high = _LENGTHS[name]
        if low <= len(digits) <= high:
            return name
    return _by_form(token, digits, after)


def _by_form(token: str, digits: str, after: str) -> str:
    """What a bare number is.

    Buyers paste the number of the item they look at: it has 11 to 12 digits and begins with 4 to 9,
    where no order number of that length does.
    """
    if _CELL.fullmatch(digits) or _LANDLINE.fullmatch(digits):
        return "phone"
    if "-" in token:
        return "order_number"
    if len(digits) == 11 or (len(digits) == 12 and digits[0] in "456789"):
        return "item_number"
    if 13 <= len(digits) <= 15 and _ARRIVAL.match(after):
        return "parcel_number"
    return "order_number" if 12 <= len(digits) <= 19 else "number"


def _part_of_a_word(text: str, match: re.Match[str]) -> bool:
    """Digits inside a model name ("iphone15", "KFR-35GW") are not a number of their own."""
    around = _around(text, match)
    return len(match.group()) < 7 and any(c.isascii() and (c.isalpha() or c in "-_./%") for c in around)


def _beside_a_letter(text: str, match: re.Match[str]) -> bool:
    return any(c.isascii() and c.isalpha() for c in _around(text, match))


def _around(text: str, match: re.Match[str]) -> str:
    return text[max(0, match.start() - 1) : match.start()] + text[match.end() : match.end() + 1]


find = together(_runs, *_LETTERED_PARCELS, _SPACED_PHONE, _SPELT_PHONE, _STARRED_PHONE, _LINE_PHONE, _ITEM_CODE)
