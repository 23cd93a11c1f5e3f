"""A few labelled lines and an encoder of characters, for the tests of the learnt alarms."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from alarms.lines import AlarmLine
from alarms.training import Said

HURT = "手划破流血了,脚划破流血啦,脸划破好多血,手上划破一道血,腿划破全是血,指头划破出血了".split(",")
ANGRY = "我要告你们店,等着我告你们,明天告你们去,告你们信不信,非告你们不可,再拖告你们".split(",")
ABUSED = "你是头猪吧,猪一样的客服,蠢猪客服,客服是猪吗,一群猪啊,真是猪".split(",")
SPYING = "查我老公的订单,查我老婆的订单,查她老公的订单,查我男友的订单,查我朋友的订单,查他老婆的订单".split(",")
OUTSIDE = "加我微信聊,加个微信聊,加下微信呗,咱加微信聊,加微信聊吧,加微信给你看".split(",")
HUMAN = "转个真人来,来个真人吧,真人在不在,叫真人来,我要真人,真人呢真人".split(",")
PLAIN = "发什么快递,几天能到呀,有黑色吗,能开发票不,包不包邮,尺码偏大吗,什么时候发货,有优惠券吗,怎么退换货".split(",")
NEAR = "会划破手吗,刀口会不会划破包装,告诉我尺码,告诉我单号吧".split(",")


def encode(texts: Sequence[str]) -> NDArray[np.float32]:
    """Vectors (n, 64) of length 1 by the characters of each text."""
    vectors = np.full((len(texts), 64), 1e-3, dtype=np.float32)
    for row, text in enumerate(texts):
        for character in text:
            vectors[row, zlib.crc32(character.encode()) % 64] += 1
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def lines() -> tuple[AlarmLine, ...]:
    labelled = [(HURT, "injury"), (ANGRY, "threat"), (ABUSED, "abuse")]
    labelled += [(SPYING, "privacy"), (OUTSIDE, "outside"), (HUMAN, "person")]
    found = [AlarmLine(text, (kind,)) for texts, kind in labelled for text in texts]
    found += [AlarmLine(text) for text in PLAIN]
    return (*found, *(AlarmLine(text, near="injury") for text in NEAR))


def said() -> tuple[Said, ...]:
    plain = [Said(f"{text}{tail}", ("shipping/freight",)) for text in PLAIN for tail in "啊呀呢哦吧哈哟嘛咯喽哎嗯"]
    return (*plain, *(Said(f"转人工{tail}", ("human/request",)) for tail in "啊呀呢哦吧哈哟嘛咯喽哎嗯"))


def write(folder: Path) -> None:
    """The labelled lines and those of the intent model, as `data/` keeps them."""
    (folder / "alarm_lines").mkdir(parents=True)
    records = [
        {"text": line.text, "kinds": line.kinds} | ({"near": line.near} if line.near else {}) for line in lines()
    ]
    text = "\n".join(json.dumps(record, ensure_ascii=False) for record in records)
    (folder / "alarm_lines" / "lines.jsonl").write_text(text + "\n", encoding="utf-8")
    (folder / "nlu").mkdir()
    blocks = [
        f"- intent: {topic.partition('/')[0]}\n  metadata:\n    topic: {topic}\n  examples: |\n"
        + "".join(f"    - {line.text}\n" for line in said() if line.topics == (topic,))
        for topic in ("shipping/freight", "human/request")
    ]
    (folder / "nlu" / "lines.yml").write_text('version: "3.1"\nnlu:\n' + "".join(blocks), encoding="utf-8")
