from __future__ import annotations

from pathlib import Path

import pytest

from cli.run import make_first_admin
from cli.storage import open_people
from desk.settings import Settings, StorageSettings


def test_the_first_start_tells_a_password_and_the_second_none(
    small_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    storage = StorageSettings(url=f"sqlite:///{tmp_path / 'desk.db'}")
    settings = Settings(data=small_data, var=tmp_path, storage=storage)
    make_first_admin(settings)
    printed = capsys.readouterr()
    password = printed.err.partition("with the password ")[2].partition(" ")[0]
    assert printed.out == ""
    with open_people(settings) as people:
        session = people.sessions.find(people.login.attempt("admin", password, "here"))
    assert session is not None
    assert session.agent.must_change
    make_first_admin(settings)
    assert capsys.readouterr().err == ""
