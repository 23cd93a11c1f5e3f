from __future__ import annotations

import io
from pathlib import Path

import pytest

from desk.people.people import People
from desk.storage.database import Database
from tests.cli.conftest import Ended, Huashu

GOOD = "绿水青山 lamp-7"


@pytest.fixture
def own(huashu: Huashu, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Huashu:
    """The command line over a database of the test's own."""
    monkeypatch.setenv("HUASHU_STORAGE__URL", f"sqlite:///{tmp_path / 'desk.db'}")
    return huashu


def _type(monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(line))


def _add(own: Huashu, monkeypatch: pytest.MonkeyPatch, *arguments: str, password: str = GOOD) -> Ended:
    _type(monkeypatch, f"{password}\n")
    return own("user", "add", *arguments, "--json")


def _people(tmp_path: Path) -> People:
    return People.over(Database.open(f"sqlite:///{tmp_path / 'desk.db'}"))


def test_a_password_from_standard_input_lets_in(own: Huashu, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    added = _add(own, monkeypatch, "Li", "--name", "小李", "--admin")
    assert added.code == 0
    assert (added.json["id"], added.json["name"], added.json["admin"], added.json["must_change"]) == (
        "li",
        "小李",
        True,
        True,
    )
    people = _people(tmp_path)
    assert people.login.attempt("li", GOOD, "here")
    people.database.close()


def test_roles_come_and_go(own: Huashu, monkeypatch: pytest.MonkeyPatch) -> None:
    _add(own, monkeypatch, "li")
    granted = own("user", "grant", "li", "--shop", "demo-tmall", "--role", "leader", "--json")
    assert granted.json["shops"] == {"demo-tmall": "leader"}
    assert "demo-tmall:leader" in own("user", "list").out
    assert own("user", "revoke", "li", "--shop", "demo-tmall", "--json").json["shops"] == {}


def test_out_and_in_again(own: Huashu, monkeypatch: pytest.MonkeyPatch) -> None:
    _add(own, monkeypatch, "li")
    assert own("user", "disable", "li", "--json").json["disabled"] is True
    assert own("user", "disable", "li", "--undo", "--json").json["disabled"] is False


def test_a_forgotten_password(own: Huashu, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    _add(own, monkeypatch, "li")
    _type(monkeypatch, "海阔天空 shoe-9\n")
    assert own("user", "password", "li").code == 0
    people = _people(tmp_path)
    assert people.login.attempt("li", "海阔天空 shoe-9", "here")
    people.database.close()


def test_a_token_is_printed_once(own: Huashu, tmp_path: Path) -> None:
    ask = ("user", "token", "add", "erp", "--shop", "demo-tmall", "--scope", "check")
    made = own(*ask, "--scope", "suggest", "--json")
    assert made.json["scopes"] == ["check", "suggest"]
    people = _people(tmp_path)
    assert people.tokens.find(made.json["secret"]) is not None
    people.database.close()
    assert made.json["secret"] not in own("user", "token", "list", "--json").out
    assert own("user", "token", "end", made.json["id"]).code == 0
    assert own("user", "token", "list", "--json").json[0]["ended_at"] is not None
    plain = own(*ask)
    assert plain.out.strip().startswith("huashu_")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("user", "add", "a b"), "login name"),
        (("user", "add", "li"), "there is none"),
        (("user", "disable", "nobody"), "no such agent"),
        (("user", "password", "nobody"), "no such agent"),
        (("user", "grant", "nobody", "--shop", "demo-tmall"), "no such agent"),
        (("user", "grant", "nobody", "--shop", "nowhere"), "unknown shop"),
        (("user", "grant", "x", "--shop", "demo-tmall", "--role", "king"), "king"),
        (("user", "token", "add", "x", "--shop", "demo-tmall", "--scope", "all"), "all"),
        (("user", "token", "add", "x", "--shop", "demo-tmall"), "--scope"),
        (("user", "token", "end", "nope"), "unknown token"),
    ],
)
def test_what_cannot_be_done_is_said(
    own: Huashu, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], says: str
) -> None:
    _type(monkeypatch, "" if arguments[-1] == "li" else f"{GOOD}\n")
    ended = own(*arguments)
    assert ended.code == 2
    assert says in ended.err


def test_a_weak_password_is_refused_and_never_shown(own: Huashu, monkeypatch: pytest.MonkeyPatch) -> None:
    ended = _add(own, monkeypatch, "li", password="password1234")
    assert ended.code == 2
    assert "password1234" not in ended.out + ended.err
    assert own("user", "list", "--json").json == []


def test_beside_a_running_desk(own: Huashu, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    desk = Database.open(f"sqlite:///{tmp_path / 'desk.db'}")
    assert _add(own, monkeypatch, "li").code == 0
    desk.close()


def test_a_database_that_does_not_answer(own: Huashu, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUASHU_STORAGE__URL", "postgresql://huashu@127.0.0.1:1/none")
    ended = own("user", "list")
    assert ended.code == 3
    assert "does not answer" in ended.err
