"""The title of an invoice in a buyer's words: a company's name without the words around it, or a person's name."""

from __future__ import annotations

import re

from contracts.form_people import SURNAMES, is_name
from contracts.form_wishes import wishes
from contracts.forms import COMPANY, PERSON
from contracts.text import simplified
from contracts.understanding import Entity

_OWN = (
    "我们?|咱们?|俺们?|自己|自家|本人|本|这边|你们?|他们?|她们?|老公|老婆|爱人|对象|男友|女友|朋友|同事|老板|领导|爸爸?|妈妈?|哥哥?"
    "|姐姐?|弟弟?|妹妹?|家里?人?|所在|上班|工作|现在|那个?|这个?|一个|那种|某"
)
_SORT = (
    "公司|企业|单位|对公|公家|法人|学校|医院|工厂|厂里?|店里?|店铺|门店|商铺|部门|集团|机构|组织|协会|工会"
    "|事务所|工作室|合作社|个体户?"
)
_ASPECT = "名字|名称|名义|名下|全称|全名|名|抬头|抬头名|发票|开票|信息|资料|那种|的|那|这|吧|就行|就好|即可|就是|上|里"
_NOBODY = re.compile(rf"(?:{_OWN}|{_SORT}|{_ASPECT})+|[\u4e00-\u9fff]{{1,3}}(?:分公司|公司|单位|企业|学校|医院)的")
_SORTED = re.compile(_SORT)

_MOST_TITLE = 40
_SHORTEST_BODY = 6
_BODY_ENDS = tuple("公司 集团 厂 学校 医院 大学 中心 商行 事务所 工作室 经营部 合作社".split())
_OF_BODY = tuple(f"{end}的" for end in _BODY_ENDS)
_LEAD = re.compile(
    r"^(?:那|就|请|麻烦|帮我|给我|写错了|错了|不对|不是|应该|应当|正确|新|发票|开票|公司|单位|个人)*"
    r"(?:的)?(?:抬头|名称|名字|全称|店名|字号|(?:公司|单位|店铺)名)?(?:应该|就)?"
    r"(?:改成|换成|改为|写成|开成|写|开|是|为|叫|用|填)[:： ]*"
)
_LABEL = re.compile(r"^(?:发票|开票|公司|单位|店铺?|我们?)?的?(?:抬头|名称|名字|全称|全名)[:： ]*")
_PARTICLES = re.compile(
    r"(?:(?<![网酒书茶水氧影陶啡清])吧|[呢哈啊呀哦噢喔嘛啦哟呗咯了]|哒|(?:就|也|都)(?:行|好|成)|(?:就|也|都)?(?:可以|ok)|即可|就是|谢谢您?|多谢|麻烦了?|[~～!！。.])+$"
)
_STATED_BARE = re.compile(r"(?:^|[\s,，。;；])(?:我?的?(?:发票|开票)的?)?抬头[ ,，]+(?P<v>[^\s,，。;；!！?？]{2,40})")
_FAULT = re.compile(r"[写填打发开弄]?错|不对|有误|没有|[改换]|收到|给你|怎|随便|都行|就行")
_STATED = re.compile(
    r"(?:抬头|店名|字号|全称|(?:公司|单位|店铺|发票)的?名[称字]?)(?:就|请|都|给|帮我|应该|要)*"
    r"(?:写成?|是|叫|用|开成?|填|为|改成|换成|[:：])+ ?([^ ,，。;；!！?？]{2,40})"
)
_OTHER_MATTER = re.compile(
    r"税号|识别号|邮箱|专票|普票|发票|订单|没有|个体户$|以后|明天|财务|地址|电话|收货|快递|退货|退款|换成|改成|改下"
)
_PERSONAL = "(?<![这那哪每几两三一有别])个人|私人"
_MY_NAME = r"(?:写|用|开|填|是|要)我(?:自己)?的?(?:名字|姓名|大名|本名)"
_SAYS_PERSON = re.compile(rf"{_PERSONAL}|自己的?名[字义]|本人|{_MY_NAME}")
_TO_PERSON = re.compile(r"(?:改|换|开|写|填)(?:成|为|的是)?(?:个人|私人)(?!的?(?:名字|姓名)?[:：])")
_ONLY_PERSON = re.compile(
    r"(?:那|就|我|要|想|是|写|开|用|给|用的?|帮|麻烦|请|一|张|个(?!人)|份|按|以)*(?:个人|私人)(?:的|抬头|名义|电子|发票|普票|票|开|来|就行|即可|吧)*"
)
_BODY = "公司|企业|单位|对公"
_NO_BODY = re.compile(rf"(?:没有?|哪有|哪来的|没得|木有)(?:什么|啥|开|办)?(?:{_BODY})(?![的名全税抬章账])")
_MY_OWN = r"我(?:就|就是|是)?自[己个](?:家)?(?:买|用)的"
_HOLDERS = (
    (
        PERSON,
        re.compile(
            rf"{_PERSONAL}|本人|自己的?名|{_MY_NAME}|{_MY_OWN}|不[是要开用走写]给?(?:{_BODY})|(?:{_BODY})的?不[要开]"
        ),
    ),
    (COMPANY, re.compile(rf"{_BODY}|不[是要开用走写](?:个人|私人)|(?:个人|私人)的?不[要开]")),
)
_EITHER = re.compile(r"还是|或者?|都(?:行|可以|能|成)|[吗么?？]")
_MADE_SO = re.compile(
    r"(?<![就那])[开写填弄搞打印出]成了?(?:个人|私人|公司|单位|企业)(?:的|抬头|名字|名义|发票)*了(?![吗么])|(?<![就那])[开写填弄搞打印出]成了(?:个人|私人|公司|单位|企业)(?:的|抬头|名字|名义|发票)*"
)
"""An invoice that was made out so already, which is not what is wanted: 开成个人了."""
_OWN_NAME = re.compile(r"(?:个人|私人)(?:的)?(?:抬头|名字|姓名|名义)(?:就|是|叫|写|[:： ])+([\u4e00-\u9fff·]{2,12})$")
_OF_INVOICE = re.compile(r"抬头|票|税号|公司名")
_RECEIVER = re.compile(
    r"(?:收[件货]人|收件|收货|联系人)(?:姓名|名字|名)?(?:是|叫|写|改成|[:： ])*[\u4e00-\u9fff·]{2,4}"
)
_NOT_HOLDER = re.compile(
    rf"不(?:是|要|开|用|走|写)(?:给)?(?:{_BODY}|个人|私人)|(?:{_BODY}|个人|私人)(?:的)?不(?:要|开)"
    rf"|(?:{_BODY}|个人|私人)(?:发票|抬头)?的?(?=[改换])"
)
_NAMED = re.compile(r"(?:姓名|名字|名|抬头|姓|写|叫|是|为)(?:就)?(?:写|叫|是|为|用|填)?[:： ]?([\u4e00-\u9fff·]{2,6})")
_PEOPLE_LEAD = re.compile(
    r"^(?:那|就|我|开|写|叫|是|用|填|给|成|为|个人|私人|的|电子|发票|普票|票|抬头|名字|姓名|名义|[:：])+"
)
_TRADER = re.compile(rf"(?:[{SURNAMES}]|[老小阿大][\u4e00-\u9fff])(?:记|氏|姐|哥|嫂|婶|妈)(?!得)[\u4e00-\u9fff]{{2,8}}")
_PHRASE = re.compile(r"[\u4e00-\u9fff·&A-Za-z0-9]{3,14}")
_SPEECH = re.compile(
    r"[我你您他她它的吗呢吧这那把想要不没请帮给就也还都先很太过着得怎几谁哪呀啊哦嗯]|了$|知道|好像|可以|再[看说想问等给帮]|谢|辛苦|等|快递|订单|客服"
    r"|\d{4,}|人工|商品|优惠|尺码|颜色|[普专]票|电子|纸质|收到|发货"
)
"""What a sentence holds, and what is another matter of a shop; a name seldom does."""
_NO_TITLE = re.compile(r"不知道|不清楚|不晓得|不记得|不太懂|什么|怎么|啥|哪|[吗么?？]$")
_PIECE = re.compile(r"[ ,，。、;；!！]+")
_CODE = re.compile(r"[0-9A-Za-z](?:[ -]?[0-9A-Za-z]){7,29}")


def names_nobody(title: str) -> bool:
    """Whether words in the place of a title only say whose it is, or that it is no person's: 我们学校的."""
    return bool(_NOBODY.fullmatch(title))


def names_only_sort(title: str) -> bool:
    """Whether words in the place of a title say that it is no person's, and no more."""
    return names_nobody(title) and bool(_SORTED.search(title))


def clean_title(text: str) -> str:
    """An invoice title without the words that lead to it and the particles behind it."""
    last = [piece for piece in _PIECE.split(text.strip(" ,，。:：")) if piece][-1:]
    bare = _LABEL.sub("", _LEAD.sub("", "".join(last)))
    bare = _PARTICLES.sub("", bare) or bare
    bare = bare[:-1] if bare.endswith(_OF_BODY) and len(bare) > _SHORTEST_BODY else bare
    closing = next((close for start, close in ("()", "（）") if bare.count(start) > bare.count(close)), "")
    return f"{bare}{closing}"


def without_body(text: str) -> str:
    """个人 when the line says, if only in a question, that there is no company: 哪有公司; else ""."""
    return PERSON if _NO_BODY.search(simplified(text)) else ""


def said_holder(text: str) -> str:
    """Whose invoice the line says it is, 个人 or 公司; "" when it says neither or leaves it open between them."""
    text = _NO_BODY.sub(PERSON, _MADE_SO.sub(" ", simplified(text)))
    said = [holder for holder, words in _HOLDERS if words.search(text)]
    if len(said) > 1:
        plain = _NOT_HOLDER.sub(" ", text)
        said = [holder for holder, words in _HOLDERS if words.search(plain)]
    if len(said) > 1 and not _EITHER.search(text):
        pieces = [piece for piece in _PIECE.split(text) if piece != text]
        said = [holder for holder in map(said_holder, pieces) if holder][-1:]
    return said[0] if len(said) == 1 else ""


def person_title(text: str, entities: tuple[Entity, ...]) -> str | None:
    """The person whose invoice the line asks for: the name, 个人 when it gives none, None when it names no person."""
    plain = _MADE_SO.sub(" ", simplified(text))
    if not _SAYS_PERSON.search(plain):
        return None
    name = person_name(text, entities)
    if name is not None:
        return name
    text = plain
    if said_holder(text) != PERSON:
        return None
    only = any(_ONLY_PERSON.fullmatch(_PARTICLES.sub("", piece)) for piece in _PIECE.split(text.strip(" ,，。.~～!！")))
    own = _OWN_NAME.search(text.strip(" ,，。.~～!！"))
    if own and not (_NO_TITLE.search(own[1]) or _OTHER_MATTER.search(own[1]) or _FAULT.search(own[1])):
        return own[1]
    said = any(entity.name == "invoice_title" and entity.value == PERSON for entity in entities)
    return PERSON if only or said or _TO_PERSON.search(text) else None


def turns_to_person(text: str) -> bool:
    """Whether the line wants the title changed to a person's."""
    return bool(_TO_PERSON.search(simplified(text)))


def person_name(text: str, entities: tuple[Entity, ...] = ()) -> str | None:
    """The name of a person that stands in the line by itself or behind a word for it."""
    named = [entity.value for entity in entities if entity.name == "person_name"]
    if named:
        return named[-1]
    text = _RECEIVER.sub(" ", text)
    for match in _NAMED.finditer(text):
        name = _PARTICLES.sub("", match.group(1))
        if is_name(name):
            return name
    pieces = [_PARTICLES.sub("", _PEOPLE_LEAD.sub("", piece)) for piece in _PIECE.split(text.strip(" ,，。.~～!！"))]
    return next((piece for piece in reversed(pieces) if is_name(piece)), None)


def receives(text: str, name: str) -> bool:
    """Whether the line names this person as the one who gets the parcel, which is nobody's invoice."""
    return any(name in found.group() for found in _RECEIVER.finditer(text))


def tells_receiver(text: str) -> bool:
    """Whether the line names the one who gets the parcel and says nothing of an invoice."""
    return bool(_RECEIVER.search(text)) and not _OF_INVOICE.search(text)


def only_wishes_something(text: str) -> bool:
    """Whether every piece of the line asks for something to be done or to wait, and none is a title."""
    pieces = [piece for piece in _PIECE.split(text) if piece]
    return bool(pieces) and all(wishes(clean_title(piece)) for piece in pieces)


def spelled_title(text: str) -> str | None:
    """A title that answers our question for one, None when no piece of the line can be one."""
    for piece in _PIECE.split(text):
        words = clean_title(_CODE.sub("", piece))
        if wishes(words):
            continue
        usable = 2 <= len(words) <= _MOST_TITLE and not names_nobody(words) and "@" not in words
        if usable and not _NO_TITLE.search(words) and not _OTHER_MATTER.search(words):
            return words
    return None


def stated_title(text: str) -> str | None:
    """A title that the line names as one, None when it names none."""
    found = _STATED.search(text)
    bare = _STATED_BARE.search(text) if found is None else None
    words = clean_title(found.group(1)) if found else clean_title(bare["v"]) if bare else ""
    if bare and _FAULT.search(bare["v"]):
        return None
    unusable = len(words) < 2 or names_nobody(words) or words == PERSON or _NO_TITLE.search(words)
    return None if unusable or _OTHER_MATTER.search(words) else words


def names_title(text: str, *, awaited: bool = False) -> bool:
    """Whether the line is nothing but a title: a person's name, the name of a body, or that of a small shop (王记烧烤).

    `awaited` when the shop asked for one just before: then any few words without a word of speech are one.
    """
    pieces = [_PARTICLES.sub("", piece) for piece in _PIECE.split(text.strip(" ,，。.~～!！"))]
    words = pieces[0] if len(pieces) == 1 else ""
    if _OTHER_MATTER.search(words) or _NO_TITLE.search(words) or wishes(words) or names_nobody(words):
        return False
    body = len(words) >= _SHORTEST_BODY and words.endswith(_BODY_ENDS)
    phrase = awaited and bool(_PHRASE.fullmatch(words)) and not _SPEECH.search(words)
    return is_name(words) or body or bool(_TRADER.fullmatch(words)) or phrase
