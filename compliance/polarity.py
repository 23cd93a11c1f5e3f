"""Whether a text claims what it mentions: negation and its scope, quotation, echoed questions, warnings."""

from __future__ import annotations

import re
from bisect import bisect_left
from enum import Enum

from compliance.reading import Reading


class Stance(Enum):
    """How a text stands to something that occurs in it."""

    CLAIMED = "claimed"
    DENIED = "denied"
    REPORTED = "reported"


_SCOPE = 30
"""Characters before a match in which a negator is looked for."""

_IDIOMS = (
    "不过|不但|不仅|不只|不光|不如|不好意思|差不多|不管|不论|不同|不久|不少|不错|对不起|要不(?!要)|不然|不够|不一样|"
    "开不开|带不带|含不含|给不给|退不退|发不发|加不加|花不花|没事|没问题|没关系|没错|不客气|不用谢|不着急|不急|不满|不足|不到|不知|不清楚|"
    "不懂|不贵|不多|来不及|了不起|不得不|不可不|"
    "免费|免邮|免运费|免得|免单|特别|别家|别人|别的|别店|分别|级别|类别|区别|个别|"
    "性别|识别|告别|无论|无忧|无理由|无条件|未来|"
    "是不是|能不能|会不会|要不要|可不可以|行不行|好不好|有没有|用不用|需不需要|收不收|开不开|支不支持|包不包|"
    "非不|莫不|不能不|不会不|没有不(?=[一-龥]{1,2}的$)|不开心|不划算|不愉快|不耐烦|不小心"
)
_EXISTENTIAL = (
    "谁说|没人会|没人能|不等于|不代表|不意味着|没有|并没有|从来没|从没|不是|并非|不存在|不属于|谈不上|哪有|哪会|怎么会|怎么可能|"
    "不可能|拒绝|谢绝|禁止|严禁|杜绝|避免|防止|"
    "不支持|不接受|不允许|不提倡|不参与|不建议|不推荐|不提供|不做|没写|没说|没让|没叫|没这|没那|没任何|无任何|无此|绝无|不认可|不鼓励"
)
_PROHIBITIVE = "请勿|切勿|勿|千万别|不要|请别|别|不得|不能|不可以|不准|不许|不可"
_VERBAL = (
    "没法|无法|没办法|难以|不敢|不好|不方便|不便|不一定|不用|不必|不需要|不需|无需|无须|甭|"
    "不会|从不|绝不|决不|不再|不|没|未|免|无|拒"
)
_CAUSAL = "不(?:会|能|得|该|应该)?因为?"
_NEGATOR = re.compile(
    f"(?P<cause>{_CAUSAL})|(?P<idiom>{_IDIOMS})|(?P<wide>{_EXISTENTIAL})|(?P<stop>{_PROHIBITIVE})|(?P<verb>{_VERBAL})"
)

_LIGHT = (
    "私信|写过|谁的|建|放|帮着|贴|找人|叫人|让人|任何|我们|咱们|客服|顾客|买家|客户|大家|店铺|店里|另外|另行|额外|"
    "单独|私自|擅自|随便|随意|轻易|主动|收取|产生|存在|提供|支持|接受|"
    "允许|建议|参与|因为|这样|这种|那种|什么|一分|一点|1个|一个|添加|出现|同意|答应|"
    "承诺|保证|保障|打算|至于|方便|必要|通过|使用|强制|"
    "要求|需要|可以|可能|一律|一定|肯定|绝对|100%|其他|别的|在意|担心|多余|变相|提前|"
    "销售|经营|涉及|属于|采用|等|拖到|拖|靠|卖|走|玩|弄|碰|含|带|会|能|可|得|用|需|"
    "必|要|让|叫|请|给|帮|向|跟|和|对|找|由|您|你|亲|我|咱|它|他|再|又|另|多|收|有|"
    "做|搞|去|来|到|在|把|被|为|此|半|的|了|过|地|"
    "加|发|留|说|讲|算|是|想|便|敢|先|只|也|都|就这|太|所谓|补|付|交|出|开"
)
_FILLER = re.compile(f"(?:{_LIGHT}){{0,8}}")
_JOINED = re.compile("[^不没]{1,10}(?:和|、|或者?|及|以及|与)")
"""The first members of a list whose last one is matched: what denies them denies it (不发链接和二维码)."""

_BREAKER = re.compile("的话|就(?!是说|算)|才|但|却|而是|否则|不然|要是|如果|还是|反而|,")
_STOP_BREAKER = re.compile("的话|就|才|但|却|而|否则|了(?!解)|,")

_TAIL = re.compile(
    "[^不没无免]{0,8}(?:没有(?:过|做|这[个回种]?(?:事|说法|要求|渠道|情况|规定|码|"
    "方式)?|该?渠道|这样的(?:事|说法|要求))?|"
    "不存在|不会|不用|不需要|不收|不要|不加|不能|不行|不可以|不可能|不支持|不允许|"
    "不提供|不参与|不接受|不做|不方便|不开通|不对|不成立|"
    "不(?:许|准|让|会|能)?(?:再)?(?:干|搞|碰|踩|卖|做|走|玩|弄|沾|共享|外传|认|发|放|挂)|不是这样|不这(?:样|么)(?:搞|做|干|弄)|"
    "一概没有|全没有|不应该|是骗(?:您|人)|超(?:幅度|范围|限制?)|(?:改|办|做|弄|搞|说|给|发|标|批)不(?:了|动|下来)|"
    "不用(?:您|你)?(?:再)?(?:管|操心|付|出|补|拍|点|买|交|理|掏|承担|打|转|扫|加)|"
    "(?:话|词|字眼|字)(?:咱们?|我们|您|就|也|可|都){0,2}(?:别|不要|不)(?:再)?(?:说|讲|骂|提|用)|"
    "不合规|不合适|做不到|办不到|没这(?:回事|个说法|个要求)|免了|取消了|使不得|无效|"
    "不作数|不敢(?:说|保证|打包票)?|不好说|没法(?:保证|说|承诺)|不(?:能|敢|会|好)?(?:承诺|"
    "答应|保证)|不一定|没有?权限|"
    "(?:请|都|千万)?(?:不要|别|勿|请勿|切勿)(?:去|再|随便|乱|轻易)?(?:扫|点|加|信|给|付|"
    "打开|转|理|相信|搭理|下单|拍|打|用|买)?)"
    "(?:也不.{1,2})?(?:的|哦|呢|哈|啦|呀|滴|了|噢|喔|亲|您放心|啊|嘛|加|收|发|开|这样|这么做){0,4}$"
)
_CHOICE = re.compile(r"(.)不\1|有没有|可不可以|能不能")
_THIRD = re.compile(
    "(?:之前|上次|原来|前面)?(?:那|上|前一)家(?!里)|外面(?:那些|那种|有|的人|说)|如果写着|(?:前面|之前|上一?)那位|"
    "(?:快递员|派件员|师傅|网点|快递公司)(?:要是|如果|敢|若)|同事(?:之前|刚才|前面)|别家|别的(?:店|商家|卖家|家)|其[他它](?:店|商家|卖家|家)|有[的些](?:店|商家|卖家|"
    "家)|某些|个别(?:店|商家)|人家|骗子|对方|网上(?:说|都|有人|看|的|卖|传)|市面上|"
    "同行|其[他它]人|他人|别人|"
    "有人|任何人|陌生人|冒充|自称|假冒|如遇|遇到|凡是|若有人|谁(?:要是|如果)?(?:让|叫|要)"
)
_TOLD = re.compile(
    "(?:您|你)(?:上次|之前)?(?:听到|听见|看到)的|(?:您|你)(?:发|拍|截)(?:来|过来)?的(?:图|截图|要求|链接)|(?:您|你)(?:截图|图)里|(?:您|你|亲|买家|顾客|客户)(?:刚才?|刚刚|之前|前面|上面|是|这边|可能|也许|是不是|们)?"
    "(?:留了|发了|给了|说(?!明|一下|下|了算|完)|问(?!一下|下)|担心|怕|听说|以为|觉得|希望|要求|提出|"
    "提到|提的|看到|想问|是想问|是问|是指|是说|误会|讲|顾虑|关心|在意)"
)
_AGREE = re.compile("(?:亲|嗯+|哦|对|是|没错|确实|的确|实际上|我们也|咱们也|这边也|店里也|也是|也要|也得)")
_FLAT_NO = re.compile(
    "(?:亲|哦|嗯|其实|我们|我们?这边|咱们?|店里|本店|小店|您放心|请?放心|当然|那是|"
    "都|这个|这边|这里|平台|一律|完全){0,3}"
    "(?:不|没|无|免|并不|怎么会|哪有|哪会|放心|支持|可以|能|行|都能|都可|会|全|正常|一样|照)"
)
_CONDITION = re.compile("的话|就|得(?!到)|另|需要|都要")
_CONDITION_TAIL = re.compile("的话|就|才|得")
_WARNING = re.compile(
    "谨防|诈骗|骗子|骗局|上当|受骗|不要信|别信|不要相信|切勿相信|不要理会|不要理|别理|"
    "当心(?!我)|小心(?!我)|警惕|提防|举报|留个心眼|拒付|上报|没有?(?:京东|平台|官方)?(?:的)?(?:售后|保障)|别给(?!.{0,3}(?:评|好评|差))|不可信|不安全|没有?保障|无保障|有风险|请拒绝"
)
_FORBIDDEN = re.compile(
    "违规|违反|不合规|会被(?:平台)?(?:处罚|罚|封)|红线|平台(?:规定)?(?:不允许|禁止|不让|不准)|规定不能|规则不允许"
)
_OPENING = '"“「『‘'
_CLOSING = '"”」』’'
_CLOSED = re.compile(f"[{_CLOSING}]")
_SAID_ELSEWHERE = re.compile(
    "(?:的是|是)(?:别|其他|外面)|(?:这种|那种|这样|之类)?的?(?:话|说法|词|字眼)|(?:旗号|幌子|噱头)|(?:那种|这种)"
)
_SET_RIGHT = re.compile("(?:那)?(?:都|肯定|真)?(?:不是(?:我们|咱|本店|店里)|不对|不作数|是别家|误会|非常不|是错)")
_DEFINED = re.compile("(?:这[个句四两]{0,2}(?:话|词|字)?)?(?:说的是|指的是|是指|的意思)")
_ABROAD = re.compile("要是|如果|若|包裹里|卡片|短信|电话")
_WRITTEN = re.compile("(?:写|开|开成|备注|拍|搜|填|打|改成|标|选|叫|是|按|成|发|回复?)(?:个|下|一下|上|您)?$")
_SPOKEN = re.compile("说|称|喊|讲|句|所谓|什么|提|骂|问|那种|这种|打着|听")
_ASKS = re.compile("[吗么嘛](?:亲|哦)?$")
_QUESTION_END = re.compile("(?:吗|么|嘛|是吧|对吧|吧|呢)(?:亲|哦)?$")


def stance(reading: Reading, start: int, end: int) -> Stance:
    """How the text stands to reading.text[start:end], which lies in one unit."""
    index = reading.unit_at(start)
    unit = reading.units[index]
    before = reading.text[max(unit.start, start - _SCOPE) : start]
    after = reading.text[end : max(unit.end, end)]
    following = _following(reading, index)
    if _chosen(reading.text, start) or _cited(reading, start, end, following):
        return Stance.REPORTED
    if _negations(before, after) % 2:
        return Stance.DENIED
    if _DEFINED.match(after) or (_ABROAD.search(before) and _SET_RIGHT.match(following)):
        return Stance.REPORTED
    if _TAIL.match(after) and not _CHOICE.search(after):
        return Stance.DENIED
    if _warned(before, after, following):
        return Stance.DENIED
    return _quoted(before, after, unit.mark, following)


def _following(reading: Reading, index: int) -> str:
    """The unit after this one, which may take back what this one says; across a full stop only if this one asks."""
    asks = "?" in reading.units[index].mark or _ASKS.search(reading.words(index)) is not None
    return reading.words(index + 1) if asks or reading.same_sentence(index, index + 1) else ""


def _negations(before: str, after: str) -> int:
    """How many negators before a match reach it."""
    count = 0
    place = len(before)
    for match in reversed(list(_NEGATOR.finditer(before))):
        between = before[match.end() : place]
        if _reaches(match, between, after):
            count += 1
            place = match.start()
    return count


def _reaches(match: re.Match[str], between: str, after: str) -> bool:
    if match["idiom"] or match["cause"]:
        return match["idiom"] is None
    if match["verb"]:
        return _FILLER.fullmatch(between) is not None or _JOINED.fullmatch(between) is not None
    if match["stop"]:
        return len(between) <= 12 and not _STOP_BREAKER.search(between)
    if match[0] == "不是" and re.search("[吗么嘛]$", after):
        return False
    return not _BREAKER.search(between)


def _chosen(text: str, start: int) -> bool:
    """Whether the match is the second half of a choice (开不开票, 带票不带票)."""
    if text[start : start + 1] != "不":
        return False
    word = text[start + 1 : start + 3]
    return bool(word) and (text[:start].endswith(word) or text[:start].endswith(word[:1]))


def _cited(reading: Reading, start: int, end: int, following: str) -> bool:
    """Whether the match stands in quotation marks as something said elsewhere, not as what is to be written.

    Normalised text has no quotation marks, so they are looked for in the original.
    """
    if start < reading.stated:
        return False
    normal = reading.normal
    first, last = normal.span(start, end)
    begin = normal.origins[start - _SCOPE] if start > _SCOPE else 0
    stop = normal.origins[end + _SCOPE] if end + _SCOPE < len(normal.origins) else len(normal.original)
    closed = _CLOSED.search(normal.original, last, stop)
    if closed is None:
        return False
    opening = max(normal.original.rfind(mark, begin, first) for mark in _OPENING)
    if opening < 0 or _CLOSED.search(normal.original, opening + 1, first):
        return False
    before, after = bisect_left(normal.origins, opening), bisect_left(normal.origins, closed.end())
    lead, rest = normal.text[max(0, before - _SCOPE) : before], normal.text[after : after + _SCOPE]
    if _SAID_ELSEWHERE.match(rest) or _TOLD.search(lead) or _THIRD.search(lead) or _SET_RIGHT.match(following):
        return True
    return _WRITTEN.search(lead) is None and _SPOKEN.search(lead) is not None


def _warned(before: str, after: str, following: str) -> bool:
    if _WARNING.search(before) or _WARNING.search(after) or _FORBIDDEN.search(after):
        return True
    return bool(_WARNING.search(following) and not re.search("我[们这]?|咱", before))


def _quoted(before: str, after: str, mark: str, following: str) -> Stance:
    """Whether somebody else says it, or the shop echoes a question only to deny it."""
    confirmed = _AGREE.match(following) is not None
    if _THIRD.search(before):
        return Stance.REPORTED
    told = _TOLD.search(before)
    if told:
        own = before.startswith("的", told.end()) or _CONDITION.search(before, told.end())
        if own and not _answered(following):
            return Stance.CLAIMED
        return Stance.CLAIMED if confirmed else Stance.REPORTED
    if ("?" in mark or _QUESTION_END.search(after)) and _answered(following) and not confirmed:
        return Stance.REPORTED
    return Stance.CLAIMED


def _answered(following: str) -> bool:
    """Whether the next unit answers an echoed question by setting it right."""
    match = _FLAT_NO.match(following)
    return match is not None and not _CONDITION_TAIL.search(following[match.end() :][:6])
