from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from compliance.catalogue import Catalogue
from contracts.context import OrderStatus
from contracts.platform import Platform
from contracts.taxonomy import Taxonomy
from contracts.text import clean, normalise
from contracts.turn import Speaker
from desk.shops import load_shops
from evaluation.dialogues import LabelledDialogue, Vocabulary, read_labelled
from retrieval.library import Library
from retrieval.slots import SLOT_NAMES
from tests.data.conftest import Line

NEAR = 0.8
"""Share of common pairs of characters (Dice) from which two lines are nearly the same."""
SHORTEST = 8
"""Pairs; shorter lines are alike by chance: 看见了看见了 and 看见了."""
_TOKEN = re.compile(r"\[[^\[\]]*\]")


@pytest.fixture(scope="module")
def dialogues(data: Path, taxonomy: Taxonomy, catalogue: Catalogue) -> list[LabelledDialogue]:
    clauses = frozenset(clause.id for clause in catalogue.clauses)
    known = Vocabulary(taxonomy, clauses, load_shops(data / "shops", SLOT_NAMES, taxonomy))
    return list(read_labelled(sorted((data / "dialogues").glob("*.jsonl")), known))


def _said(dialogues: Iterable[LabelledDialogue], *speakers: Speaker) -> Iterator[tuple[str, str]]:
    """Every text of these speakers, with where it stands."""
    for labelled in dialogues:
        for number, turn in enumerate(labelled.dialogue.turns):
            if turn.speaker in speakers:
                yield f"{labelled.dialogue.id}#{number}", turn.text


def _key(text: str) -> str:
    """What makes a line: its letters and digits, without case, width, blanks and marks; a line of marks is itself."""
    normal = normalise(text).text
    return "".join(character for character in normal if character.isalnum()) or normal


def test_there_are_enough_and_no_folder_is_forgotten(dialogues: list[LabelledDialogue], data: Path) -> None:
    assert len(dialogues) >= 300
    assert {path.name for path in (data / "dialogues").iterdir()} == {
        f"{platform.value}.jsonl" for platform in Platform
    }


def test_every_platform_order_state_intent_and_topic_is_met(
    dialogues: list[LabelledDialogue], taxonomy: Taxonomy
) -> None:
    platforms = Counter(labelled.dialogue.platform for labelled in dialogues)
    states = Counter(labelled.dialogue.order.get("status") for labelled in dialogues)
    labels = [label for labelled in dialogues for label in labelled.labels]
    main = Counter(label.intents[0] for label in labels if label.intents)
    topics = Counter(topic for label in labels for topic in label.topics)
    assert {platform: platforms[platform] for platform in Platform if platforms[platform] < 40} == {}
    assert {state: states[state.value] for state in OrderStatus if states[state.value] < 5} == {}
    assert {intent: main[intent] for intent in taxonomy.intents if main[intent] < 10} == {}
    assert {topic.path: topics[topic.path] for topic in taxonomy.topics if topics[topic.path] < 3} == {}


def test_every_line_of_a_buyer_and_of_a_shop_is_labelled(dialogues: list[LabelledDialogue]) -> None:
    bare = [
        f"{labelled.dialogue.id}#{number}"
        for labelled in dialogues
        for number, (turn, label) in enumerate(zip(labelled.dialogue.turns, labelled.labels, strict=True))
        if turn.speaker is not Speaker.SYSTEM
        and (not (label.topics and label.clarity) if turn.speaker is Speaker.BUYER else label.violates is None)
    ]
    assert bare == []


def test_intents_are_those_of_the_topics_in_their_order(dialogues: list[LabelledDialogue]) -> None:
    wrong = [
        (labelled.dialogue.id, label.topics)
        for labelled in dialogues
        for label in labelled.labels
        if label.intents != tuple(dict.fromkeys(topic.split("/")[0] for topic in label.topics))
    ]
    assert wrong == []


def test_good_and_bad_lines_of_agents_and_a_rule_that_holds_on_the_platform(
    dialogues: list[LabelledDialogue], catalogue: Catalogue
) -> None:
    platforms = {clause.id: clause.platforms for clause in catalogue.clauses}
    verdicts = [
        bool(label.violates)
        for labelled in dialogues
        for turn, label in zip(labelled.dialogue.turns, labelled.labels, strict=True)
        if turn.speaker is Speaker.AGENT
    ]
    broken = {clause for labelled in dialogues for label in labelled.labels for clause in label.violates or ()}
    elsewhere = [
        (labelled.dialogue.id, clause)
        for labelled in dialogues
        for label in labelled.labels
        for clause in label.violates or ()
        if labelled.dialogue.platform not in platforms[clause]
    ]
    assert 0.2 <= sum(verdicts) / len(verdicts) <= 0.3
    assert len(broken) >= len(platforms) * 0.9
    assert elsewhere == []


def test_day_and_night_and_several_lines_in_a_row(dialogues: list[LabelledDialogue]) -> None:
    first = [labelled.dialogue.turns[0].at for labelled in dialogues]
    assert sum(at is not None and (at.hour >= 23 or at.hour < 8) for at in first) >= 15
    bursts = sum(
        one.speaker is two.speaker is Speaker.BUYER
        for labelled in dialogues
        for one, two in zip(labelled.dialogue.turns, labelled.dialogue.turns[1:], strict=False)
    )
    assert bursts >= 150


def test_time_runs_forward_and_is_that_of_china(dialogues: list[LabelledDialogue]) -> None:
    for labelled in dialogues:
        times = [turn.at for turn in labelled.dialogue.turns if turn.at is not None]
        assert len(times) == len(labelled.dialogue.turns), labelled.dialogue.id
        assert times == sorted(times), labelled.dialogue.id
        assert {at.utcoffset() for at in times} == {timedelta(hours=8)}, labelled.dialogue.id


def test_texts_survive_cleaning(dialogues: list[LabelledDialogue]) -> None:
    assert [where for where, text in _said(dialogues, *Speaker) if clean(text) != text] == []


@pytest.fixture(scope="module")
def training_texts(training: list[Line]) -> list[str]:
    return [line.text for line in training]


@pytest.fixture(scope="module")
def agent_texts(data: Path, shipped_library: Library) -> list[str]:
    """Every reply, every line of data/agent_lines and every example of a rule."""
    found = [reply.text for reply in shipped_library.replies]
    for path in sorted((data / "replies" / "fixed").glob("*.yml")):
        found += [record["text"] for record in _yaml(path)["replies"]]
    for path in sorted((data / "agent_lines").glob("*.jsonl")):
        found += [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()]
    for path in sorted((data / "clauses").rglob("*.yml")):
        for clause in _yaml(path).get("clauses", ()):
            found += list(_strings([clause.get("violating"), clause.get("compliant"), clause.get("instead")]))
    return found


def _yaml(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from _strings(list(value.values()))
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part)


def test_no_line_of_a_buyer_is_trained_on(dialogues: list[LabelledDialogue], training_texts: list[str]) -> None:
    known = {_key(text) for text in training_texts}
    assert [(where, text) for where, text in _said(dialogues, Speaker.BUYER) if _key(text) in known] == []


def test_no_line_of_a_shop_is_a_reply_or_an_example(dialogues: list[LabelledDialogue], agent_texts: list[str]) -> None:
    known = {_key(text) for text in agent_texts}
    said = _said(dialogues, Speaker.AGENT, Speaker.ROBOT)
    assert [(where, text) for where, text in said if _key(text) in known] == []


def test_no_line_stands_twice(dialogues: list[LabelledDialogue]) -> None:
    counts = Counter((_key(text)) for _, text in _said(dialogues, Speaker.BUYER, Speaker.AGENT, Speaker.ROBOT))
    assert [key for key, count in counts.items() if count > 1] == []


def test_no_line_is_nearly_one_that_is_known(
    dialogues: list[LabelledDialogue], training_texts: list[str], agent_texts: list[str]
) -> None:
    near = [
        *_near(_said(dialogues, Speaker.BUYER), training_texts),
        *_near(_said(dialogues, Speaker.AGENT, Speaker.ROBOT), agent_texts),
    ]
    assert near == []


def test_a_line_that_is_nearly_known_is_found() -> None:
    assert list(_near([("a#0", "请问这个订单什么时候可以发货呀")], ["请问这个订单什么时候可以发货呢"])) != []
    assert list(_near([("a#0", "请问这个订单什么时候可以发货呀")], ["发货以后多久能到我这边"])) == []


def _near(said: Iterable[tuple[str, str]], known: list[str]) -> Iterator[tuple[str, str, str]]:
    """Lines that share NEAR of their pairs of characters with a known one."""
    pairs = [_pairs(text) for text in known]
    by_pair: dict[str, list[int]] = defaultdict(list)
    for number, some in enumerate(pairs):
        for pair in some:
            by_pair[pair].append(number)
    for where, text in said:
        own = _pairs(text)
        if len(own) < SHORTEST:
            continue
        common = Counter(number for pair in own for number in by_pair.get(pair, ()))
        for number, count in common.items():
            if 2 * count / (len(own) + len(pairs[number])) >= NEAR:
                yield where, text, known[number]
                break


def _pairs(text: str) -> frozenset[str]:
    """Pairs of neighbouring characters of what is left without tokens for masked parts, [订单x]."""
    key = _key(_TOKEN.sub("", text))
    return frozenset(key[place : place + 2] for place in range(len(key) - 1))
