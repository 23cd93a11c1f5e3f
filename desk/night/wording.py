"""Whether a reply answers this very question: what the buyer's words hold that the reply's wording does not.

The confidence of a reply is about the topic and its cosine about nearness: "活动几点结束" is near to "活动几点开始".
What tells them apart is the word that no text of the reply has, or the kind of question that none of its questions is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from contracts.form_questions import offers_choice
from contracts.reply import Reply
from contracts.text import normalise
from retrieval.segment import words

_NEEDED = "所需"

_KINDS = {
    "时间": r"多久|几天|几日|多长时间|(?:啥|什么)时候|几时|几点|何时|哪天|几号|几个月"
    r"|多少(?:天|小时)|几(?:个)?小时|哪年|几年",
    "数目": r"多少|几(?:个点|[块件张期斤套次折成分钱双只条瓶包盒箱袋把台本支片份米岁寸级页步种])",
    "地点": r"在哪|哪里|去哪|哪儿|到哪|从哪|哪找|(?:啥|什么)地方|哪边",
    "原因": r"为什么|为啥|凭什么|怎么(?:还|没|不|回事|又|少|多)|咋(?:还|没|不|回事|又)"
    r"|什么原因|(?:怎么|咋).{0,6}(?:不了|不上|不到|不出来|没有)",
    "意思": r"什么意思|啥意思|是啥(?!时候|地方)|是什么(?!时候|地方)|什么是|啥是|干什么|干啥|哪(?:种|些(?!资料|材料)|几)"
    r"|(?:什么|啥)(?:要求|条件|区别)|(?<!没)有什么|有啥",
    _NEEDED: r"(?:什么|啥|哪些)(?:资料|材料|证件|手续|证明|信息|东西)"
    r"|(?:提供|准备|提交|需要)(?:一?些|点)?(?:什么|啥|哪些)",
}
"""Kinds of question by what shows them; other kinds (can, how) are told by the words around them."""
_EITHER = "两样里选"
"""The kind of a question which of two it is."""

_FIGURES = frozenset({"时间", "数目"})

_NEEDS = re.compile(
    r"(?:请|给|补|发|提供|提交|填|带|备|把).{0,10}(?:资料|材料|抬头|税号|单号|照片|视频|凭证|执照|资质|证明|地址)"
)
"""What a reply says that tells what is needed, whatever its questions are."""

_ASKING = re.compile("|".join(expression for name, expression in _KINDS.items() if name != "原因"))

_BUYING = (
    r"(?:现在|今天|今晚|刚刚?|刚才|才|昨天|昨晚|前天|要是|如果|这会儿)(?:下单|下的单|拍下?|买|购买|付款)(?:了|完|好|的)*"
    r"|下单(?:了|完|好)?(?:之|以)?后|拍下?(?:了|完)?(?:之|以)后|(?:我|俺)(?:买|拍)的"
)
_SAID = re.compile(f"{_ASKING.pattern}|{_BUYING}")
"""Words by which somebody asks, or says that and when he buys: of these no part is left open."""

_PLAIN = re.compile(
    "(?:{})+".format(
        "|".join(
            (
                # how somebody asks, which the kinds above judge
                _ASKING.pattern,
                r"怎么回事|咋回事|怎么样|怎样|怎么(?:弄|办|搞|操作|做)?|如何|咋(?:弄|办|整|搞|样)?|什么|啥|哪(?:个|款|家|里)?|谁|意思|回事",
                r"能不能|可不可以|可以不|行不行|好不好|是不是|有没有|会不会|要不要|给不给|让不让|用不用|行不|行吗|行",
                # small words and courtesies
                r"(?:想|先|再|来)?(?:问|咨询|打听|了解)(?:一?下|问)?|想知道|请问|麻烦|谢谢|多谢|辛苦|在线等|您好|你好|一下|你们家?|你家|您家|我们|咱们?|俺们?|大家|自己|客服|老板|掌柜|店家",
                r"大哥|大姐|亲|哥|姐|这个|那个|这款|那款|这种|那种|这样|那样|这边|那边|这里|那里|这|那|现在|目前|可以|可能|应该",
                r"或者|还是|然后|就是|的话|时候|想要|我要|需要|想|要|能|会|给|帮|把|被|让|请|得|着|过|吗|呢|啊|呀|吧|哦|哈|嘛|么|呗",
                r"嗯|哎|唉|诶|了|的|地|滴|呐|哒|噢|喔|哟|儿|我|你|您|他|它|是|就|都|也|还|又|再|很|太|和|跟|与|及|在|有|个|些|点",
                r"里|上|中|来|去|用|捏|急|到|好|一|下|款|家|们|老是|支持",
                # that and when somebody buys, which a reply says for any order
                _BUYING,
                # how many, which a reply says for any number
                r"\d++|[\d一二两三四五六七八九十百千万半几]++(?:个|块|元|件|天|双|盒|斤|毛|kg)",
            )
        )
    )
)
_IF = re.compile(
    r"想(?![买要拍看问换退]的)|如果|要是|若|的话|没(?:有|看到|找到|写|标|更新|显示|动)|[找看]不[到见]|需要(?![您你])|不(?:清楚|确定|明白|放心)|拿不准|有(?:疑问|问题|不懂)|其[他它]|还有"
)
"""Words that make what a reply asks for an offer: only who wants more, or misses something, need write."""
_AT_END = re.compile(r"(?:不|没|没有|否|吗|(?<![什怎这那])么|嘛|呢)+$")
_CHOICE = re.compile(
    r"(?<!不)多[大高重长宽厚深粗远快]|能不能|可不可以|行不行|是不是|有没有|会不会|要不要|怎么|咋|如何|什么|啥|谁"
    r"|([\u4e00-\u9fff])不\1"
)
_CONSENT = re.compile(
    r"(?:不(?:影响|碍事|要紧|算|耽误|妨碍)[^\s,，。]{0,5}|没(?:关系|事|影响|问题)|(?:能|可以|给|还能|包)[退换补][^\s,，。]{0,4})吧[\s~～?？!！。]*$"
)
_NOT = re.compile(r"[不没别]+")
_OR_NOT = re.compile(r"(.{1,2})[不没]\1")
"""A question by saying something and its contrary: 退不退."""
_PLACEHOLDER = re.compile(r"\[[^\]]{1,8}\]")
_POINTED = re.compile(
    r"[^\s,，。！!？?]{0,6}(?:推荐|介绍|说|讲|提|发|看|播)(?:过|到|了|中)*的[那这]?[款个种双条台套件]"
)
"""Words that only point at the goods: the one that somebody recommended."""

_BREAK = re.compile(
    r"[^\w]+|_|你们家?|[你您]家|我们|咱们?|请问|麻烦|[这那][个款种]|有没有|能不能|可不可以|是不是|会不会|要不要"
)


def kinds(text: str) -> frozenset[str]:
    """What kinds of question a text asks."""
    found = frozenset(name for name, expression in _KINDS.items() if re.search(expression, text))
    return found | {_EITHER} if offers_choice(text) else found


def counts(text: str) -> bool:
    """Whether a text asks when or how much."""
    return bool(kinds(text) & _FIGURES)


def asks(text: str) -> bool:
    """Whether a part of a line is a question by its form."""
    return bool(kinds(text) or _AT_END.search(text) or _CHOICE.search(text))


def asks_consent(text: str) -> bool:
    """Whether a text asks whether something is all right, with no word that questions have: 有点脏不影响吧."""
    return bool(_CONSENT.search(text))


def wants_more(text: str) -> bool:
    """Whether a reply asks the buyer for something, which somebody has to wait for."""
    return bool(re.search(r"[？?]|发来|发过来|发我|发一下|发给我们|告诉我|说一声|说下", text))


def content(text: str) -> str:
    """A text with spaces for the words by which somebody asks and for courtesies."""
    return _PLAIN.sub(" ", _same(text))


def only_offers(text: str) -> bool:
    """Whether a reply asks for something only in case the buyer wants more or finds something missing."""
    asking = [part for part in re.split(r"(?<=[。！!？?；;\n])", text) if wants_more(part)]
    return bool(asking) and all(_IF.search(part) and not re.search(r"[？?]", part) for part in asking)


def is_promise(text: str) -> bool:
    """Whether a text promises something whatever the buyer does next: by its time, or with nothing asked for."""
    return "上班后" in text or not (wants_more(text) or re.search(r"收到.{1,8}后", text))


def unmet(message: str, reply: Reply) -> tuple[str, ...]:
    """What the message asks or names and no text of the reply does, in order; empty when the reply covers it all."""
    text = _same(message)
    texts, asked = _wording(reply)
    return (*_words_missing(_POINTED.sub(" ", text), texts), *sorted(kinds(text) - asked))


@lru_cache(maxsize=4096)
def _wording(reply: Reply) -> tuple[str, frozenset[str]]:
    """All texts of a reply, a line each, without a 不 that asks; and the kinds of question that its questions are."""
    questions = [_same(question) for question in reply.questions]
    asked = frozenset(kind for question in questions for kind in kinds(question))
    if _NEEDS.search(reply.text):
        asked |= {_NEEDED}
    bare = (" ".join(_AT_END.sub("", part) for part in question.split()) for question in questions)
    return _OR_NOT.sub(" ", "\n".join((_same(reply.text), *bare))), asked


def _same(text: str) -> str:
    """A text with one way of writing what is written in several."""
    return normalise(text).text.lower().replace("啥", "什么").replace("咋", "怎么").replace("开张", "开一张")


def _words_missing(text: str, texts: str) -> list[str]:
    """The words of the text that are not in the texts, as the buyer wrote them."""
    runs = (_AT_END.sub("", part) for part in _BREAK.split(_PLACEHOLDER.sub(" ", text)))
    return [word for run in runs for word in _missing_of(run, texts)]


def _missing_of(run: str, texts: str) -> Iterator[str]:
    """The words of a run of characters of which a piece is neither in the texts nor a word by which somebody asks."""
    open_ = _uncovered(run, texts)
    start = 0
    for word in words(run):
        left = "".join(run[place] for place in range(start, start + len(word)) if open_[place])
        start += len(word)
        if left and ((_says(word, texts) and _says(left, texts)) or _NOT.fullmatch(left)):
            yield word


def _uncovered(run: str, texts: str) -> list[bool]:
    """For each character of a run whether it shares no two characters in a row with the texts, nor asks something."""
    shared = [run[place : place + 2] in texts for place in range(len(run) - 1)]
    open_ = [not any(shared[max(0, place - 1) : place + 1]) for place in range(len(run))]
    for found in (*_SAID.finditer(run), *_OR_NOT.finditer(run)):
        open_[found.start() : found.end()] = [False] * len(found.group())
    return open_


def _says(word: str, texts: str) -> bool:
    """Whether a word says something that the texts do not: neither it, nor its two characters the other way round."""
    return not (_PLAIN.fullmatch(word) or word in texts or (len(word) == 2 and word[::-1] in texts))
