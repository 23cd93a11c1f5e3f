from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

PROJECT = Path(__file__).resolve().parents[2]
FILES = sorted(path for path in (PROJECT / "data").rglob("*") if path.is_file() and path.suffix in {".yml", ".jsonl"})
EXAMPLES = {"violating", "compliant"}
"""Keys of clauses whose texts show what must not be said."""

REAL_FORM = {
    "mobile number": re.compile(r"(?<![\d.])1[3-9]\d{9}(?!\d)"),
    "landline": re.compile(r"(?<!\d)0\d{2,3}-?\d{7,8}(?!\d)"),
    "WeChat id": re.compile(r'(?:微信号?|[vV][xX信]|[wW]\s?[xX]|wechat)[^\w"]{0,4}[a-zA-Z][-_a-zA-Z0-9]{5,19}'),
    "QQ number": re.compile(r"(?:[qQ]{2}|扣扣)\W{0,4}\d{5,11}"),
    "mail address": re.compile(r"[\w.-]+@[\w-]+\.[a-z]{2,}"),
    "identity card": re.compile(r"(?<!\d)[1-9]\d{5}(?:19|20)\d{9}[\dXx](?!\d)"),
    "bank card": re.compile(r"(?<!\d)62\d{14,17}(?!\d)"),
}


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, part in value.items():
            if key not in EXAMPLES:
                yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)
    else:
        yield str(value)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(PROJECT).as_posix())
def test_nobody_can_be_reached_or_known_by_it(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    texts = _texts(yaml.safe_load(text)) if path.suffix == ".yml" else iter(text.splitlines())
    found = [
        f"{kind}: {match.group()}"
        for part in texts
        for kind, form in REAL_FORM.items()
        for match in form.finditer(part)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("打13812345678", "mobile number"),
        ("加微信：xiaoli_88", "WeChat id"),
        ("QQ 12345678", "QQ number"),
        ("发到a.b@example.com", "mail address"),
        ("0571-88888888", "landline"),
    ],
)
def test_the_forms_are_recognised(text: str, kind: str) -> None:
    assert REAL_FORM[kind].search(text)
