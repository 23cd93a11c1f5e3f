from __future__ import annotations

import re
from pathlib import Path

from bot.entities.patterns import ENTITY_NAMES

PROJECT = Path(__file__).resolve().parents[2]


def listed(text: str, key: str) -> list[str]:
    """The entries of a top-level list of a YAML file written one a line."""
    block = re.search(rf"^{key}:\n((?:- .*\n)+)", text, re.MULTILINE)
    assert block, f"domain.yml has no {key}"
    return re.findall(r"- (\S+)", block.group(1))


def test_the_domain_names_every_entity_that_the_extractor_finds() -> None:
    assert listed((PROJECT / "domain.yml").read_text("utf-8"), "entities") == list(ENTITY_NAMES)


def test_the_domain_names_every_intent_of_the_taxonomy_and_each_has_a_rule() -> None:
    intents = re.findall(r"^(\w+):", (PROJECT / "data" / "taxonomy.yml").read_text("utf-8"), re.MULTILINE)
    rules = (PROJECT / "data" / "dialogue" / "rules.yml").read_text("utf-8")
    assert listed((PROJECT / "domain.yml").read_text("utf-8"), "intents") == intents
    assert re.findall(r"- intent: (\S+)", rules) == intents
