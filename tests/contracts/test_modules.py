from __future__ import annotations

import ast
import sys
from dataclasses import is_dataclass
from importlib import import_module
from pathlib import Path

import pytest

MODULES = sorted((Path(__file__).resolve().parents[2] / "contracts").glob("*.py"))
MUTABLE = {"Taxonomy"}
"""Built once from its topics; not a value that travels."""


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_both_runtimes_can_read_it(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    tree = ast.parse(source, feature_version=(3, 10))
    for node in ast.walk(tree):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            names = [node.module or "."]
        for name in names:
            top = name.partition(".")[0]
            assert top == "contracts" or top in sys.stdlib_module_names, f"{path.name}:{node.lineno} imports {name}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_what_travels_is_frozen(path: Path) -> None:
    module = import_module(f"contracts.{path.stem}") if path.stem != "__init__" else import_module("contracts")
    for name, thing in vars(module).items():
        if isinstance(thing, type) and is_dataclass(thing) and name not in MUTABLE:
            assert thing.__dataclass_params__.frozen, name  # type: ignore[attr-defined]
