"""Invoice title, tax number and e-mail address."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.entities.grammar import CJK, END, Candidate, Pattern, compact, compiled, together
from bot.entities.reading import COMPANY, EMAIL, NUMBER, PERSON, Reading
from contracts.tax_number import unified_code_checks

_LONGEST = 40
_NEAR = 24

_TITLE_WORDS = "抬头|税号|识别号|信用代码|开票|发票|票|单位|名称|户名|全称"
_TITLE_WORD = compiled(_TITLE_WORDS)
_LEGAL = (
    "有限责任公司|股份有限公司|有限公司|集团公司|分公司|事务所|合作社|经营部|工作室|商行|个体工商户|工商户|服务部"
    "|商贸行|门诊部"
)
_BODY = (
    "公司(?!名|抬头|账|帐|转|全称|[的专普开]|发票|章|电话|地址)|集团|厂|店|小学|中学|大学|学校|学院|幼儿园|医院|卫生院"
    "|中心|研究院|研究所|委员会|协会|酒店|超市|商店|(?<!税务)局|所|社(?!会)|办公室"
)
_SUFFIX = compiled(rf"(?P<legal>{_LEGAL})|{_BODY}")
_PARTNERS = compiled(r"\((?:普通合伙|特殊普通合伙|有限合伙|个体工商户)\)")
_RUN = compiled(rf"[{CJK}a-z0-9()·&{PERSON.character}{COMPANY.character}]*$")
_LEAD = compiled(
    r"(?:抬头|名称|单位|户名|全称|公司名字?|开票|发票|税票|专票|普票|的票|票)"
    r"(?:应该|就|要|请|麻烦|帮我|给我|都|得|给|信息|内容|是|为|叫|写|填|用|开|改|换|成|到|错|的)*"
    r"|(?:改|换|开|写|填|变更|更正|抬)(?:成|为)(?:了)?|(?:我们?|咱们?|这|那|公司|单位|名字|全名|学校)(?:公司|单位)?(?:是|叫|在)"
    r"|(?:请|要|就|个|给|我|帮|麻烦)(?:开(?:成|的是|给|个|一张|张)?|(?:写|填)(?:成|的是|给|个)?)|开给"
    r"|(?<![^ ])给|(?<=[开一1两二补份])张|我们?(?:公司|单位)"
)
_TALK = compiled("[我你他您的了吗呢吧这那把想能还么怎哪没不晚]|可以|换成|面上|需要|补开|重开")
"""What no name of a body holds, but a sentence about one does."""
_NO_NAME = compiled(
    r"(?:你们?|我们?|他们?|它|贵|咱们?|俺们?|该|本|这|那|哪|某|快递|物流|保险|总|分|子|母|大|小|家|个|一|两|二|是|开"
    r"|搬家|上市|私人|个人|企业|单位|客服|售后|服务|配送|仓储|发货|什么|的|在|有|到|去|把|同|换|改|成|抬头|发票|商|门"
    r"|实体|网|旗舰|专卖|专营|工|官方|厂|买|给|外地"
    r"|有限|责任|股份|集团|会员|个体|用|帮|写|要|和)*"
)
_STATED = compiled(
    r"(?:抬头|(?:单位|公司|企业|购方|开票|发票)名称|购买方|名称|户名|全称|开票单位)(?:是|为)? ?: ?"
    r"(?P<v>[^ ,。;:!?、][^,。;:!?、]{0,39}?)"
    r"(?= ?(?:$|[ ,。;:!?、]|税号|纳税|统一|识别号|信用代码|电话|地址|邮箱|开户|商家|店铺))"
)
_MASKED = Pattern("invoice_title", compiled(COMPANY.character))
_NAME_MASKS = frozenset((COMPANY.character, PERSON.character))
_KIND_WORDS = frozenset(("个人", "私人", "公司", "企业", "单位"))
_LINKING = "(?:应该|就|要|请|麻烦|帮我|给我|都|是|为|叫|写|填|用|开|改|换|成|选|选的|: ?| )"


def _kind(expression: str, value: str) -> Pattern:
    """A title that is only said to be a person's or a company's."""
    return Pattern("invoice_title", compiled(expression), lambda _: value)


_KINDS = together(
    _kind(r"(?P<v>个人|私人)(?:的?抬头|名义|的?电?子?发票|的?普?票)", "个人"),
    _kind(rf"抬头{_LINKING}{{0,4}}(?P<v>个人)", "个人"),
    _kind(rf"[开写填](?:成|的是|的)?(?P<v>个人)(?:的|就)?{END}", "个人"),
    _kind("(?P<v>公司|企业|单位)的?(?:抬头|名义)", "公司"),
    _kind(rf"抬头{_LINKING}{{1,4}}(?P<v>公司|企业|单位)(?:的|就|吧|了)?(?!:){END}", "公司"),
)

_CODE = compiled(r"(?<![a-z0-9])(?=[a-z0-9]{0,19}\d)[a-z0-9]{15,20}(?![a-z0-9])")
_REGISTRAR = re.compile(r"(?:1[129]|2[19]|3[1-59]|4[19]|5[1239]|6[129]|7[129]|8[19]|9[123]|A1|N[1239]|Y1)[1-8]\d{5}")
_AFTER_TAX_WORD = compiled(
    r"(?:税号|识别号|信用代码|登记号)(?:是|为|就是|改成|改为|应该|[: ]){0,4}"
    rf"(?P<v>[a-z0-9{NUMBER.character}](?: ?[a-z0-9{NUMBER.character}]){{1,27}})"
)
_AFTER_TITLE = compiled(
    rf"{COMPANY.character}[ ,;]?(?P<v>[a-z0-9]{{0,9}}{NUMBER.character}[a-z0-9{NUMBER.character}]{{0,19}})"
)
_TAX_WORD = compiled("税号|识别号|代码|纳税|税务")
_OTHER_WORD = compiled("订单|单号|快递|运单|物流|身份证|卡号|账号")

_EMAIL = Pattern(
    "email",
    compiled(
        rf"(?<![a-z0-9._%+-])[a-z0-9_{NUMBER.character}][a-z0-9._%+{NUMBER.character}-]{{0,63}} ?@ ?"
        r"[a-z0-9-]{1,63}(?:[.。][a-z0-9-]{1,63}){0,4}[.。][a-z]{2,12}(?![a-z0-9])"
        rf"|{EMAIL.character}"
    ),
)


def _tax_numbers(reading: Reading) -> Iterator[Candidate]:
    text = reading.text
    for expression in (_AFTER_TAX_WORD, _AFTER_TITLE):
        for match in expression.finditer(text):
            end = _code_end(match.group("v"))
            if end:
                yield _tax_number(text, match.start("v"), match.start("v") + end)
    for match in _CODE.finditer(text):
        before, after = text[max(0, match.start() - _NEAR) : match.start()], text[match.end() : match.end() + 10]
        if _stands_alone(match.group().upper(), before, after):
            yield _tax_number(text, match.start(), match.end())


def _tax_number(text: str, start: int, end: int) -> Candidate:
    masked = NUMBER.character in text[start:end]
    return Candidate("tax_number", start, end, None if masked else compact(text[start:end]))


def _code_end(stretch: str) -> int:
    """How much of what follows a tax word is the number, which may be typed in groups; 0 is none of it."""
    first = stretch.partition(" ")[0]
    if NUMBER.character in first:
        return len(first)
    if 15 <= len(first) <= 20:
        return len(first)
    end = len(stretch)
    for place, character in enumerate(stretch):
        if len(compact(stretch[:place])) == 18 and character == " ":
            end = place
    return end if 15 <= len(compact(stretch[:end])) <= 20 else 0


def _stands_alone(code: str, before: str, after: str) -> bool:
    """Whether a code without a tax word right before it is a tax number all the same."""
    if _OTHER_WORD.search(before[-10:]):
        return False
    if unified_code_checks(code) and _REGISTRAR.match(code):
        return True
    near = _TAX_WORD.search(before) or _TAX_WORD.search(after)
    return bool(near) and not code.isdigit()


def _company_names(reading: Reading) -> Iterator[Candidate]:
    """Names that end like a company's, or like another body's where the talk is of a title."""
    text = reading.text
    for match in _SUFFIX.finditer(text):
        start = _name_start(text, match.start())
        body = text[start : match.start()]
        if _NO_NAME.fullmatch(body) or (len(body) < 2 and body not in _NAME_MASKS):
            continue
        if match.lastgroup != "legal" and (_TALK.search(body) or not _about_title(text, start, match.end())):
            continue
        partners = _PARTNERS.match(text, match.end())
        yield Candidate("invoice_title", start, partners.end() if partners else match.end())


def _name_start(text: str, end: int) -> int:
    """Where the name that ends at `end` begins: after the last lead ("抬头改成…", "我们是…") in its run."""
    left = max(0, end - _LONGEST)
    window = text[left:end]
    run = _RUN.search(window)
    start = run.start() if run else len(window)
    for lead in _LEAD.finditer(window, start):
        start = lead.end()
    while start < len(window) and window[start] in ")·&":
        start += 1
    return left + start


def _about_title(text: str, start: int, end: int) -> bool:
    return bool(_TITLE_WORD.search(text, max(0, start - _NEAR), start) or _TITLE_WORD.search(text, end, end + _NEAR))


def _stated_titles(reading: Reading) -> Iterator[Candidate]:
    for match in _STATED.finditer(reading.text):
        stated = match.group("v")
        if stated not in _KIND_WORDS and (len(stated) > 1 or stated in _NAME_MASKS):
            yield Candidate("invoice_title", match.start("v"), match.end("v"))


find = together(_EMAIL, _tax_numbers, _stated_titles, _company_names, _MASKED, _KINDS)
