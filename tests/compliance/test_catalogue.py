from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

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


CHECK = "{kind: claim, says: [坏话]}"


@pytest.mark.parametrize(
    ("check", "message"),
    [
        ("{kind: dispatch, about: [坏话], hours: .nan}", "'hours' must be a number"),
        ("{kind: dispatch, about: [坏话], hours: 1" + "0" * 400 + "}", "'hours' must be a number"),
        ("{kind: reprice, about: [坏话], most: .inf}", "'most' must be a number"),
        ("{kind: state, when: {order.agreed_ship_days: {at_least: .nan}}}", "use at_least, at_most"),
        ("{kind: state, when: {order.agreed_ship_days: {at_least: true}}}", "use at_least, at_most"),
        ("{kind: state, when: {order.status: [[paid]]}}", "must be words, numbers"),
        ("{kind: state, when: {now: {from: 3, to: 4}}}", "are times such as"),
        ('{kind: state, when: {now: {from: "22:00+08:00", to: "08:00"}}}', "without a zone"),
        ("{kind: claim, says: [坏话|]}", "matches where nothing stands"),
        ("{kind: claim, says: ['(?:坏话)?']}", "matches where nothing stands"),
        ("{kind: claim, says: ['(?:坏{0,60}){0,60}话']}", "bad repeat"),
        ("{kind: claim, says: ['(?i)坏话']}", "unknown group"),
        ("{kind: claim, says: 坏话}", "must be a list of patterns"),
        ("{kind: claim, says: [1]}", "must be a list of patterns"),
        ("{kind: claim, says: []}", "must be a list of patterns"),
        ("{kind: claim, says: [坏话], reach: [unit]}", "'reach' is ['unit']; allowed"),
        ("{kind: claim, says: [坏话], 3: 4}", "unknown option '3'"),
        ("{kind: contact, channels: [[qq]]}", "'channels' holds ['qq']"),
        ("{kind: contact, channels: [link], domains: {tmall: [3]}}", "must be a list of words"),
        ("{kind: any_of, checks: [claim]}", "must be a check"),
        ("{kind: any_of, checks: [" * 60 + CHECK + "]}" * 60, "nested too deeply"),
        ("{a: " * 4_000 + "1" + "}" * 4_000, "nested too deeply"),
        ("[" * 200_000, "nested too deeply"),
        ("!!python/object:os.system x", "is not a value"),
        ("9" * 5_000, "is not a value"),
    ],
)
def test_a_check_that_cannot_work_stops(tmp_path: Path, check: str, message: str) -> None:
    error = failure(write(tmp_path, CLAUSE.replace(CHECK, check)))
    assert message in str(error)
    assert "\n" not in str(error)
    assert error.file.endswith("tmall.yml")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b"\n\n# nothing\n", "is empty"),
        (b"clauses:", "must be a list"),
        (b"clauses: {}", "must be a list"),
        (b"- a", "must hold one mapping"),
        (b"rules: []", "unknown key 'rules'"),
        (CLAUSE.encode("gbk"), "is not UTF-8"),
        (CLAUSE.encode("utf-16"), "is not UTF-8"),
        (CLAUSE[:200].encode(), "is not YAML"),
        (CLAUSE.replace("    topic", "\ttopic").encode(), "is not YAML"),
        (CLAUSE.replace("why: 不好", "why: 不好\n    why: 好").encode(), "is given twice"),
        (CLAUSE.replace("violating: [", "violating: &a [").replace("[好话]", "*a").encode(), "an alias is not allowed"),
        (b"clauses: \x00", "is not YAML"),
    ],
)
def test_a_file_that_is_none_stops(tmp_path: Path, content: bytes, message: str) -> None:
    (tmp_path / "tmall.yml").write_bytes(content)
    error = failure(tmp_path)
    assert message in str(error)
    assert "\n" not in str(error)


def test_a_folder_by_the_name_of_a_file_stops(tmp_path: Path) -> None:
    (tmp_path / "tmall.yml").mkdir()
    assert "cannot be read" in str(failure(tmp_path))


@given(
    place=st.integers(0, len(CLAUSE)),
    length=st.integers(0, 12),
    put=st.text(alphabet="[]{}:,-'\"\n\t #&*!|>%@坏0.\\()?", max_size=6),
)
@settings(
    derandomize=True, deadline=None, max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_a_damaged_file_loads_or_says_where(tmp_path: Path, place: int, length: int, put: str) -> None:
    write(tmp_path, CLAUSE[:place] + put + CLAUSE[place + length :])
    try:
        load_catalogue(tmp_path)
        where = "tmall.yml"
    except DataError as error:
        where = error.file
    assert where.endswith("tmall.yml")


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
        assert clause.source.document.startswith("公开文章")
        assert clause.source.verified_on is None


def test_for_platform_and_require(catalogue: Catalogue) -> None:
    assert catalogue.require("tmall.invoice.no-tax-surcharge") in catalogue.for_platform(Platform.TMALL)
    assert not any(clause.id.startswith("tmall.") for clause in catalogue.for_platform(Platform.JD))
    with pytest.raises(InputError, match=r"unknown clause 'no\.such'"):
        catalogue.require("no.such")
