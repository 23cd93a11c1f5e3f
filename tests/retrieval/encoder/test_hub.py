from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest
from huggingface_hub import errors

from contracts.errors import InputError, ServiceDown
from retrieval.encoder import hub


def answering(monkeypatch: pytest.MonkeyPatch, answer: str | Exception) -> list[str]:
    """Lets the hub's client give `answer`; returns the names it will be asked for."""
    asked: list[str] = []

    def snapshot_download(name: str, **_: Any) -> str:
        asked.append(name)
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(hub, "snapshot_download", snapshot_download)
    return asked


def test_a_name_without_owner_is_the_librarys_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked = answering(monkeypatch, str(tmp_path))
    assert hub.fetch("all-MiniLM-L6-v2", print) == tmp_path
    assert hub.fetch("BAAI/bge-small-zh-v1.5", print) == tmp_path
    assert asked == ["sentence-transformers/all-MiniLM-L6-v2", "BAAI/bge-small-zh-v1.5"]


@pytest.mark.parametrize("name", ["", "两个字", "a b", "../x", "a/b/c", "\ud800"])
def test_a_name_that_is_none_is_refused_without_asking(name: str) -> None:
    with pytest.raises(InputError, match="no such folder"):
        hub.fetch(name, print)


def test_an_unknown_model_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    response = httpx.Response(404, request=httpx.Request("GET", "https://hub.invalid"))
    answering(monkeypatch, errors.RepositoryNotFoundError("404", response=response))
    with pytest.raises(InputError, match="no open model"):
        hub.fetch("no/such", print)


@pytest.mark.parametrize("error", [errors.LocalEntryNotFoundError("no network\nmore"), OSError("disk full"), OSError()])
def test_no_hub_says_what_to_do(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    answering(monkeypatch, error)
    with pytest.raises(ServiceDown, match=r"cannot be reached \([^\n]+\).*embedded"):
        hub.fetch("BAAI/bge-small-zh-v1.5", print)
