"""Libraries of any size, made from the words of a real one by a seeded generator.

A reply takes over topic and state of a shipped reply. Its text is one sentence part of that reply and up to three parts
of replies of the same intent; a question is one of its questions, now and then with another of that intent. Then one
word in five is replaced by a word of the same length from the whole library, drawn as often as it occurs there. So
words keep their frequencies, texts their lengths, and what is about the same stays near. Half of the replies keep their
platforms, half are for one of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np

from contracts.reply import SLOT, Reply
from contracts.taxonomy import intent_of
from retrieval.library import Library
from retrieval.segment import words

Item = TypeVar("Item")

_PART = re.compile(r"[^，。！？；～]+[，。！？；～]*")
_SWAPPED = 0.2
"""Share of the words that are replaced."""
_SECOND_QUESTION = 0.3
"""Share of the questions that get a part of another one."""


@dataclass(frozen=True)
class _Material:
    """What is put together: sentence parts and questions by intent, words by length, as often as they occur."""

    parts: Mapping[str, Sequence[str]]
    questions: Mapping[str, Sequence[str]]
    words: Mapping[int, Sequence[str]]


def synthetic_library(shipped: Library, size: int, *, questions: int = 1, seed: int = 11) -> Library:
    """`size` replies with `questions` questions each, made from those of `shipped`; one seed makes the same."""
    return Library(tuple(synthetic_replies(shipped, size, questions=questions, seed=seed)))


def synthetic_replies(shipped: Library, size: int, *, questions: int = 1, seed: int = 11) -> Iterator[Reply]:
    """The replies of `synthetic_library`, one by one."""
    maker = _Maker(_material(shipped), np.random.default_rng(seed))
    bases = shipped.replies
    for number in range(size):
        base = bases[maker.below(len(bases))]
        intent = intent_of(base.topic)
        yield replace(
            base,
            id=f"{base.id}.{number}",
            text=maker.text(base, intent),
            questions=tuple(dict.fromkeys(maker.question(base, intent) for _ in range(questions))),
            platforms=base.platforms if maker.below(2) else frozenset({maker.one_of(sorted(base.platforms))}),
        )


def _material(shipped: Library) -> _Material:
    parts: dict[str, list[str]] = {}
    questions: dict[str, list[str]] = {}
    by_length: dict[int, list[str]] = {}
    for reply in shipped.replies:
        intent = intent_of(reply.topic)
        parts.setdefault(intent, []).extend(_PART.findall(reply.text))
        questions.setdefault(intent, []).extend(reply.questions)
        for text in (reply.text, *reply.questions):
            for word in words(SLOT.sub("", text)):
                if word[0].isalnum():
                    by_length.setdefault(len(word), []).append(word)
    return _Material(parts, questions, by_length)


class _Maker:
    """Draws and joins; every draw comes from one stream of random numbers."""

    def __init__(self, material: _Material, random: np.random.Generator) -> None:
        self._material = material
        self._draws = _stream(random)
        self._cut: dict[str, tuple[str, ...]] = {}

    def below(self, end: int) -> int:
        """A whole number from 0 to `end`, which is not included."""
        return int(next(self._draws) * end)

    def one_of(self, items: Sequence[Item]) -> Item:
        """One of the items, each as likely."""
        return items[self.below(len(items))]

    def text(self, base: Reply, intent: str) -> str:
        """A reply's text of one to four parts."""
        parts = [self.one_of(_PART.findall(base.text))]
        parts += [self.one_of(self._material.parts[intent]) for _ in range(self.below(4))]
        return "".join(self._swapped(part) for part in parts)

    def question(self, base: Reply, intent: str) -> str:
        """A buyer's question of one or two parts."""
        first = self._swapped(self.one_of(base.questions))
        if next(self._draws) > _SECOND_QUESTION:
            return first
        return first + self._swapped(self.one_of(self._material.questions[intent]))

    def _swapped(self, part: str) -> str:
        """The part with one word in five replaced; slots and punctuation stay."""
        return "".join(
            self.one_of(self._material.words[len(word)]) if word[0].isalnum() and next(self._draws) < _SWAPPED else word
            for word in self._words(part)
        )

    def _words(self, part: str) -> tuple[str, ...]:
        cut = self._cut.get(part)
        if cut is None:
            cut = self._cut[part] = tuple(_words_and_slots(part))
        return cut


def _stream(random: np.random.Generator) -> Iterator[float]:
    while True:
        yield from random.random(4096).tolist()


def _words_and_slots(text: str) -> Iterator[str]:
    start = 0
    for slot in SLOT.finditer(text):
        yield from words(text[start : slot.start()])
        yield slot.group()
        start = slot.end()
    yield from words(text[start:])
