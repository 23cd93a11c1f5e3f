"""How people write words that a platform watches, and the plain word each of them stands for.

A form is a regular expression over normalised text; `~` stands for up to three separators (spaces,
dots, stars, emoji ...) that somebody put between the characters.
"""

from __future__ import annotations

import re
from functools import lru_cache

from compliance.needs import beginnings

SEPARATOR = r"[^\w\u4e00-\u9fff,。!?;:、\"'“”()\[\]{}%+=#&@<>/\n]|_"
"""One character that carries no meaning between two others; a line break may."""

_GOES_ON = "权|修|护|持|生素|笑|波|量|小|型|弱|店|胁|力|风|武|章|一"
"""What makes a word of its first character: a heart in 维❤权 stands between two characters and for none."""

FORMS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "微信",
        (
            "[微薇威徽溦葳崴巍维惟嶶]~[信芯伩杺鑫訫]",
            f"[微薇威徽溦葳崴巍维惟嶶]~[❤♥](?!{_GOES_ON})",
            r"(?<![a-z])[vw]~(?:信|芯|x)(?![a-wyz])",
            "(?:wei|[微薇威徽])~xin(?![a-z])",
            "wei~信",
            "(?<=[加服我的])~[vw](?=[:号]?[a-z0-9_-]{4,20})",
            "we~chat",
            "(?<![a-z])vx",
            "绿~泡~泡",
            "绿色~(?:软件|聊天|图标|app)",
            "某~信(?!息|任|用|仰|封)",
            "[微薇威徽](?=~(?:号|:|[a-z][a-z0-9_-]{4,19}))",
            "(?<=[加+])(?:个|一下|下|您|我|我们|咱|客服)?[~]?[微薇威徽](?=[聊吧哈哦呀详,。!?]|$)",
            "(?<=[加+])~v(?![a-z0-9])",
            "(?<=[加+][个我您])~v(?![a-z0-9])",
            "(?<=加一下)~v(?![a-z0-9])",
        ),
    ),
    (
        "qq",
        (
            "(?<![a-z])q~q(?![a-z])",
            "扣~扣",
            "叩~叩",
            "抠~抠",
            "(?<=加)企鹅",
            "企鹅(?=号|群|聊)",
            "(?<=[加+])~q(?=[聊号群吧哦,。]|$)",
        ),
    ),
    ("发票", ("发~[票漂飘嫖]", "发~piao", "(?<![a-z])fa~piao", "(?<![a-z])f~p(?![a-z])", "(?<![a-z])f票")),
    ("开票", ("开~[票漂飘嫖]", "开~piao", "kai~piao")),
    ("电话", ("[电点]~话(?=[号联是:码]|$)", "电~话", "dian~hua", "dh(?=[:号]|\\d)")),
    ("手机", ("手~[机鸡几](?=[号:是联]|$)", "手~机", "shou~ji(?![a-z])")),
    ("二维码", ("[二2]~[维唯微]~[码马吗]", "qr~code")),
    ("收款码", ("收~[款欵歀]~[码马]",)),
    ("付款码", ("[付副]~[款欵歀]~[码马]",)),
    ("付款", ("[付副]~[款欵歀]",)),
    ("转账", ("转~[账帐涨]", "zhuan~zhang")),
    ("支付宝", ("[支之]~[付富]~[宝保]", "zhi~fu~bao", "(?<![a-z])zfb")),
    ("红包", ("红~[包苞]",)),
    ("税点", ("税~点", "shui~dian")),
    ("好评", ("好~[评平坪]", "hao~ping", "五星~好评")),
    ("返现", ("返~[现线]", "fan~xian")),
    ("高仿", ("高~[仿防彷]", "gao~fang")),
    ("傻逼", ("傻~[逼比b叉x]", "(?<![a-z])s~b(?![a-z])", "煞~笔", "沙~雕(?=吧|吗|啊|$)")),
    ("脑残", ("脑~残", "(?<![a-z])n~c(?![a-z])", "nao~can")),
    ("有病", ("有~病(?=吧|啊|吗|呀|,|。|!|$)", "you~bing")),
    ("运费", ("运~费", "yun~fei")),
    ("发货", ("发~货",)),
    ("补差价", ("补~差~价",)),
    ("手续费", ("手~续~费",)),
    ("信用卡", ("信~用~卡", "(?<![a-z])xyk(?![a-z])")),
    ("没有", ("[木米]有(?!名|限|毒|味)", "冇")),
    ("自己", ("自个儿?",)),
)


@lru_cache(maxsize=1)
def spelling_pattern() -> tuple[re.Pattern[str], tuple[str, ...]]:
    """One pattern with a group per word, and the words in the order of its groups."""
    between = f"(?:{SEPARATOR}){{0,3}}"
    groups = ("|".join(form.replace("[~]?", between).replace("~", between) for form in forms) for _, forms in FORMS)
    words = "|".join(f"({group})" for group in groups)
    return re.compile(f"(?=[{_first_characters()}]|{SEPARATOR})(?:{words})"), tuple(word for word, _ in FORMS)


def _first_characters() -> str:
    """What a form may begin with where no separator stands before it; looking there first saves most of the time."""
    starts = (beginnings(form.replace("[~]?", "").replace("~", "")) for _, forms in FORMS for form in forms)
    return re.escape("".join(sorted(frozenset().union(*starts))))
