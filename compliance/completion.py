"""What a bare yes or no amounts to, given what the buyer just asked."""

from __future__ import annotations

import re

from compliance.reading import Reading, restate

_OPENING = re.compile(
    "(?:亲|您好|你好|在的?|嗯|哦|好|抱歉|不好意思|对不起|哈喽|hi|hello|宝|宝贝|亲爱的|"
    "这个|这边|那个|我们?这边|我们|咱们|店里|目前|暂时|当然|肯定|确实|真的|其实|都|"
    "也|"
    "呢|哈|呀|啦|的|~| )*"
)
_CLOSING = "(?:的|呀|哦|呢|啊|哈|滴|啦|了|噢|喔|嘛|亲|您放心|哟|呦|吧|~|没问题|这样|这么|放心|宝|宝贝){0,4}"
_YES = re.compile(
    "(?:(?:可以|能)?(?:保证|肯定|确定)|可以|能|行|好|好嘞|好说|是|对|要|需要|有|支持|"
    "会|没错|必须|没问题|ok|得|得要|收|算|成|中|包|包邮|加|用|同意|安排|没毛病|嗯|"
    "妥|1)" + _CLOSING
)
_NO = re.compile(
    "(?:不能保证|不敢保证|没法保证|保证不了|说不准|不好说|不一定|不|没有|没|不行|不可以|"
    "不能|不会|不用|不需要|不要|不支持|不是|不开|不收|不包|不给|不含|不接受|不提供|"
    "不算|不好|没法|没办法|开不了|办不了|做不了|不方便|不得|不让|无)" + _CLOSING
)
_QUESTION = re.compile("[吗么]|呢|\\?|(.)不\\1|有没有|可不可以|是否|不$|没$|能行|几|多少|怎么|如何|什么|咋|多久|啥")
_OPEN_QUESTION = re.compile("还是|几|多少|怎么|如何|什么|咋|多久|啥|哪|为何|谁|何时")
_NEGATIVE = re.compile("不|别|没|无")
_AUXILIARY = re.compile(
    "可以|需要|支持|能|会|有|包(?!裹|装)|收(?!到|货)|参加|要|用|开|给|送|算|含|带|退|换|让|行|接受|提供|是"
)
_REQUEST = re.compile(
    "吧$|呗$|好了$|^(?:那)?(?:就|您|你)?(?:帮|给|麻烦|请|加|留|发|直接)|我(?:要|想|加|转|付|打)|(?:给|帮|加)我"
)
_POLITE = re.compile("(?:好|嗯{1,4}|好的|好嘞|嗯好)" + _CLOSING)
_LATER = re.compile("稍等|等一下|查|核实|看一下|看下|问一下|登记|反馈")
_ANSWER = re.compile("不|没|无|可以|能|会|要|有|是|行|好|需要|支持|免|都|对")
_EMPTY = frozenset("我您你可以能吗的是不给要有这那个了会,。?!呢啊哦亲")
"""Characters that say nothing about what a sentence speaks of."""
_SENTENCES = 4
"""A bare answer further down answers something else."""
_LONGEST = 60


def complete(reply: Reading, buyer: Reading) -> Reading | None:
    """The statement that a reply of a bare yes or no makes, None when it says more or less than that.

    Questions that a yes cannot answer (how many, when) and negative requests (不用了) are left alone. Sentences that
    answer nothing may stand before (很高兴为您服务。可以的).
    """
    spoken = -1
    for index, unit in enumerate(reply.units):
        if unit.sentence == spoken:
            continue
        words = reply.words(index)
        opening = _OPENING.match(words)
        rest = words[opening.end() :] if opening else words
        if not rest and (index < 2 or spoken >= 0) and not re.fullmatch("好的?|嗯+|好[呢哈呀啦]的?", words):
            continue
        polite = _POLITE.fullmatch(words) is not None
        if polite and (spoken >= 0 or _LATER.search(reply.text, unit.end)):
            return None
        agreed = polite or bool(_YES.fullmatch(rest or words))
        if agreed or _NO.fullmatch(rest):
            statement = _statement(buyer, "" if agreed else rest)
            return restate(reply, index, statement) if statement else None
        if unit.sentence >= _SENTENCES or answers(words, buyer.text):
            return None
        spoken = unit.sentence
    return None


def answers(sentence: str, question: str) -> bool:
    """Whether a sentence that is no bare answer answers the question itself: it begins so, or speaks of the same."""
    if _ANSWER.match(_OPENING.sub("", sentence, count=1)):
        return True
    return any(
        question[place : place + 2] in sentence
        for place in range(len(question) - 1)
        if _EMPTY.isdisjoint(question[place : place + 2])
    )


def _statement(buyer: Reading, refusal: str) -> str:
    """What the shop says by agreeing, or by answering with `refusal`, to the buyer's last question."""
    asked = [index for index in range(len(buyer.units)) if _asks(buyer, index)]
    if asked:
        words = _with_lead(buyer, asked[-1])
        if _OPEN_QUESTION.search(words):
            return ""
    else:
        words = ",".join(buyer.words(index) for index in range(len(buyer.units)))
        if _NEGATIVE.search(words) or not _REQUEST.search(words):
            return ""
    plain = _declare(words[-_LONGEST:])
    return _deny(plain, refusal) if refusal and plain else plain


def _asks(buyer: Reading, index: int) -> bool:
    return "?" in buyer.units[index].mark or _QUESTION.search(buyer.words(index)) is not None


def _with_lead(buyer: Reading, index: int) -> str:
    """The asking unit; a bare 可以吗 or 行不行 takes the unit before it along."""
    words = buyer.words(index)
    if index and len(_declare(words)) <= 2:
        return f"{buyer.words(index - 1)}{words}"
    return words


def _declare(question: str) -> str:
    """A question as the statement that a yes would make, said by the shop."""
    plain = re.sub("(?:可以|好|行|能行|成)(?:吗|么|不|嘛)$|(?:行不行|好不好|可不可以|是不是|可以不可以)$", "", question)
    plain = re.sub("是不是|是否", "", plain)
    plain = (
        plain.replace("可不可以", "可以")
        .replace("有没有", "有")
        .replace("需不需要", "需要")
        .replace("支不支持", "支持")
    )
    plain = re.sub(r"(.)不\1", r"\1", plain)
    plain = re.sub("(?:吗|么|呢|呀|啊|吧|嘛|不|没|没有|亲|哈)+$", "", plain)
    return plain.translate(_TURNED).replace("我们们", "我们").replace("您们", "您")


_TURNED = str.maketrans({"你": "我们", "您": "我们", "我": "您"})


def _deny(statement: str, refusal: str) -> str:
    """The statement under the negation that the answer used (不用 denies 要, 不能 denies 能 ...)."""
    if _SURE.search(statement) or _UNSURE.match(refusal):
        return f"不是{statement}"
    for answer, denied in _DENIALS:
        if refusal.startswith(answer):
            word = next((word for word in denied if word in statement), None)
            if word is not None:
                return statement.replace(word, f"{'没' if word == '有' else '不'}{word}", 1)
            return f"{'不能' if '能' in denied else '不是'}{statement}"
    auxiliary = _AUXILIARY.search(statement)
    place = auxiliary.start() if auxiliary else 0
    return f"{statement[:place]}不{statement[place:]}"


_SURE = re.compile("一定|肯定|保证|绝对|必须")
_UNSURE = re.compile("不能保证|不敢|没法|不好|不一定|说不准|保证不了")
_DENIALS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("不是", ()),
    ("不用", ("需要", "要", "得", "用")),
    ("不需要", ("需要", "要", "得")),
    ("不要", ("需要", "要")),
    ("没", ("有",)),
    ("不会", ("会",)),
    ("不支持", ("支持", "可以", "能")),
    ("不能", ("可以", "能", "支持", "会")),
    ("不可以", ("可以", "能", "支持")),
    ("不行", ("可以", "能", "支持", "行")),
    ("不得", ("可以", "能")),
    ("不让", ("可以", "能")),
    ("不包", ("包",)),
    ("不收", ("收", "要")),
    ("不开", ("开",)),
)
"""How a refusal begins, and the word of the question that it denies, the likeliest first."""
