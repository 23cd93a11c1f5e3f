from __future__ import annotations

from evaluation.peers.lines import with_lines
from evaluation.peers.protocol import Canned


def _canned(name: str, topic: str, *platforms: str) -> Canned:
    return Canned(name, topic, frozenset(platforms), "可以", ("能开票吗",))


def test_the_first_reply_for_a_platform_gets_the_lines_of_its_topic() -> None:
    replies = [
        _canned("a", "invoice/issue", "jd"),
        _canned("b", "invoice/issue", "jd"),
        _canned("c", "invoice/issue", "jd", "tmall"),
        _canned("d", "invoice/type", "jd"),
    ]
    lines = [("invoice/issue", "有票没"), ("invoice/issue", "能开票吗"), ("greet/hello", "在吗")]
    found = with_lines(replies, lines)
    assert [reply.id for reply in found] == ["a", "b", "c", "d"]
    assert [reply.questions for reply in found] == [
        ("能开票吗", "有票没"),
        ("能开票吗",),
        ("能开票吗", "有票没"),
        ("能开票吗",),
    ]
