from __future__ import annotations

from pathlib import Path

import pytest

from desk.assembly import Desk
from desk.routes.panel import FOLDER, PAGES
from tests.desk.routes.browser import Browser
from tests.desk.routes.conftest import Open


@pytest.fixture
def desk(desk: Desk, tmp_path: Path) -> Desk:
    """The same desk with a `var` that no panel was built into."""
    settings = desk.settings.model_copy(update={"var": tmp_path})
    return Desk(settings, desk.suggester, desk.shops, desk.checker)


@pytest.fixture
def built(desk: Desk) -> Path:
    folder = desk.settings.var / FOLDER
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<!doctype html><title>话术</title>", encoding="utf-8")
    (folder / "assets" / "index-1a2b.js").write_text("let a = 1", encoding="utf-8")
    (folder / "favicon.svg").write_text("<svg/>", encoding="utf-8")
    (folder / "secret.txt").write_text("secret", encoding="utf-8")
    return folder


def test_without_a_build_the_page_says_how_to_get_it(browser: Browser) -> None:
    answer = browser.ask("GET", "/")
    assert answer.status_code == 503
    assert "make setup" in answer.text
    assert "工作台还没有准备好" in answer.text
    assert "has not been built" in answer.text
    assert browser.ask("GET", "/v1/session").status_code == 401


@pytest.mark.usefixtures("built")
@pytest.mark.parametrize("page", PAGES)
def test_each_page_is_the_panel(browser: Browser, page: str) -> None:
    answer = browser.ask("GET", f"/{page}")
    assert answer.status_code == 200
    assert "话术" in answer.text
    assert answer.headers["Cache-Control"] == "no-cache"
    if page:
        assert browser.ask("GET", f"/{page}/deeper/still").status_code == 200


@pytest.mark.usefixtures("built")
def test_the_page_may_load_nothing_from_elsewhere_and_stands_in_no_frame(browser: Browser) -> None:
    headers = browser.ask("GET", "/").headers
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert not any("http" in sources or "*" in sources for sources in policy.values())
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"


@pytest.mark.usefixtures("built")
def test_assets_are_kept_for_ever_and_nothing_else_is_handed_out(browser: Browser) -> None:
    script = browser.ask("GET", "/assets/index-1a2b.js")
    assert script.status_code == 200
    assert "immutable" in script.headers["Cache-Control"]
    assert "javascript" in script.headers["Content-Type"]
    for path in (
        "/assets/nothing.js",
        "/assets/..%2fsecret.txt",
        "/assets/%2e%2e/secret.txt",
        "/secret.txt",
        "/nothing",
    ):
        assert browser.ask("GET", path).status_code == 404, path


def test_a_build_that_comes_later_is_served_at_once(open_browser: Open, desk: Desk) -> None:
    browser = open_browser()
    assert browser.ask("GET", "/").status_code == 503
    folder = desk.settings.var / FOLDER
    folder.mkdir()
    (folder / "index.html").write_text("built", encoding="utf-8")
    assert browser.ask("GET", "/").text == "built"
