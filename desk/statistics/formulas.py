"""What each figure means, for those who read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Formula:
    """How a figure is counted, in Chinese and in English."""

    zh: str
    en: str


FORMULAS: Mapping[str, Formula] = {
    "buyers": Formula(
        "当天来咨询、24 小时内得到回复的买家数；同一买家一天内多次咨询只算一次，几天的合计为每天相加",
        "buyers who asked on a day and got an answer within 24 hours; once a day however often they ask; days add up",
    ),
    "people": Formula(
        "从买家第一条还没有人工回复的消息，到客服第一条消息的秒数，自动回复不算；超过 24 小时算未回复",
        "seconds from the buyer's first line that no person had answered to the agent's first line; automatic answers"
        " do not count; after 24 hours it is unanswered",
    ),
    "automatic": Formula(
        "从买家第一条未回复的消息，到系统自动回复的秒数；客服先回复的不算在内",
        "seconds from the buyer's first unanswered line to Huashu's own answer; not where an agent answered first",
    ),
    "within_limit": Formula(
        "在平台时限内得到回复的次数 ÷ 全部次数（未回复的也在分母里）；平台不计时的时段不算",
        "answers within the platform's limit ÷ all who asked, the unanswered too; hours that the platform does not"
        " count are left out",
    ),
    "acceptance": Formula(
        "按第 n 位原样发出的建议数 ÷ 客服发出的全部消息数",
        "suggestions at rank n sent unchanged ÷ all lines that agents sent",
    ),
    "edited_share": Formula(
        "改过再发的建议数 ÷（原样发出 + 改过再发）",
        "suggestions sent after a change ÷ (sent unchanged + sent after a change)",
    ),
    "edit_distance": Formula(
        "改动的字数 ÷ 较长一版的字数（Levenshtein 距离），取平均",
        "characters changed ÷ characters of the longer version (Levenshtein distance), on average",
    ),
    "blocked": Formula(
        "发送前被规则拦下的次数；一条消息触犯几条规则，按规则分别计",
        "sends that the rules stopped; by rule, a text that breaks several counts for each",
    ),
    "conversion": Formula(
        "先咨询后付款的买家数 ÷ 售前咨询的买家数。咨询前 30 天内付过款的按售后算，不计入；咨询后 3 天内付款算转化",
        "buyers who paid within 3 days of asking ÷ buyers who asked before a purchase; those who had paid within the"
        " 30 days before they asked are after-sales and left out",
    ),
}
