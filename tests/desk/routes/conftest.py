from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from desk.app import build_app
from desk.assembly import Desk
from desk.people.people import People
from desk.service import make_service
from desk.shops import Shops
from desk.storage.database import Database
from desk.storage.shops import note_shops
from tests.desk.people.crew import Crew
from tests.desk.routes.browser import Browser
from tests.desk.talk import LAMPS, SHOES, Orders, plain_ways

Open = Callable[..., Browser]


@pytest.fixture
def crew(database: Database) -> Crew:
    """An admin (boss) and an agent of the lamp shop (li)."""
    with database.transaction() as connection:
        note_shops(connection, (LAMPS, SHOES))
    crew = Crew(database)
    crew.people = People.over(database, crew.passwords)
    crew.add("boss", admin=True)
    crew.add("li", "lamps")
    return crew


@pytest.fixture
def open_browser(desk: Desk, crew: Crew) -> Iterator[Open]:
    """Opens browsers of the desk's people, each with its own cookies."""
    small = replace(desk, shops=Shops({shop.id: shop for shop in (LAMPS, SHOES)}))
    service = make_service(small, crew.database, plain_ways(Orders()))
    app = build_app(replace(service, people=crew.people))
    with TestClient(app):

        def open_one(base: str = "http://desk.test", address: str = "203.0.113.7") -> Browser:
            return Browser(TestClient(app, base, raise_server_exceptions=False, client=(address, 50000)))

        yield open_one


@pytest.fixture
def browser(open_browser: Open) -> Browser:
    return open_browser()


@pytest.fixture
def boss(open_browser: Open) -> Browser:
    """A browser in which the admin is logged in."""
    browser = open_browser()
    assert browser.enter("boss").status_code == 200
    return browser
