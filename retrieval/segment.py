"""Chinese text as search terms."""

from __future__ import annotations

import importlib
import logging
from functools import lru_cache
from typing import Any

import jieba

from contracts.text import normalise

_STOP = frozenset("的 了 吗 呢 啊 呀 吧 哦 哈 嘛 么 我 你 您 这 那 个 是 就 都 也 亲 请 一下 好 在 有".split())


@lru_cache(maxsize=1)
def _cutter() -> jieba.Tokenizer:
    """jieba's dictionary, loaded at the first use (about half a second) without its log lines."""
    logging.getLogger("jieba").setLevel(logging.WARNING)
    cutter = jieba.Tokenizer()
    cutter.initialize()
    return cutter


def terms(text: str) -> list[str]:
    """Search terms of a text: words and the shorter words inside them, without punctuation and filler.

    A text of filler words alone keeps them, so that 在吗 can still be searched for.
    """
    words = [word for word in _cutter().lcut_for_search(normalise(text).text) if any(map(str.isalnum, word))]
    content = [word for word in words if word not in _STOP]
    return content or words


def words(text: str) -> list[str]:
    """The text cut into words, nothing left out: joined again they are the text."""
    return [str(word) for word in _cutter().cut(text)]


@lru_cache(maxsize=1)
def _tagger() -> Any:
    """jieba's tagger over the same dictionary; it and its tables are loaded at the first use (about half a second)."""
    tagging = importlib.import_module("jieba.posseg")
    return tagging.POSTokenizer(_cutter())


def tagged(text: str) -> list[tuple[str, str]]:
    """The words of a text, each with jieba's tag for its part of speech, nothing left out."""
    return [(str(pair.word), str(pair.flag)) for pair in _tagger().cut(text)]
