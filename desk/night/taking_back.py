"""A line that takes back a wish that no form runs for: to cancel the order, an exchange that people were to explain."""

from __future__ import annotations

import re
from dataclasses import dataclass

from contracts.forms import CANCEL, FORMS, FormStatus
from desk.night.cancelling import cancels_matter
from desk.night.reading import LIKELY, NAMED, Reading
from desk.night.signals import Signals
from desk.night.talk import Period

_ORDER = "(?:订单|这一?单|那一?单|它)"
_NOT_CANCELLED = re.compile(
    rf"(?<![要能可何])(?:先|暂时|还是|都|就)*(?:不|别|甭|没|勿)(?:是|想|要|用|再|必|打算|急着|着急|说|忙)*(?:给我|帮我|把)?{_ORDER}?取消{_ORDER}?[了啦咯]?"
    rf"|(?:撤[回销]|收回)(?:刚才?|之前|上面)?的?取消(?:申请|订单)?"
    rf"|(?:说|讲|要|申请|提交?)?的?取消{_ORDER}?的?(?:话|事|那[句条]|申请|那个)?(?:我|就|都|先|也)*"
    r"(?:不算数?|作废|收回|撤回|撤销|免了|作罢|当没说|不作数|拉倒|不用|不必)[了啦咯]?"
)
_NOT_REFUNDED = re.compile(
    r"(?<![要能可何给让])(?:算了|还是|先|就)*(?:不|别|甭)(?:想|要|用|再)*退(?:款|货|钱|单)?[了啦咯]"
)
"""Before a parcel is sent, who wants the money back cancels."""
_KEPT = re.compile(
    rf"(?:{_ORDER}|货)?(?:还是|继续|照常|照样|正常|依旧|仍然|仍旧|接着|按原来的?)(?:给我|帮我|再)?(?:想|要)?"
    r"(?:发货?|寄|要|留着|留下|买|保留)(?:出来|出|货|着|下|了|吧|就行|就好|即可)*"
    r"|(?:那|就|我|还是|又)*(?:又|还是)想?(?:要|留)(?:着|下)?了?|(?:那|就)*照(?:常|样|旧)?发(?:货|吧|就行|就好)*"
    rf"|(?:订单|这单|那单)?(?:给我|帮我|还是)?(?:留着|保留|恢复){_ORDER}?(?:了|吧|一下|就行|就好)*"
)
"""Words of somebody who wants the order after all."""
_ASKS_WHY = re.compile(r"怎么|咋|为什么|为啥|是不是|有没有|还没取消")
_CONDITION = re.compile(
    r"(?:没|不|要是|如果|的话|否则|万一)[^,，。;；\s]{0,8}(?:就|那)(?:还是|只好|只能|先)*(?:算|不|别|取消)|(?:那|就)(?:只好|只能)"
    r"|(?:没|不(?!好意思|用|想|必))[^了,，。;；\s]{1,6}算了"
)
"""If it is not so, then never mind: nothing is called off yet."""
_HALTS = re.compile(r"先(?:别|不|放|缓)|暂(?:时|且)(?:别|不|先)|缓一?[下缓]|慢着|别急着")
_WAITS = re.compile(r"等[一]?[下会等]|稍等|等我")
_CONSULTS = re.compile(r"问|商量|考虑|想想|想一[下想]|合计|琢磨|确认|核实|打听|看看|再(?:定|决定)|没想好|拿不定|还没定")
_PONDERS = re.compile(
    r"商量|考虑|想想|想一[下想]|再(?:定|决定)|没想好|拿不定|还没定|要不要"
    r"|问[一]?[下问]?(?:我|一下)*(?:家里?人?|老[公婆伴]|[爸妈爷奶]|媳妇|儿子|女儿|闺女|孩子|对象|爱人|领导|老板)"
)
"""Words of somebody who has not made up his mind: 先别取消 我问下家里人."""
_NEEDLESS = re.compile(
    r"^(?:啊|哦|哎|那|好的|嗯)*(?:没事儿?了|不麻烦(?:您|你们?)?了|不打扰了|(?:已经|我|都)*(?:自己)?(?:解决|搞定|弄好|查到|找到|看到)了)"
)
"""Words of somebody who needs no answer any more."""
_LITTLE = re.compile(
    r"(?:刚才?|刚刚|上面|前面|之前|先前|想了?想|想了一下|考虑了一下|我|又|还是|那个?|这个?|就|都|先|了|吧|啊|呀|哎呀?|唉|哦|嗯|好|行|算了?|说|的|啦|咯"
    r"|要不|没事|不好意思|抱歉|麻烦|谢谢|哈|呢|是|请|帮我|给我)*"
)
_NOT_MORE = re.compile(r"[不别][^\s,，。;；不]{1,8}[了啦咯]")
_NAMING = re.compile(r"[^算了啦吧不别用要先想必再没当我就说问暂时取消的这那个掉也都还是需一下给帮您你好行]")
"""A character of the words that call something off which tells what."""
_PIECE = re.compile(r"[\s,，。;；!！~～]+")


@dataclass(frozen=True)
class TakenBack:
    """The topics of the wishes that a line takes back, and what it says besides, "" for nothing."""

    topics: tuple[str, ...]
    rest: str = ""


def keeps_order(text: str) -> bool:
    """Whether the line says that the order is not to be cancelled."""
    kept = _NOT_CANCELLED.search(text) or ("取消" not in text and _NOT_REFUNDED.search(text))
    return bool(kept) and not (_ASKS_WHY.search(text) or conditional(text))


def conditional(text: str) -> bool:
    """Whether the line says what it wants only if something else is so."""
    return bool(_CONDITION.search(text))


def undecided(text: str) -> bool:
    """Whether a line asks to wait with something, because the buyer has to think or to ask somebody first."""
    halts = _HALTS.search(text) and _CONSULTS.search(text)
    return bool(halts or (_WAITS.search(text) and _PONDERS.search(text)))


def taken_back(reading: Reading, period: Period, signals: Signals) -> TakenBack | None:
    """What a line takes back of the wishes before it, None when it takes back none.

    A wish that the words name goes; one that they do not name goes when it is the last and people had to see to it.
    """
    wished = _wished(period)
    if undecided(reading.text):
        return None
    if CANCEL in wished and (keeps_order(reading.text) or _keeps(reading.text)):
        return TakenBack((CANCEL,), _rest(reading.text, signals, cancel=True))
    cancels = reading.topic == CANCEL and ("取消" in reading.text or not keeps_order(reading.text))
    cancels = cancels and cancels_matter(reading.text) is None and reading.probabilities.of_name(CANCEL) >= NAMED
    needless = bool(_NEEDLESS.search(reading.text))
    stops = reading.has("stop") or needless
    if not stops or reading.has("question") or cancels or conditional(reading.text):
        return None
    words = [reading.text[start:end] for start, end in signals.spans("stop", reading.text)]
    words += _NOT_MORE.findall(reading.text)
    naming = {character for word in words for character in _NAMING.findall(word)}
    read = {guess.name for guess in reading.answer.understanding.topics if guess.confidence >= NAMED}
    if naming:
        named = [want.topic for want in period.wants if naming & set(want.words) or want.topic in read]
        topic = next((topic for topic in reversed(named) if topic in wished), None)
    else:
        last = period.wants[-1].topic if period.wants else ""
        topic = last if last in wished and (period.points(last) or last == CANCEL) else None
    return TakenBack((topic,), _rest(reading.text, signals, cancel=topic == CANCEL)) if topic else None


def wishes_besides(rest: Reading, back: TakenBack) -> bool:
    """Whether what a line says beside taking a wish back is one of its own, and no reason for it: 已经到了."""
    if rest.alarm is not None or rest.has("person"):
        return True
    if rest.small_talk:
        return False
    if rest.has("request") and (rest.business or rest.entities):
        return True
    if rest.topic in back.topics or not rest.business:
        return False
    likely = rest.probabilities.of_name(rest.topic) >= LIKELY
    own = CANCEL in back.topics or any(rest.topic in form.topics for form in FORMS)
    return rest.has("question") or (likely and own)


def _wished(period: Period) -> frozenset[str]:
    """What the buyer wished so far, without what the form takes that runs or is complete."""
    state = period.form
    ours = {*state.form.topics, state.form.title} if state and state.status is not FormStatus.STOPPED else set()
    titles = {form.title for form in FORMS}
    wished = {want.topic for want in period.wants if not want.urgent and ("/" in want.topic or want.topic in titles)}
    return frozenset(wished | ({CANCEL} if period.points(CANCEL) else set())) - ours


def _keeps(text: str) -> bool:
    return any(_KEPT.fullmatch(piece) for piece in _PIECE.split(text))


def _rest(text: str, signals: Signals, *, cancel: bool) -> str:
    """The line without the words that take something back and the small ones around them."""
    rest = []
    for piece in _PIECE.split(text):
        if cancel and _KEPT.fullmatch(piece):
            continue
        left = _NOT_REFUNDED.sub("", _NOT_CANCELLED.sub("", piece)) if cancel else _NOT_MORE.sub("", piece)
        for start, end in reversed(signals.spans("stop", left)):
            left = left[:start] + left[end:]
        if not _LITTLE.fullmatch(left):
            rest.append(left)
    return " ".join(rest)
