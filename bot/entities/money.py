"""Amounts of money, numbers of pieces, and kinds of coupon."""

from __future__ import annotations

from bot.entities.grammar import DIGITS, END, NUM, SPAN, Pattern, compiled, together
from bot.entities.reading import AMOUNT, NUMBER

_MEASURE = (
    "(?:件(?!套)|[条斤箱盒瓶袋套只支份单台罐桶卷块片粒串扎副盆棵枝架部颗束捆筒杯碗顶枚幅株根辆双包床]"
    "|个(?!月|星期|礼拜|小时|钟头|工作日|点|半|季度|人中心)|张"
    "|本(?!来|店|月|周|身|人)|把(?!握)|对(?!不|吗|的|吧|呢|比)|提(?!示|交|前|醒|货|供))"
)
_NO_PIECE = r"(?!单元|元|号|位|事|问题|疑问|客服|电话|价|名|半价|月|装|瓦|段|身|头)"
_WORTH = rf"(?:{DIGITS}|{NUMBER.character})"
_NOT_MONEY = (
    rf"(?![\d%折号点天年月日个件条斤箱盒瓶袋套只支份单台码寸包双张本g{NUMBER.character}]|\.\d| ?-|小时|分钟|kg|ml|cm)"
)
_AFTER_KUAI = r"(?=$|[ ,。;:!?、~)\]]|[的吧吗呢啊呀了还都就能可行不没减优补差券劵卷运邮和跟也是对太贵够么嘛哈哦以]|钱)"

_SIGNED = rf"¥ ?(?:\d{{1,3}}(?:,\d{{3}}){{1,3}}(?:\.\d{{1,2}})?|{_WORTH}|{AMOUNT.character})(?:元|块钱?)?"
_YUAN = (
    rf"(?:(?<![\d,.])\d{{1,3}}(?:,\d{{3}}){{1,3}}(?:\.\d{{1,2}})?|{SPAN})(?:多|来|几)?"
    r"(?:元(?!素|气|件|宵|旦|器|宝)钱?|块钱|圆钱|rmb|人民币)"
)
_KUAI = (
    rf"{SPAN}(?:多|来|几)?块(?:钱|[\d一二三四五六七八九{NUMBER.character}](?![\d{NUMBER.character}个件条斤箱盒瓶袋])(?:毛|角)?)"
    rf"|(?!一块){SPAN}(?:多|来|几)?块{_AFTER_KUAI}"
)
_SMALL_CHANGE = rf"{NUM}(?:毛(?!巾|衣|毯|裤|线|病|笔|绒|发|孩|球)钱?|分钱)"
_PRICE_WORDS = (
    "(?:金额|原价|现价|售价|标价|到手价?|券后价?|价格?(?:才|是|要)|单价|差价|降到|降了|涨到|涨了|花了|卖|付了|便宜|返现?"
    "|立减|减免?|满|补差?)"
)
_PRICED = rf"{_PRICE_WORDS}[是为要了: ]{{0,2}}(?P<v>{_WORTH}){_NOT_MONEY}"

_AMOUNT = together(
    Pattern("amount", compiled(rf"{_SIGNED}|{_YUAN}|{AMOUNT.character}(?:元|块钱?)?")),
    Pattern("amount", compiled(_KUAI)),
    Pattern("amount", compiled(_SMALL_CHANGE)),
    Pattern("amount", compiled(_PRICED)),
    Pattern("amount", compiled(rf"满(?P<v>{NUM})减")),
    Pattern("amount", compiled(rf"满{NUM}元?减(?P<v>{NUM}){_NOT_MONEY}")),
)
_COUNT = together(
    Pattern("count", compiled(rf"(?<![第\d])(?!一){SPAN}(?:多|来)?{_MEASURE}{_NO_PIECE}")),
    Pattern(
        "count",
        compiled(
            rf"(?<![第这那哪每某上下前另统同万唯十百\d])一(?!个|把|提|对(?!{END})|块|包邮|条龙|套房)"
            rf"{_MEASURE}{_NO_PIECE}"
        ),
    ),
    Pattern("count", compiled(rf"(?<=[买拍要减加少发剩下]|来|了)一个{_NO_PIECE}(?!月|小时|星期|礼拜)")),
    Pattern("count", compiled(r"(?<=[买拍要减加少发剩来了])[俩仨]")),
)

_COUPON_WORDS = (
    "店铺优惠|平台优惠|商品优惠|优惠|店铺|平台|满减|满折|运费|新人|新客|老客|会员|粉丝|直播间?|短信|品类|商品|无门槛|通用|折扣|代金"
    "|抵用|抵扣|现金|消费|购物|生日|支付|惊喜|神|大额|膨胀|津贴|跨店|复购|回购|关注|plus|88vip|全品类?|白条|流量|话费|邮费|包邮"
    "|提货|兑换|礼品|体验|服饰|数码|生鲜|京|东"
)
_COUPON = Pattern(
    "coupon_kind",
    compiled(
        rf"(?:{_COUPON_WORDS}){{1,3}}[券劵卷](?!发|筒)"
        r"|(?:店铺|平台|直播间?|惊喜|现金|购物|返现)?红包|京豆|淘金币|(?:购物|百亿)?(?:津贴|补贴)(?!券)"
        r"|(?:会员|店铺)?积分|京东e卡|e卡|礼品卡|购物金|购物卡|多多果园券"
    ),
    lambda text: text.replace("劵", "券").replace("卷", "券").upper(),
)


find = together(_AMOUNT, _COUNT, _COUPON)
