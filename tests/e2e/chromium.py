"""The system's Chromium, driven by playwright."""

from __future__ import annotations

import os
import shutil

import pytest
from playwright.sync_api import Browser, Playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
REQUIRED = "HUASHU_REQUIRE_BROWSER"
"""Set to 1 where a machine without a browser, or without the panel, is a failure."""


def find_chromium() -> str | None:
    """The browser's program, None when there is none."""
    return next((found for found in map(shutil.which, NAMES) if found), None)


def lacking(what: str) -> None:
    """Skip, or fail where nothing may be skipped, because `what`."""
    if os.environ.get(REQUIRED) == "1":
        pytest.fail(f"{what} ({REQUIRED}=1)")
    pytest.skip(what)


def launch(playwright: Playwright, program: str) -> Browser:
    """A browser that runs as root too, in a container too."""
    arguments = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--font-render-hinting=none"]
    return playwright.chromium.launch(executable_path=program, args=arguments)
