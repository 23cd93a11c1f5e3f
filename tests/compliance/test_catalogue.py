from __future__ import annotations

from pathlib import Path

import pytest

from compliance.catalogue import Catalogue, load_catalogue
from contracts.clause import Severity
from contracts.errors import DataError, InputError
from contracts.platform import Platform

CLAUSE = """\
clauses:
  - id: tmall.test.one
    platforms: [tmall]
    topic: invoice/issue
    statement: {zh: 不行, en: No.}
    penalty: 无
    severity: block
    source: {document: seed.txt}
    check: {kind: claim, says: [坏话]}
    why: 不好
    instead: 好话
    violating: [坏话, {text: 坏话二, context: {order.status: paid}}]
    compliant: [好话]
"""


def write(folder: Path, text: str, name: str = "tmall.yml") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def failure(folder: Path) -> DataError:
    with pytest.raises(DataError) as caught:
        load_catalogue(folder)
    return caught.value


def test_a_clause_is_read_whole(tmp_path: Path) -> None:
    (clause,) = load_catalogue(write(tmp_path, CLAUSE)).clauses
    assert clause.id == "tmall.test.one"
    assert clause.platforms == {Platform.TMALL}
    assert clause.severity is Severity.BLOCK
    assert clause.check.kind == "claim"
    assert clause.check.options == {"says": ["坏话"]}
    assert clause.source.verified_on is None
    assert clause.violating[1].context == {"order.status": "paid"}


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("    topic:", "    colour: red\n    topic:", 4, "unknown key"),
        ("    why: 不好\n", "", 2, "Field required"),
        ("[tmall]", "[ebay]", 2, "unknown platform 'ebay'"),
        ("severity: block", "severity: fatal", 7, "'block' or 'warn'"),
        ("severity: block", "severity: block\n    hint: true", 2, "a hint only warns"),
        ("kind: claim", "kind: magic", 2, "unknown kind of check 'magic'"),
        ("says: [坏话]", "says: [坏话], loud: true", 2, "unknown option 'loud'"),
        ("says: [坏话]", "says: ['(坏话']", 2, "bad regular expression"),
        ("says: [坏话]", "says: [<missing>]", 2, "unknown word class <missing>"),
        ("kind: claim, ", "", 2, "needs a 'kind'"),
        ("order.status: paid", "order.colour: red", 2, "unknown context key 'order.colour'"),
        ("order.status: paid", "order.status: lost", 2, "'lost' is not one of"),
        ("tmall.test.one", "Tmall Test", 2, "lower case"),
        ("compliant: [好话]", "compliant: []", 13, "at least 1 item"),
    ],
)
def test_what_is_wrong_stops_with_file_line_and_id(tmp_path: Path, old: str, new: str, line: int, message: str) -> None:
    error = failure(write(tmp_path, CLAUSE.replace(old, new)))
    assert message in str(error)
    assert error.file.endswith("tmall.yml")
    assert error.line == line
    assert error.field is not None


def test_an_id_is_used_once_over_all_files(tmp_path: Path) -> None:
    write(tmp_path, CLAUSE)
    error = failure(write(tmp_path, CLAUSE, "zoo.yml"))
    assert "used twice" in str(error)
    assert error.file.endswith("zoo.yml")


def test_a_folder_without_clauses_is_no_catalogue(tmp_path: Path) -> None:
    assert "no clause files" in str(failure(tmp_path))


def test_the_shipped_catalogue_keeps_platforms_apart(catalogue: Catalogue) -> None:
    assert len(catalogue.clauses) >= 60
    for clause in catalogue.clauses:
        prefix = clause.id.split(".")[0]
        if prefix != "all":
            assert clause.platforms == {Platform(prefix)}, clause.id
        assert len(clause.violating) >= 5, clause.id
        assert len(clause.compliant) >= 5, clause.id
        assert clause.source.document.endswith(".txt")
        assert clause.source.verified_on is None


def test_for_platform_and_require(catalogue: Catalogue) -> None:
    assert catalogue.require("tmall.invoice.no-tax-surcharge") in catalogue.for_platform(Platform.TMALL)
    assert not any(clause.id.startswith("tmall.") for clause in catalogue.for_platform(Platform.JD))
    with pytest.raises(InputError, match=r"unknown clause 'no\.such'"):
        catalogue.require("no.such")
