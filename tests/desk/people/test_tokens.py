from __future__ import annotations

import pytest
from sqlalchemy import select

from contracts.errors import InputError, NotFound
from desk.people.access import Kind, Role, Scope
from desk.people.people import People
from desk.storage.ledger import entries, verify
from desk.storage.tables import tokens
from tests.desk.people.crew import Crew


def test_a_token_names_a_machine_its_shop_and_scopes(people: People) -> None:
    made = people.tokens.make("仓库", "lamps", [Scope.CHECK, Scope.SUGGEST, Scope.CHECK], "boss")
    caller = people.tokens.find(made.secret)
    assert caller is not None
    assert (caller.kind, caller.id, caller.admin) == (Kind.MACHINE, made.token.id, False)
    assert caller.shops == {"lamps": Role.AGENT}
    assert caller.scopes == {Scope.CHECK, Scope.SUGGEST}
    assert made.token.scopes == ("check", "suggest")


def test_the_secret_is_kept_nowhere(crew: Crew) -> None:
    made = crew.people.tokens.make("erp", "lamps", [Scope.CHECK], "boss")
    with crew.database.transaction() as connection:
        rows = [*connection.execute(select(tokens)), *entries(connection, "lamps")]
    assert made.secret not in str(rows)


def test_an_ended_token_is_good_for_nothing(crew: Crew) -> None:
    tokens_ = crew.people.tokens
    made = tokens_.make("erp", "lamps", [Scope.CHECK], "boss")
    for _ in range(2):
        tokens_.end(made.token.id, "boss")
    assert tokens_.find(made.secret) is None
    (token,) = tokens_.all()
    assert token.ended_at == crew.clock.now
    with crew.database.transaction() as connection:
        assert [(entry.kind, entry.actor) for entry in entries(connection, "lamps")] == [
            ("token_made", "boss"),
            ("token_ended", "boss"),
        ]
        assert verify(connection, "lamps") is None


@pytest.mark.parametrize(
    ("name", "shop", "scopes"), [("", "lamps", [Scope.CHECK]), ("erp", "nowhere", [Scope.CHECK]), ("erp", "lamps", [])]
)
def test_a_token_that_cannot_be_made(people: People, name: str, shop: str, scopes: list[Scope]) -> None:
    with pytest.raises(InputError):
        people.tokens.make(name, shop, scopes, "boss")
    assert people.tokens.all() == ()


@pytest.mark.parametrize("token", ["", "f" * 32, "\x00", "\ud800"])
def test_a_token_that_is_not_there(people: People, token: str) -> None:
    assert people.tokens.find(token) is None
    with pytest.raises(NotFound):
        people.tokens.end(token, "boss")
