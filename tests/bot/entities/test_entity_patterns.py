"""The table of marked sentences, and what the patterns do with text that nobody should have to read."""

from __future__ import annotations

import random
import re
import time
from pathlib import Path

import pytest

from bot.entities.patterns import ENTITY_NAMES, find_entities
from contracts.understanding import Entity

_MARK = re.compile(r"\{([a-z_]+)\|([^|}]+)(?:\|([^}]+))?\}")
_LINES = (Path(__file__).parent / "sentences.txt").read_text(encoding="utf-8").splitlines()
SENTENCES = [line for line in _LINES if line and not line.startswith("#")]

_PIECES = (
    "1一十5省市区县路街号栋室元块点天月年周色码券店厂公司有限抬头税号地址订单快递电话:： ,，。.-/@*x×[]()¥￥"
    "黑白大小红sfjd上明后早件个个双"
    "\ud800\u200b\u0000\u202e😀ﷺ①Ⅷ＠Ａ١٢\n\t"
)
HOSTILE = {
    "digits": "1",
    "spaced digits": "1234 ",
    "spelt digits": "十一",
    "dots": "1.",
    "at": "a@",
    "mail": "a.",
    "roads": "建国路",
    "name": "云",
    "units": "省市区县路号",
    "companies": "云杉有限公司",
    "titles": "抬头",
    "stated": "地址:",
    "labels": "税号",
    "tax": "税号 a1 9 ",
    "link": "https://item.jd.com/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "links": "http://a.",
    "hosts": "a.",
    "masks": "[数字x]",
    "open": "[",
    "spaces": " ",
    "surrogates": "\ud800",
    "ligatures": "ﷺ一二三四五六七八九十一二三四五六七八九十",
    "prices": "满1减",
    "sizes": "1x",
    "clocks": "1:1",
    "days": "明天下午",
}


def unmarked(line: str) -> tuple[str, list[Entity]]:
    """The sentence of a marked line and its entities."""
    text, place, entities = "", 0, []
    for mark in _MARK.finditer(line):
        text += line[place : mark.start()]
        name, typed, value = mark.groups()
        entities.append(Entity(name, value or typed, len(text), len(text) + len(typed)))
        text += typed
        place = mark.end()
    return text + line[place:], entities


def hold_together(text: str) -> None:
    """What is true of the entities of any text."""
    end = 0
    for entity in find_entities(text):
        assert entity.name in ENTITY_NAMES
        assert end <= entity.start < entity.end <= len(text)
        assert entity.value
        entity.value.encode()
        end = entity.end


@pytest.mark.parametrize("line", SENTENCES)
def test_every_entity_of_a_sentence_and_no_other(line: str) -> None:
    text, expected = unmarked(line)
    assert list(find_entities(text)) == expected


def test_the_table_is_large_and_shows_every_name() -> None:
    assert len(SENTENCES) >= 120
    assert {entity.name for line in SENTENCES for entity in unmarked(line)[1]} == set(ENTITY_NAMES)


@pytest.mark.parametrize("line", SENTENCES)
def test_offsets_survive_what_cannot_be_seen(line: str) -> None:
    text, expected = unmarked(line)
    found = find_entities("\ud800\u200b " + text)
    assert [(entity.name, entity.value, entity.start) for entity in found] == [
        (entity.name, entity.value, entity.start + 3) for entity in expected
    ]


@pytest.mark.parametrize("kind", HOSTILE)
def test_long_hostile_text_is_read_in_linear_time(kind: str) -> None:
    text = (HOSTILE[kind] * 30_000)[:30_000]
    began = time.process_time()
    hold_together(text)
    assert time.process_time() - began < 6


def test_every_hostile_text_at_once_is_read() -> None:
    hold_together("".join((text * 4_000)[:4_000] for text in HOSTILE.values()))


def test_any_text_at_all_gives_sound_entities() -> None:
    dice = random.Random(3)
    for _ in range(2_000):
        hold_together("".join(dice.choices(_PIECES, k=dice.randint(0, 60))))


@pytest.mark.parametrize("text", ["", " ", "\n", "\ud800", "[", "[订单", "[订单y]"])
def test_nothing_is_found_in_nothing(text: str) -> None:
    assert find_entities(text) == ()


def test_the_longer_of_two_overlapping_candidates_stands() -> None:
    (address,) = find_entities("文三路100号3栋502室")
    assert address.name == "address"
