from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.main import app
from contracts.errors import DataError


def _run(*arguments: str) -> str:
    result = CliRunner().invoke(app, ["openapi", *arguments], catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


def test_the_document_describes_the_api_and_not_the_pages(tmp_path: Path) -> None:
    file = tmp_path / "openapi.json"
    _run("--out", str(file))
    document = json.loads(file.read_text(encoding="utf-8"))
    assert "/v1/conversations/{conversation}/messages" in document["paths"]
    assert not [path for path in document["paths"] if not path.startswith(("/v1/", "/health/"))]
    assert "SentAnswer" in document["components"]["schemas"]


def test_it_is_printed_when_no_file_is_named() -> None:
    assert json.loads(_run())["info"]["title"] == "Huashu"


def test_no_two_shapes_have_one_name() -> None:
    """Such shapes are called by their modules, and clients would break whenever one comes or goes."""
    assert not [name for name in json.loads(_run())["components"]["schemas"] if "__" in name]


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="is a folder"):
        _run("--out", str(tmp_path))
