"""The real service: what `huashu setup` made, and a Rasa that is really started and really stopped."""

from __future__ import annotations

import pytest

from desk.settings import Settings, load_settings
from launch.services import MODEL
from retrieval.building import INDEX_FOLDER


@pytest.fixture(scope="session")
def settings() -> Settings:
    """This checkout's settings; `make test` has set up everything before."""
    found = load_settings()
    for made in (found.var / MODEL, found.var / INDEX_FOLDER):
        if not made.exists():
            pytest.fail(f"{made.name} is missing; run `make setup` (or `make test`, which does)")
    return found
