from __future__ import annotations

from pathlib import Path

import pytest

from contracts.errors import DataError
from evaluation.public_sets.lines import Selection
from evaluation.public_sets.taobao import read_taobao


def small_corpus(*contexts: str, right: str = "今天 发 的 哦") -> str:
    """Ten lines for each context as the corpus has them, the true response first."""
    wrong = [f"第 {number} 句 不 相干" for number in range(9)]
    blocks = ([f"1\t{context}\t{right}", *(f"0\t{context}\t{line}" for line in wrong)] for context in contexts)
    return "".join(f"{line}\n" for block in blocks for line in block)


def _write(folder: Path, content: str | bytes, name: str = "test.txt") -> Path:
    (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


@pytest.mark.parametrize("name", ["test.txt", "test"])
def test_conversations_with_ten_candidates(tmp_path: Path, name: str) -> None:
    first, second = read_taobao(_write(tmp_path, small_corpus("在 吗\t在 的\t几时 发货", "你 好"), name))
    assert first.context == ("在吗", "在的", "几时发货")
    assert first.candidates[:2] == ("今天发的哦", "第0句不相干")
    assert first.right == {0}
    assert second == Selection(("你好",), first.candidates, frozenset({0}))


def test_the_same_context_twice_is_two_conversations(tmp_path: Path) -> None:
    assert len(list(read_taobao(_write(tmp_path, small_corpus("在 吗", "在 吗"))))) == 2


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("2\t在 吗\t在 的\n", "test.txt:1: the label must be 0 or 1, not '2'"),
        ("1\t在 吗\n", "test.txt:1: has no response after its context"),
        (b"1\t\xff\t\xff\n", "test.txt:1: is not UTF-8"),
        (
            small_corpus("在 吗") + "1\t几时 发\t今天\n",
            "test.txt:11: a conversation needs 10 lines .*, this has 1 and 1",
        ),
        (
            small_corpus("在 吗").replace("1\t", "0\t"),
            "test.txt:1: a conversation needs 10 lines .*, this has 10 and 0",
        ),
    ],
)
def test_what_is_not_as_published_is_named(tmp_path: Path, content: str | bytes, message: str) -> None:
    with pytest.raises(DataError, match=message):
        list(read_taobao(_write(tmp_path, content)))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"test.txt: cannot be read"):
        list(read_taobao(tmp_path))
