from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import count

import pytest
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

from desk.settings import load_settings
from tests.e2e.agent import Agent
from tests.e2e.buyer import Buyer, kept, who
from tests.e2e.chromium import find_chromium, lacking, launch
from tests.e2e.host_desk import host_desk
from tests.e2e.running_desk import RunningDesk

WAIT = 30_000
"""Milliseconds that anything on a page may take to appear."""

WINDOW = {"width": 1366, "height": 768}
MakeDesk = Callable[..., RunningDesk]
OpenContext = Callable[..., BrowserContext]
MakeBuyer = Callable[..., Buyer]
MakeAgent = Callable[..., Agent]


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """The system's Chromium, and a panel for it to show."""
    program = find_chromium()
    if program is None:
        lacking("no Chromium on PATH (Debian: chromium)")
    if not (load_settings().var / "panel" / "index.html").is_file():
        lacking("the panel has not been built (make setup)")
    expect.set_options(timeout=WAIT)
    with sync_playwright() as playwright:
        opened = launch(playwright, str(program))
        yield opened
        opened.close()


@pytest.fixture(scope="package")
def make_desk(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MakeDesk]:
    """Makes desks that run, each with a database of its own."""
    assert browser.is_connected()
    made: list[RunningDesk] = []

    def make(**settings: str) -> RunningDesk:
        desk = RunningDesk(tmp_path_factory.mktemp("desk"), **settings)
        made.append(desk)
        desk.start()
        return desk

    yield make
    for desk in made:
        desk.stop()


@pytest.fixture(scope="package")
def origin() -> Iterator[str]:
    """The desk of somebody else that may show the side bar."""
    with host_desk() as found:
        yield found


@pytest.fixture(scope="package")
def desk(make_desk: MakeDesk, origin: str) -> RunningDesk:
    """One desk for the tests that leave it as it is; each uses buyers of its own."""
    return make_desk(DESK__FRAME_ORIGINS=json.dumps([origin]))


@pytest.fixture
def open_context(browser: Browser) -> Iterator[OpenContext]:
    """Opens browsers that know nothing of each other; a page with an error that nobody caught fails the test."""
    opened: list[BrowserContext] = []
    errors: list[str] = []

    def make(**options: object) -> BrowserContext:
        context = browser.new_context(**{"viewport": WINDOW, "locale": "zh-CN", **options})  # type: ignore[arg-type]
        context.set_default_timeout(WAIT)
        context.on("weberror", lambda error: errors.append(str(error.error)))
        opened.append(context)
        return context

    yield make
    for context in opened:
        context.close()
    assert errors == []


@pytest.fixture
def buyer(desk: RunningDesk, open_context: OpenContext, request: pytest.FixtureRequest) -> MakeBuyer:
    """Makes buyers, who are the same ones in every run."""

    def make(shop: str = "demo-tmall", at: RunningDesk = desk, **options: object) -> Buyer:
        known = who(f"{request.node.name} {next(numbers)}")
        context = open_context(storage_state=kept(at.url, known), **options)
        return Buyer(context.new_page(), at.url, shop, known)

    numbers = count()
    return make


@pytest.fixture
def agent(desk: RunningDesk, open_context: OpenContext) -> MakeAgent:
    """Lets agents log in."""

    def make(name: str = "xiaolin", at: RunningDesk = desk, **options: object) -> Agent:
        return Agent(open_context(**options).new_page(), at.url, name)

    return make
