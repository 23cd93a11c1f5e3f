"""Days, times of day and lengths of time, left as the buyer said them.

A part of the day or a clock time that follows the day at once belongs to it: 明天下午3点 is one date.
"""

from __future__ import annotations

from bot.entities.grammar import SPAN, Pattern, compiled, together
from bot.entities.reading import DATE, NUMBER, TIME

_SMALL = (
    r"(?:(?<![\d.])\d{1,2}(?!\d|\.\d)|(?<![一二三四五六七八九十第])[一二三四五六七八九十]{1,3}"
    f"|{NUMBER.character})"
)
_PART = "(?:清早|大早上|早上|早晨|上午|中午|下午|晚上|傍晚|凌晨|夜里|夜晚|半夜|晚间|早(?![点就不知已扔]))"
_ONE_OCLOCK = r"(?<![上中下午晨晚])一点(?!半|一刻|钟|以?前|之前|左右|\d)"
_CLOCK = (
    rf"(?:(?!{_ONE_OCLOCK}){SPAN}点(?:半|一刻|三刻|多|钟|左右|零?{_SMALL}分?)?(?!税|的税|个|折|击|开|进|货|赞)"
    r"|(?<!\d)(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?(?!\d)"
    rf"|{NUMBER.character}:{NUMBER.character})"
)
_RELATIVE = (
    "(?:大前天|大后天|前天|昨天|今天|明天|后天|昨日|今日|明日|当天|次日|第二天|昨儿|今儿|明儿"
    "|[昨今明当]晚(?:上)?|[今明]早(?:上)?|前两天|前几天|这两天|这几天|近两天|过两天|过几天|后两天)"
)
_WEEK = (
    r"(?:(?:[上下这本]个?)(?:周|星期|礼拜)[一二三四五六日天末1-7]?"
    r"|(?<!每)(?:周|星期|礼拜)[一二三四五六日天末1-6](?!折))"
)
_MONTH = r"(?:[上下这本]个?月[初中底末]?|月[初中底末]|年[前后底初](?!付)|[今明去前后]年)"
_YEAR = rf"(?:(?<!\d)(?:20)?\d\d年|[今明去前]年|{NUMBER.character}年)"
_NO_DAY = "(?!码|楼|店|线|院|门|车|机|色|链接|仓|客服|铺|电池|床|桌|单元|柜|房|位)"
_CALENDAR = (
    r"(?:(?<!\d)(?:20\d\d)[-/.年](?:0?[1-9]|1[0-2])[-/.月](?:[0-2]?\d|3[01])(?!\d)[日号]?"
    rf"|{_YEAR}?{_SMALL}月份?(?:[初中底末]|{_SMALL}(?:[号日]{_NO_DAY}|(?![\d元块个.天件点码/-])))?"
    r"|(?<![\d.])(?:0?[1-9]|1[0-2])[/.-](?:3[01]|[0-2]?\d)(?!\d)"
    rf"(?:[号日]{_NO_DAY}|(?=[之以]?前|到货|送到|发货|下单|买的|签收))"
    rf"|[上下这本]个?月{_SMALL}[号日]{_NO_DAY}"
    rf"|(?<![\d路街弄道巷村栋幢院区.-]){_SMALL}[号日]{_NO_DAY})"
)
_FEAST = (
    r"(?:双十?[一二](?!次)|双1[12](?!\d)|(?<!\d)618(?![\d元块.])|(?<![一二三四五六七八九十])国庆节?|春节|元旦"
    r"|中秋节?|端午节?|(?<!\d)五一(?!路)|清明节?|元宵节|除夕|圣诞节?|情人节|妇女节|儿童节|过年)"
)
_DAY = f"(?:{_RELATIVE}|(?:{_YEAR}的?)?{_FEAST}|{_WEEK}|{_CALENDAR}|{_MONTH})"
_UNIT = "(?:天|个?(?:小时|钟头|工作日|星期|礼拜|月|季度)|分钟|周|年|秒)"
_HALF_UNIT = "(?<![下上点])半(?:天|年|个?小时|个?月|个?钟头)"

_DATE = Pattern("date", compiled(rf"{_DAY}(?: ?的?{_PART})?(?: ?(?<!\d){_CLOCK})?|{DATE.character}"))
_TIME = Pattern(
    "time",
    compiled(rf"(?:{_PART} ?)?{_CLOCK}|(?<![一整个])(?!早){_PART}(?!好|点|安|饭|餐)|早上(?!好)|早晨|{TIME.character}"),
)
_DURATION = Pattern(
    "duration",
    compiled(rf"{SPAN}(?:多|来)?(?:个半(?:小时|月)|{_UNIT}半?)(?!前半|卡|份|度)|{_HALF_UNIT}"),
)


find = together(_DATE, _TIME, _DURATION)
