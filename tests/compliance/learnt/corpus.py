"""A small catalogue with labelled lines, and an encoder of characters that learns: for tests of the learnt check."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn
from torch.nn import functional

from compliance.catalogue import Catalogue, load_catalogue
from compliance.learnt.lines import AgentLine
from contracts.context import Context
from contracts.platform import Platform

CLAUSES = """\
clauses:
  - id: tmall.test.invoice
    platforms: [tmall]
    topic: invoice/issue
    statement: {zh: 开票不收钱, en: Invoices are free.}
    penalty: 无
    severity: block
    source: {document: seed.txt}
    check: {kind: claim, about: [<invoice>], says: [加税点]}
    why: 开票不能收钱
    instead: 开票免费的
    violating: [开发票要加税点]
    compliant: [开发票不加税点]
  - id: tmall.test.close
    platforms: [tmall]
    topic: order_change/cancel
    statement: {zh: 不能擅自关单, en: No closing on one's own.}
    penalty: 无
    severity: block
    source: {document: seed.txt}
    check: {kind: state, when: {buyer.asked_to_close: [false]}, then: {kind: claim, says: [订单关了]}}
    why: 不能擅自关单
    instead: 您要关单请跟我说
    violating: [{text: 订单关了, context: {buyer.asked_to_close: false}}]
    compliant: [订单还在]
  - id: tmall.test.night
    platforms: [tmall]
    topic: chat/first
    statement: {zh: 夜里不打扰, en: No messages at night.}
    penalty: 无
    severity: block
    source: {document: seed.txt}
    check: {kind: state, when: {turn.proactive: [true]}}
    why: 夜里不要主动发消息
    instead: 明早再说
    violating: [{text: 您好, context: {turn.proactive: true}}]
    compliant: [您好]
"""
LEXICON = "words:\n  - name: invoice\n    any: [发票]\n"
CHARGED = "票钱您得自己掏,开票您自己掏钱哈,这个票要您掏钱的,想要票自己掏呗,票您掏钱我才开,掏钱才有票的哦".split(",")
FREE = "票店里白送您,开票白送的哈,这个票是白送的,想要票都白送呢,票白送给您开,白送一张票的哦".split(",")
CLOSED = "那单我撤掉啦,单子被我撤掉了,您的单撤掉咯,先把单撤掉哈,这边撤掉您那单,我撤掉单子咯".split(",")
KEPT = "那单还留着呢,单子给您留着,您的单留着哈,先把单留着呀,这边留着您那单,我留着单子呢".split(",")
OTHER = "明天能到货哦,颜色有三种,尺码偏大一点,洗的时候轻柔,南京仓出库,可以叠加优惠券".split(",")


def catalogue(folder: Path, clauses: str = CLAUSES) -> Catalogue:
    """The catalogue, written to `folder`."""
    (folder / "tmall.yml").write_text(clauses, encoding="utf-8")
    (folder / "lexicon.yml").write_text(LEXICON, encoding="utf-8")
    return load_catalogue(folder)


def write(data: Path) -> None:
    """The catalogue and the labelled lines, below a `data` folder."""
    (data / "clauses").mkdir(parents=True)
    (data / "agent_lines").mkdir()
    catalogue(data / "clauses")
    written = [
        {
            "id": f"line.{number}",
            "platform": line.platform.value,
            "text": line.text,
            "context": {"buyer.asked_to_close": False} if line.about == "tmall.test.close" else {},
            "violates": line.violates,
            "about": line.about,
        }
        for number, line in enumerate(lines())
    ]
    text = "\n".join(json.dumps(entry, ensure_ascii=False) for entry in written)
    (data / "agent_lines" / "lines.jsonl").write_text(text, encoding="utf-8")


class Letters(nn.Module):
    """Encodes a text by how often its characters occur, and learns to weigh them."""

    dimension = 16

    def __init__(self) -> None:
        super().__init__()
        self.layer = nn.Linear(self.dimension, self.dimension, bias=False)
        self.layer.weight.data = torch.eye(self.dimension)

    def forward(self, texts: Sequence[str]) -> torch.Tensor:
        counts = torch.zeros(len(texts), self.dimension)
        for row, text in enumerate(texts):
            for character in text:
                counts[row, zlib.crc32(character.encode("utf-8", "replace")) % self.dimension] += 1.0
        return functional.normalize(self.layer(counts), dim=-1)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The same vectors, for the check at work."""
        with torch.no_grad():
            vectors: NDArray[np.float32] = self(texts).numpy()
        return vectors


def line(text: str, about: str, violates: bool, **values: object) -> AgentLine:
    """A line of a Tmall agent; `buyer__text` sets `buyer.text`."""
    context, warnings = Context().with_values({key.replace("__", "."): value for key, value in values.items()})
    assert not warnings
    return AgentLine(text, Platform.TMALL, context, (about,) if violates else (), about)


def lines() -> tuple[AgentLine, ...]:
    """Lines about both clauses that words decide, and about none."""
    return (
        *(line(text, "tmall.test.invoice", True) for text in CHARGED),
        *(line(text, "tmall.test.invoice", False) for text in FREE),
        *(line(text, "tmall.test.close", True, buyer__asked_to_close=False) for text in CLOSED),
        *(line(text, "tmall.test.close", False, buyer__asked_to_close=False) for text in KEPT),
        *(line(text, "none", False) for text in OTHER),
    )
