"""Delivery addresses, from a bare province to 区, 路, 小区, 栋 and 室, and the person who receives there."""

from __future__ import annotations

from collections.abc import Iterator

from bot.entities.grammar import CJK, NUM, Candidate, Pattern, compiled, together
from bot.entities.reading import ADDRESS, COMPANY, NUMBER, PERSON, PHONE, Reading
from bot.entities.regions import CITIES, MUNICIPALITIES, PROVINCES, REGIONS, WORDS_TOO
from contracts.form_address_levels import STRETCH

_NO_PLACE = (
    "我你您他她它们的了吗呢吧啊哦呀嘛哈嗯在是不要想改换寄送发收址这那哪个能请帮给把跟从去没俺咱俩谁怎么咋啥什几多少"
    "货快递件款抬退买订单价钱券票问看查知到说让"
)
"""Characters that hardly any place name holds: a name does not reach across them."""

_CHARACTER = rf"(?:(?![{_NO_PLACE}])[{CJK}{PERSON.character}])"
_FIRST = r"(?<!抬)(?![家住往就位于为至叫写填成和还也都来有上下])"
_REGION = (
    rf"(?:(?:{MUNICIPALITIES.replace(' ', '|')})(?:市(?!场))?|(?:{PROVINCES.replace(' ', '|')})省?"
    rf"|(?:{REGIONS.replace(' ', '|')})(?:壮族|回族|维吾尔)?(?:自治区|特别行政区)?"
    rf"|(?:{CITIES.replace(' ', '|')})(?:市(?!场)|地区|(?:[\u4e00-\u9fff]族)?自治州)?)"
    r"(?!(?:[东南西北中]{0,2})(?:路|街|大道|大街)|话|菜|人(?!民)|大学)"
)
_ADMIN = (
    rf"{_CHARACTER}{{1,6}}?(?:开发区|新区|街道(?!口)|自治[县旗州]|[县镇乡](?!里|下)|区(?!别|分|域|间)"
    r"|市(?!场|面|民)|村(?!里|口)|旗(?!舰))"
)
_ROAD = (
    rf"{_CHARACTER}{{1,7}}?(?:(?:大道|大街|公路|路(?!上|由|过|程|径|线|费|边|口)|街(?!道|上)){STRETCH}"
    r"|巷(?!子)|胡同|弄(?=\d))"
)
_PLACE = (
    rf"(?:{_CHARACTER}|[a-z0-9]){{1,10}}?(?:小区|花园|公寓|大厦|广场|家园|新村|新城|雅苑|[东西南北]苑|苑|公馆|家属院|宿舍楼?|写字楼|社区"
    r"|工业园区?|产业园|科技园|创业园|物流园|园区|商城|大学|中学|小学|学院|学校|医院|幼儿园|驿站|大院|商贸城|花苑"
    r"|酒店|宾馆|饭店|国际(?!快)|时代|华府|[名新]城|府(?=\d)|城(?=\d))"
)
_NUMBERED = (
    rf"(?:{NUM}|[a-z东西南北甲乙]\d{{0,2}})(?:-{NUM}){{0,3}}"
    r"(?:号楼|号院|号门|号(?!码|线|机|电池|链接|店|客服|色)|栋|幢|座|楼(?!上|下|主)|层|单元|室|弄|户|组|排|期|区|门(?!口))"
)
_TAIL = r"\d{1,4}(?:-\d{1,4}){1,3}(?![\d-])|(?:(?<=[元楼栋幢座层院])|(?<=[元楼栋幢座层院] ))\d{3,4}(?![\d元块点.])"
_PART = compiled(
    rf"(?P<mask>{ADDRESS.character})|(?P<region>{_REGION})|(?P<numbered>{_NUMBERED})|(?P<tail>{_TAIL})"
    rf"|(?P<road>{_FIRST}{_ROAD})|(?P<admin>{_FIRST}{_ADMIN})|(?P<place>{_FIRST}{_PLACE})"
)
_LABEL = compiled(
    r"(?:地址|寄到|送到|送去|发到|发往|改到|寄往|搬到|搬去|我在|住在?|家在|收货地|位于)"
    r"(?:是|为|在|改为|改成|换成|到|应该|:| ){0,3}$"
)
_HOUSE = compiled(r"[栋幢座室]|号楼|号院|单元")
_MASKED = PERSON.character + NUMBER.character + COMPANY.character + ADDRESS.character
_STATED = Pattern(
    "address",
    compiled(
        r"(?:收货|收件|新|正确|取件|详细|邮寄|公司|现在)?地址(?:是|为|改为|改成)?: ?"
        rf"(?P<v>[^ ,。;:!?、{_MASKED}a-z0-9][^,。;:!?、{ADDRESS.character}]{{3,59}}?)"
        r"(?= ?(?:$|[,。;:!?、]|电话|手机|联系|收[货件]人|姓名|邮编|税号|开户"
        rf"|{PERSON.character}|{PHONE.character}|1[3-9]\d{{9}}))"
    ),
)
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
    "余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
    "欧施洪温庞樊殷颜倪严牛俞章鲁葛韦申尤毕聂丛焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁"
)
_NAME = Pattern(
    "person_name",
    compiled(
        r"(?:收[货件]人|联系人|姓名|名字)(?:改成|换成|改为|是|叫|为|写|:| ){1,3}"
        rf"(?P<v>[{_SURNAMES}](?:[{CJK}]{{1,2}}?|先生|女士|小姐))"
        rf"(?=$|[ ,。;:!?、\d{PHONE.character}{ADDRESS.character}{NUMBER.character}]|电话|手机|地址|联系|吧|哈|就|谢谢)"
        rf"|{PERSON.character}"
    ),
)


def _addresses(reading: Reading) -> Iterator[Candidate]:
    """Chains of address parts that say enough to be one."""
    text = reading.text
    start, end = 0, 0
    kinds: list[str] = []
    for part in _PART.finditer(text):
        kind = part.lastgroup or ""
        joined = kinds and (part.start() == end or (part.start() == end + 1 and text[end] in " ,-"))
        if not joined:
            yield from _chain(text, start, end, kinds)
            start, kinds = part.start(), []
        end = part.end()
        kinds.append(kind)
    yield from _chain(text, start, end, kinds)


def _chain(text: str, start: int, end: int, kinds: list[str]) -> Iterator[Candidate]:
    if kinds and _says_enough(text, start, end, kinds):
        yield Candidate("address", start, end)


def _says_enough(text: str, start: int, end: int, kinds: list[str]) -> bool:
    """A region, or two parts of which one is a street, a house or a named place, or one part after a label."""
    if "mask" in kinds:
        return True
    if kinds == ["region"]:
        return text[start:end] not in WORDS_TOO
    found = set(kinds)
    if "region" in found and len(kinds) > 1:
        return True
    if found <= {"numbered", "tail"} and not _HOUSE.search(text, start, end):
        return False
    if len(kinds) == 1:
        return not found & {"numbered", "tail"} and bool(_LABEL.search(text[max(0, start - 12) : start]))
    return found != {"admin"} or bool(_LABEL.search(text[max(0, start - 12) : start])) or len(kinds) > 2


find = together(_addresses, _STATED, _NAME)
