from __future__ import annotations

from collections import Counter
from pathlib import Path

from contracts.taxonomy import Taxonomy, intent_of
from contracts.text import clean, normalise
from tests.data.conftest import Line


def test_every_intent_has_lines_enough(training: list[Line], taxonomy: Taxonomy) -> None:
    counts = Counter(line.intent for line in training)
    assert set(counts) == set(taxonomy.intents)
    assert {intent: count for intent, count in counts.items() if count < 30} == {}


def test_every_topic_exists_and_belongs_to_its_intent(training: list[Line], taxonomy: Taxonomy) -> None:
    wrong = [
        f"{line.file}: {line.text}: {topic}"
        for line in training
        for topic in (line.topic, *line.also)
        if topic not in taxonomy
    ]
    assert wrong == []
    assert [line.text for line in training if intent_of(line.topic) != line.intent] == []


def test_every_topic_has_lines(training: list[Line], taxonomy: Taxonomy) -> None:
    assert {topic.path for topic in taxonomy.topics} - {line.topic for line in training} == set()


def test_no_line_stands_under_two_intents_in_the_same_context(training: list[Line]) -> None:
    intents: dict[tuple[str, ...], set[str]] = {}
    for line in training:
        key = tuple(normalise(part).text.strip() for part in (line.text, line.agent, line.buyer))
        intents.setdefault(key, set()).add(line.intent)
    assert {key: sorted(names) for key, names in intents.items() if len(names) > 1} == {}


def test_no_text_stands_under_two_intents(training: list[Line]) -> None:
    """Rasa's own validation does not know the lines before and would refuse the data."""
    intents: dict[str, set[str]] = {}
    for line in training:
        intents.setdefault(line.text, set()).add(line.intent)
    assert {text: sorted(names) for text, names in intents.items() if len(names) > 1} == {}


def test_no_line_stands_twice(training: list[Line]) -> None:
    counts = Counter((line.text, line.agent, line.buyer) for line in training)
    assert [key for key, count in counts.items() if count > 1] == []


def test_every_line_says_something_and_survives_cleaning(training: list[Line]) -> None:
    assert [line for line in training if not line.text] == []
    assert [line.text for line in training if clean(line.text) != " ".join(line.text.split())] == []


def test_the_domain_has_every_intent_and_every_intent_has_a_rule(taxonomy: Taxonomy, project: Path) -> None:
    domain = (project / "domain.yml").read_text(encoding="utf-8")
    rules = (project / "data" / "dialogue" / "rules.yml").read_text(encoding="utf-8")
    for intent in taxonomy.intents:
        assert f"\n- {intent}\n" in domain
        assert f"- intent: {intent}\n" in rules
