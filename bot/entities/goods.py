"""Colours, sizes and the links and cards by which buyers point at a product."""

from __future__ import annotations

from bot.entities.grammar import DIGITS, END, NUM, SPAN, Pattern, compiled, together
from bot.entities.reading import LINK, NUMBER, SITE

_SHADE = "红橙黄绿青蓝紫黑白灰粉棕褐金银"
_TINT = (
    "深|浅|淡|暗|亮|纯|哑|正|大|酒|玫|枣|砖|橘|桃|墨|草|军|果|豆|薄荷|橄榄|翠|天|宝|湖|藏|海军?|孔雀|雾霾"
    "|克莱因|牛仔|远峰|婴儿"
    "|奶|米|象牙|月|珍珠|瓷|烟|银|高级|太空|星空|石墨|曜石|樱花|裸|藕|脏|烟粉|香槟|玫瑰|土豪|流沙|柠檬|姜|鹅|杏|焦糖|咖啡|香芋"
)
_LONG_NAME = "咖啡|卡其|藏青|豆沙|焦糖|香槟|奶茶|燕麦|姜黄|酒红|原木|胡桃木|透明|渐变|香芋"
_NAMED = f"{_LONG_NAME}|[米咖驼杏裸橘藕茶彩肤]"
_NO_COLOUR = "(?!差|通道|食品|出行|心情|污染|素|悦|调|号|情|盲)"
_COLOUR_WORD = f"(?:(?:{_TINT})?[{_SHADE}]|{_LONG_NAME})"
_STYLE = "(?:的|款|[sml](?![a-z])|x{1,4}l|" + NUMBER.character + "码|[34]\\d码|那[个件条双款]|这[个件条双款])"

_COLOUR = together(
    Pattern(
        "colour",
        compiled(rf"(?:(?:{_TINT})?[{_SHADE}]{{1,2}}|{_NAMED})色{_NO_COLOUR}系?|透明(?=的|款)"),
        str,
    ),
    Pattern(
        "colour",
        compiled(rf"(?P<v>(?:{_TINT})[{_SHADE}]|(?<![明空蛋])(?![金银])[{_SHADE}]|{_LONG_NAME})(?= ?{_STYLE})"),
        str,
    ),
    Pattern(
        "colour",
        compiled(rf"(?:换成?|改成?|要|拍的?是?|选的?|发成?|变成?|买的?是?)(?:了|个)?(?P<v>{_COLOUR_WORD}){END}"),
        str,
    ),
    Pattern(
        "colour",
        compiled("藏青|酒红|墨绿|雾霾蓝|克莱因蓝|星空灰|远峰蓝|曜石黑|玫瑰金|香槟金|象牙白|玫红|军绿|奶白|米白"),
        str,
    ),
)

_LETTER_SIZE = r"(?:\d?x{1,4}[sl]|\d{1,2}xl|[sml])"
_METRIC = (
    r"(?:cm|厘米|公分|mm|毫米|米(?:[\d一二三四五六七八九]{1,2}(?![\d件个条]))?(?!色|白|饭)|kg|公斤|千克|克(?!莱|隆|服)|毫升|升(?!级|降)"
    r"|ml|英?寸|瓦|gb(?![a-z])|(?<![2-5])g(?![a-z])|(?<=\d\d)g(?![a-z])|tb?(?![a-z])|[lm](?![a-z]))"
)
_SIZE = together(
    Pattern("size", compiled(rf"(?<![a-z0-9'./-]){_LETTER_SIZE}(?![a-z0-9'/-])(?:[码号](?!码))?"), str.upper),
    Pattern("size", compiled(rf"(?<!二维){SPAN}码(?!头|字|洋)")),
    Pattern("size", compiled(r"(?<![\d.])(?:3[2-9]|4\d|50)(?:\.5)?号(?!楼|店|院|门|线|链接|码)")),
    Pattern("size", compiled(rf"[换改]成?(?P<v>3[4-9]|4[0-6])(?=的|{END})")),
    Pattern("size", compiled(r"[大小](?:[一二两1-3]|半)个?[码号](?!码|人)")),
    Pattern("size", compiled(r"(?:加[大小肥长]|特大|超大|[大中小均])码|(?:特大|加大|[大中小])号(?!码|机|楼)")),
    Pattern("size", compiled(r"(?<!\d)1[4-9]\d[/-]\d{2,3}[a-d]?(?![\da-z/])")),
    Pattern(
        "size",
        compiled(
            rf"(?<![a-z]){NUM}(?:{_METRIC})?(?:[*x×乘]{DIGITS}(?:{_METRIC})?){{1,2}}(?![a-z\d])"
            rf"|(?<![a-z]){SPAN}{_METRIC}"
        ),
    ),
    Pattern("size", compiled(f"{SPAN}斤装|{SPAN}片装|{SPAN}[只瓶包袋件支]装")),
)

_SHOP_HOSTS = (
    r"(?:taobao|tmall|tb|jd|yangkeduo|pinduoduo|jinritemai|douyin|kuaishou|kwaixiaodian|kwaishop|1688|suning|dewu|vip"
    r"|xiaohongshu|xhslink)"
    r"\.(?:com|cn|hk)|(?<![a-z0-9.])3\.cn"
)
_ADDRESS = r"[a-z0-9._~:/?#@!$&'*+,;=%-]"
_URL = rf"(?:https?://|www\.){_ADDRESS}{{1,2000}}"
_HOST = rf"(?<![a-z0-9.@-])(?:[a-z0-9-]{{1,40}}\.){{0,4}}(?:{_SHOP_HOSTS})/{_ADDRESS}{{1,2000}}"
_TAIL = r"(?<![,.;:!?])"
_LINKS = together(
    Pattern(
        "product_link",
        compiled(
            rf"https?://(?:[a-z0-9-]{{1,40}}\.){{0,4}}(?:{_SHOP_HOSTS})(?![a-z0-9.]){_ADDRESS}{{0,2000}}{_TAIL}"
            rf"|{_HOST}{_TAIL}"
        ),
    ),
    Pattern("site", compiled(rf"(?<![a-z0-9]){_URL}{_TAIL}|{SITE.character}")),
    Pattern("product_link", compiled(r"([¥$€₤₳¢£])[a-z0-9]{8,14}\1|\[(?:商品|宝贝)(?:链接|快照|卡片|详情)?\]")),
    Pattern("product_link", compiled(rf"{LINK.character}")),
)


find = together(_LINKS, _COLOUR, _SIZE)
