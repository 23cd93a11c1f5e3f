"""Rasa's own ResponseSelector: a retrieval intent `faq` with a response for each topic. Runs in the Rasa runtime."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from rasa.core.agent import Agent
from rasa.model_training import train_nlu
from rasa.utils.log_utils import configure_structlog

from evaluation.peers.protocol import Ask, Canned, Hit

INTENT = "faq"
_PIPELINE = (
    {"name": "JiebaTokenizer"},
    {"name": "CountVectorsFeaturizer"},
    {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
    {"name": "ResponseSelector", "retrieval_intent": INTENT, "epochs": 30, "batch_size": 256, "random_seed": 7},
)
"""Rasa's pipeline for FAQs with its tokenizer for Chinese. Fewer and larger steps than by default: they take long."""


class ResponseSelector:
    """Answers by topic: of the replies of a topic the first for the platform stands for all."""

    def __init__(self, folder: Path) -> None:
        """`folder` takes the generated project and the trained model."""
        configure_structlog()  # as `rasa run` does: without it every message is written out
        self._folder = folder
        self._loop = asyncio.new_event_loop()
        self._replies: dict[str, list[Canned]] = {}

    def index(self, replies: Sequence[Canned]) -> None:
        """Write a project, train it, load the model."""
        for reply in replies:
            self._replies.setdefault(key_of(reply.topic), []).append(reply)
        config, nlu = self._folder / "config.yml", self._folder / "nlu.yml"
        config.write_text(json.dumps({"recipe": "default.v1", "language": "zh", "pipeline": _PIPELINE}), "utf-8")
        nlu.write_text(project_of(self._replies), "utf-8")
        model = train_nlu(str(config), str(nlu), str(self._folder), fixed_model_name="selector")
        if model is None:
            raise RuntimeError("Rasa trained no model")
        self._agent = Agent.load(model)

    def suggest(self, ask: Ask, k: int) -> list[Hit]:
        """The topics it ranks first."""
        parsed = self._loop.run_until_complete(self._agent.parse_message(ask.text))
        hits = []
        for guess in parsed["response_selector"][INTENT]["ranking"]:
            of_topic = self._replies.get(guess["intent_response_key"].partition("/")[2], ())
            fitting = [reply for reply in of_topic if ask.platform in reply.platforms]
            hits += [Hit(reply.id, float(guess["confidence"])) for reply in fitting[:1]]
        return hits[:k]


def key_of(topic: str) -> str:
    """A topic as the second half of a retrieval intent, which may hold no slash."""
    return topic.replace("/", ".")


def project_of(replies: Mapping[str, Sequence[Canned]]) -> str:
    """Training data in Rasa's format: questions as examples, the first reply's text as response, by `key_of`.

    Top keys stand at the start of their lines, where Rasa looks for them; below them YAML reads JSON.
    """
    examples = [
        {"intent": f"{INTENT}/{key}", "examples": "".join(f"- {line}\n" for line in _questions(some))}
        for key, some in replies.items()
    ]
    responses = {f"utter_{INTENT}/{key}": [{"text": some[0].text}] for key, some in replies.items()}
    return f'version: "3.1"\nnlu: {json.dumps(examples)}\nresponses: {json.dumps(responses)}\n'


def _questions(replies: Sequence[Canned]) -> list[str]:
    """The questions of all, each once. Brackets and braces would be read as entities and slots: they go."""
    plain = str.maketrans("", "", "[]{}()")
    lines = (" ".join(question.translate(plain).split()) for reply in replies for question in reply.questions)
    return [line for line in dict.fromkeys(lines) if line]
